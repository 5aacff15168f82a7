"""The objective: named terms, each with a weight and a level, and what counts as a break."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from scheduler.domain.base import Value
from scheduler.domain.times import Duration


class TermName(StrEnum):
    """What a schedule may be charged for; ``docs/meaning.md`` defines each to the letter."""

    REQUESTS = "requests"
    BREAKS = "breaks"
    IDLE_MINUTES = "idle_minutes"
    CITY_CHANGES = "city_changes"
    ROOM_CHANGES = "room_changes"
    PREFERENCES = "preferences"
    PARALLEL_SESSIONS = "parallel_sessions"
    FAIRNESS_SPREAD = "fairness_spread"
    TOO_FEW_MEETINGS = "too_few_meetings"
    LATENESS = "lateness"
    TRACK_PARALLEL = "track_parallel"
    TRACK_ROOMS = "track_rooms"
    TRACK_GAPS = "track_gaps"
    TALK_ORDER = "talk_order"
    MOVED = "moved"
    MOVED_START = "moved_start"
    MOVED_ROOM = "moved_room"
    MOVED_CITY = "moved_city"
    PEOPLE_AFFECTED = "people_affected"


class ObjectiveTerm(Value):
    """One term: inside a level terms are added up; every level comes wholly before the next."""

    term: TermName
    weight: int = Field(default=1, ge=1, le=1_000_000)
    level: int = Field(default=1, ge=1, le=99)


DEFAULT_OBJECTIVE = (
    ObjectiveTerm.model_construct(term=TermName.REQUESTS, weight=1, level=1),
    ObjectiveTerm.model_construct(term=TermName.BREAKS, weight=1, level=2),
)

OBJECTIVE_WITH_LEAST = (
    ObjectiveTerm.model_construct(term=TermName.REQUESTS, weight=1, level=1),
    ObjectiveTerm.model_construct(term=TermName.TOO_FEW_MEETINGS, weight=1, level=2),
    ObjectiveTerm.model_construct(term=TermName.BREAKS, weight=1, level=3),
)
"""What a good schedule is where parties ask for a least number of meetings and nobody says what counts.

No request is given up for it; among schedules that grant as much, it decides before breaks do.
"""


class BreakSpan(StrEnum):
    """Between which engagements idle time is a break."""

    DAY = "day"
    PROGRAMME = "programme"


class BreakRule(Value):
    """What counts as a break: idle time longer than ``tolerance`` inside the ``span``."""

    span: BreakSpan = BreakSpan.DAY
    tolerance: Duration = dt.timedelta(0)
