"""What was given out: publishing, editions and their files."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from scheduler.service import publications
from scheduler.service.access import Planner, Reader, ThisProgramme, visible_schedule
from scheduler.service.api.schedules import DOWNLOADS, download, type_of
from scheduler.service.problems import not_found, responses
from scheduler.service.state import Served
from scheduler.service.store.records import Publication

router = APIRouter(prefix="/programmes/{programme}/publications", tags=["publications"])
_LOOK = responses(401, 403, 404, 422)
EditionNumber = Annotated[int, Path(ge=1, le=2**31 - 1, description="Editions count from 1.")]


class PublishIn(BaseModel):
    """A schedule that is to be published."""

    model_config = ConfigDict(extra="forbid")
    schedule: UUID
    note: str = Field(
        "", max_length=500, pattern=r"^[^\x00]*$", description="A sentence for the list of changes."
    )
    cancelled: bool = Field(True, description="Whether calendars go on showing what was cancelled.")
    force: bool = Field(False, description="Whether to publish a schedule that breaks rules too.")


class EditionOut(BaseModel):
    """An edition: which schedule, of which version of the programme, was given out when."""

    model_config = ConfigDict(from_attributes=True)
    edition: int
    schedule: str
    version: int
    published: dt.datetime
    note: str


class EditionDetail(EditionOut):
    """An edition with what was new in it, in the words of ``publish --json``.

    ``new`` says whether it was made by this request; if not, there was nothing new to publish.
    """

    new: bool = False
    title: str
    broken: int
    calendars: int
    counts: dict[str, int]
    changes: dict[str, Any]
    messages: list[dict[str, Any]]
    notes: list[str]


class FileOut(BaseModel):
    """A file of an edition, and since when it has had its content."""

    model_config = ConfigDict(from_attributes=True)
    path: str
    sha256: str
    changed: dt.datetime


@router.post(
    "",
    status_code=201,
    responses={
        **responses(400, 401, 403, 404, 409, 413, 422, 503),
        200: {"description": "There was nothing new to publish.", "model": EditionDetail},
    },
)
def publish(
    programme: ThisProgramme, asked: PublishIn, service: Served, caller: Planner, response: Response
) -> EditionDetail:
    """Publish a schedule: calendars, changes, and messages to those it touches, as the next edition.

    To publish the same schedule twice changes nothing.
    """
    schedule = visible_schedule(service, caller, str(asked.schedule))
    if schedule.programme != programme.id:
        raise not_found("schedule")
    order = publications.Order(asked.note, asked.cancelled, asked.force)
    outcome = publications.publish(service, schedule, order)
    if not outcome.is_new:
        response.status_code = 200
    return _detail(outcome.publication, is_new=outcome.is_new)


@router.get("", responses=_LOOK)
def list_editions(programme: ThisProgramme, service: Served, _caller: Reader) -> list[EditionOut]:
    """List the editions of a programme, the newest first."""
    return [EditionOut.model_validate(each) for each in service.store.publications.of(programme.id)]


@router.get("/{edition}", responses=_LOOK)
def get(programme: ThisProgramme, edition: EditionNumber, service: Served, _caller: Reader) -> EditionDetail:
    """Return an edition with what was new in it."""
    found = service.store.publications.get(programme.id, edition)
    if found is None:
        raise not_found("edition")
    return _detail(found)


@router.get("/{edition}/files", responses=_LOOK)
def list_files(
    programme: ThisProgramme, edition: EditionNumber, service: Served, _caller: Reader
) -> list[FileOut]:
    """List the files of an edition: calendars, messages, changes, the schedule and its programme."""
    found = service.store.publications.files(programme.id, edition)
    if not found:
        raise not_found("edition")
    return [FileOut.model_validate(each) for each in found]


@router.get(
    "/{edition}/files/{path:path}",
    response_class=Response,
    responses={
        **_LOOK,
        200: {
            "description": "The file.",
            "content": DOWNLOADS,
        },
    },
)
def get_file(
    programme: ThisProgramme,
    edition: EditionNumber,
    path: Annotated[str, Path(max_length=200, description="As the list of files has it.")],
    service: Served,
    _caller: Reader,
) -> Response:
    """Return a file of an edition."""
    found = None if "\0" in path else service.store.publications.file(programme.id, edition, path)
    if found is None:
        raise not_found("file")
    name = path.rpartition("/")[2]
    return download(found.data, name, type_of(name))


def _detail(publication: Publication, *, is_new: bool = False) -> EditionDetail:
    known = EditionOut.model_validate(publication).model_dump()
    return EditionDetail(**{**publication.data, **known, "new": is_new})
