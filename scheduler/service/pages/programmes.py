"""Programmes: the list, uploads, and all that belongs to one of them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from scheduler.exports.workbook import workbook_bytes
from scheduler.reading import InputError
from scheduler.service.access import visible_programme
from scheduler.service.api.programmes import counts_of, enter, enter_version
from scheduler.service.pages.guarding import Anybody, Looking, OwnForm, Planning
from scheduler.service.pages.rendering import page
from scheduler.service.pages.routing import PageRoute, to
from scheduler.service.problems import Problem, ProblemError, of_input
from scheduler.service.readers import Loaded
from scheduler.service.state import Served, Service
from scheduler.service.store.records import Programme, Source, new_id
from scheduler.service.uploads import XLSX_TYPE, checked_name, unpacked

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_Note = Annotated[str, Form(max_length=500)]


@router.get("/")
def index(request: Request, visit: Anybody, caller: Looking, service: Served) -> Response:
    """Show all programmes."""
    return _index(request, visit, service, caller.programme)


def _index(
    request: Request, visit: Anybody, service: Service, only: str | None, problem: Problem | None = None
) -> Response:
    programmes = [(each, _last_job(service, each)) for each in service.store.programmes.all(only)]
    status = problem.status if problem else 200
    return page(request, visit, "index.html", "Programmes", status, programmes=programmes, problem=problem)


def _last_job(service: Service, programme: Programme) -> Any:
    jobs = service.store.jobs.of(programme.id, limit=1)
    return jobs[0] if jobs else None


@router.get("/template.xlsx")
def template(_caller: Looking) -> Response:
    """Return a workbook to fill in."""
    head = {"Content-Disposition": 'attachment; filename="programme.xlsx"'}
    return Response(workbook_bytes(), media_type=XLSX_TYPE, headers=head)


@router.post("/programmes", dependencies=[OwnForm])
async def upload(
    request: Request, visit: Anybody, caller: Planning, service: Served, note: _Note = ""
) -> Response:
    """Enter a programme, or say what is wrong with it where."""
    if caller.programme is not None:
        raise ProblemError(403, "this key is for one programme only")
    try:
        loaded = await _loaded(request, service)
        made = await run_in_threadpool(enter, service, loaded, note, new_id())
    except (InputError, ProblemError) as error:
        problem = of_input(error).problem if isinstance(error, InputError) else error.problem
        return await run_in_threadpool(_index, request, visit, service, caller.programme, problem)
    return to(f"/programmes/{made.id}")


@router.get("/programmes/{programme}")
def programme_page(
    programme: str, request: Request, visit: Anybody, caller: Looking, service: Served
) -> Response:
    """Show a programme: versions, solves, schedules, what was published."""
    return _programme(request, visit, service, visible_programme(service, caller, programme))


def _programme(
    request: Request, visit: Anybody, service: Service, programme: Programme, problem: Problem | None = None
) -> Response:
    versions = service.store.programmes.versions(programme.id)
    instance = service.instances.instance(programme.id, versions[0].number) if versions else None
    return page(
        request,
        visit,
        "programme.html",
        programme.title,
        problem.status if problem else 200,
        programme=programme,
        versions=versions,
        counts=counts_of(instance) if instance else None,
        jobs=service.store.jobs.of(programme.id),
        schedules=service.store.schedules.of(programme.id),
        editions=service.store.publications.of(programme.id),
        limits=service.settings.limits,
        problem=problem,
    )


@router.post("/programmes/{programme}/versions", dependencies=[OwnForm])
async def upload_version(
    programme: str, request: Request, visit: Anybody, caller: Planning, service: Served, note: _Note = ""
) -> Response:
    """Enter a version of a programme, or say what is wrong with it where."""
    found = await run_in_threadpool(visible_programme, service, caller, programme)
    try:
        loaded = await _loaded(request, service)
        await run_in_threadpool(enter_version, service, found, loaded, note)
    except (InputError, ProblemError) as error:
        problem = of_input(error).problem if isinstance(error, InputError) else error.problem
        return await run_in_threadpool(_programme, request, visit, service, found, problem)
    return to(f"/programmes/{found.id}")


async def _loaded(request: Request, service: Service) -> Loaded:
    """Return the instance that a form uploads."""
    limits = service.settings.limits
    form = await request.form(max_files=limits.files, max_fields=100)
    sent = [*form.getlist("programme"), *form.getlist("files")]
    named = [each for each in sent if isinstance(each, UploadFile) and each.filename]
    found = [Source(checked_name(each.filename or ""), await each.read()) for each in named]
    if not found or not isinstance(form.get("programme"), UploadFile):
        raise ProblemError(422, "choose a file: YAML, JSON, a workbook, or a ZIP with tables")
    return await service.readers.programme(await run_in_threadpool(unpacked, found, limits))
