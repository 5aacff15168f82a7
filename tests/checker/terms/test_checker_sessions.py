"""parallel_sessions and talk_order."""

import pytest
from support.judging import value
from support.making import city, hold, make, session

ROOMS = [{"id": f"r{n}"} for n in range(4)]


def parallel(*sessions):
    return make(
        *("a", "b"),
        delegations=[{"id": "crew"}, {"id": "board", "split": "members", "parallel": 2}],
        participants=[{"id": "c1", "delegation": "crew"}, {"id": "c2", "delegation": "crew"}],
        cities=[city("madrid", *ROOMS)],
        sessions=[session(f"s{n}", **wanted) for n, wanted in enumerate(sessions)],
        objective=[{"term": "parallel_sessions"}],
    )


@pytest.mark.parametrize(
    ("first", "second", "people"),
    [
        ({"interest": ["a"]}, {"interest": ["a"]}, 1),
        ({"interest": ["a"]}, {"interest": ["b"]}, 0),
        ({"interest": ["a"]}, {}, 0),
        ({"interest": ["a", "crew"]}, {"audience": ["crew", "b"]}, 2),
        ({"interest": ["a"], "audience": ["a"]}, {"interest": ["a"]}, 1),  # one person, not two
        ({"interest": ["crew"]}, {"interest": ["c1"]}, 1),
        ({"interest": ["all"]}, {"interest": ["board"]}, 2),
        ({"interest": ["all"]}, {"audience": ["all"]}, 2 + 2 + 2),
        ({"interest": ["a"], "parties": ["a"]}, {"interest": ["a"]}, 1),  # taking part is no matter
    ],
)
def test_people_interested_in_both_of_two_sessions_that_overlap(first, second, people):
    instance = parallel(first, second)
    assert value(instance, hold("s0", "10:00", "r0"), hold("s1", "10:30", "r1")) == people
    assert value(instance, hold("s0", "10:00", "r0"), hold("s1", "11:00", "r1")) == 0
    assert value(instance, hold("s0", "10:00", "r0")) == 0


def test_every_pair_counts():
    instance = parallel(*[{"interest": ["a", "b"]}] * 3)
    at_once = [hold(f"s{n}", clock, f"r{n}") for n, clock in enumerate(("10:00", "10:30", "11:00"))]
    assert value(instance, *at_once) == 2 + 2  # the first and the last only touch


def talks(*orders):
    told = [
        {"id": f"t{n}", "duration": "30min", "speaker": "ada"}
        | ({"order": order} if order is not None else {})
        for n, order in enumerate(orders)
    ]
    return make(
        participants=[{"id": "ada"}],
        cities=[city("madrid", *ROOMS)],
        sessions=[session("s", duration="2h", talks=told)],
        objective=[{"term": "talk_order"}],
    )


@pytest.mark.parametrize(
    ("orders", "starts", "opposite"),
    [
        ((1, 2, 3), ("10:00", "10:30", "11:00"), 0),
        ((1, 2, 3), ("11:00", "10:30", "10:00"), 3),
        ((1, 2, 3), ("10:30", "10:00", "11:00"), 1),
        ((3, 1, 2), ("11:00", "10:00", "10:30"), 0),
        ((1, 1, 2), ("10:30", "10:00", "11:00"), 0),
        ((1, 1, 2), ("10:30", "11:00", "10:00"), 2),
        ((None, 2, 1), ("11:30", "10:00", "10:30"), 1),
        ((1, None, None), ("11:00", "10:30", "10:00"), 0),
        ((2, 1), ("10:00", "10:00"), 0),  # wrong anyway, and in no order
    ],
)
def test_pairs_of_talks_that_stand_opposite_to_their_order(orders, starts, opposite):
    placed = [hold(f"t{n}", clock, "r0") for n, clock in enumerate(starts)]
    assert value(talks(*orders), hold("s", "10:00", "r0"), *placed) == opposite


def test_talks_without_their_session_or_not_placed_are_in_no_order():
    assert value(talks(2, 1), hold("t0", "10:00", "r0"), hold("t1", "10:30", "r0")) == 0
    assert value(talks(2, 1), hold("s", "10:00", "r0"), hold("t0", "10:00", "r0")) == 0
