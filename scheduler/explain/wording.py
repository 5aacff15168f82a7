"""The words of explanations: names with ids, dates and times as people say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from scheduler.domain import EVERYBODY, Activity, ActivityId, Instance, Meeting, PartyId, RoomId, Window
from scheduler.domain.times import format_duration

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHOWN = 6
"""How many names a sentence lists before it counts the rest."""


def day(date: dt.date) -> str:
    """Return a date as ``Tue 21 Nov``."""
    return f"{_DAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1]}"


def moment(when: dt.datetime) -> str:
    """Return a moment as ``Tue 21 Nov at 10:30``, on its own clock."""
    return f"{day(when.date())} at {when:%H:%M}"


def hours(start: dt.time, end: dt.time) -> str:
    """Return a part of a day as ``10:00-12:30``; as an end midnight is 24:00."""
    return f"{start:%H:%M}-{'24:00' if end == dt.time(0) else f'{end:%H:%M}'}"


def stretch(start: dt.datetime, end: dt.datetime) -> str:
    """Return a stretch of time as ``Tue 21 Nov 10:00-12:30``."""
    if start.date() == end.date():
        return f"{day(start.date())} {start:%H:%M}-{end:%H:%M}"
    return f"{day(start.date())} {start:%H:%M} to {day(end.date())} {end:%H:%M}"


def window(span: Window) -> str:
    """Return a window as ``Tue 21 Nov 10:00-12:30``, without what it leaves open."""
    midnight = dt.time(0)
    date = day(span.date) if span.date else ""
    if span.start == span.end == midnight:
        return date or "any time"
    return f"{date} {hours(span.start, span.end)}".strip()


def length(duration: dt.timedelta) -> str:
    """Return a duration as ``1h30``."""
    return format_duration(duration)


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Return ``a, b and c``; of many, the first few and how many others."""
    items: Sequence[str] = list(words)
    if len(items) > _SHOWN + 1:
        items = [*items[:_SHOWN], f"{len(items) - _SHOWN} others"]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number and what it counts: ``1 table``, ``3 tables``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def named(label: str, name: str) -> str:
    """Return a name with the id, where they differ."""
    return label if label == name else f"{label} ({name})"


def activity(instance: Instance, name: ActivityId) -> str:
    """Return an activity's title with its id; of a meeting without a title, who meets."""
    found: Activity = instance.activity(name)
    if found.title:
        return f"'{found.title}' ({name})"
    if isinstance(found, Meeting):
        return f"the meeting of {listed(instance.party_label(p) for p in found.parties)} ({name})"
    return f"'{name}'"


def party(instance: Instance, name: PartyId) -> str:
    """Return a party's name with its id."""
    return "everybody" if name == EVERYBODY else named(instance.party_label(name), name)


def room(instance: Instance, name: RoomId) -> str:
    """Return a room's name with its id."""
    return named(instance.room(name).label, name)


def first_upper(sentence: str) -> str:
    """Return a sentence with a capital letter at its start."""
    return sentence[:1].upper() + sentence[1:]
