"""Boards: a schedule against time, moved by hand, planned again, and what differs from another."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response

from scheduler.checker import check
from scheduler.domain import ActivityId, City, Instance, PartyId, Talk
from scheduler.domain.times import UTC
from scheduler.explain.placing import Place, Places
from scheduler.exports import Edition, changes_between
from scheduler.exports.changes_files import KINDS, counted, named, was_and_is
from scheduler.service.access import Caller, Scope, visible_programme, visible_schedule
from scheduler.service.api import jobs as api
from scheduler.service.api.boards import MoveIn, moved
from scheduler.service.api.schedules import pair
from scheduler.service.pages.answers import parties_of
from scheduler.service.pages.board import Boards
from scheduler.service.pages.guarding import Anybody, Looking, OwnForm, Planning
from scheduler.service.pages.rendering import page
from scheduler.service.pages.routing import PageRoute, to
from scheduler.service.problems import ProblemError, not_found
from scheduler.service.state import Served, Service
from scheduler.service.store.records import Kind, Origin, Schedule

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_Day = Annotated[str, Query(max_length=200)]
_MOST_BROKEN = 20
_MINUTE = dt.timedelta(minutes=1)
_HALF_AN_HOUR = 30 * _MINUTE


@router.get("/schedules/{schedule}")
def board(
    schedule: str, request: Request, visit: Anybody, caller: Looking, service: Served, day: _Day = ""
) -> Response:
    """Show a day in a city: rooms and tables against time."""
    found = visible_schedule(service, caller, schedule)
    instance, solution = pair(service, found)
    held = service.editing.held(found)
    boards = Boards(instance, solution, held)
    shown = boards.day(day)
    broken = check(instance, solution).violations
    return page(
        request,
        visit,
        "board.html",
        "Board",
        programme=visible_programme(service, caller, found.programme),
        schedule=found,
        job=None,
        boards=boards,
        day=shown,
        board=boards.rooms(shown) if shown else None,
        broken=broken[:_MOST_BROKEN],
        held=held,
        pinned_by_programme=pinned_by_programme(instance),
        key_of=key_of,
        editable=not broken and caller.scope >= Scope.PLAN,
    )


def pinned_by_programme(instance: Instance) -> list[tuple[str, str]]:
    """Return what the programme pins, by id and name."""
    return [
        (each.id, each.label)
        for each in instance.activities
        if not isinstance(each, Talk) and (each.pin.start is not None or each.pin.room is not None)
    ]


@router.get("/schedules/{schedule}/people")
def people(
    schedule: str,
    request: Request,
    visit: Anybody,
    caller: Looking,
    service: Served,
    party: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Show the people of a delegation, or one participant, against time."""
    found = visible_schedule(service, caller, schedule)
    instance, solution = pair(service, found)
    boards = Boards(instance, solution)
    parties = boards.parties()
    if not parties:
        raise not_found("party")
    chosen = party or parties[0][0]
    try:
        days = boards.people(PartyId(chosen))
    except (ValueError, KeyError):
        raise not_found("party") from None
    return page(
        request,
        visit,
        "people.html",
        instance.party_label(PartyId(chosen)),
        programme=visible_programme(service, caller, found.programme),
        schedule=found,
        parties=parties,
        chosen=chosen,
        days=days,
        new=new_meeting(instance) if caller.scope >= Scope.PLAN and check(instance, solution).valid else None,
    )


@dataclass(frozen=True, slots=True)
class NewMeetingForm:
    """What a new meeting can be: of whom, how long (in minutes), where."""

    parties: tuple[tuple[PartyId, str], ...]
    grid: int
    usual: int
    cities: tuple[City, ...]


def new_meeting(instance: Instance) -> NewMeetingForm | None:
    """Return what a new meeting can be; None where there are not two who could meet."""
    parties = parties_of(instance)
    if len(parties) < 2:
        return None
    grid = instance.programme.grid
    lengths = Counter(meeting.duration for meeting in instance.meetings).most_common(1)
    usual = lengths[0][0] if lengths else -(-_HALF_AN_HOUR // grid) * grid
    return NewMeetingForm(tuple(parties.items()), grid // _MINUTE, usual // _MINUTE, instance.cities)


# -- by hand -----------------------------------------------------------------------------------------


@router.get("/schedules/{schedule}/places/{activity}")
def places(schedule: str, activity: str, caller: Looking, service: Served) -> dict[str, Any]:
    """Return where something may go, and which rule forbids it elsewhere."""
    found = visible_schedule(service, caller, schedule)
    try:
        instance, _ = pair(service, found)
        return _places_data(instance, service.editing.places(found, ActivityId(activity)))
    except ValueError as error:
        raise ProblemError(409, str(error)) from None


def _places_data(instance: Instance, places: Places) -> dict[str, Any]:
    """Return places as data: sentences once, and of each place the number of its sentence, -1 where legal."""
    said = list(dict.fromkeys((c.rule, c.words) for c in places.cells if c.rule is not None))
    number = {each: n for n, each in enumerate(said)}
    return {
        "activity": places.activity,
        "days": dict(Counter(_day_of(instance, cell) for cell in places.legal)),
        "rules": [{"rule": rule, "words": words} for rule, words in said],
        "cells": [
            [key_of(c.start), c.room, -1 if c.rule is None else number[c.rule, c.words]] for c in places.cells
        ],
    }


def _day_of(instance: Instance, place: Place) -> str:
    return f"{place.start.date().isoformat()}-{instance.city_of(place.room).id}"


def key_of(moment: dt.datetime) -> str:
    """Return an instant as boards write it: ``2017-11-20T08:00Z``."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


@router.post("/schedules/{schedule}/moves", dependencies=[OwnForm])
def move(schedule: str, asked: MoveIn, caller: Planning, service: Served) -> dict[str, Any]:
    """Put something somewhere else; where it may not be, say which rule forbids it."""
    found = visible_schedule(service, caller, schedule)
    made = moved(service, found, asked)
    return {"schedule": made.id, "note": made.note}


@router.post("/schedules/{schedule}/unpins", dependencies=[OwnForm])
def unpin(
    schedule: str,
    caller: Planning,
    service: Served,
    activity: Annotated[str, Form(max_length=200)],
) -> Response:
    """Let something be moved again that the programme has pinned."""
    found = visible_schedule(service, caller, schedule)
    try:
        made = service.editing.unpin(found, ActivityId(activity))
    except ValueError as error:
        raise ProblemError(409, str(error)) from None
    return to(f"/schedules/{made.id}")


@router.post("/schedules/{schedule}/replans", dependencies=[OwnForm])
def replan(
    schedule: str,
    caller: Planning,
    service: Served,
    time_limit: Annotated[float, Form(gt=0, allow_inf_nan=False)] = 60.0,
) -> Response:
    """Plan again, close to this schedule; what was moved by hand stays."""
    found = visible_schedule(service, caller, schedule)
    programme = visible_programme(service, caller, found.programme)
    version = service.editing.pin_all(found).number
    if not service.editing.held(found):
        newest = service.store.programmes.version(programme.id)
        version = newest.number if newest else version
    asked = api.ReplanIn.model_validate(
        {
            "schedule": found.id,
            "version": version,
            "time_limit": min(time_limit, service.settings.limits.seconds),
        }
    )
    return to(f"/jobs/{api.enter(service, caller, programme, Kind.REPLAN, asked).id}")


# -- what differs ------------------------------------------------------------------------------------


@router.get("/schedules/{schedule}/diff")
def diff(
    schedule: str,
    request: Request,
    visit: Anybody,
    caller: Looking,
    service: Served,
    old: Annotated[str, Query(max_length=50)] = "",
) -> Response:
    """Show what differs from another schedule of the programme to this one."""
    found = visible_schedule(service, caller, schedule)
    others = [each for each in service.store.schedules.of(found.programme) if each.id != found.id]
    before = _before(service, caller, found, others, old)
    changes = None
    if before is not None:
        try:
            changes = changes_between(Edition(*pair(service, before)), Edition(*pair(service, found)))
        except ValueError as error:
            raise ProblemError(409, str(error)) from None
    return page(
        request,
        visit,
        "diff.html",
        "What differs",
        programme=visible_programme(service, caller, found.programme),
        schedule=found,
        before=before,
        others=others,
        changes=changes,
        told=counted(changes) if changes is not None else "",
        kinds=KINDS,
        named=named,
        was_and_is=was_and_is,
    )


def _before(
    service: Service, caller: Caller, schedule: Schedule, others: list[Schedule], old: str
) -> Schedule | None:
    """Return the schedule to compare with: the one named, or made from, or the one before."""
    named_ = old or (schedule.parent or "" if schedule.origin == Origin.EDIT else "")
    if named_:
        before = visible_schedule(service, caller, named_)
        if before.programme != schedule.programme:
            raise not_found("schedule")
        return before
    return next((each for each in others if each.created <= schedule.created), None)
