"""What a conference schedule says, whichever form and version of the format says it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scheduler.domain import SessionKind, SpeakerRole
from scheduler.domain.times import UTC, later
from scheduler.reading.conference.tree import Node


class Somebody(NamedTuple):
    """Who takes part in an event."""

    key: str
    """What tells people apart: a UUID, a code, a number, else the name."""
    name: str
    role: SpeakerRole = SpeakerRole.SPEAKER


@dataclass(frozen=True, slots=True)
class Event:
    """An event that can be used."""

    node: Node
    """Where it stands."""
    names: tuple[str, ...]
    """What it could be called, best first: a slug, a code, a number."""
    title: str
    kind: SessionKind
    start: dt.datetime
    """On the clock of the conference."""
    duration: dt.timedelta
    room: str
    track: str
    """Empty: none."""
    people: tuple[Somebody, ...]
    day: int
    """On which of the conference's days it is listed; after midnight still on the one that has begun."""

    @property
    def end(self) -> dt.datetime:
        """When it ends, on the same clock."""
        return later(self.start, self.duration)

    @property
    def begins(self) -> dt.datetime:
        """The instant at which it begins."""
        return self.start.astimezone(UTC)

    @property
    def ends(self) -> dt.datetime:
        """The instant at which it ends."""
        return self.end.astimezone(UTC)

    @property
    def label(self) -> str:
        """What a message calls it."""
        return f'"{self.title}"' if self.title else f"the event of {self.start:%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when a day of the conference is said to last, where that is within one date."""

    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class Conference:
    """A conference and its events."""

    acronym: str
    title: str
    zone: ZoneInfo
    seats: dict[str, int | None]
    """Of each room, by its name."""
    tracks: tuple[str, ...]
    hours: tuple[Hours, ...]
    events: tuple[Event, ...]
    read: int
    """How many events the file has, used or not."""
    strays: tuple[Event, ...] = ()
    """Those whose offset is another than that of the conference's zone at the time."""
