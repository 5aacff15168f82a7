"""Stretches of time against the plainest definitions."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduler.checker.intervals import Span, crowds, dates_of, held, overlap, overlapping, touched
from scheduler.domain import Window
from scheduler.domain.times import UTC

ZERO = dt.datetime(2025, 3, 10, tzinfo=UTC)


def at(minute):
    return ZERO + dt.timedelta(minutes=minute)


SPANS = st.builds(
    lambda start, length: Span(at(start), at(start + length)), st.integers(0, 20), st.integers(1, 8)
)
MANY = st.lists(SPANS, max_size=8)


def running(spans, minute):
    return [n for n, span in enumerate(spans) if span.start <= at(minute) < span.end]


@given(MANY)
def test_overlapping_yields_every_pair_that_overlaps_once(spans):
    ordered = sorted(spans)
    found = [(id(a), id(b)) for a, b in overlapping(ordered)]
    pairs = [(a, b) for n, a in enumerate(ordered) for b in ordered[n + 1 :]]
    assert found == [(id(a), id(b)) for a, b in pairs if overlap(a, b)]


@given(SPANS, SPANS)
def test_two_overlap_when_they_share_a_minute(a, b):
    shared = any(running([a], minute) and running([b], minute) for minute in range(30))
    assert overlap(a, b) == overlap(b, a) == shared


@given(MANY, st.integers(1, 3))
def test_crowds_are_the_minutes_in_which_too_many_run_and_all_that_run_in_them(spans, most):
    found = list(crowds(spans, most))
    crowded = {minute for minute in range(30) if len(running(spans, minute)) > most}
    covered = [m for c in found for m in range(30) if c.start <= at(m) < c.end]
    assert sorted(covered) == sorted(crowded)
    for crowd in found:
        there = {n for m in range(30) if crowd.start <= at(m) < crowd.end for n in running(spans, m)}
        assert sorted(map(tuple, crowd.members)) == sorted(tuple(spans[n]) for n in there)


def test_dates_that_a_stretch_reaches_into():
    zone = ZoneInfo("Europe/Madrid")

    def dates(start, end):
        moments = (dt.datetime(2025, 3, *when, tzinfo=zone).astimezone(UTC) for when in (start, end))
        return [date.day for date in dates_of(Span(*moments), zone)]

    assert dates((10, 22, 0), (10, 23, 0)) == [10]
    assert dates((10, 23, 0), (11, 0, 0)) == [10]
    assert dates((10, 23, 0), (11, 0, 30)) == [10, 11]
    assert dates((10, 23, 0), (13, 1, 0)) == [10, 11, 12, 13]


def test_windows_in_the_hour_that_the_clock_repeats_and_the_one_it_skips():
    zone = ZoneInfo("Europe/Madrid")
    autumn, spring = dt.date(2025, 10, 26), dt.date(2025, 3, 30)
    repeated = [Window(start="02:00", end="03:00")]
    two_hours = Span(dt.datetime(2025, 10, 26, 0, 0, tzinfo=UTC), dt.datetime(2025, 10, 26, 2, 0, tzinfo=UTC))
    assert held(two_hours, repeated, autumn, zone)  # from the first 02:00 to 03:00 two hours pass
    skipped = [Window(start="02:00", end="03:00")]
    night = Span(dt.datetime(2025, 3, 30, 0, 0, tzinfo=UTC), dt.datetime(2025, 3, 30, 3, 0, tzinfo=UTC))
    assert not held(Span(night.start, night.start + dt.timedelta(minutes=15)), skipped, spring, zone)
    assert list(touched(night, [Window(start="02:30", end="04:00")], zone)) == [
        Span(dt.datetime(2025, 3, 30, 1, 30, tzinfo=UTC), dt.datetime(2025, 3, 30, 2, 0, tzinfo=UTC))
    ]
