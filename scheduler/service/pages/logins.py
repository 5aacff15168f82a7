"""Logging in with a key, and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from scheduler.service.pages.guarding import COOKIE, Anybody, OwnForm, begun, is_own_path, keep
from scheduler.service.pages.rendering import page
from scheduler.service.pages.routing import PageRoute
from scheduler.service.state import Served

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_Next = Annotated[str, Query(alias="next", max_length=500)]


@router.get("/login")
def login(request: Request, visit: Anybody, next_: _Next = "/") -> Response:
    """Show where to log in."""
    return page(request, visit, "login.html", "Log in", back=_safe(next_), wrong=False)


@router.post("/login", dependencies=[OwnForm])
def log_in(
    request: Request,
    visit: Anybody,
    service: Served,
    key: Annotated[str, Form(max_length=200)] = "",
    next_: Annotated[str, Form(alias="next", max_length=500)] = "/",
) -> Response:
    """Begin a session of a key."""
    found = service.store.keys.find(key.strip())
    if found is None:
        return page(request, visit, "login.html", "Log in", 403, back=_safe(next_), wrong=True)
    return keep(RedirectResponse(_safe(next_), 303), request, begun(service, found.id))


@router.post("/logout", dependencies=[OwnForm])
def log_out() -> Response:
    """End the session."""
    ended = RedirectResponse("/login", 303)
    ended.delete_cookie(COOKIE)
    return ended


def _safe(path: str) -> str:
    return path if is_own_path(path) else "/"
