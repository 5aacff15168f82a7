"""Who may do what: keys, their scopes, and the programme that a key is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated
from uuid import UUID, uuid4, uuid5

from fastapi import Depends, Header, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from scheduler.service.problems import ProblemError, not_found
from scheduler.service.state import Served
from scheduler.service.store.records import Job, Programme, Schedule

_BEARER = HTTPBearer(auto_error=False, description="A key: sk_...", scheme_name="key")
_NAMESPACE = UUID("6f2c1b3e-6a55-4a0b-9d0e-1c2f0a7b9e11")


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
    if not service.settings.auth:
        return _ANYBODY
    key = service.store.keys.find(credentials.credentials) if credentials is not None else None
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
    found = service.store.jobs.get(str(job))
    if found is None or caller.programme not in (None, found.programme):
        raise not_found("job")
    return found


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


def _fresh_id(
    request: Request,
    caller: Annotated[Caller, Depends(caller_of)],
    idempotency_key: Annotated[
        str | None, Header(max_length=200, description="The same key makes the same thing only once.")
    ] = None,
) -> str:
    if idempotency_key is None:
        return str(uuid4())
    name = "\n".join((caller.owner, request.method, request.url.path, idempotency_key))
    return str(uuid5(_NAMESPACE, name))


FreshId = Annotated[str, Depends(_fresh_id)]
"""The id of what a request makes: the same for the same idempotency key, so that nothing is made twice."""
