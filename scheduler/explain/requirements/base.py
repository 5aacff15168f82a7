"""What a requirement is: a thing that was written and could be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.explain.requirements.rewriting import Edit, Path


class Kind(StrEnum):
    """What a requirement is about; those of one kind are told together."""

    MANDATORY = "mandatory"
    STAYS = "stays"
    PINNED_START = "pinned start"
    PINNED_ROOM = "pinned room"
    PINNED_TABLE = "pinned table"
    DATES = "dates"
    WINDOWS = "windows"
    DAY_PART = "day part"
    FORBIDDEN = "forbidden times"
    IN_CITIES = "cities"
    IN_VENUES = "venues"
    IN_ROOMS = "rooms"
    FEATURES = "features"
    ATTENDANCE = "attendance"
    ROLE = "role"
    AUDIENCE = "audience"
    CHAIRS = "chairs"
    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    ABSENCE = "absence"
    ALLOWED_CITIES = "allowed cities"
    LANGUAGE = "language"
    PARALLEL = "parallel"
    OPENING = "opening"
    ROOM_AVAILABLE = "room available"
    ROOM_CLOSED = "room closed"
    TABLES = "tables"
    SEATS = "seats"
    TRAVEL = "travel"
    TRANSFER = "transfer"
    ROOM_CHANGE = "room change"
    PRECEDENCE = "precedence"
    DAY_RELATION = "day relation"
    NEVER = "never"
    MEETINGS_PER_DAY = "meetings per day"
    MEETINGS_IN_ALL = "meetings in all"
    IN_A_ROW = "in a row"
    MEAL = "meal"
    INTERPRETERS = "interpreters"
    INTERPRETERS_TIMES = "interpreters' times"
    INTERPRETERS_CITY = "interpreters' city"
    FAIR_BREAKS = "fairness of breaks"
    FAIR_SHARES = "fairness of shares"
    NOW = "now"


FAIRNESS = frozenset({Kind.FAIR_BREAKS, Kind.FAIR_SHARES})
TAKING_PLACE = frozenset({Kind.MANDATORY, Kind.STAYS})


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the organiser wrote and could take back.

    Attributes
    ----------
    kind : Kind
    path : tuple
        Where it is written: keys and positions from the top of the instance (``from``, ``to``).
    about : tuple of str
        Ids of what it is about: activities, parties, rooms, cities.
    sentence : str
        What it says, in the organiser's words, without a full stop.
    edits : tuple of Edit
        What takes it out of the instance.
    """

    kind: Kind
    path: Path
    about: tuple[str, ...]
    sentence: str
    edits: tuple[Edit, ...]

    @property
    def key(self) -> Key:
        """What tells the requirements of one instance apart."""
        return self.kind, self.path, self.about


Key = tuple[Kind, Path, tuple[str, ...]]
