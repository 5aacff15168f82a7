"""parallel_sessions and talk_order in the model."""

import pytest
from support.fixing import costs
from support.making import city, hold, make, session

from scheduler.domain import TermName

ROOMS = [{"id": f"r{n}"} for n in range(4)]


def parallel(*sessions):
    return make(
        *("a", "b"),
        delegations=[{"id": "crew"}, {"id": "board", "split": "members", "parallel": 2}],
        participants=[{"id": "c1", "delegation": "crew"}, {"id": "c2", "delegation": "crew"}],
        cities=[city("madrid", *ROOMS)],
        sessions=[session(f"s{n}", mandatory=False, **wanted) for n, wanted in enumerate(sessions)],
    )


@pytest.mark.parametrize(
    ("first", "second", "people"),
    [
        ({"interest": ["a"]}, {"interest": ["a"]}, 1),
        ({"interest": ["a"]}, {"interest": ["b"]}, 0),
        ({"interest": ["a"]}, {}, 0),
        ({"interest": ["a", "crew"]}, {"audience": ["crew", "b"]}, 2),
        ({"interest": ["crew"]}, {"interest": ["c1"]}, 1),
        ({"interest": ["all"]}, {"interest": ["board"]}, 2),
        ({"interest": ["all"]}, {"audience": ["all"]}, 2 + 2 + 2),
        ({"interest": ["a"], "parties": ["a"]}, {"interest": ["a"]}, 1),
    ],
)
def test_people_interested_in_both_of_two_sessions_that_overlap(first, second, people):
    instance, term = parallel(first, second), TermName.PARALLEL_SESSIONS
    assert costs(term, instance, hold("s0", "10:00", "r0"), hold("s1", "10:30", "r1")) == people
    assert costs(term, instance, hold("s0", "10:00", "r0"), hold("s1", "11:00", "r1")) == 0
    assert costs(term, instance, hold("s0", "10:00", "r0")) == 0
    assert costs(term, instance) == 0


def test_every_pair_counts():
    instance = parallel(*[{"interest": ["a", "b"]}] * 3)
    at_once = [hold(f"s{n}", clock, f"r{n}") for n, clock in enumerate(("10:00", "10:30", "11:00"))]
    assert costs(TermName.PARALLEL_SESSIONS, instance, *at_once) == 2 + 2  # the first and the last only touch


def talks(*orders, mandatory=True):
    told = [
        {"id": f"t{n}", "duration": "30min", "speaker": "ada"}
        | ({"order": order} if order is not None else {})
        for n, order in enumerate(orders)
    ]
    return make(
        participants=[{"id": "ada"}],
        cities=[city("madrid", *ROOMS)],
        sessions=[session("s", duration="2h", talks=told, mandatory=mandatory)],
    )


@pytest.mark.parametrize(
    ("orders", "starts", "opposite"),
    [
        ((1, 2, 3), ("10:00", "10:30", "11:00"), 0),
        ((1, 2, 3), ("11:00", "10:30", "10:00"), 3),
        ((1, 2, 3), ("10:30", "10:00", "11:00"), 1),
        ((3, 1, 2), ("11:00", "10:00", "10:30"), 0),
        ((0, 1), ("11:00", "10:00"), 1),
        ((1, 1, 2), ("10:30", "10:00", "11:00"), 0),
        ((1, 1, 2), ("10:30", "11:00", "10:00"), 2),
        ((None, 2, 1), ("11:30", "10:00", "10:30"), 1),
        ((1, None, None), ("11:00", "10:30", "10:00"), 0),
    ],
)
def test_pairs_of_talks_that_stand_opposite_to_their_order(orders, starts, opposite):
    placed = [hold(f"t{n}", clock, "r0") for n, clock in enumerate(starts)]
    assert costs(TermName.TALK_ORDER, talks(*orders), hold("s", "10:00", "r0"), *placed) == opposite


def test_talks_that_are_not_placed_are_in_no_order():
    assert costs(TermName.TALK_ORDER, talks(2, 1, mandatory=False)) == 0
