"""What the checker says of a schedule, and what differs between two."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from scheduler.checker import check
from scheduler.domain import Instance, Solution
from scheduler.exports import Edition, changes_between
from scheduler.exports.changes_files import changes_data
from scheduler.service.access import Reader, ThisProgramme, ThisSchedule, visible_schedule
from scheduler.service.api.schedules import _BODY, OfVersion, belonging, pair, version_number
from scheduler.service.problems import ProblemError, not_found, responses
from scheduler.service.state import Served, Service

router = APIRouter(tags=["check"])
_LOOK = responses(401, 403, 404, 422)


class VerdictOut(BaseModel):
    """Every breach of a rule, and every cost worked out again."""

    valid: bool
    violations: list[dict[str, Any]]
    terms: list[dict[str, Any]]
    levels: list[dict[str, Any]]


@router.get("/schedules/{schedule}/check", responses=_LOOK)
def check_schedule(schedule: ThisSchedule, service: Served, _caller: Reader) -> VerdictOut:
    """Check a schedule."""
    return verdict_of(*pair(service, schedule))


@router.post(
    "/programmes/{programme}/checks",
    openapi_extra=_BODY,
    responses=responses(400, 401, 403, 404, 409, 413, 422),
)
async def check_upload(
    programme: ThisProgramme, request: Request, service: Served, _caller: Reader, version: OfVersion = None
) -> VerdictOut:
    """Check a schedule that is sent along, without keeping it."""
    sent = await service.readers.schedule(await request.body())
    return await run_in_threadpool(_checked, service, programme.id, sent, version)


@router.get("/schedules/{schedule}/diff", responses=responses(401, 403, 404, 409, 422))
def diff(
    schedule: ThisSchedule,
    service: Served,
    caller: Reader,
    old: Annotated[UUID, Query(description="The schedule before.")],
) -> dict[str, Any]:
    """Say what differs from another schedule of the programme to this one."""
    before = visible_schedule(service, caller, str(old))
    if before.programme != schedule.programme:
        raise not_found("schedule")
    try:
        changes = changes_between(Edition(*pair(service, before)), Edition(*pair(service, schedule)))
    except ValueError as error:
        raise ProblemError(409, str(error)) from None
    return changes_data(changes)


def verdict_of(instance: Instance, solution: Solution) -> VerdictOut:
    """Return what the checker says."""
    verdict = check(instance, solution)
    return VerdictOut(valid=verdict.valid, **verdict.model_dump(mode="json"))


def _checked(service: Service, programme: str, solution: Solution, version: int | None) -> VerdictOut:
    number = version_number(service, programme, version)
    return verdict_of(belonging(service, programme, solution, number), solution)
