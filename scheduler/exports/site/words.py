"""Dates, times and kinds in words, whatever the locale of the machine."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from scheduler.domain import City
from scheduler.exports.entries import Entry

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KINDS = {"inaugural": "Inaugural session"}
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NOT_IN_HTML = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ud800-\udfff{_NO_CHARACTERS}]")


def clean(text: str) -> str:
    """Return a text without the control characters that HTML does not allow."""
    return _NOT_IN_HTML.sub("\ufffd", text)


def day(date: dt.date) -> str:
    """Return a date in full: ``Monday 20 November 2017``."""
    return f"{_DAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1]} {date.year}"


def short_day(date: dt.date) -> str:
    """Return a date without its year: ``Mon 20 Nov``."""
    return f"{_DAYS[date.weekday()][:3]} {date.day} {_MONTHS[date.month - 1][:3]}"


def dates(first: dt.date, last: dt.date) -> str:
    """Return the dates from one to another: ``20-23 November 2017``, with a dash."""
    end = f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\u2013{end}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {_MONTHS[first.month - 1]}{year} \u2013 {end}"


def offset(moment: dt.datetime) -> str:
    """Return how far a clock is from UTC: ``UTC+1``, ``UTC-3:30`` (with a minus sign), ``UTC``."""
    seconds = (moment.utcoffset() or dt.timedelta(0)) // dt.timedelta(seconds=1)
    if not seconds:
        return "UTC"
    hours, rest = divmod(abs(seconds) // 60, 60)
    sign = "+" if seconds > 0 else "\u2212"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def clocks(entries: Sequence[Entry]) -> str:
    """Return on whose clocks entries are told: ``Valencia, Madrid (UTC+1)``."""
    by_offset: dict[str, list[str]] = {}
    for entry in entries:
        told = [(entry.start, entry.place.city)]
        told += [(entry.end, entry.destination)] if entry.destination else []
        for moment, city in told:
            by_offset.setdefault(offset(moment), []).append(city.label)
    return "; ".join(f"{', '.join(dict.fromkeys(names))} ({zone})" for zone, names in by_offset.items())


def clock(city: City, entries: Sequence[Entry]) -> str:
    """Return what clock a city's entries are told on: ``Europe/Madrid, UTC+1``."""
    offsets = dict.fromkeys(offset(moment) for entry in entries for moment in (entry.start, entry.end))
    return f"{city.time_zone}, {' then '.join(offsets)}"


def after(entry: Entry) -> str:
    """Return what has to be said of an entry's end: its date and its clock, where they are others."""
    told = []
    if entry.end.date() != entry.start.date():
        told.append(short_day(entry.end.date()))
    if entry.end.utcoffset() != entry.start.utcoffset():
        told.append(offset(entry.end))
    return ", ".join(told)


def kind(entry: Entry) -> str:
    """Return what an entry is: ``Field visit``."""
    return _KINDS.get(entry.kind) or entry.kind.replace("_", " ").capitalize()


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number of things: ``1 meeting``, ``20 meetings``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
