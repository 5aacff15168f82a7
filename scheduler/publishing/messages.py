"""Who is told of what: iTIP messages (RFC 5546), only to those whom a change touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from scheduler.exports.events import Event, Revision
from scheduler.exports.ical import attendee_line, calendar_text, organizer_line
from scheduler.publishing.rendering import Mailbox, Rendering
from scheduler.publishing.state import Record, State, Told

_KEPT = ("UID", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER")
"""What somebody who is taken off an event is told of it: which it is."""


class Method(StrEnum):
    """What a message is for."""

    REQUEST = "REQUEST"
    """An event is new to whoever gets it, or is not as they know it."""
    CANCEL = "CANCEL"
    """It is off, or off for them."""


@dataclass(frozen=True, slots=True)
class Message:
    """One event for one mailbox."""

    who: str
    """A participant's id."""
    name: str
    address: str
    method: Method
    event: Event
    sequence: int


class Outcome(NamedTuple):
    """The messages of a version, and what everybody has been told once they have them."""

    messages: list[Message]
    told: dict[str, dict[str, Told]]


class Post:
    """Works out the messages from one version to the next.

    The sequence number in a message is that of the event, with one exception. Whoever is taken off an
    event that goes on for others gets a CANCEL, and a CANCEL has to have a higher number than what came
    before (RFC 5546, 2.1.4), though the event's stays: it has not moved. So that nobody is sent a lower
    number than they know, messages to such a person go on from there.

    Parameters
    ----------
    last : State
        What the last version remembers.
    records : mapping of str to Record
        The editions of this one.
    now : Rendering
        Its calendars.
    before : Rendering, optional
        Those of the last one.
    """

    def __init__(
        self, last: State, records: Mapping[str, Record], now: Rendering, before: Rendering | None
    ) -> None:
        self._last = last
        self._records = records
        self._now = now
        self._before = before.mailboxes if before else {}
        self._held = _held_by(last.told)

    def outcome(self) -> Outcome:
        """Return the messages, by mailbox in the order of the programme, those who have left at the end."""
        if self._now.edition.instance.programme.organizer is None:
            return Outcome([], self._last.told)  # nobody can invite: what people know stays what it was
        found: list[Message] = []
        told: dict[str, dict[str, Told]] = {uid: dict(known) for uid, known in self._last.told.items()}
        for address, box in self._boxes().items():
            for message in self._to(address, box):
                found.append(message)
                digest = message.event.digest if message.method is Method.REQUEST else ""
                fact = Told.model_construct(who=message.who, digest=digest, sequence=message.sequence)
                told.setdefault(message.event.uid, {})[address] = fact
        return Outcome(found, {uid: dict(sorted(told[uid].items())) for uid in sorted(told)})

    def _boxes(self) -> dict[str, Mailbox]:
        """Return everybody who has an address, and who had one."""
        gone = {
            address: Mailbox(known.who, known.who, address)
            for people in self._last.told.values()
            for address, known in people.items()
            if known.holds and address not in self._now.mailboxes
        }
        named = {
            address: replace(self._before.get(address, gone[address]), events={}) for address in sorted(gone)
        }
        return {**self._now.mailboxes, **named}

    def _to(self, address: str, box: Mailbox) -> Iterator[Message]:
        for event in box.events.values():
            known = self._last.told.get(event.uid, {}).get(address)
            sequence = self._sequence(event.uid, known)
            if known is None or (known.digest, known.sequence) != (event.digest, sequence):
                yield Message(box.who, box.name, box.address, Method.REQUEST, event, sequence)
        for uid in self._held.get(address, ()):
            if uid not in box.events:
                known = self._last.told[uid][address]
                sequence = max(self._records[uid].sequence, known.sequence + 1)
                yield Message(
                    box.who, box.name, box.address, Method.CANCEL, self._off(uid, address, box), sequence
                )

    def _sequence(self, uid: str, known: Told | None) -> int:
        """Return the sequence number of an event for a mailbox; risen when the event's own has."""
        own = self._records[uid].sequence
        if known is None:
            return own
        last = self._last.records.get(uid)
        risen = last is not None and own > last.sequence
        return max(own, known.sequence + risen)

    def _off(self, uid: str, address: str, box: Mailbox) -> Event:
        """Return an event as somebody is told that it is off.

        When it is cancelled for everybody it says so (STATUS); to be taken off it must not (RFC 5546,
        3.2.5), and names nobody else.
        """
        known = self._before[address].events.get(uid) if address in self._before else None
        event = known or Event.of(uid, [f"UID:{uid}"])
        if not event.all("ORGANIZER"):
            event = event.having(*self._organizer)
        if self._records[uid].cancelled and event.all("ATTENDEE"):
            return event.cancelled()
        return event.only(*_KEPT).having(attendee_line(box.name, box.address, "REQ-PARTICIPANT"))

    @property
    def _organizer(self) -> list[str]:
        organizer = self._now.edition.instance.programme.organizer
        return [organizer_line(organizer.name, organizer.email)] if organizer else []


def _held_by(told: Mapping[str, Mapping[str, Told]]) -> dict[str, list[str]]:
    """Return which events stand in the calendar of each mailbox."""
    found: dict[str, list[str]] = {}
    for uid, people in told.items():
        for address, known in people.items():
            if known.holds:
                found.setdefault(address, []).append(uid)
    return found


class Letter(NamedTuple):
    """The messages of one kind to one mailbox, as a file."""

    file: str
    method: Method
    messages: tuple[Message, ...]

    @property
    def data(self) -> dict[str, Any]:
        """What whoever sends it needs to know."""
        first = self.messages[0]
        return {
            "who": first.who,
            "name": first.name,
            "address": first.address,
            "method": self.method.value,
            "file": self.file,
            "events": [message.event.uid for message in self.messages],
        }

    def content(self, stamp: dt.datetime, years: tuple[int, int]) -> bytes:
        """Return the file: one iCalendar object after the other.

        RFC 5546 (3.2.2, 3.2.5) wants all events of a message to have the same UID, so there is a message for
        each event; RFC 5545 (3.4) lets a file hold several objects.
        """
        return b"".join(
            calendar_text(
                "",
                message.event.zones,
                years,
                [message.event.text(Revision(stamp, message.sequence))],
                message.method,
            )
            for message in self.messages
        )


def letters(messages: Iterable[Message]) -> list[Letter]:
    """Return messages put together by mailbox and method, with a file name for each."""
    together: dict[tuple[str, Method], list[Message]] = {}
    for message in messages:
        together.setdefault((message.address.casefold(), message.method), []).append(message)
    taken: set[str] = set()
    return [
        Letter(_free(f"{group[0].who}-{method.lower()}", taken), method, tuple(group))
        for (_, method), group in together.items()
    ]


def _free(stem: str, taken: set[str]) -> str:
    """Return a file name that is not taken: somebody may have a new address beside the old one."""
    name, number = f"{stem}.ics", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}.ics"
    taken.add(name.casefold())
    return name
