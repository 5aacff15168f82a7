"""Minutes since 1970, in UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scheduler.domain import Opening, Window

_MINUTE = dt.timedelta(minutes=1)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

Span = tuple[int, int]
"""A half-open stretch of time, in minutes."""


class Grid(NamedTuple):
    """Where activities can start in an opening window.

    Attributes
    ----------
    starts : tuple of (int, datetime.date)
        Minutes, ascending, each with its date on the city's clock.
    end : int
        The minute in which the window ends.
    """

    starts: tuple[tuple[int, dt.date], ...]
    end: int


class Clock:
    """Turns instants into whole minutes since the epoch, and back.

    Minutes make one scale for all zones: what lies on the grid of a city with an odd offset need not lie
    on another city's. What it has worked out it remembers for as long as it lives, which is as long as its
    problem.
    """

    def __init__(self) -> None:
        self._locals: dict[tuple[int, ZoneInfo], tuple[dt.date, int]] = {}
        self._windows: dict[tuple[Window, dt.date, ZoneInfo], Span | None] = {}
        self._grids: dict[tuple[Opening, ZoneInfo, int], Grid] = {}

    def minute(self, moment: dt.datetime) -> int:
        """Return the minute of an instant."""
        return int((moment.astimezone(dt.UTC) - _EPOCH) / _MINUTE)

    def moment(self, minute: int, zone: ZoneInfo) -> dt.datetime:
        """Return the instant of a minute on the clock of a zone."""
        return (_EPOCH + minute * _MINUTE).astimezone(zone)

    def span(self, moments: tuple[dt.datetime, dt.datetime]) -> Span:
        """Return two instants as minutes."""
        return self.minute(moments[0]), self.minute(moments[1])

    def date(self, minute: int, zone: ZoneInfo) -> dt.date:
        """Return the date of a minute on the clock of a zone."""
        return self._local(minute, zone)[0]

    def minute_of_day(self, minute: int, zone: ZoneInfo) -> int:
        """Return the minutes since midnight that a zone's clock shows."""
        return self._local(minute, zone)[1]

    def _local(self, minute: int, zone: ZoneInfo) -> tuple[dt.date, int]:
        found = self._locals.get((minute, zone))
        if found is None:
            local = self.moment(minute, zone)
            found = self._locals[minute, zone] = (local.date(), local.hour * 60 + local.minute)
        return found

    def grid(self, opening: Opening, zone: ZoneInfo, step: int) -> Grid:
        """Return where on the grid activities can start in an opening window, and when the window ends."""
        key = (opening, zone, step)
        found = self._grids.get(key)
        if found is None:
            first, end = self.span(opening.instants(zone))
            # Minute by minute: the grid counts from local midnight and may jump when clocks change.
            local = ((minute, *self._local(minute, zone)) for minute in range(first, end))
            starts = tuple((minute, date) for minute, date, of_day in local if of_day % step == 0)
            found = self._grids[key] = Grid(starts, end)
        return found

    def window(self, window: Window, date: dt.date, zone: ZoneInfo) -> Span | None:
        """Return a window on a date, or None if it does not hold that day."""
        key = (window, date, zone)
        if key not in self._windows:
            moments = window.on(date, zone)
            self._windows[key] = moments and self.span(moments)
        return self._windows[key]

    def windows(self, windows: Iterable[Window], date: dt.date, zone: ZoneInfo) -> list[Span]:
        """Return those windows that hold on a date."""
        return [span for window in windows if (span := self.window(window, date, zone))]


def inside(start: int, end: int, span: Span) -> bool:
    """Return whether a stretch of time lies wholly inside another."""
    return span[0] <= start and end <= span[1]


def overlaps(start: int, end: int, span: Span) -> bool:
    """Return whether two stretches of time overlap."""
    return start < span[1] and span[0] < end
