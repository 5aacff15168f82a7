"""Minutes since the start of the programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from zoneinfo import ZoneInfo

from scheduler.domain import Window

_MINUTE = dt.timedelta(minutes=1)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

Span = tuple[int, int]
"""A half-open stretch of time, in minutes."""


class Clock:
    """Turns instants into whole minutes since the epoch, and back.

    Minutes make one scale for all zones: what lies on the grid of a city with an odd offset need not lie
    on another city's.
    """

    def minute(self, moment: dt.datetime) -> int:
        """Return the minute of an instant."""
        return int((moment.astimezone(dt.UTC) - _EPOCH) / _MINUTE)

    def moment(self, minute: int, zone: ZoneInfo) -> dt.datetime:
        """Return the instant of a minute on the clock of a zone."""
        return (_EPOCH + minute * _MINUTE).astimezone(zone)

    def span(self, moments: tuple[dt.datetime, dt.datetime]) -> Span:
        """Return two instants as minutes."""
        return self.minute(moments[0]), self.minute(moments[1])

    @cache  # noqa: B019 - one clock lives as long as its problem
    def date(self, minute: int, zone: ZoneInfo) -> dt.date:
        """Return the date of a minute on the clock of a zone."""
        return self.moment(minute, zone).date()

    @cache  # noqa: B019
    def minute_of_day(self, minute: int, zone: ZoneInfo) -> int:
        """Return the minutes since midnight that a zone's clock shows."""
        local = self.moment(minute, zone)
        return local.hour * 60 + local.minute

    @cache  # noqa: B019
    def window(self, window: Window, date: dt.date, zone: ZoneInfo) -> Span | None:
        """Return a window on a date, or None if it does not hold that day."""
        moments = window.on(date, zone)
        return moments and self.span(moments)

    def windows(self, windows: Iterable[Window], date: dt.date, zone: ZoneInfo) -> list[Span]:
        """Return those windows that hold on a date."""
        return [span for window in windows if (span := self.window(window, date, zone))]


def inside(start: int, end: int, span: Span) -> bool:
    """Return whether a stretch of time lies wholly inside another."""
    return span[0] <= start and end <= span[1]


def overlaps(start: int, end: int, span: Span) -> bool:
    """Return whether two stretches of time overlap."""
    return start < span[1] and span[0] < end
