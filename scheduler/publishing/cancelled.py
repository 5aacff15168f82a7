"""What calendars go on showing as cancelled, as values rather than as lines of a calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.domain.times import UTC
from scheduler.publishing.state import Record, Remains, State

_FOLD = re.compile(r"\r\n[ \t]")
_LINE = re.compile(r"(?P<name>[A-Z-]+)(?:;TZID=\"?(?P<zone>[^\":]+)\"?)?(?:;[^:]*)?:(?P<value>.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Something that was published and does not take place.

    Attributes
    ----------
    start, end : datetime
        When it would have been, on the clock of its city.
    where : str
        As calendars say it.
    """

    title: str
    start: dt.datetime
    end: dt.datetime
    where: str


def cancelled_in(state: State, stem: str) -> tuple[Cancelled, ...]:
    """Return what a calendar goes on showing as cancelled, in order of time.

    Parameters
    ----------
    state : State
        What an edition remembers.
    stem : str
        Of the calendar: ``participant-anna``.
    """
    found = (remains for record in state.records.values() for remains in _remains(record, stem))
    return tuple(sorted(map(_cancelled, found), key=lambda each: (each.start.astimezone(UTC), each.title)))


def _remains(record: Record, stem: str) -> Iterator[Remains]:
    return (remains for remains in record.remains if record.cancelled and stem in remains.feeds)


def _cancelled(remains: Remains) -> Cancelled:
    said = {match["name"]: match for match in map(_read, remains.lines) if match is not None}
    return Cancelled(
        _text(said["SUMMARY"]["value"]),
        _moment(said["DTSTART"]),
        _moment(said["DTEND"]),
        _text(said["LOCATION"]["value"]) if "LOCATION" in said else "",
    )


def _read(line: str) -> re.Match[str] | None:
    return _LINE.fullmatch(_FOLD.sub("", line))


def _moment(said: re.Match[str]) -> dt.datetime:
    moment = dt.datetime.strptime(said["value"].removesuffix("Z"), "%Y%m%dT%H%M%S")
    return moment.replace(tzinfo=ZoneInfo(said["zone"]) if said["zone"] else UTC)


def _text(escaped: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], escaped)
