"""Dates, times and kinds in words, whatever the locale of the machine."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from scheduler.domain import City
from scheduler.exports.entries import Entry
from scheduler.exports.in_words import MONTHS, kind_words
from scheduler.exports.in_words import counted as counted
from scheduler.exports.in_words import long_date as long_date
from scheduler.exports.in_words import short_date as short_date

_KINDS = {"inaugural": "Inaugural session"}
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NOT_IN_HTML = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ud800-\udfff{_NO_CHARACTERS}]")


def clean(text: str) -> str:
    """Return a text without the control characters that HTML does not allow."""
    return _NOT_IN_HTML.sub("\ufffd", text)


def dates(first: dt.date, last: dt.date) -> str:
    """Return the dates from one to another: ``20-23 November 2017``, with a dash."""
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\u2013{end}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {MONTHS[first.month - 1]}{year} \u2013 {end}"


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
        told.append(short_date(entry.end.date()))
    if entry.end.utcoffset() != entry.start.utcoffset():
        told.append(offset(entry.end))
    return ", ".join(told)


def kind(entry: Entry) -> str:
    """Return what an entry is: ``Field visit``."""
    return _KINDS.get(entry.kind) or kind_words(entry.kind).capitalize()
