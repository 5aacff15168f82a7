"""What goes wrong, as problem details (RFC 9457): in words, with the places that the command line names."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import exc as store_errors
from starlette.exceptions import HTTPException

from scheduler.reading import InputError, InputFault
from scheduler.service.reader import MOST_TOLD

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger(__name__)
_RETRY_SECONDS = 5
TITLES = {
    400: "The request cannot be read",
    401: "A key is needed",
    403: "The key does not allow this",
    404: "There is no such thing",
    405: "This cannot be done here",
    408: "The request takes too long",
    409: "This contradicts what is there",
    413: "The body is too large",
    415: "The body is of a kind that is not read",
    422: "What was sent is not right",
    429: "Too much at a time",
    500: "A fault of the program",
    503: "Not just now",
}
"""What each status means here."""


class ProblemItem(BaseModel):
    """One thing that is wrong, where it stands."""

    message: str
    file: str = ""
    sheet: str = ""
    line: int = 0
    column: int = 0
    path: str = ""


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[ProblemItem] = []


class ProblemError(Exception):
    """Something that the caller is told.

    Attributes
    ----------
    problem : Problem
    headers : dict of str to str
    """

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Iterable[ProblemItem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.problem = Problem(title=TITLES[status], status=status, detail=detail, errors=list(errors))
        self.headers = dict(headers or {})
        super().__init__(detail)

    def response(self) -> JSONResponse:
        """Return it as a response."""
        return JSONResponse(
            self.problem.model_dump(), self.problem.status, headers=self.headers, media_type=MEDIA_TYPE
        )


class ManyFaultsError(InputError):
    """An input with much that is wrong, of which only the first is kept.

    Attributes
    ----------
    count : int
        How much is wrong.
    """

    def __init__(self, faults: Iterable[InputFault], count: int) -> None:
        super().__init__(faults)
        self.count = count


def store_away(error: Exception) -> ProblemError:
    """Return the problem that the store does not answer."""
    _LOG.error("the store does not answer: %s", error)
    retry = {"Retry-After": str(_RETRY_SECONDS)}
    return ProblemError(503, "the store does not answer just now", headers=retry)


def not_found(what: str) -> ProblemError:
    """Return the problem that there is no such thing: ``programme``, ``job`` ..."""
    return ProblemError(404, f"there is no such {what}")


def of_input(error: InputError) -> ProblemError:
    """Return everything that is wrong with an input, each thing at its place; of very much only the first."""
    told = error.faults[:MOST_TOLD]
    count = error.count if isinstance(error, ManyFaultsError) else len(error.faults)
    detail = f"{count} error{'s' if count != 1 else ''} found"
    if count > len(told):
        detail += f"; the first {len(told)} are listed"
    return ProblemError(422, detail, map(_item, told))


def _item(fault: InputFault) -> ProblemItem:
    said = str(fault._replace(file="", line=0, column=0, path=(), sheet=""))
    return ProblemItem(
        message=_safe(said),
        file=_safe(fault.file),
        sheet=_safe(fault.sheet or ""),
        line=fault.line,
        column=fault.column,
        path=_safe(".".join(map(str, fault.path))),
    )


def _safe(text: str) -> str:
    """Return a text that can be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the documentation says of the problems of an operation."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def add_handlers(app: FastAPI) -> None:
    """Have an application answer with problem details whatever goes wrong."""
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(InputError, _on_input)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    for away in (store_errors.OperationalError, store_errors.TimeoutError):
        app.add_exception_handler(away, _on_store)
    app.add_exception_handler(store_errors.IntegrityError, _on_conflict)
    app.add_exception_handler(Exception, _on_fault)


def _on_problem(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ProblemError)
    return error.response()


def _on_input(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, InputError)
    return of_input(error).response()


def _on_invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = [
        ProblemItem(path=_safe(".".join(map(str, each["loc"]))), message=_safe(str(each["msg"])))
        for each in error.errors()
    ]
    return ProblemError(422, "the request is not as the documentation says", found).response()


def _on_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    problem = Problem(
        title=TITLES.get(error.status_code, "It did not work"),
        status=error.status_code,
        detail=_safe(str(error.detail)),
    )
    return JSONResponse(
        problem.model_dump(), error.status_code, headers=dict(error.headers or {}), media_type=MEDIA_TYPE
    )


def _on_store(_request: Request, error: Exception) -> JSONResponse:
    return store_away(error).response()


def _on_conflict(request: Request, error: Exception) -> JSONResponse:
    """Something that was there when the request was looked at is gone, or the other way round."""
    _LOG.warning("%s %s came at the same time as another: %s", request.method, request.url.path, error)
    return ProblemError(409, "this has changed at the same moment; ask again").response()


def _on_fault(request: Request, error: Exception) -> JSONResponse:
    _LOG.error("a fault of the program at %s %s", request.method, request.url.path, exc_info=error)
    return ProblemError(500, "this is a fault of the program; its log has more").response()
