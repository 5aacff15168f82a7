"""Delegations, participants, interpreters, and what may be asked of a person in a day."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self, TypeVar

from pydantic import Field, model_validator

from scheduler.domain.base import Value
from scheduler.domain.ids import WELL_FORMED, CityId, ParticipantId, PartyId, PoolId
from scheduler.domain.times import Clock, Interval, Moment, PositiveDuration, elapsed

_T = TypeVar("_T")


class Split(StrEnum):
    """Whether a delegation attends as one body or may send a member."""

    TOGETHER = "together"
    MEMBERS = "members"


class MealBreak(Value):
    """A free stretch of ``duration`` guaranteed between two times of day."""

    start: Clock = Field(alias="from")
    end: Clock = Field(alias="to")
    duration: PositiveDuration

    @model_validator(mode="after")
    def _fits(self) -> Self:
        day = dt.date(2000, 1, 3)
        start, end = dt.datetime.combine(day, self.start), dt.datetime.combine(day, self.end)
        if self.end == dt.time(0):
            end += dt.timedelta(days=1)
        if end - start < self.duration:
            raise ValueError("`from` to `to` should be at least as long as `duration`")
        return self


class Load(Value):
    """Limits on one person's day; what is not given is not limited."""

    meetings_per_day: int | None = Field(default=None, ge=0)
    in_a_row: int | None = Field(default=None, ge=1)
    rest: PositiveDuration | None = None
    """How long a pause must be to end a row; not given: one step of the grid."""
    meal: MealBreak | None = None

    def over(self, other: "Load") -> "Load":
        """Return these limits, with ``other`` where they say nothing."""
        return Load.model_construct(
            meetings_per_day=_first(self.meetings_per_day, other.meetings_per_day),
            in_a_row=_first(self.in_a_row, other.in_a_row),
            rest=_first(self.rest, other.rest),
            meal=_first(self.meal, other.meal),
        )


def _first(value: _T | None, other: _T | None) -> _T | None:
    return other if value is None else value


class Quota(Value):
    """How many meetings a party holds in the whole programme: at least, which is wished, and at most."""

    least: int = Field(default=0, ge=0, le=1_000_000)
    """Fewer may be held, at a cost: the term ``too_few_meetings`` counts what is missing."""
    most: int | None = Field(default=None, ge=0, le=1_000_000)
    """More are never held."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise ValueError("`most` should not be smaller than `least`")
        return self


class FairnessBound(Value):
    """Hard bounds on how unequally participants and parties may be treated."""

    breaks: int | None = Field(default=None, ge=0)
    """The most by which the numbers of breaks of any two participants may differ."""
    granted_percent: int | None = Field(default=None, ge=0, le=100)
    """The least share of its meetings that each party is granted, in percent."""


class _Presence(Value):
    """When and where somebody can be engaged."""

    arrival: Moment | None = None
    departure: Moment | None = None
    absences: tuple[Interval, ...] = ()
    cities: tuple[CityId, ...] = ()
    """The only cities for engagements; empty: all."""
    languages: frozenset[str] = frozenset()
    load: Load = Load.blank()
    meetings: Quota = Quota.blank()
    """How many meetings are held in the whole programme; of a delegation by whichever of its people."""

    @model_validator(mode="after")
    def _arrives_first(self) -> Self:
        if (
            self.arrival is not None
            and self.departure is not None
            and elapsed(self.arrival, self.departure) <= dt.timedelta(0)
        ):
            raise ValueError("`departure` should be later than `arrival`")
        return self


class Delegation(_Presence):
    """A travelling or hosting party: a city, an institution, a company."""

    id: Annotated[PartyId, WELL_FORMED]
    name: str = ""
    split: Split = Split.TOGETHER
    parallel: int | None = Field(default=None, ge=1, le=1000)
    """The most meetings at a time of one that splits; with no members named, its number of teams."""
    size: int | None = Field(default=None, ge=1)
    """How many people come, when more than the members that are named."""

    @property
    def label(self) -> str:
        """The name to show."""
        return self.name or self.id


class Participant(_Presence):
    """A person: a member of at most one delegation."""

    id: Annotated[ParticipantId, WELL_FORMED]
    name: str = ""
    email: str = ""
    organisation: str = ""
    """Whom the person works for; shown, and never asked by a rule."""
    delegation: PartyId | None = None
    roles: frozenset[str] = frozenset()
    """What the person can speak for (``mobility``, ``mayor`` ...): a meeting may ask for a role."""

    @property
    def label(self) -> str:
        """The name to show."""
        return self.name or self.id


class InterpreterPool(Value):
    """A number of alike interpreters between two languages, in one city or travelling."""

    id: Annotated[PoolId, WELL_FORMED]
    languages: Annotated[frozenset[str], Field(min_length=2, max_length=2)]
    count: int = Field(default=1, ge=1, le=1000)
    city: CityId | None = None
    """Where the pool works; not given: it travels, each interpreter by the same links as everybody."""
    available: tuple[Interval, ...] = ()
    """When given, an interpreter works only inside one of these."""


class Person(Value):
    """Somebody who can be in one place at a time, with what holds for them once all is resolved.

    Every participant is one. A delegation that names no members has stand-ins: one body under its own
    id when it travels together, ``parallel`` teams ``<id>.1``, ``<id>.2`` ... when it splits.
    """

    id: ParticipantId
    name: str
    email: str = ""
    delegation: PartyId | None = None
    stand_in: bool = False
    arrival: Moment | None = None
    departure: Moment | None = None
    absences: tuple[Interval, ...] = ()
    cities: tuple[CityId, ...] | None = None
    """The only cities for engagements; None: all."""
    languages: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    load: Load = Load.blank()
