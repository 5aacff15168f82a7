"""When rooms are open, as stretches of time that can be joined, shared and taken away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from scheduler.domain import City, Room, Window
from scheduler.domain.times import UTC, elapsed

Stretch = tuple[dt.datetime, dt.datetime]
"""Two instants in UTC, half open."""


def open_stretches(city: City, room: Room) -> list[Stretch]:
    """Return when a room is open: with its city, as far as its ``available`` and ``closed`` windows leave."""
    stretches = merged(_in_utc(opening.instants(city.zone)) for opening in city.opening)
    dates = sorted({opening.date for opening in city.opening})
    if room.available:
        stretches = common(stretches, merged(_on(room.available, dates, city)))
    return without(stretches, _on(room.closed, dates, city))


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches that cover the same time in order, without overlaps."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def common(some: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    """Return what two sets of stretches share."""
    other = list(others)
    return [(max(a, c), min(b, d)) for a, b in some for c, d in other if max(a, c) < min(b, d)]


def without(some: Sequence[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    """Return what is in the first stretches (in order, none overlapping) and in none of the others."""
    left = list(some)
    for start, end in merged(others):
        left = [part for a, b in left for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]]
    return left


def length(stretches: Iterable[Stretch]) -> dt.timedelta:
    """Return how long stretches last together."""
    return sum((elapsed(start, end) for start, end in stretches), dt.timedelta(0))


def _on(windows: Iterable[Window], dates: Iterable[dt.date], city: City) -> Iterable[Stretch]:
    every = (window.on(date, city.zone) for window in windows for date in dates)
    spans = (_in_utc(span) for span in every if span)
    # One that ends in the hour which a clock skips may end before it begins.
    return (span for span in spans if span[0] < span[1])


def _in_utc(span: Stretch) -> Stretch:
    return span[0].astimezone(UTC), span[1].astimezone(UTC)
