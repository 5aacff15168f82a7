"""Jobs: solves, re-plans and questions; how they get on, and what they come to."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from scheduler.service.access import (
    Caller,
    FreshId,
    Planner,
    Reader,
    ThisJob,
    ThisProgramme,
    visible_schedule,
)
from scheduler.service.problems import ProblemError, not_found, responses
from scheduler.service.state import Served, Service
from scheduler.service.store.jobs import QueueFullError
from scheduler.service.store.records import Event, Job, Kind, Programme, State, new_job

router = APIRouter(tags=["jobs"])
_START = responses(400, 401, 403, 404, 409, 413, 422, 429)
_LOOK = responses(401, 403, 404, 422)
_ALIVE_SECONDS = 15.0
"""A stream that has nothing to tell says so this often: proxies cut what is silent."""
_RETRY_SECONDS = 10
_MOST_NUMBER = 2**31 - 1
_MOST_MEMBERS = 64
_EVENT = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "description": "Its number."},
        "event": {"type": "string", "enum": ["state", "level", "best"]},
        "data": {"type": "string", "description": "JSON."},
    },
}
"""What the documentation says of one event."""
Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Ids = Annotated[list[Text], Field(max_length=10_000)]


class Asked(BaseModel):
    """What every job may be asked for with."""

    model_config = ConfigDict(extra="forbid")
    version: int | None = Field(
        None, ge=1, le=_MOST_NUMBER, description="Of the programme; the newest, if not said."
    )
    time_limit: float | None = Field(None, gt=0, description="Seconds.", allow_inf_nan=False)
    workers: int | None = Field(None, ge=1, le=256, description="Threads.")


class SearchIn(Asked):
    """Something is to be searched for."""

    seed: int = Field(0, ge=0, le=_MOST_NUMBER)
    deterministic: bool = False


class SolveIn(SearchIn):
    """A schedule is to be found."""

    spread: int | None = Field(
        None,
        ge=1,
        le=_MOST_MEMBERS,
        description="So many searches side by side, for a large programme on a cluster; elsewhere one.",
    )


class ReplanIn(SearchIn):
    """A programme that has changed is to be planned again, close to a schedule."""

    schedule: UUID
    now: Text | None = Field(None, description="What starts before this time stays.")
    pin: Ids = Field([], description="Activities that stay where they are.")
    free: Ids = Field([], description="Activities that may move at no charge.")
    weight_moves: int | None = Field(None, ge=1, le=1_000_000)


class ExplainIn(Asked):
    """Why there is no schedule, and what would help."""

    repairs: int = Field(3, ge=0, le=20)


class WhyNotIn(Asked):
    """Why a meeting or session has no place in a schedule (or not that one), and what it would cost."""

    schedule: UUID
    activity: Text
    at: Text | None = Field(None, description="When it should start.")
    city: Text | None = None


class SuggestIn(Asked):
    """Where a new meeting would fit into a schedule."""

    schedule: UUID
    parties: Annotated[list[Text], Field(min_length=2, max_length=50)]
    duration: Text = "30min"
    city: Text | None = None
    top: int = Field(5, ge=1, le=100)
    moves: int = Field(0, ge=0, le=100)


class JobOut(BaseModel):
    """A job. ``schedule`` is what it has found, once it has ended."""

    model_config = ConfigDict(from_attributes=True)
    id: str
    programme: str
    version: int
    kind: Kind
    request: dict[str, Any]
    state: State
    message: str
    attempts: int
    cancel_asked: bool
    created: dt.datetime
    started: dt.datetime | None
    ended: dt.datetime | None
    schedule: str | None


class JobDetail(JobOut):
    """A job with what it has come to."""

    result: dict[str, Any] | None


# -- asking ------------------------------------------------------------------------------------------


def _asking(
    programme: ThisProgramme,
    service: Served,
    caller: Planner,
    fresh: FreshId,
    request: Request,
    response: Response,
) -> Ask:
    def ask(kind: Kind, asked: Asked) -> JobOut:
        entered = enter(service, caller, programme, kind, asked, fresh)
        base = request.url.path.partition("/programmes/")[0]
        response.headers["Location"] = f"{base}/jobs/{entered.id}"
        return JobOut.model_validate(entered)

    return ask


Ask = Callable[[Kind, Asked], JobOut]
Asking = Annotated[Ask, Depends(_asking)]
"""A parameter of operations: enters a job, or returns the one that the same request has entered before."""


@router.post("/programmes/{programme}/solves", status_code=202, responses=_START)
def solve(asked: SolveIn, ask: Asking) -> JobOut:
    """Begin to look for the best schedule."""
    return ask(Kind.SOLVE, asked)


@router.post("/programmes/{programme}/replans", status_code=202, responses=_START)
def replan(asked: ReplanIn, ask: Asking) -> JobOut:
    """Begin to plan again, close to a schedule of this or an earlier version."""
    return ask(Kind.REPLAN, asked)


@router.post("/programmes/{programme}/explanations", status_code=202, responses=_START)
def explain(asked: ExplainIn, ask: Asking) -> JobOut:
    """Begin to find out why there is no schedule."""
    return ask(Kind.EXPLAIN, asked)


@router.post("/programmes/{programme}/why-nots", status_code=202, responses=_START)
def why_not(asked: WhyNotIn, ask: Asking) -> JobOut:
    """Begin to find out why something has no place, and what it would cost."""
    return ask(Kind.WHY_NOT, asked)


@router.post("/programmes/{programme}/suggestions", status_code=202, responses=_START)
def suggest(asked: SuggestIn, ask: Asking) -> JobOut:
    """Begin to look for places of a new meeting."""
    return ask(Kind.SUGGEST, asked)


# -- looking -----------------------------------------------------------------------------------------


@router.get("/programmes/{programme}/jobs", responses=_LOOK)
def list_jobs(
    programme: ThisProgramme, service: Served, _caller: Reader, kind: Kind | None = None
) -> list[JobOut]:
    """List the jobs of a programme, the newest first (a hundred at the most)."""
    return [JobOut.model_validate(job) for job in service.store.jobs.of(programme.id, kind)]


@router.get("/jobs/{job}", responses=_LOOK)
def get(job: ThisJob, service: Served, _caller: Reader) -> JobDetail:
    """Return a job with what it has come to."""
    return _detail(service, job)


@router.delete("/jobs/{job}", responses=_LOOK)
def cancel(job: ThisJob, service: Served, _caller: Planner) -> JobOut:
    """End a job; a solve keeps the best schedule that it has found."""
    cancelled = service.store.jobs.cancel(job.id)
    if cancelled is None:
        raise not_found("job")
    if service.runner is not None:
        service.runner.wake()
    return JobOut.model_validate(cancelled)


@router.get("/jobs/{job}/schedule", responses=_LOOK)
def best_so_far(job: ThisJob, service: Served, _caller: Reader) -> dict[str, Any]:
    """Return the schedule of a job: while it runs the best so far, which nobody has checked yet."""
    if job.schedule is not None:
        text = service.store.schedules.solution(job.schedule)
        found = None if text is None else json.loads(text)
    else:
        found = service.store.jobs.best(job.id)
    if found is None:
        raise not_found("schedule yet")
    return dict(found)


@router.get(
    "/jobs/{job}/events",
    response_class=StreamingResponse,
    responses={
        **_LOOK,
        200: {
            "description": "Server-sent events.",
            "content": {"text/event-stream": {"schema": _EVENT}},
        },
        204: {"description": "The job has ended, and there is nothing more to tell."},
    },
)
async def events(
    job: ThisJob,
    service: Served,
    _caller: Reader,
    after: Annotated[int, Query(ge=0, le=_MOST_NUMBER, description="Only events after this number.")] = 0,
    last_event_id: Annotated[str | None, Header(description="The same, as browsers say it.")] = None,
) -> Response:
    """Follow a job: `state`, `level` (value, bound, gap, status) and `best`, from its beginning on."""
    if last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit():
        after = min(int(last_event_id), _MOST_NUMBER)
    ended = State(job.state).is_end
    if ended and not await run_in_threadpool(service.store.jobs.events, job.id, after, 1):
        return Response(status_code=204)  # browsers do not come back after this
    stream = _stream(service, job.id, after)
    head = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=head)


async def _stream(service: Service, job: str, after: int) -> AsyncIterator[str]:
    last = time.monotonic()
    while not service.closing.is_set():
        found = await run_in_threadpool(service.store.jobs.events, job, after)
        for event in found:
            yield _event_text(event)
            after, last = event.number, time.monotonic()
            if event.kind == "state" and State(event.data["state"]).is_end:
                return
        if found:
            continue
        if await run_in_threadpool(service.store.jobs.get, job) is None:
            return
        if time.monotonic() - last > _ALIVE_SECONDS:
            yield ": still at it\n\n"
            last = time.monotonic()
        await asyncio.sleep(service.settings.poll)


def _event_text(event: Event) -> str:
    data = json.dumps({"at": event.at.isoformat(), **event.data})
    return f"id: {event.number}\nevent: {event.kind}\ndata: {data}\n\n"


def enter(
    service: Service, caller: Caller, programme: Programme, kind: Kind, asked: Asked, fresh: str = ""
) -> Job:
    """Enter a job, or return the one that is there under the same id.

    Parameters
    ----------
    service : Service
    caller : Caller
        Who asks for it.
    programme : Programme
    kind : Kind
    asked : Asked
    fresh : str
        Its id; a new one if none is given.

    Raises
    ------
    ProblemError
        If it may not take so long, there are too many, or what it is about is not there.
    """
    version = _version(service, caller, programme, kind, asked)
    data = asked.model_dump(mode="json", exclude={"version"}, exclude_none=True)
    limits = service.settings.limits
    if asked.time_limit is not None and asked.time_limit > limits.seconds:
        raise ProblemError(422, f"a job may take {limits.seconds:g} seconds at the most")
    data["time_limit"] = asked.time_limit or min(limits.usual_seconds, limits.seconds)
    job = new_job(programme.id, version, kind, data, caller.owner, fresh)
    try:
        entered = service.store.jobs.add(job, limits.queue)
    except QueueFullError:
        retry = {"Retry-After": str(_RETRY_SECONDS)}
        told = f"this key has {limits.queue} jobs that wait or run; no more are taken"
        raise ProblemError(429, told, headers=retry) from None
    if service.runner is not None:
        service.runner.wake()
    return entered


def _version(service: Service, caller: Caller, programme: Programme, kind: Kind, asked: Asked) -> int:
    """Return the version that is meant: of questions about a schedule the one that it was made for."""
    schedule: UUID | None = getattr(asked, "schedule", None)
    if schedule is not None:
        found = visible_schedule(service, caller, str(schedule))
        if found.programme != programme.id:
            raise not_found("schedule")
        if kind is not Kind.REPLAN and asked.version is None:
            return found.version
    version = service.store.programmes.version(programme.id, asked.version)
    if version is None:
        raise not_found("version")
    return version.number


def _detail(service: Service, job: Job) -> JobDetail:
    out = JobOut.model_validate(job)
    return JobDetail(**out.model_dump(), result=service.store.jobs.result(job.id))
