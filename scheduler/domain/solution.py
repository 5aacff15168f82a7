"""A schedule, what is said of it, and how it ended."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from scheduler.domain.base import Value
from scheduler.domain.ids import ActivityId, ParticipantId, PartyId, PoolId, ProgrammeId, RoomId
from scheduler.domain.objective import TermName
from scheduler.domain.rules import RuleName
from scheduler.domain.times import Moment


class InterpreterSeat(Value):
    """One interpreter of a pool: ``unit`` counts from 1 to the pool's ``count``."""

    pool: PoolId
    unit: int = Field(ge=1)


class Placement(Value):
    """Where and when one activity takes place, and who was chosen for it."""

    activity: ActivityId
    start: Moment
    room: RoomId
    table: int | None = Field(default=None, ge=1)
    """Counts from 1; given exactly for a meeting in a meeting area."""
    attendees: tuple[ParticipantId, ...] = ()
    """Who was chosen: one member per party that splits, and a chair of the session's track."""
    interpreter: InterpreterSeat | None = None


class ReasonKind(StrEnum):
    """What keeps an activity out of a schedule; of several things in its way the last of these.

    So ``LOAD`` says: wherever everybody is free, a table is too and all can get there, limits of load
    are in the way.
    """

    NO_PLACE = "no_place"
    """It has no possible place and time at all."""
    NO_COMMON_TIME = "no_common_time"
    """Somebody it needs is engaged at all its places and times."""
    TABLES_FULL = "tables_full"
    """Wherever everybody is free, all tables or the room are taken."""
    TRAVEL = "travel"
    LOAD = "load"
    NO_INTERPRETER = "no_interpreter"
    ORDER = "order"
    """It would stand in the wrong order, or on the wrong date, beside another."""
    FAIRNESS = "fairness"
    TALKS = "talks"
    """There is no time for a session's talks."""
    OTHER = "other"
    """Another rule, or one of the above where places were only counted."""
    WOULD_BE_WORSE = "would_be_worse"
    """It would fit, and the schedule as a whole would be worse."""
    COULD_BE_GRANTED = "could_be_granted"
    """It would fit, and the schedule as a whole would be no worse."""
    LOST_TO = "lost_to"
    """Requests of higher priority, and what is mandatory, bar all its places by themselves."""
    NOT_EXAMINED = "not_examined"
    """The time was over."""


class Unscheduled(Value):
    """An optional activity that has no place, and why.

    Attributes
    ----------
    reason : str
        A sentence, true of the schedule as it stands.
    kind : ReasonKind or None
        The same in a word; None where nothing was worked out.
    lost_to : tuple of ActivityId
        Placed requests of its priority or a higher one (or mandatory) that bar all its places, even if
        nothing else were placed; none where something else is in the way somewhere.
    """

    activity: ActivityId
    reason: str
    kind: ReasonKind | None = None
    lost_to: tuple[ActivityId, ...] = ()


class TermValue(Value):
    """One objective term of a schedule: ``cost`` is weight times ``value``."""

    term: TermName
    level: int
    weight: int
    value: int

    @property
    def cost(self) -> int:
        """The weighted value."""
        return self.weight * self.value


class Status(StrEnum):
    """How a solve ended; no two of these are ever folded together."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"
    INTERRUPTED = "interrupted"
    """Stopped by the user; the best schedule so far is kept, if there is one."""
    INVALID = "invalid"
    """The solver's schedule fails the checker: a fault of the program, never written as valid."""
    CONTRADICTION = "contradiction"
    """Two engines disagree, or a claim contradicts a checked schedule: nothing is claimed."""


class LevelReport(Value):
    """What is known of one objective level: its value, the proven lower bound, and the status."""

    level: int
    value: int
    bound: int
    status: Status
    confirmed: bool = False
    """Whether a second, differently configured engine has proven the bound again."""

    @property
    def gap(self) -> float:
        """The distance from bound to value, relative to the value."""
        return 0.0 if self.value <= self.bound else (self.value - self.bound) / max(1, abs(self.value))


class Violation(Value):
    """One breach of a hard rule: who, where, when, and a sentence."""

    rule: RuleName
    message: str
    activities: tuple[ActivityId, ...] = ()
    parties: tuple[PartyId, ...] = ()
    room: RoomId | None = None
    start: dt.datetime | None = None
    end: dt.datetime | None = None


class Solution(Value):
    """A schedule: placements, and what the solver claimed of it."""

    programme: ProgrammeId
    instance: str = ""
    """The instance's file, from the folder of the solution's own; empty: not said."""
    status: Status = Status.FEASIBLE
    levels: tuple[LevelReport, ...] = ()
    terms: tuple[TermValue, ...] = ()
    placements: tuple[Placement, ...] = ()
    unscheduled: tuple[Unscheduled, ...] = ()
