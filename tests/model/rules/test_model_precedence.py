"""Rule 9 in the model: what comes before what, with gaps, and on which dates."""

import pytest
from support.fixing import breaks, keeps
from support.making import DATE, city, hold, hours, make, meeting, put, session

from scheduler.domain import RuleName

NEXT, LAST = "2025-03-11", "2025-03-12"
OPENING = tuple(hours("09:00", "18:00", date) for date in (DATE, NEXT, LAST))


def ordered(**gaps):
    return make(
        *("a", "b", "c"),
        cities=[city(opening=OPENING)],
        sessions=[session("s", mandatory=False)],
        meetings=[meeting("m", "b", "c")],
        precedences=[{"before": "s", "after": "m"} | gaps],
    )


@pytest.mark.parametrize(
    ("gaps", "kept", "broken"),
    [
        ({}, ["11:00", "17:00"], ["10:00", "10:30", "09:00"]),
        ({"min_gap": "1h"}, ["12:00", "15:00"], ["11:30", "11:00", "09:00"]),
        ({"max_gap": "30min"}, ["11:00", "11:30"], ["12:00", "10:30", "17:00"]),
        ({"min_gap": "1h", "max_gap": "2h"}, ["12:00", "13:00"], ["11:30", "13:30"]),
        ({"min_gap": "30min", "max_gap": "30min"}, ["11:30"], ["11:00", "12:00"]),
    ],
)
def test_gaps(gaps, kept, broken):
    before = hold("s", "10:00")
    for clock in kept:
        keeps(ordered(**gaps), before, put("m", clock))
    for clock in broken:
        breaks(RuleName.PRECEDENCE, ordered(**gaps), before, put("m", clock))


def test_what_is_not_placed_is_before_and_after_nothing():
    instance = ordered(min_gap="1h")
    keeps(instance, hold("s", "17:00"))
    keeps(instance, put("m", "09:00"))


def test_the_gap_goes_over_the_night():
    instance = ordered(max_gap="15h")
    keeps(instance, hold("s", "17:00"), put("m", "09:00", date=NEXT))
    breaks(RuleName.PRECEDENCE, instance, hold("s", "17:00"), put("m", "09:30", date=NEXT))


def related(day, *activities):
    return make(
        *("a", "b", "c", "d", "e", "f"),
        cities=[city(opening=OPENING)],
        meetings=[meeting("m", "a", "b"), meeting("n", "c", "d"), meeting("o", "e", "f")],
        day_relations=[{"activities": activities or ["m", "n", "o"], "day": day}],
    )


def on(*dates):
    """Return one meeting after the other, each on its date."""
    clocks = {"m": "10:00", "n": "12:00", "o": "15:00"}
    return [put(name, clocks[name], date=date) for name, date in zip("mno", dates, strict=False) if date]


@pytest.mark.parametrize(
    ("day", "kept", "broken"),
    [
        (
            "same",
            [(DATE, DATE), (None, NEXT, NEXT), (None, None, LAST), ()],
            [(DATE, NEXT), (NEXT, None, LAST)],
        ),
        (
            "different",
            [(DATE, NEXT, LAST), (None, NEXT, DATE)],
            [(DATE, DATE), (NEXT, None, NEXT), (LAST, DATE, DATE)],
        ),
    ],
)
def test_dates(day, kept, broken):
    for dates in kept:
        keeps(related(day), *on(*dates))
    for dates in broken:
        breaks(RuleName.PRECEDENCE, related(day), *on(*dates))


def test_the_date_is_that_of_the_clock_in_the_city():
    seoul = city(
        "seoul", {"id": "far", "tables": 1}, zone="Asia/Seoul", opening=(hours("00:00", "09:00", NEXT),)
    )
    late = city(opening=(hours("09:00", "23:00", DATE),))
    instance = make(
        *("a", "b", "c", "d"),
        cities=[late, seoul],
        meetings=[meeting("m", "a", "b"), meeting("n", "c", "d")],
        day_relations=[{"activities": ["m", "n"], "day": "same"}],
    )
    # One after the other within the hour, but it is tomorrow in Seoul.
    breaks(
        RuleName.PRECEDENCE,
        instance,
        put("m", "16:00"),
        put("n", "00:30", "far", date=NEXT, zone="Asia/Seoul"),
    )
