"""Stretches of time: which overlap, and when too many do.

Everything here compares instants that are all in UTC, so Python's own comparison is exact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar
from zoneinfo import ZoneInfo

from scheduler.domain import Window
from scheduler.domain.times import DAY, UTC


class Stretch(Protocol):
    """Anything with a start and an end, half open."""

    @property
    def start(self) -> dt.datetime:
        """The first instant, in UTC."""

    @property
    def end(self) -> dt.datetime:
        """The first instant after it, in UTC."""


T = TypeVar("T", bound=Stretch)


class Span(NamedTuple):
    """A bare stretch of time, in UTC."""

    start: dt.datetime
    end: dt.datetime


def span(start: dt.datetime, end: dt.datetime) -> Span:
    """Return the stretch between two instants of any zones."""
    return Span(start.astimezone(UTC), end.astimezone(UTC))


def overlap(a: Stretch, b: Stretch) -> bool:
    """Return whether each starts before the other ends."""
    return a.start < b.end and b.start < a.end


def inside(a: Stretch, b: Stretch) -> bool:
    """Return whether ``a`` lies wholly in ``b``."""
    return b.start <= a.start and a.end <= b.end


def overlapping(ordered: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Yield all pairs that overlap, of stretches in the order of time."""
    for i, first in enumerate(ordered):
        end = first.end
        for j in range(i + 1, len(ordered)):
            if ordered[j].start >= end:
                break
            yield first, ordered[j]


class Crowd(NamedTuple, Generic[T]):
    """A stretch during which more run than may, and all that run in it."""

    start: dt.datetime
    end: dt.datetime
    members: tuple[T, ...]


def crowds(items: Sequence[T], most: int) -> Iterator[Crowd[T]]:
    """Yield each stretch during which more than ``most`` items run."""
    if len(items) <= most:
        return
    ends = [(item.end, 0, n) for n, item in enumerate(items)]
    starts = [(item.start, 1, n) for n, item in enumerate(items)]
    running: dict[int, T] = {}
    crowd: list[T] = []
    since: dt.datetime | None = None
    for when, starting, n in sorted(ends + starts):
        if not starting:
            del running[n]
            if since is not None and len(running) == most:
                yield Crowd(since, when, tuple(crowd))
                since = None
            continue
        running[n] = items[n]
        if since is not None:
            crowd.append(items[n])
        elif len(running) > most:
            since, crowd = when, list(running.values())


def dates_of(stretch: Stretch, zone: ZoneInfo) -> Iterator[dt.date]:
    """Yield the dates that a stretch reaches into, on the clock of a zone."""
    date = stretch.start.astimezone(zone).date()
    last = (stretch.end - dt.timedelta.resolution).astimezone(zone).date()
    while date <= last:
        yield date
        date += DAY


def held(stretch: Stretch, windows: Iterable[Window], date: dt.date, zone: ZoneInfo) -> bool:
    """Return whether one of the windows, taken on a date, holds a stretch wholly."""
    return any(inside(stretch, w) for w in taken_on(windows, date, zone))


def touched(stretch: Stretch, windows: Sequence[Window], zone: ZoneInfo) -> Iterator[Span]:
    """Yield the windows, on each date that a stretch reaches into, that it overlaps."""
    if windows:
        for date in dates_of(stretch, zone):
            yield from (w for w in taken_on(windows, date, zone) if overlap(stretch, w))


def taken_on(windows: Iterable[Window], date: dt.date, zone: ZoneInfo) -> Iterator[Span]:
    """Yield the stretches that windows are on a date in a zone."""
    for window in windows:
        if (ends := window.on(date, zone)) is not None:
            yield span(*ends)
