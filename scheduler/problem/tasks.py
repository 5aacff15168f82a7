"""Tasks (activities as solvers see them), their admissible placements, and who is engaged by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.domain import (
    Activity,
    Meeting,
    ParticipantId,
    PartyId,
    Person,
    Placement,
    Session,
    Talk,
)
from scheduler.problem.places import Place


@dataclass(frozen=True, eq=False, slots=True)
class Option:
    """One admissible placement of a task: it breaks no rule by itself.

    Attributes
    ----------
    start, end : int
        Minutes.
    date : datetime.date
        The date of the start on the clock of the city.
    """

    task: Task
    start: int
    end: int
    place: Place
    date: dt.date


@dataclass(frozen=True, eq=False, slots=True)
class Choice:
    """One attendee to be chosen: a member of a party that splits, or a chair of a track.

    Attributes
    ----------
    party : PartyId or None
        None for a chair.
    pool : tuple of Person
        All members, or all chairs.
    candidates : tuple of Person
        Those of them who fit.
    """

    task: Task
    party: PartyId | None
    pool: tuple[Person, ...]
    candidates: tuple[Person, ...]


@dataclass(eq=False)
class Task:
    """An activity with everything that does not depend on where it is placed.

    Attributes
    ----------
    takers : tuple of Person
        Those who take part whatever is chosen.
    choices : list of Choice
        One chosen attendee each.
    audience : tuple of Person
        Those blocked while it runs.
    session : Task or None
        For a talk, the session that it is part of.
    stay : Placement or None
        Where a task of the past was placed, and stays.
    admissible, is_able : callable
        How to find the options, and whether somebody is available for one.
    """

    activity: Activity
    duration: int
    mandatory: bool
    takers: tuple[Person, ...] = ()
    choices: list[Choice] = field(default_factory=list)
    audience: tuple[Person, ...] = ()
    session: Task | None = None
    talks: list[Task] = field(default_factory=list)
    stay: Placement | None = None
    admissible: Callable[[Task], list[Option]] = lambda _: []
    is_able: Callable[[Person, Option], bool] = lambda *_: True

    @cached_property
    def options(self) -> list[Option]:
        """Every placement that breaks no rule by itself; made when first asked for."""
        return self.admissible(self)

    @cached_property
    def able(self) -> dict[ParticipantId, frozenset[Option]]:
        """The options that a candidate, or a person of the audience, is available for."""
        return {
            person.id: frozenset(o for o in self.options if self.is_able(person, o))
            for person in (*self.candidates, *self.audience)
        }

    @property
    def candidates(self) -> tuple[Person, ...]:
        """Everybody who may be chosen, each once."""
        return tuple({person.id: person for c in self.choices for person in c.candidates}.values())

    @property
    def is_meeting(self) -> bool:
        """Whether this is a bilateral meeting."""
        return isinstance(self.activity, Meeting)

    @property
    def is_talk(self) -> bool:
        """Whether this is a talk."""
        return isinstance(self.activity, Talk)

    @property
    def is_session(self) -> bool:
        """Whether this is a session."""
        return isinstance(self.activity, Session)


@dataclass(frozen=True, eq=False, slots=True)
class Engagement:
    """What may engage a person: an option, by itself or under a condition.

    Attributes
    ----------
    chosen : bool
        Whether the option engages the person only when they are chosen for the task.
    attends : bool
        True for the audience, False for those who take part.
    unless : Task or None
        For a talk, the session that engages the person instead, when they are chosen for it.
    """

    person: Person
    option: Option
    chosen: bool = False
    attends: bool = False
    unless: Task | None = None
