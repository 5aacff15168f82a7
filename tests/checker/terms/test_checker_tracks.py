"""track_parallel, track_rooms and track_gaps."""

import pytest
from support.judging import value
from support.making import city, hold, make, session

ROOMS = [{"id": f"r{n}"} for n in range(4)]


def track(term, *, gap="30min", count=3, others=()):
    return make(
        participants=[{"id": "ada"}],
        cities=[city("madrid", *ROOMS)],
        tracks=[{"id": "t", "gap": gap}, {"id": "u"}],
        sessions=[session(f"s{n}", track="t", mandatory=False) for n in range(count)] + list(others),
        objective=[{"term": term}],
    )


def held(*clocks, rooms="0123"):
    return [
        hold(f"s{n}", clock, f"r{room}") for n, (clock, room) in enumerate(zip(clocks, rooms, strict=False))
    ]


@pytest.mark.parametrize(
    ("clocks", "pairs"),
    [
        ((), 0),
        (("10:00", "11:00", "12:00"), 0),
        (("10:00", "10:30", "12:00"), 1),
        (("10:00", "10:30", "11:00"), 2),
        (("10:00", "10:00", "10:30"), 3),
    ],
)
def test_pairs_of_parts_in_parallel(clocks, pairs):
    assert value(track("track_parallel"), *held(*clocks)) == pairs


@pytest.mark.parametrize(
    ("rooms", "more"), [("000", 0), ("010", 1), ("012", 2), ("11", 0), ("1", 0), ("", 0)]
)
def test_rooms_beyond_the_first(rooms, more):
    clocks = ("10:00", "12:00", "14:00")[: len(rooms)]
    assert value(track("track_rooms"), *held(*clocks, rooms=rooms)) == more


@pytest.mark.parametrize(
    ("clocks", "gap", "gaps"),
    [
        ((), "30min", 0),
        (("10:00",), "30min", 0),
        (("10:00", "11:00", "12:00"), "30min", 0),
        (("12:00", "10:00", "11:00"), "30min", 0),
        (("10:00", "11:30", "13:00"), "30min", 0),
        (("10:00", "12:00", "13:00"), "30min", 1),
        (("10:00", "12:00", "14:00"), "30min", 2),
        (("10:00", "12:00", "14:00"), "1h", 0),
        (("10:00", "11:00", "12:30"), "0min", 1),
        (("10:00", "10:30", "11:00"), "30min", 1),  # the second overlaps the first and follows nothing
        (("10:00", "10:00", "11:00"), "30min", 1),
        (("10:00", "11:00", "11:00"), "30min", 0),  # two may follow the same one
    ],
)
def test_parts_that_follow_no_other(clocks, gap, gaps):
    assert value(track("track_gaps", gap=gap), *held(*clocks)) == gaps


def test_each_track_counts_by_itself():
    other = [session(f"u{n}", track="u") for n in range(2)]
    both = [hold("u0", "10:00", "r2"), hold("u1", "10:30", "r3")]
    placed = [*held("10:00", "10:30"), *both]
    assert value(track("track_parallel", others=other), *placed) == 2
    assert value(track("track_rooms", others=other), *placed) == 2
    assert value(track("track_gaps", others=other), *placed) == 2


@pytest.mark.parametrize(
    ("term", "of_the_track", "of_another"), [("track_parallel", 0, 1), ("track_rooms", 0, 1)]
)
def test_a_talk_is_a_part_unless_its_session_is_of_the_same_track(term, of_the_track, of_another):
    talk = {"id": "talk", "duration": "30min", "speaker": "ada", "track": "t"}
    inside = session("x", track="t", talks=[talk])
    elsewhere = session("x", track="u", talks=[talk])
    placed = [hold("x", "10:00", "r1"), hold("talk", "10:00", "r1")]
    assert value(track(term, count=1, others=[inside]), *placed) == of_the_track
    assert value(track(term, count=1, others=[elsewhere]), *placed, *held("10:00")) == of_another
