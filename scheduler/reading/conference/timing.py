"""When events take place: what a schedule says of it in several ways, as moments."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from scheduler.domain.times import DAY, UTC, elapsed, later
from scheduler.reading.conference.records import Hours
from scheduler.reading.conference.tree import Faults, Node

_DURATION = re.compile(r"(?P<h>\d{1,4}):(?P<m>[0-5]\d)", re.A)
_CLOCK = re.compile(r"(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::00)?", re.A)
_YEARS = range(1900, 3000)
_MOMENT = "should be a date and time such as 2024-05-01T10:00:00+02:00"
_NIGHT = dt.time(0)


class Timing:
    """Reads times of one conference; what is wrong with them is entered in the faults."""

    def __init__(self, zone: ZoneInfo, faults: Faults) -> None:
        self.zone = zone
        self._faults = faults

    def start(self, event: Node, day: Node | None) -> dt.datetime | None:
        """Return when an event begins, with the offset that is written, else on the conference's clock.

        Parameters
        ----------
        event : Node
            With a ``date``, or a ``start`` that is a date and time, or with a time as ``start`` on the day.
        day : Node or None
            The date under which the event is listed.
        """
        found = event.get("date", "start")
        if found is None:
            self._faults.at(event, "has no date", _title(event))
            return None
        if len(found.text) <= len("2024-05-01"):
            return self._on_clock(event, found, day)
        return self._moment(found)

    def duration(self, event: Node, start: dt.datetime | None) -> dt.timedelta | None:
        """Return how long an event is: its ``duration``, or until its ``end``."""
        found = event.get("duration", "end")
        if found is None:
            self._faults.at(event, "has no duration", _title(event))
            return None
        if event.get("duration") is None:
            end = self._moment(found)
            length = elapsed(start, end) if start and end else None
        else:
            length = self._length(found)
        if length is not None and length <= dt.timedelta(0):
            self._faults.at(found, "should be longer than nothing")
            return None
        return length

    def check_date(self, event: Node, start: dt.datetime, duration: dt.timedelta) -> None:
        """Enter an event that runs past midnight: hours of opening, and what lies in them, end there."""
        end = later(start, duration)
        midnight = dt.datetime.combine(start.date() + DAY, _NIGHT, self.zone)
        if end.astimezone(UTC) > midnight.astimezone(UTC):
            message = (
                f"lasts from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} ({self.zone.key}): "
                "an activity ends at midnight of its date at the latest"
            )
            self._faults.at(event, message, _title(event))

    def hours(self, day: Node) -> Hours | None:
        """Return the hours of a day that begins and ends on one date: others only say when a night ends."""
        found = [_parsed(node) for node in (day.get("day_start", "start"), day.get("day_end", "end")) if node]
        moments = [m.astimezone(self.zone) for m in found if m and m.tzinfo and m.year in _YEARS]
        if len(moments) != 2 or any(m.second or m.microsecond for m in moments):
            return None
        start, end = moments
        return Hours(start, end) if start.date() == end.date() and start < end else None

    def _moment(self, node: Node) -> dt.datetime | None:
        moment = _parsed(node)
        if moment is None or moment.year not in _YEARS:
            self._faults.at(node, _MOMENT)
            return None
        if moment.second or moment.microsecond:
            self._faults.at(node, "should be a whole minute")
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def _on_clock(self, event: Node, found: Node, day: Node | None) -> dt.datetime | None:
        """Return the time ``start`` on ``date``, or on the day under which the event is listed."""
        named, time = event.get("date") or day, event.get("start")
        clock = _CLOCK.fullmatch(time.text) if time else None
        date = _parsed(named) if named else None
        if clock is None or date is None or date.year not in _YEARS:
            self._faults.at(found, _MOMENT)
            return None
        return dt.datetime.combine(date.date(), dt.time(int(clock["h"]), int(clock["m"])), self.zone)

    def _length(self, node: Node) -> dt.timedelta | None:
        match = _DURATION.fullmatch(node.text)
        if match is None:
            self._faults.at(node, "should be hours and minutes such as 00:45")
            return None
        return dt.timedelta(hours=int(match["h"]), minutes=int(match["m"]))


def _parsed(node: Node) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(node.text)
    except ValueError:
        return None


def _title(event: Node) -> str:
    title = event.get("title")
    return title.text if title else ""
