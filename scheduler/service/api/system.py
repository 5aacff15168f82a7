"""Whether the service works, and which version of it this is."""

from __future__ import annotations

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel

from scheduler.service.problems import responses
from scheduler.service.settings import program_version
from scheduler.service.state import Served

router = APIRouter(tags=["system"])


class Health(BaseModel):
    """That the service works."""

    status: str
    version: str


@router.get("/health", responses=responses(503))
def health(service: Served) -> Health:
    """Say whether the service works and its store answers; needs no key."""
    with service.store.database.reading() as connection:
        connection.execute(sa.select(1))
    return Health(status="ok", version=program_version())
