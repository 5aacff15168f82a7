"""track_parallel, track_rooms and track_gaps in the model."""

import pytest
from support.fixing import costs
from support.making import city, hold, make, session

from scheduler.domain import TermName

ROOMS = [{"id": f"r{n}"} for n in range(4)]


def track(*, gap="30min", count=3, others=()):
    return make(
        participants=[{"id": "ada"}],
        cities=[city("madrid", *ROOMS)],
        tracks=[{"id": "t", "gap": gap}, {"id": "u"}],
        sessions=[session(f"s{n}", track="t", mandatory=False) for n in range(count)] + list(others),
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
    assert costs(TermName.TRACK_PARALLEL, track(), *held(*clocks)) == pairs


@pytest.mark.parametrize(
    ("rooms", "more"), [("000", 0), ("010", 1), ("012", 2), ("11", 0), ("1", 0), ("", 0)]
)
def test_rooms_beyond_the_first(rooms, more):
    clocks = ("10:00", "12:00", "14:00")[: len(rooms)]
    assert costs(TermName.TRACK_ROOMS, track(), *held(*clocks, rooms=rooms)) == more


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
        (("10:00", "10:30", "11:00"), "30min", 1),
        (("10:00", "10:00", "11:00"), "30min", 1),
        (("10:00", "11:00", "11:00"), "30min", 0),
    ],
)
def test_parts_that_follow_no_other(clocks, gap, gaps):
    assert costs(TermName.TRACK_GAPS, track(gap=gap), *held(*clocks)) == gaps


def test_each_track_counts_by_itself():
    others = [session(f"u{n}", track="u") for n in range(2)]
    placed = [*held("10:00", "10:30"), hold("u0", "10:00", "r2"), hold("u1", "10:30", "r3")]
    for term in (TermName.TRACK_PARALLEL, TermName.TRACK_ROOMS, TermName.TRACK_GAPS):
        assert costs(term, track(others=others), *placed) == 2


@pytest.mark.parametrize("term", [TermName.TRACK_PARALLEL, TermName.TRACK_ROOMS])
def test_a_talk_is_a_part_unless_its_session_is_of_the_same_track(term):
    talk = {"id": "talk", "duration": "30min", "speaker": "ada", "track": "t"}
    placed = [hold("x", "10:00", "r1"), hold("talk", "10:00", "r1"), *held("10:00")]
    of_another = track(count=1, others=[session("x", track="u", talks=[talk])])
    assert costs(term, of_another, *placed) == 1
    of_the_track = track(count=1, others=[session("x", track="t", talks=[talk])])
    assert costs(term, of_the_track, *placed) == 1  # the session is the part
    alone = track(count=0, others=[session("x", track="t", talks=[talk])])
    assert costs(term, alone, *placed[:2]) == 0
