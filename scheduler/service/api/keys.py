"""Keys of the programming interface, for those who may do everything."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from scheduler.service.access import Admin, unbound
from scheduler.service.problems import not_found, responses
from scheduler.service.state import Served


def _unbound(caller: Admin) -> None:
    unbound(caller)


router = APIRouter(prefix="/keys", tags=["keys"], dependencies=[Depends(_unbound)])


class KeyIn(BaseModel):
    """A key that is wanted."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(
        min_length=1, max_length=200, pattern=r"^[^\x00]*$", description="Whose it is, or what for."
    )
    scope: Literal["read", "plan", "admin"]
    programme: UUID | None = Field(None, description="The only programme that it is for; all, if not said.")


class KeyOut(BaseModel):
    """A key, as far as it may be seen again; its text begins with ``sk_`` and the prefix."""

    model_config = ConfigDict(from_attributes=True)
    id: str
    prefix: str
    name: str
    scope: str
    programme: str | None
    revoked: bool
    created: dt.datetime


class KeyMade(KeyOut):
    """A key with its text, which is never seen again."""

    key: str


@router.post("", status_code=201, responses=responses(400, 401, 403, 404, 413, 422))
def add(asked: KeyIn, service: Served, response: Response) -> KeyMade:
    """Make a key; its text is in the answer, and nowhere else."""
    programme = None if asked.programme is None else str(asked.programme)
    if programme is not None and service.store.programmes.get(programme) is None:
        raise not_found("programme")
    made, text = service.store.keys.add(asked.name, asked.scope, programme)
    response.headers["Cache-Control"] = "no-store"
    return KeyMade(**KeyOut.model_validate(made).model_dump(), key=text)


@router.get("", responses=responses(401, 403))
def list_keys(service: Served) -> list[KeyOut]:
    """List all keys, the newest first."""
    return [KeyOut.model_validate(key) for key in service.store.keys.all()]


@router.delete("/{key}", status_code=204, responses=responses(401, 403, 404, 422))
def revoke(key: Annotated[UUID, Path(description="A key's id.")], service: Served) -> None:
    """Revoke a key: it opens nothing from now on."""
    if not service.store.keys.revoke(str(key)):
        raise not_found("key")
