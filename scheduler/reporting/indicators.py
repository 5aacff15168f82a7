"""What is measured of a schedule: plain values that a page, a table or a service can show."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from scheduler.domain import BreakSpan, ReasonKind, RuleName, Status, TermName


def share(part: float, whole: float) -> float | None:
    """Return a part of a whole, from 0 to 1; None of nothing."""
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the objective, worked out again by the checker."""

    term: TermName
    level: int
    weight: int
    value: int

    @property
    def cost(self) -> int:
        """The weighted value."""
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the objective: what it comes to, and what the file says was proven of it."""

    level: int
    value: int
    """By the checker."""
    bound: int | None = None
    """What no schedule can be below, as the search has said; None: not said."""
    status: Status | None = None
    confirmed: bool = False
    """Whether the proof was made a second time, in another way."""
    claimed: int | None = None
    """The value that the file says; another one than ``value`` means that the file was changed."""

    @property
    def gap(self) -> float | None:
        """How far the bound is below the value, as a share of the value; None without a bound."""
        if self.bound is None:
            return None
        return max(0, self.value - self.bound) / max(1, abs(self.value))


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach of a hard rule."""

    rule: RuleName
    message: str


@dataclass(frozen=True, slots=True)
class Granted:
    """How many of the activities of one priority, or of one party, have a place."""

    id: str
    label: str
    asked: int
    granted: int
    weight: int | None = None
    """Of a priority, what one that is refused costs."""

    @property
    def share(self) -> float | None:
        """The granted part."""
        return share(self.granted, self.asked)


@dataclass(frozen=True, slots=True)
class Requests:
    """What was asked for, and what of it is granted."""

    by_priority: tuple[Granted, ...]
    """Optional sessions and meetings, in the order of the instance's priorities."""
    mandatory: Granted
    """Sessions and meetings that must take place."""
    by_party: tuple[Granted, ...]
    """For each delegation the meetings that name it or one of its people, and for each participant without
    a delegation those that name them; mandatory ones included, parties without any left out."""

    @property
    def asked(self) -> int:
        """All optional sessions and meetings."""
        return sum(one.asked for one in self.by_priority)

    @property
    def granted(self) -> int:
        """Those that have a place."""
        return sum(one.granted for one in self.by_priority)


@dataclass(frozen=True, slots=True)
class Refusals:
    """How many activities without a place have a reason of one kind."""

    kind: ReasonKind | None
    """None: mandatory, or the file gives no reason."""
    count: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A session or meeting without a place."""

    id: str
    label: str
    parties: str
    priority: str
    """``mandatory`` for what should have had a place."""
    kind: ReasonKind | None
    reason: str


@dataclass(frozen=True, slots=True)
class Days:
    """What the days of one person are like."""

    id: str
    label: str
    delegation: str
    """Its name; empty: none."""
    engagements: int
    breaks: int
    idle_minutes: int
    city_changes: int
    legs: int
    travel_minutes: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Half an hour of a room's day."""

    start: dt.datetime
    """On the city's clock."""
    open: float
    """The part in which the room is open, from 0 to 1."""
    used: float
    """The used part of all tables' time, from 0 to 1 (more where the schedule breaks the rules)."""


@dataclass(frozen=True, slots=True)
class RoomDay:
    """One date of a room."""

    date: dt.date
    open_minutes: int
    """Over all tables."""
    used_minutes: int
    slices: tuple[Slice, ...]

    @property
    def share(self) -> float | None:
        """The used part of the open time."""
        return share(self.used_minutes, self.open_minutes)


@dataclass(frozen=True, slots=True)
class RoomUse:
    """How much a room, or the tables of a meeting area, is used."""

    id: str
    label: str
    venue: str
    city: str
    tables: int | None
    """None: a room that is no meeting area."""
    days: tuple[RoomDay, ...]

    @property
    def open_minutes(self) -> int:
        """Of all dates, over all tables."""
        return sum(day.open_minutes for day in self.days)

    @property
    def used_minutes(self) -> int:
        """Of all dates, over all tables."""
        return sum(day.used_minutes for day in self.days)

    @property
    def share(self) -> float | None:
        """The used part of the open time."""
        return share(self.used_minutes, self.open_minutes)


@dataclass(frozen=True, slots=True)
class TravelOf:
    """How far the people of a delegation, or one participant without, travel."""

    id: str
    label: str
    people: int
    legs: int
    """Each person's rides, added up."""
    travel_minutes: int
    """On the way, each person's added up."""
    city_changes: int


@dataclass(frozen=True, slots=True)
class Held:
    """How many meetings a party holds that asks for a least or a most number."""

    id: str
    label: str
    held: int
    least: int
    most: int | None
    """None: no limit."""

    @property
    def missing(self) -> int:
        """How many are missing of the least."""
        return max(0, self.least - self.held)

    @property
    def beyond(self) -> int:
        """How many are beyond the most, against the rule."""
        return 0 if self.most is None else max(0, self.held - self.most)


@dataclass(frozen=True, slots=True)
class Fairness:
    """How evenly parties and people are treated."""

    parties: int
    """The parties that are named by at least one meeting."""
    least_share: float | None
    most_share: float | None
    mean_share: float | None
    spread: int
    """The term ``fairness_spread``: largest less smallest share, each in whole percent."""
    gini: float
    """Of the shares: 0 when all are alike, near 1 when a few have everything."""
    least_breaks: int
    most_breaks: int
    breaks_bound: int | None
    """The most by which two people's breaks may differ; None: no bound."""
    granted_bound: int | None
    """The least share of its meetings that a party must be granted, in percent; None: no bound."""


@dataclass(frozen=True, slots=True)
class Indicators:
    """Everything that is measured of one schedule.

    All of it is worked out from the instance and the placements; only ``status``, the bounds and the
    reasons are what the solution says of itself.
    """

    programme: str
    title: str
    status: Status
    valid: bool
    """Whether the schedule keeps all hard rules."""
    breaches: tuple[Breach, ...]
    levels: tuple[Level, ...]
    terms: tuple[Term, ...]
    requests: Requests
    refusals: tuple[Refusals, ...]
    refused: tuple[Refused, ...]
    breaks_within: BreakSpan
    """Between which engagements idle time is a break."""
    breaks_beyond: int
    """The minutes that are none yet."""
    people: tuple[Days, ...]
    """Everybody who can be in one place at a time, in the order of the instance."""
    rooms: tuple[RoomUse, ...]
    travel: tuple[TravelOf, ...]
    """Those who travel at all."""
    fairness: Fairness
    held: tuple[Held, ...]
    """The parties that ask for a least or a most number of meetings."""

    def as_json(self) -> dict[str, Any]:
        """Return the same as dicts, lists, numbers and texts; dates and times are ISO 8601."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
