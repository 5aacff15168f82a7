"""Jobs: beginning one, watching it, ending it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Form, Header, Query, Request, Response
from pydantic import ValidationError

from scheduler.domain import ActivityId, Instance, LevelReport, Solution
from scheduler.exports.in_words import counted
from scheduler.service.access import visible_job, visible_programme, visible_schedule
from scheduler.service.api import jobs as api
from scheduler.service.api.schedules import pair
from scheduler.service.pages.answers import (
    Suggested,
    called,
    meeting_of,
    parties_of,
    suggested,
    why_not,
)
from scheduler.service.pages.board import Boards
from scheduler.service.pages.boards import key_of
from scheduler.service.pages.guarding import Anybody, Looking, OwnForm, Planning
from scheduler.service.pages.rendering import page
from scheduler.service.pages.routing import PageRoute, to
from scheduler.service.problems import ProblemError, not_found
from scheduler.service.state import Served, Service
from scheduler.service.store.records import Job, Kind, State

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_DAY = 24 * 60
"""The longest meeting, in minutes."""
_MOST_PARTIES = 50
KINDS = {
    Kind.SOLVE: "Solve",
    Kind.REPLAN: "Re-plan",
    Kind.EXPLAIN: "Why there is no schedule",
    Kind.WHY_NOT: "Why not",
    Kind.SUGGEST: "Places for a new meeting",
}
"""What jobs are called."""


@router.post("/programmes/{programme}/solves", dependencies=[OwnForm])
def solve(
    programme: str,
    caller: Planning,
    service: Served,
    time_limit: Annotated[float, Form(gt=0, allow_inf_nan=False)] = 60.0,
    seed: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """Begin to look for the best schedule."""
    found = visible_programme(service, caller, programme)
    asked = api.SolveIn(time_limit=min(time_limit, service.settings.limits.seconds), seed=seed)
    return to(f"/jobs/{api.enter(service, caller, found, Kind.SOLVE, asked).id}")


@router.post("/programmes/{programme}/explanations", dependencies=[OwnForm])
def explain(
    programme: str,
    caller: Planning,
    service: Served,
    version: Annotated[int | None, Form(ge=1, le=2**31 - 1)] = None,
) -> Response:
    """Begin to find out why there is no schedule."""
    found = visible_programme(service, caller, programme)
    asked = api.ExplainIn.model_validate({"version": version})
    return to(f"/jobs/{api.enter(service, caller, found, Kind.EXPLAIN, asked).id}")


@router.post("/schedules/{schedule}/why-nots", dependencies=[OwnForm])
def ask_why_not(
    schedule: str, caller: Planning, service: Served, activity: Annotated[str, Form(max_length=200)]
) -> Response:
    """Begin to find out why something has no place, and what it would cost."""
    found = visible_schedule(service, caller, schedule)
    instance, _ = pair(service, found)
    if not instance.has_activity(ActivityId(activity)):
        raise not_found("session or meeting")
    programme = visible_programme(service, caller, found.programme)
    asked = api.WhyNotIn.model_validate({"schedule": found.id, "activity": activity})
    return to(f"/jobs/{api.enter(service, caller, programme, Kind.WHY_NOT, asked).id}")


@router.post("/schedules/{schedule}/suggestions", dependencies=[OwnForm])
def ask_where(
    schedule: str,
    caller: Planning,
    service: Served,
    parties: Annotated[list[str] | None, Form()] = None,
    minutes: Annotated[int, Form(ge=1, le=_DAY)] = 30,
    city: Annotated[str, Form(max_length=200)] = "",
    moves: Annotated[int, Form(ge=0, le=100)] = 0,
) -> Response:
    """Begin to look for places of a new meeting."""
    found = visible_schedule(service, caller, schedule)
    instance, _ = pair(service, found)
    who = list(dict.fromkeys(parties or ()))
    if not 2 <= len(who) <= _MOST_PARTIES:
        raise ProblemError(422, f"choose who meets: two or more, and {_MOST_PARTIES} at the most")
    if not {*who} <= {*parties_of(instance)}:
        raise not_found("party")
    if city and city not in instance.zones:
        raise not_found("city")
    if dt.timedelta(minutes=minutes) % instance.programme.grid:
        step = counted(instance.programme.grid // dt.timedelta(minutes=1), "minute")
        raise ProblemError(422, f"everything in this programme takes a multiple of {step}")
    programme = visible_programme(service, caller, found.programme)
    asked = api.SuggestIn.model_validate(
        {
            "schedule": found.id,
            "parties": who,
            "duration": f"{minutes}min",
            "city": city or None,
            "moves": moves,
        }
    )
    return to(f"/jobs/{api.enter(service, caller, programme, Kind.SUGGEST, asked).id}")


@router.get("/jobs/{job}")
def job_page(job: str, request: Request, visit: Anybody, caller: Looking, service: Served) -> Response:
    """Show how a job gets on."""
    found = visible_job(service, caller, job)
    instance = service.instances.instance(found.programme, found.version)
    programme = service.store.programmes.get(found.programme)
    if instance is None or programme is None:
        raise not_found("job")
    result = service.store.jobs.result(found.id)
    levels = _levels(instance, found)
    asks_why = found.kind == Kind.WHY_NOT
    return page(
        request,
        visit,
        "job.html",
        KINDS[Kind(found.kind)],
        job=found,
        programme=programme,
        is_over=State(found.state).is_end,
        levels=levels,
        words_of={level["level"]: level["words"] for level in levels},
        about=_about(instance, found),
        answer=why_not(instance, result) if asks_why and result else None,
        places=_places(service, instance, found, result),
        result=result,
        found={report.level: report for report in _reports(result)},
    )


def _about(instance: Instance, job: Job) -> str:
    """Return what a question is about, by name."""
    if job.kind == Kind.WHY_NOT:
        return called(instance, job.request["activity"])
    return meeting_of(instance, job.request["parties"]) if job.kind == Kind.SUGGEST else ""


def _places(
    service: Service, instance: Instance, job: Job, result: dict[str, Any] | None
) -> Suggested | None:
    """Return places for a new meeting, of jobs that have found out."""
    if job.kind != Kind.SUGGEST or result is None:
        return None
    text = service.store.schedules.solution(job.request["schedule"])
    if text is None:
        return None
    return suggested(instance, Solution.model_validate_json(text), result, job.request["moves"])


def _reports(result: dict[str, Any] | None) -> list[LevelReport]:
    """Return what is known of each level in the end; nothing of jobs that have no levels."""
    try:
        return [LevelReport.model_validate(each) for each in (result or {}).get("levels", ())]
    except ValidationError:
        return []


def _levels(instance: Instance, job: Job) -> list[dict[str, Any]]:
    """Return what each level of the objective counts, in words."""
    from scheduler.exports.in_words import TERMS

    objective = instance.objective
    if job.kind == Kind.REPLAN:
        from scheduler.explain.replan import objective as with_moves

        objective = with_moves(instance, job.request.get("weight_moves"))
    found: dict[int, list[str]] = {}
    for term in objective:
        found.setdefault(term.level, []).append(TERMS[term.term])
    return [{"level": level, "words": "; ".join(terms)} for level, terms in sorted(found.items())]


@router.get("/jobs/{job}/events")
async def events(
    job: str,
    caller: Looking,
    service: Served,
    last_event_id: Annotated[str | None, Header()] = None,
) -> Response:
    """Follow a job, from its beginning on."""
    found = visible_job(service, caller, job)
    return await api.events(found, service, caller, 0, last_event_id)


@router.post("/jobs/{job}/cancel", dependencies=[OwnForm])
def cancel(job: str, caller: Planning, service: Served) -> Response:
    """End a job; a solve keeps the best schedule that it has found."""
    found = visible_job(service, caller, job)
    api.cancel(found, service, caller)
    return to(f"/jobs/{found.id}")


@router.get("/jobs/{job}/board")
def best_so_far(
    job: str,
    request: Request,
    visit: Anybody,
    caller: Looking,
    service: Served,
    day: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Show the best schedule so far of a job that runs."""
    found = visible_job(service, caller, job)
    if found.schedule is not None:
        return to(f"/schedules/{found.schedule}")
    best = service.store.jobs.best(found.id)
    instance = service.instances.instance(found.programme, found.version)
    programme = service.store.programmes.get(found.programme)
    if best is None or instance is None or programme is None:
        raise not_found("schedule yet")
    boards = Boards(instance, Solution.model_validate(best))
    shown = boards.day(day)
    return page(
        request,
        visit,
        "board.html",
        "The best schedule so far",
        programme=programme,
        schedule=None,
        job=found,
        boards=boards,
        day=shown,
        board=boards.rooms(shown) if shown else None,
        broken=(),
        held={},
        pinned_by_programme=[],
        key_of=key_of,
        editable=False,
    )
