"""Routes of pages: what goes wrong is told on a page, and whoever has to log in is led there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.routing import APIRoute

from scheduler.reading import InputError
from scheduler.service.pages.guarding import LoginNeededError, next_of, visit_of
from scheduler.service.pages.rendering import page
from scheduler.service.problems import Problem, ProblemError, not_found, of_input
from scheduler.service.state import service_of

_LOG = logging.getLogger(__name__)
_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route of which problems are shown on a page."""

    def get_route_handler(self) -> _Handler:
        """Return the handler, guarded."""
        handler = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await handler(request)
            except LoginNeededError:
                return RedirectResponse(next_of(request), 303)
            except ProblemError as error:
                return problem_page(request, error)
            except InputError as error:
                return problem_page(request, of_input(error))
            except RequestValidationError:
                return problem_page(request, not_found("page"))

        return guarded


def problem_page(request: Request, error: ProblemError) -> Response:
    """Return what went wrong: as a page, or as data for our scripts."""
    problem: Problem = error.problem
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(problem.model_dump(), problem.status)
    visit = visit_of(request, service_of(request))
    return page(request, visit, "problem.html", problem.title, problem.status, error.headers, problem=problem)


def to(path: str) -> RedirectResponse:
    """Return the way to another page, after something was done."""
    return RedirectResponse(path, 303)
