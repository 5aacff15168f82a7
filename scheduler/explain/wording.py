"""The words of explanations: names with ids, dates and times as people say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from scheduler.domain import EVERYBODY, Activity, ActivityId, Instance, Meeting, PartyId, RoomId, Window
from scheduler.domain.times import format_duration
from scheduler.exports.in_words import counted as counted
from scheduler.exports.in_words import hours as hours
from scheduler.exports.in_words import short_date as short_date
from scheduler.exports.in_words import window as window_words

_SHOWN = 6
"""How many names a sentence lists before it counts the rest."""


def moment(when: dt.datetime) -> str:
    """Return a moment as ``Tue 21 Nov at 10:30``, on its own clock."""
    return f"{short_date(when.date())} at {when:%H:%M}"


def stretch(start: dt.datetime, end: dt.datetime) -> str:
    """Return a stretch of time as ``Tue 21 Nov 10:00-12:30``."""
    if start.date() == end.date():
        return f"{short_date(start.date())} {start:%H:%M}-{end:%H:%M}"
    return f"{short_date(start.date())} {start:%H:%M} to {short_date(end.date())} {end:%H:%M}"


def window(span: Window) -> str:
    """Return a window as ``Tue 21 Nov 10:00-12:30``, without what it leaves open."""
    return window_words(span) or "any time"


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
