"""What a calendar says of an entry: summary, location, description."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.domain import EVERYBODY, ActivityKind, Instance, PartyId
from scheduler.exports.entries import TRAVEL, Agenda, Attendee, Entry, Interpreter, Part, TalkLine
from scheduler.exports.views import By


def summary(instance: Instance, agenda: Agenda, entry: Entry) -> str:
    """Return the title; of a meeting with the parties, in an agenda of people with the other side alone."""
    if entry.kind is not ActivityKind.MEETING:
        return entry.title
    others = [party for party in entry.parties if party not in agenda.own]
    one_side = 0 < len(others) < len(entry.parties)
    with_whom = ("with " if one_side else "") + _labels(instance, others or entry.parties)
    if entry.titled:
        return f"{entry.title} ({with_whom})"
    return f"Meeting {with_whom}" if one_side else f"Meeting: {with_whom}"


def location(entry: Entry) -> str:
    """Return room and table, venue, address and city; of a leg, the city that it leaves."""
    place = entry.place
    parts: list[str] = []
    if place.room is not None:
        parts.append(place.room.label)
    if place.table is not None:
        parts.append(f"table {place.table}")
    if place.venue is not None:
        parts += [place.venue.label, place.venue.address]
    city = place.city.label
    # An address as a letter bears it already ends with the city.
    if not (place.venue and place.venue.address.casefold().endswith(city.casefold())):
        parts.append(city)
    return ", ".join(part for part in parts if part)


def description(instance: Instance, agenda: Agenda, entry: Entry) -> str:
    """Return what else there is to know, one fact or person to a line."""
    if entry.kind == TRAVEL:
        return "\n".join(_of_leg(instance, agenda, entry))
    lines: list[str] = []
    if entry.parts and entry.kind is not ActivityKind.MEETING:
        lines.append("Your part: " + _joined(entry.parts))
    if entry.session_title:
        lines.append(f"Part of: {entry.session_title}")
    if entry.parties:
        lines.append("Parties: " + _labels(instance, entry.parties))
    if entry.attendees:
        lines += ["Taking part:", *(f"- {_who(instance, a)}" for a in entry.attendees)]
    if entry.audience:
        lines.append("Audience: " + _audience(instance, entry.audience))
    if entry.listeners:
        lines += ["In the audience:", *(f"- {person.name}" for person in entry.listeners)]
    if entry.talks:
        lines += ["Talks:", *(f"- {_talk(talk)}" for talk in entry.talks)]
    if entry.interpreter is not None:
        lines.append(f"Interpreter: {interpreter_words(entry.interpreter)}")
    return "\n".join(lines)


def interpreter_words(interpreter: Interpreter) -> str:
    """Return the languages, the pool and the number of an interpreter."""
    pool = interpreter.pool
    return f"{'/'.join(sorted(pool.languages))} ({pool.id}, no. {interpreter.unit})"


def _of_leg(instance: Instance, agenda: Agenda, entry: Entry) -> list[str]:
    reached = entry.destination or entry.place.city
    arrival = "%H:%M" if entry.start.date() == entry.end.date() else "%H:%M on %Y-%m-%d"
    lines = [
        f"Departs {entry.place.city.label} {entry.start:%H:%M}, "
        f"arrives {reached.label} {entry.end:{arrival}} (local times)"
    ]
    if agenda.view.by is By.DELEGATION:
        lines += ["Travelling:", *(f"- {_who(instance, a)}" for a in entry.attendees)]
    return lines


def _labels(instance: Instance, parties: Sequence[PartyId]) -> str:
    return "; ".join(instance.party_label(party) for party in parties)


def _audience(instance: Instance, parties: Sequence[PartyId]) -> str:
    return "everybody" if EVERYBODY in parties else _labels(instance, parties)


def _who(instance: Instance, attendee: Attendee) -> str:
    """Return a name with the delegation and the role, where they say more than the name."""
    person = attendee.person
    more: list[str] = []
    if person.delegation is not None and not person.stand_in:
        delegation = instance.party_label(person.delegation)
        more += [] if delegation in person.name else [delegation]
    roles = [part for part in attendee.parts if part is not Part.PARTICIPANT]
    if roles:
        more.append(_joined(roles))
    return f"{person.name} ({'; '.join(more)})" if more else person.name


def _joined(parts: Sequence[Part]) -> str:
    return " and ".join(part.value for part in parts)


def _talk(talk: TalkLine) -> str:
    return f"{talk.start:%H:%M}-{talk.end:%H:%M} {talk.title} ({talk.speaker.name})"
