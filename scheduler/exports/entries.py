"""What an agenda is made of: its entries, with everything that any format says of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from scheduler.domain import (
    ActivityKind,
    City,
    InterpreterPool,
    PartyId,
    Person,
    Room,
    Track,
    Venue,
)
from scheduler.domain.times import UTC
from scheduler.exports.views import By, View

TRAVEL: Final = "travel"
"""The kind of a leg between two cities."""


class Part(StrEnum):
    """What somebody does in an activity."""

    CHAIR = "chair"
    MODERATOR = "moderator"
    SPEAKER = "speaker"
    PARTICIPANT = "participant"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who takes part, and as what."""

    person: Person
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is; of a leg, the city that it leaves."""

    city: City
    venue: Venue | None = None
    room: Room | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One talk in the order of its session."""

    title: str
    start: dt.datetime
    end: dt.datetime
    speaker: Person


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Who interprets: one of a pool, counted from 1."""

    pool: InterpreterPool
    unit: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an agenda: a session, a talk, a meeting, or a leg between two cities."""

    id: str
    """The activity's id; of a leg ``travel+<whose agenda>+<number>``, which is no activity's."""
    kind: ActivityKind | Literal["travel"]
    title: str
    place: Place
    start: dt.datetime
    """On the clock of its city; of a leg, of the city that it leaves."""
    end: dt.datetime
    """On the clock of its city; of a leg, of the city that it reaches."""
    titled: bool = True
    """Whether the title is the organiser's, not an id in its place."""
    parties: tuple[PartyId, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    """Who takes part; the audience is not among them."""
    audience: tuple[PartyId, ...] = ()
    """The parties that a session is for; ``all`` is everybody."""
    talks: tuple[TalkLine, ...] = ()
    session: str | None = None
    """Of a talk, the id of its session."""
    session_title: str = ""
    track: Track | None = None
    """Of a session, or of a talk: its own, else its session's."""
    interpreter: Interpreter | None = None
    parts: tuple[Part, ...] = ()
    """In a participant's agenda: what the participant does in it."""
    listeners: tuple[Person, ...] = ()
    """In a delegation's agenda: who of its people is in the audience."""
    destination: City | None = None
    """Of a leg, the city that it reaches."""

    @property
    def order(self) -> tuple[dt.datetime, str]:
        """What puts entries in order: the start as an instant, then the id."""
        return self.start.astimezone(UTC), self.id


@dataclass(frozen=True, slots=True)
class Agenda:
    """One view of a schedule: whose, under which title, and its entries by start, then id."""

    view: View
    title: str
    entries: tuple[Entry, ...]
    own: frozenset[PartyId] = frozenset()
    """Whose agenda it is: a participant and their delegation, or a delegation and its people."""

    @property
    def events(self) -> tuple[Entry, ...]:
        """The entries but talks whose session is among them: the session speaks of these."""
        here = {entry.id for entry in self.entries}
        return tuple(entry for entry in self.entries if entry.session not in here)

    @property
    def is_busy(self) -> bool:
        """Whether entries take up the time of whose agenda it is: of people and rooms, not of a city."""
        return self.view.is_of_people or self.view.by is By.ROOM
