"""Schedules changed by hand: where something may go, the schedule with it there, what that pins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from scheduler.domain import ActivityId, RoomId
from scheduler.domain.times import Moment
from scheduler.explain.placing import Place, Places, PlacingError
from scheduler.service.access import Planner, Reader, ThisSchedule
from scheduler.service.api.programmes import Version
from scheduler.service.api.schedules import ScheduleOut, pair
from scheduler.service.problems import ProblemError, ProblemItem, not_found, responses
from scheduler.service.state import Served, Service
from scheduler.service.store.records import Schedule

router = APIRouter(prefix="/schedules/{schedule}", tags=["by hand"])
_ANSWERS = responses(401, 403, 404, 409, 422)
_YEARS = range(1900, 2200)
_T = TypeVar("_T")
Text = Annotated[str, Field(min_length=1, max_length=200)]
OfActivity = Annotated[str, Path(max_length=200, description="The id of a session or meeting.")]


def _of_our_time(moment: dt.datetime) -> dt.datetime:
    """Refuse what clocks of other zones cannot show."""
    if moment.year not in _YEARS:
        raise ValueError(f"a year from {_YEARS[0]} to {_YEARS[-1]}")
    return moment


class PlaceOut(BaseModel):
    """A start in a room, on the clock of its city."""

    start: Moment
    room: str


class ForbiddenOut(BaseModel):
    """Where one sentence says why something may not be there."""

    rule: str
    words: str
    places: list[PlaceOut]


class PlacesOut(BaseModel):
    """Every start on the grid, in every room: where something may be, and why not elsewhere."""

    activity: str
    legal: list[PlaceOut]
    forbidden: list[ForbiddenOut]


class MoveIn(BaseModel):
    """Something is to be somewhere else; at a table if that is free there."""

    model_config = ConfigDict(extra="forbid")
    activity: Text
    start: Annotated[AwareDatetime, AfterValidator(_of_our_time)]
    room: Text
    table: int | None = Field(None, ge=1, le=100_000)


class UnpinIn(BaseModel):
    """Something may be moved again."""

    model_config = ConfigDict(extra="forbid")
    activity: Text


@router.get("/places/{activity}", responses=_ANSWERS)
def places(schedule: ThisSchedule, activity: OfActivity, service: Served, _caller: Reader) -> PlacesOut:
    """Say where a session or meeting could be, all others where they are, and which rule forbids the rest."""
    _known(service, schedule, activity)
    return _told(_attempt(lambda: service.editing.places(schedule, ActivityId(activity))))


@router.post("/moves", status_code=201, responses=_ANSWERS)
def move(schedule: ThisSchedule, asked: MoveIn, service: Served, _caller: Planner) -> ScheduleOut:
    """Enter the schedule with a session or meeting somewhere else; a forbidden place breaks rules: 409."""
    _known(service, schedule, asked.activity, asked.room)
    return ScheduleOut.model_validate(moved(service, schedule, asked))


@router.post("/pins", status_code=201, responses=_ANSWERS)
def pin(schedule: ThisSchedule, service: Served, _caller: Planner) -> Version:
    """Enter a version of the programme that pins what was moved by hand, for planning again around it."""
    return Version.model_validate(_attempt(lambda: service.editing.pin_all(schedule)))


@router.post("/unpins", status_code=201, responses=_ANSWERS)
def unpin(schedule: ThisSchedule, asked: UnpinIn, service: Served, _caller: Planner) -> ScheduleOut:
    """Enter a version of the programme in which something is not pinned, with the same schedule."""
    _known(service, schedule, asked.activity)
    return ScheduleOut.model_validate(
        _attempt(lambda: service.editing.unpin(schedule, ActivityId(asked.activity)))
    )


# -- what these do -----------------------------------------------------------------------------------


def moved(service: Service, schedule: Schedule, asked: MoveIn) -> Schedule:
    """Enter the schedule with something somewhere else.

    Raises
    ------
    ProblemError
        If it may not be there, with all that it would break.
    """
    activity, room = ActivityId(asked.activity), RoomId(asked.room)
    try:
        return service.editing.move(schedule, activity, asked.start, room, asked.table)
    except PlacingError as error:
        items = [ProblemItem(message=each.message, path=each.rule.value) for each in error.violations]
        raise ProblemError(409, str(error), items) from None
    except ValueError as error:
        raise ProblemError(409, str(error)) from None


def _attempt(change: Callable[[], _T]) -> _T:
    try:
        return change()
    except ValueError as error:
        raise ProblemError(409, str(error)) from None


def _known(service: Service, schedule: Schedule, activity: str, room: str | None = None) -> None:
    """Refuse what the programme does not have.

    Raises
    ------
    ProblemError
    """
    instance, _ = pair(service, schedule)
    if not instance.has_activity(ActivityId(activity)):
        raise not_found("session or meeting")
    if room is not None and not instance.has_room(RoomId(room)):
        raise not_found("room")


def _told(places: Places) -> PlacesOut:
    forbidden: dict[tuple[str, str], ForbiddenOut] = {}
    for cell in places.cells:
        if cell.rule is not None:
            said = (cell.rule.value, cell.words)
            here = forbidden.setdefault(said, ForbiddenOut(rule=said[0], words=said[1], places=[]))
            here.places.append(_place(cell))
    return PlacesOut(
        activity=places.activity,
        legal=[_place(cell) for cell in places.legal],
        forbidden=list(forbidden.values()),
    )


def _place(cell: Place) -> PlaceOut:
    return PlaceOut(start=cell.start, room=cell.room)
