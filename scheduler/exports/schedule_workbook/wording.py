"""What cells say: names before ids, on one line where a name is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from scheduler.domain import EVERYBODY, ActivityKind, HostedActivity, Instance, PartyId
from scheduler.exports.entries import Attendee, Entry, Part
from scheduler.exports.in_words import utc_offset
from scheduler.exports.wording import interpreter_words


def labels(instance: Instance, parties: Iterable[PartyId]) -> str:
    """Return the names of parties, with semicolons between them."""
    return "; ".join("everybody" if p == EVERYBODY else instance.party_label(p) for p in parties)


def what(instance: Instance, entry: Entry) -> str:
    """Return the title, or of a meeting without one its parties."""
    if entry.titled or entry.kind is not ActivityKind.MEETING:
        return entry.title
    return between(instance, entry.parties)


def between(instance: Instance, parties: Iterable[PartyId]) -> str:
    """Return who meets: ``Guangzhou - Praia``."""
    return " - ".join(instance.party_label(party) for party in parties)


def of_activity(instance: Instance, activity: HostedActivity) -> str:
    """Return the title of an activity, or of one without a title its parties, or else its id."""
    return activity.title or between(instance, activity.parties) or activity.id


def people(attendees: Iterable[Attendee]) -> str:
    """Return names, each with what it does there unless it simply takes part; semicolons between them."""
    return "; ".join(map(_named, attendees))


def place(entry: Entry) -> str:
    """Return room and table: ``Meeting area, table 2``."""
    room = entry.place.room.label if entry.place.room else ""
    table = "" if entry.place.table is None else f"table {entry.place.table}"
    return ", ".join(filter(None, (room, table)))


def interpreter(entry: Entry) -> str:
    """Return the languages, the pool and the number of the interpreter."""
    return interpreter_words(entry.interpreter) if entry.interpreter else ""


def clock(entry: Entry) -> str:
    """Return how the clocks of start and end differ from UTC: ``UTC+01:00``, or both where they differ."""
    start, end = utc_offset(entry.start), utc_offset(entry.end)
    return start if start == end else f"{start} to {end}"


def wall(moment: dt.datetime) -> dt.datetime:
    """Return what the clock shows: a spreadsheet knows no zones."""
    return moment.replace(tzinfo=None, fold=0)


def _named(attendee: Attendee) -> str:
    roles = " and ".join(part.value for part in attendee.parts if part is not Part.PARTICIPANT)
    return f"{attendee.person.name} ({roles})" if roles else attendee.person.name
