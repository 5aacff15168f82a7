"""Who may do what: keys, their scopes, and the programme that a key is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Depends, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param

from scheduler.service.problems import ProblemError, not_found
from scheduler.service.state import Served, Service
from scheduler.service.store.records import Job, Programme, Schedule

FRESH = "fresh"
"""Where a request's state has the id of what it makes, if it was made before."""
_BEARER = HTTPBearer(auto_error=False, description="A key: sk_...", scheme_name="key")


class Scope(IntEnum):
    """What a key allows; each scope allows what those below it do."""

    READ = 1
    """To look at everything."""
    PLAN = 2
    """To upload, to solve and to publish as well."""
    ADMIN = 3
    """To delete, and to make and revoke keys."""

    @property
    def text(self) -> str:
        """How it is written."""
        return self.name.lower()


def scope_named(name: str) -> Scope:
    """Return the scope of a name.

    Raises
    ------
    ValueError
        If there is none.
    """
    for scope in Scope:
        if scope.text == name:
            return scope
    raise ValueError(f"the scopes are read, plan and admin; there is none called {name!r}")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks.

    Attributes
    ----------
    owner : str
        The id of the key; empty where no keys are asked for.
    scope : Scope
    programme : str or None
        The only programme that is to be seen; None: all.
    """

    owner: str
    scope: Scope
    programme: str | None = None


_ANYBODY = Caller("", Scope.ADMIN)


def caller_of(
    service: Served, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> Caller:
    """Return who asks.

    Raises
    ------
    ProblemError
        Without a key that is known.
    """
    return _caller(service, credentials.credentials if credentials is not None else "")


def caller_with(service: Service, authorization: str) -> Caller:
    """Return who asks with a header ``Authorization``, which may be empty.

    Raises
    ------
    ProblemError
        Without a key that is known.
    """
    scheme, text = get_authorization_scheme_param(authorization)
    return _caller(service, text if scheme.lower() == "bearer" else "")


def _caller(service: Service, text: str) -> Caller:
    if not service.settings.auth:
        return _ANYBODY
    key = service.store.keys.find(text)
    if key is None:
        challenge = {"WWW-Authenticate": 'Bearer realm="scheduler"'}
        raise ProblemError(401, "send a key: Authorization: Bearer sk_...", headers=challenge)
    return Caller(key.id, scope_named(key.scope), key.programme)


def _needing(least: Scope) -> Callable[[Caller], Caller]:
    def checked(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
        if caller.scope < least:
            raise ProblemError(403, f"this needs a key with the scope {least.text}")
        return caller

    return checked


Reader = Annotated[Caller, Depends(_needing(Scope.READ))]
Planner = Annotated[Caller, Depends(_needing(Scope.PLAN))]
Admin = Annotated[Caller, Depends(_needing(Scope.ADMIN))]


def unbound(caller: Caller) -> None:
    """Refuse a key that is for one programme only.

    Raises
    ------
    ProblemError
    """
    if caller.programme is not None:
        raise ProblemError(403, "this key is for one programme only")


# -- what a path names, if the caller may see it -----------------------------------------------------


def _programme(
    service: Served,
    caller: Annotated[Caller, Depends(caller_of)],
    programme: Annotated[UUID, Path(description="A programme's id.")],
) -> Programme:
    return visible_programme(service, caller, str(programme))


def _job(
    service: Served,
    caller: Annotated[Caller, Depends(caller_of)],
    job: Annotated[UUID, Path(description="A job's id.")],
) -> Job:
    return visible_job(service, caller, str(job))


def _schedule(
    service: Served,
    caller: Annotated[Caller, Depends(caller_of)],
    schedule: Annotated[UUID, Path(description="A schedule's id.")],
) -> Schedule:
    return visible_schedule(service, caller, str(schedule))


def visible_programme(service: Served, caller: Caller, programme: str) -> Programme:
    """Return a programme that the caller may see.

    Raises
    ------
    ProblemError
        If there is none.
    """
    found = service.store.programmes.get(programme)
    if found is None or caller.programme not in (None, found.id):
        raise not_found("programme")
    return found


def visible_job(service: Served, caller: Caller, job: str) -> Job:
    """Return a job that the caller may see.

    Raises
    ------
    ProblemError
        If there is none.
    """
    found = service.store.jobs.get(job)
    if found is None or caller.programme not in (None, found.programme):
        raise not_found("job")
    return found


def visible_schedule(service: Served, caller: Caller, schedule: str) -> Schedule:
    """Return a schedule that the caller may see.

    Raises
    ------
    ProblemError
        If there is none.
    """
    found = service.store.schedules.get(schedule)
    if found is None or caller.programme not in (None, found.programme):
        raise not_found("schedule")
    return found


ThisProgramme = Annotated[Programme, Depends(_programme)]
ThisJob = Annotated[Job, Depends(_job)]
ThisSchedule = Annotated[Schedule, Depends(_schedule)]


def _fresh_id(request: Request) -> str:
    return getattr(request.state, FRESH, None) or str(uuid4())


FreshId = Annotated[str, Depends(_fresh_id)]
"""The id of what a request makes: the same each time that it is made with the same idempotency key."""
