"""Programmes and their versions."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict

from scheduler.domain import Instance
from scheduler.service.access import Admin, FreshId, Planner, Reader, ThisProgramme, unbound
from scheduler.service.problems import ProblemError, not_found, responses
from scheduler.service.readers import Loaded
from scheduler.service.state import Served, Service
from scheduler.service.store import records
from scheduler.service.texts import counts_in
from scheduler.service.uploads import BODIES, files_of

router = APIRouter(prefix="/programmes", tags=["programmes"])
_UPLOAD: dict[str, Any] = {"requestBody": BODIES}
VersionNumber = Annotated[int, Path(ge=1, le=2**31 - 1, description="Versions count from 1.")]
Note = Annotated[str, Query(max_length=500, description="A sentence about this version.")]


class Version(BaseModel):
    """One version of a programme."""

    model_config = ConfigDict(from_attributes=True)
    number: int
    sha256: str
    note: str
    created: dt.datetime


class Counts(BaseModel):
    """How much there is of everything."""

    cities: int
    rooms: int
    sessions: int
    meetings: int
    delegations: int
    participants: int


class ProgrammeOut(BaseModel):
    """A programme; ``key`` is its own id, as its file has it."""

    model_config = ConfigDict(from_attributes=True)
    id: str
    key: str
    title: str
    created: dt.datetime


class ProgrammeDetail(ProgrammeOut):
    """A programme with its newest version."""

    version: Version
    counts: Counts


class Validated(BaseModel):
    """An upload that is right."""

    key: str
    title: str
    counts: Counts


@router.post(
    "", status_code=201, openapi_extra=_UPLOAD, responses=responses(400, 401, 403, 409, 413, 415, 422)
)
async def upload(
    request: Request, service: Served, caller: Planner, fresh: FreshId, response: Response, note: Note = ""
) -> ProgrammeDetail:
    """Upload a programme: YAML, JSON, a workbook, or a ZIP; tables that it names come in the same form."""
    unbound(caller)
    loaded = await _loaded(request, service)
    made = await run_in_threadpool(enter, service, loaded, note, fresh)
    response.headers["Location"] = f"{request.url.path}/{made.id}"
    return made


@router.post(
    "/validate", openapi_extra=_UPLOAD, responses=responses(400, 401, 403, 409, 413, 415, 422), tags=["check"]
)
async def validate(request: Request, service: Served, _caller: Reader) -> Validated:
    """Say whether an upload is right, and what is wrong with it where, without keeping it."""
    loaded = await _loaded(request, service)
    return Validated(key=loaded.key, title=_text(loaded.title), counts=Counts(**loaded.counts))


@router.get("", responses=responses(401, 403))
def list_programmes(service: Served, caller: Reader) -> list[ProgrammeOut]:
    """List the programmes that the key may see, the newest first."""
    return [ProgrammeOut.model_validate(each) for each in service.store.programmes.all(caller.programme)]


@router.get("/{programme}", responses=responses(401, 403, 404, 422))
def get(programme: ThisProgramme, service: Served, _caller: Reader) -> ProgrammeDetail:
    """Return a programme with its newest version."""
    return _detail(service, programme)


@router.delete("/{programme}", status_code=204, responses=responses(401, 403, 404, 422))
def delete(programme: ThisProgramme, service: Served, _caller: Admin) -> None:
    """Delete a programme with all that belongs to it; its jobs are ended."""
    service.store.programmes.delete(programme.id)
    service.feeds.look_again()
    if service.runner is not None:
        service.runner.wake()


@router.post(
    "/{programme}/versions",
    status_code=201,
    openapi_extra=_UPLOAD,
    responses=responses(400, 401, 403, 404, 409, 413, 415, 422),
)
async def upload_version(
    programme: ThisProgramme, request: Request, service: Served, _caller: Planner, note: Note = ""
) -> Version:
    """Upload a new version of a programme; the same contents as before make none."""
    loaded = await _loaded(request, service)
    made = await run_in_threadpool(enter_version, service, programme, loaded, note)
    return Version.model_validate(made)


@router.get("/{programme}/versions", responses=responses(401, 403, 404, 422))
def list_versions(programme: ThisProgramme, service: Served, _caller: Reader) -> list[Version]:
    """List the versions of a programme, the newest first."""
    return [Version.model_validate(each) for each in service.store.programmes.versions(programme.id)]


@router.get(
    "/{programme}/versions/{number}/instance",
    responses={**responses(401, 403, 404, 422), 200: {"content": {"application/json": {}}}},
)
def get_instance(
    programme: ThisProgramme, number: VersionNumber, service: Served, _caller: Reader
) -> Response:
    """Return a version of a programme as JSON, in the shape of an instance file, tables included."""
    found = service.store.programmes.instance(programme.id, number)
    if found is None:
        raise not_found("version")
    return Response(found, media_type="application/json")


# -- what these do -----------------------------------------------------------------------------------


async def _loaded(request: Request, service: Service) -> Loaded:
    return await service.readers.programme(await files_of(request, service.settings.limits))


def enter(service: Service, loaded: Loaded, note: str, fresh: str) -> ProgrammeDetail:
    """Enter an uploaded programme under a new id."""
    draft = draft_of(loaded, note)
    return _detail(service, service.store.programmes.add(fresh, loaded.key, draft))


def enter_version(
    service: Service, programme: records.Programme, loaded: Loaded, note: str
) -> records.Version:
    """Enter an uploaded version of a programme.

    Raises
    ------
    ProblemError
        If it is another programme.
    """
    if loaded.key != programme.key:
        raise ProblemError(409, f"this is the programme {loaded.key!r}, not {programme.key!r}")
    made = service.store.programmes.add_version(programme.id, draft_of(loaded, note))
    if made is None:
        raise not_found("programme")
    return made


def draft_of(loaded: Loaded, note: str = "") -> records.Draft:
    """Return an upload as it is entered."""
    digest = sha256(loaded.instance.encode()).hexdigest()
    return records.Draft(loaded.instance, digest, _text(loaded.title), loaded.files, _text(note))


def _detail(service: Service, programme: records.Programme) -> ProgrammeDetail:
    version = service.store.programmes.version(programme.id)
    instance = None if version is None else service.instances.instance(programme.id, version.number)
    if version is None or instance is None:
        raise not_found("programme")
    return ProgrammeDetail(
        **ProgrammeOut.model_validate(programme).model_dump(),
        version=Version.model_validate(version),
        counts=counts_of(instance),
    )


def counts_of(instance: Instance) -> Counts:
    """Return how much of everything a programme has."""
    return Counts(**counts_in(instance))


def _text(text: str) -> str:
    """Return a text that every database keeps."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
