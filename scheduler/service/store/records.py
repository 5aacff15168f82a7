"""What the store holds, as frozen values; their fields are named as the columns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import uuid4

Data = dict[str, Any]
"""Plain data, ready for JSON."""


def new_id() -> str:
    """Return an id that nobody guesses."""
    return str(uuid4())


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme; ``key`` is its own id, as its file has it."""

    id: str
    key: str
    title: str
    created: dt.datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a programme, without its contents."""

    programme: str
    number: int
    sha256: str
    note: str
    created: dt.datetime


@dataclass(frozen=True, slots=True)
class Source:
    """An uploaded file; the first one of a version is what the programme is read from."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to become a version of a programme.

    Attributes
    ----------
    instance : str
        As JSON, canonical.
    sha256 : str
        Of that.
    title : str
        What people call the programme.
    files : tuple of Source
        As they were uploaded, the one that is read first.
    note : str
        What is said of this version.
    """

    instance: str
    sha256: str
    title: str
    files: tuple[Source, ...] = ()
    note: str = ""


class Kind(StrEnum):
    """What a job does."""

    SOLVE = "solve"
    REPLAN = "replan"
    EXPLAIN = "explain"
    WHY_NOT = "why_not"
    SUGGEST = "suggest"


class State(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_end(self) -> bool:
        """Whether nothing more comes."""
        return self not in (State.QUEUED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """A job, without its result and its best schedule so far.

    Attributes
    ----------
    token : int
        Rises with each claim: who holds a lower one has lost the job, and writes nothing.
    attempts : int
        How often it was begun.
    lapses : int
        How often the server that ran it has died.
    message : str
        Why it failed.
    """

    id: str
    programme: str
    version: int
    kind: str
    request: Data
    owner: str
    state: str
    message: str
    token: int
    claimed_by: str
    lease_until: dt.datetime | None
    attempts: int
    lapses: int
    cancel_asked: bool
    created: dt.datetime
    started: dt.datetime | None
    ended: dt.datetime | None
    schedule: str | None

    @property
    def deaths(self) -> int:
        """How often its process had died by itself when it was claimed."""
        return self.attempts - self.lapses - 1


def new_job(programme: str, version: int, kind: Kind, request: Data, owner: str, job: str = "") -> Job:
    """Return a job that waits; ``job`` is its id, a new one if none is given."""
    return Job(
        id=job or new_id(),
        programme=programme,
        version=version,
        kind=kind.value,
        request=request,
        owner=owner,
        state=State.QUEUED.value,
        message="",
        token=0,
        claimed_by="",
        lease_until=None,
        attempts=0,
        lapses=0,
        cancel_asked=False,
        created=dt.datetime.now(dt.UTC),
        started=None,
        ended=None,
        schedule=None,
    )


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a job; numbers count from 1 without a gap."""

    job: str
    number: int
    at: dt.datetime
    kind: str
    data: Data


class Origin(StrEnum):
    """Where a schedule comes from."""

    JOB = "job"
    UPLOAD = "upload"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule of one version of a programme, without its placements."""

    id: str
    programme: str
    version: int
    origin: str
    job: str | None
    parent: str | None
    note: str
    created: dt.datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """A schedule that was given out; editions count from 1."""

    programme: str
    edition: int
    schedule: str
    version: int
    published: dt.datetime
    note: str
    data: Data


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of an edition; ``changed`` is when it got the content that it has."""

    programme: str
    edition: int
    path: str
    sha256: str
    changed: dt.datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar that somebody may subscribe to; its secret follows from id and generation."""

    id: str
    programme: str
    stem: str
    generation: int
    revoked: bool
    created: dt.datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of the programming interface, as far as it may be seen again."""

    id: str
    prefix: str
    name: str
    scope: str
    programme: str | None
    revoked: bool
    created: dt.datetime
