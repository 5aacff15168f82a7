"""The programming interface, ``/api/v1``: a module for each kind of thing."""

from __future__ import annotations

from fastapi import APIRouter

from scheduler.service.api import (
    boards,
    checks,
    feeds,
    jobs,
    keys,
    programmes,
    publications,
    schedules,
    system,
)

PREFIX = "/api/v1"
_PARTS = (system, programmes, jobs, schedules, boards, checks, publications, feeds, keys)


def routers() -> list[APIRouter]:
    """Return the routers of all parts."""
    return [part.router for part in _PARTS]
