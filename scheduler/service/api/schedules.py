"""Schedules: what jobs have found, what is uploaded, their agendas, and what is changed by hand."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict

from scheduler.domain import Instance, Solution
from scheduler.exports import solution_text
from scheduler.exports.formats import FORMATS, Manner, format_named
from scheduler.exports.views import By
from scheduler.service.access import FreshId, Planner, Reader, ThisProgramme, ThisSchedule
from scheduler.service.instances import solution_json
from scheduler.service.problems import ProblemError, not_found, responses
from scheduler.service.state import Served, Service
from scheduler.service.store.records import Origin, Schedule

router = APIRouter(tags=["schedules"])
_LOOK = responses(401, 403, 404, 422)
_TYPES = {
    ".ics": "text/calendar",
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".yaml": "application/yaml",
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SOLUTION = "solution"
_OTHER, _ZIP = "application/octet-stream", "application/zip"
DOWNLOADS = {kind: {"schema": {"type": "string"}} for kind in sorted({*_TYPES.values(), _OTHER, _ZIP})}
"""What the documentation says of files that are answered."""
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/yaml": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "object"}},
        },
    }
}
_MOST_NUMBER = 2**31 - 1
OfVersion = Annotated[
    int | None, Query(ge=1, le=_MOST_NUMBER, description="Of the programme; the newest, if not said.")
]


class ScheduleOut(BaseModel):
    """A schedule of one version of a programme."""

    model_config = ConfigDict(from_attributes=True)
    id: str
    programme: str
    version: int
    origin: Origin
    job: str | None
    parent: str | None
    note: str
    created: dt.datetime


class ScheduleDetail(ScheduleOut):
    """A schedule with its placements, in the shape of a solution file."""

    solution: dict[str, Any]


@router.post(
    "/programmes/{programme}/schedules",
    status_code=201,
    openapi_extra=_BODY,
    responses=responses(400, 401, 403, 404, 409, 413, 422),
)
async def upload(
    programme: ThisProgramme,
    request: Request,
    service: Served,
    _caller: Planner,
    fresh: FreshId,
    version: OfVersion = None,
) -> ScheduleOut:
    """Upload a schedule, in the shape of a solution file; it need not keep the rules."""
    sent = await service.readers.schedule(await request.body())
    made = await run_in_threadpool(_enter, service, programme.id, sent, version, fresh)
    return ScheduleOut.model_validate(made)


@router.get("/programmes/{programme}/schedules", responses=_LOOK)
def list_schedules(programme: ThisProgramme, service: Served, _caller: Reader) -> list[ScheduleOut]:
    """List the schedules of a programme, the newest first (a hundred at the most)."""
    return [ScheduleOut.model_validate(each) for each in service.store.schedules.of(programme.id)]


@router.get("/schedules/{schedule}", responses=_LOOK)
def get(schedule: ThisSchedule, service: Served, _caller: Reader) -> ScheduleDetail:
    """Return a schedule with its placements."""
    text = service.store.schedules.solution(schedule.id)
    if text is None:
        raise not_found("schedule")
    return ScheduleDetail(**ScheduleOut.model_validate(schedule).model_dump(), solution=json.loads(text))


@router.get(
    "/schedules/{schedule}/exports/{format_}",
    response_class=Response,
    responses={**_LOOK, 200: {"description": "One file, or a ZIP of several.", "content": DOWNLOADS}},
)
def export(
    schedule: ThisSchedule,
    service: Served,
    _caller: Reader,
    format_: Annotated[str, Path(alias="format_", description=f"One of {', '.join((_SOLUTION, *FORMATS))}.")],
    by: By = By.PROGRAMME,
) -> Response:
    """Return the agendas of a schedule: one file, or a ZIP of several."""
    instance, solution = pair(service, schedule)
    files = _files(instance, solution, format_, by)
    if len(files) == 1:
        ((name, content),) = files.items()
        return download(content, name, type_of(name))
    return download(_zipped(files), f"{format_}-{by.value}.zip", _ZIP)


def pair(service: Service, schedule: Schedule) -> tuple[Instance, Solution]:
    """Return a schedule with its programme.

    Raises
    ------
    ProblemError
        If either is gone.
    """
    found = service.instances.both(schedule)
    if found is None:
        raise not_found("schedule")
    return found


def version_number(service: Service, programme: str, version: int | None) -> int:
    """Return the number of a version, or of the newest.

    Raises
    ------
    ProblemError
        If there is none.
    """
    found = service.store.programmes.version(programme, version)
    if found is None:
        raise not_found("version")
    return found.number


def belonging(service: Service, programme: str, solution: Solution, version: int) -> Instance:
    """Return the programme that an uploaded schedule belongs to.

    Raises
    ------
    ProblemError
        If it is a schedule of another one.
    """
    instance = service.instances.instance(programme, version)
    if instance is None:
        raise not_found("version")
    if solution.programme != instance.programme.id:
        told = f"this is a schedule of {solution.programme!r}, not of {instance.programme.id!r}"
        raise ProblemError(409, told)
    return instance


def _enter(service: Service, programme: str, solution: Solution, version: int | None, fresh: str) -> Schedule:
    number = version_number(service, programme, version)
    belonging(service, programme, solution, number)
    return service.store.schedules.add(fresh, programme, number, solution_json(solution), Origin.UPLOAD)


def _files(instance: Instance, solution: Solution, format_: str, by: By) -> dict[str, bytes]:
    if format_ == _SOLUTION:
        return {f"{instance.programme.id}.solution.yaml": solution_text(solution).encode()}
    try:
        return format_named(format_).files(instance, solution, Manner(by))
    except ValueError as error:
        raise ProblemError(422, str(error)) from None


def type_of(name: str) -> str:
    """Return the media type of a file, by its name."""
    return next((kind for ending, kind in _TYPES.items() if name.endswith(ending)), _OTHER)


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def download(content: bytes, name: str, kind: str) -> Response:
    """Return a file that browsers keep, and do not show."""
    head = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=kind, headers=head)
