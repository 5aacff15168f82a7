"""All calendars of a schedule as events, before it is known which edition of each this is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from scheduler.domain import ParticipantId, PartyId, Person
from scheduler.exports.agenda import Agendas
from scheduler.exports.changes import Edition
from scheduler.exports.content_lines import in_utc
from scheduler.exports.entries import TRAVEL, Agenda, Entry
from scheduler.exports.events import Event
from scheduler.exports.ical import EventWriter, attendee_line, uid_of
from scheduler.exports.views import By, View
from scheduler.exports.zones import years_of

LISTENER = "NON-PARTICIPANT"
"""The role of who only attends: told for information (RFC 5545, 3.2.16)."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One calendar: whose, its title and its events in order of time."""

    view: View
    title: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody with an address, and the events that concern them; trains are no invitations."""

    who: str
    name: str
    address: str
    events: dict[str, Event] = field(default_factory=dict)


class Rendering:
    """The calendars of everything and everybody.

    Attributes
    ----------
    feeds : dict of str to Feed
        By the stem of the file.
    mailboxes : dict of str to Mailbox
        By the address in small letters. People who share one share a mailbox, which has the name of the
        first of them and each event once.
    where : dict of str to str
        Of everything that takes place, by UID: time and place.
    content : dict of str to str
        A digest of all that calendars say of it.
    legs : frozenset of str
        Which UIDs are journeys.
    years : pair of int
        The first and the last year of which calendars speak.

    Raises
    ------
    ValueError
        If the schedule names what its programme does not have.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.years = years_of(edition.instance, edition.solution)
        self.feeds: dict[str, Feed] = {}
        self.mailboxes: dict[str, Mailbox] = {}
        agendas = Agendas(edition.instance, edition.solution)
        self._writer = EventWriter(edition.instance)
        self._said: dict[str, set[Event]] = {}
        self.where = {self._uid(entry): where_of(entry) for entry in agendas.entries}
        activities = frozenset(self.where)
        for kind in By:
            for agenda in agendas.by(kind):
                self.feeds[agenda.view.stem] = self._feed(agenda)
        self.legs = frozenset(self.where) - activities
        self.content = {uid: _digest(self._said.get(uid, ())) for uid in self.where}

    def having(self, uid: str) -> list[tuple[str, Event]]:
        """Return the event of a UID in each calendar that has it, with the stem of the calendar's file."""
        return self._by_uid.get(uid, [])

    @cached_property
    def _by_uid(self) -> dict[str, list[tuple[str, Event]]]:
        found: dict[str, list[tuple[str, Event]]] = {}
        for stem, feed in self.feeds.items():
            for event in feed.events:
                found.setdefault(event.uid, []).append((stem, event))
        return found

    def _uid(self, entry: Entry) -> str:
        return uid_of(self.edition.instance, entry.id)

    def _feed(self, agenda: Agenda) -> Feed:
        pairs = list(self._writer.of(agenda))
        for entry, event in pairs:
            self._said.setdefault(event.uid, set()).add(event)
            self.where.setdefault(event.uid, where_of(entry))
        events = tuple(event for _, event in pairs)
        if agenda.view.by is By.PARTICIPANT:
            person = self.edition.instance.person(ParticipantId(PartyId(agenda.view.id)))
            events = self._delivered(person, pairs)
        return Feed(agenda.view, agenda.title, events)

    def _delivered(self, person: Person, pairs: Iterable[tuple[Entry, Event]]) -> tuple[Event, ...]:
        """Return the events of a person as they are theirs, and put them into the mailbox."""
        if not person.email.strip():
            return tuple(event for _, event in pairs)
        address = person.email.strip()
        box = self.mailboxes.setdefault(address.casefold(), Mailbox(person.id, person.name, address))
        events = []
        for entry, event in pairs:
            if entry.kind == TRAVEL:
                events.append(event)
                continue
            own = self._addressed(person, entry, event)
            box.events.setdefault(own.uid, own)
            events.append(own)
        return tuple(events)

    def _addressed(self, person: Person, entry: Entry, event: Event) -> Event:
        """Return an event that names its reader among those who attend, as a message must."""
        if not event.all("ORGANIZER") or any(a.person.id == person.id for a in entry.attendees):
            return event
        return event.having(attendee_line(person.name, person.email, LISTENER))


def where_of(entry: Entry) -> str:
    """Return when and where an entry is: what its sequence number rises with."""
    place = entry.place
    parts = [
        in_utc(entry.start),
        in_utc(entry.end),
        place.city.id,
        place.venue.id if place.venue else "",
        place.room.id if place.room else "",
        "" if place.table is None else str(place.table),
        entry.destination.id if entry.destination else "",
    ]
    return "/".join(parts)


def _digest(events: Iterable[Event]) -> str:
    return sha256(" ".join(sorted(event.digest for event in events)).encode()).hexdigest()[:24]
