"""What a requirement is, and how an instance without it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str | int, ...]
"""Keys and positions from the top of an instance, as they are written (``from``, ``to``)."""


class Kind(StrEnum):
    """What a requirement is about; each is a group in the words of an explanation."""

    MANDATORY = "mandatory"
    STAYS = "stays"
    PIN = "pin"
    TIMES = "times"
    PLACES = "places"
    ROOM_NEEDS = "room needs"
    ROLE = "role"
    AUDIENCE = "audience"
    CHAIR = "chair"
    PRESENCE = "presence"
    CITIES = "cities"
    LANGUAGE = "language"
    TEAMS = "teams"
    OPENING = "opening"
    ROOM_TIMES = "room times"
    TABLES = "tables"
    SEATS = "seats"
    WAYS = "ways"
    ORDER = "order"
    DAYS = "days"
    LOAD = "load"
    INTERPRETERS = "interpreters"
    FAIRNESS = "fairness"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of an instance and what takes its place.

    Attributes
    ----------
    path : tuple
        Where it is, by the names of fields and positions in lists of the instance as it was read.
    change : callable
        From the old value to the new one. Edits of one part are applied one after the other, so they have to
        commute: each only loosens.
    """

    path: Path
    change: Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the organiser wrote and could take back.

    Attributes
    ----------
    kind : Kind
    path : tuple
        Where it is written in the instance.
    sentence : str
        What it says, in the organiser's words.
    edits : tuple of Edit
        What takes it out of an instance.
    about : tuple of str
        Ids of what it is about, the nearest first: the activity, the party, the room.
    """

    kind: Kind
    path: Path
    sentence: str
    edits: tuple[Edit, ...]
    about: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[Kind, Path]:
        """What tells requirements of one instance apart."""
        return self.kind, self.path
