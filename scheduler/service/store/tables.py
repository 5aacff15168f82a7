"""The tables of the store. A change here comes with a migration; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from scheduler.service.store.columns import Instant, Words

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_ID = String(36)
"""Random UUIDs, as text."""


def _programme(*, key: bool = False) -> Column[str]:
    programme = ForeignKey("programmes.id", ondelete="CASCADE")
    return Column("programme", _ID, programme, nullable=False, primary_key=key)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


programmes = Table(
    "programmes",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("key", String(80), nullable=False),  # the programme's own id, as its file has it
    Column("title", Words, nullable=False),
    Column("created", Instant, nullable=False),
)

versions = Table(
    "versions",
    METADATA,
    _programme(key=True),
    _number("number"),
    Column("instance", Text, nullable=False),  # JSON: what differs from the defaults
    Column("sha256", String(64), nullable=False),
    Column("note", Words, nullable=False),
    Column("created", Instant, nullable=False),
)

sources = Table(
    "sources",
    METADATA,
    _programme(key=True),
    _number("number"),
    _number("position"),  # 0 is the file that the programme is read from
    Column("name", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

jobs = Table(
    "jobs",
    METADATA,
    Column("id", _ID, primary_key=True),
    _programme(),
    Column("version", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("request", JSON, nullable=False),
    Column("owner", String(40), nullable=False),  # whose key asked for it; empty without keys
    Column("state", String(12), nullable=False),
    Column("message", Words, nullable=False),
    Column("token", Integer, nullable=False),  # rises with each claim; who holds a lower one has lost the job
    Column("claimed_by", String(80), nullable=False),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False),
    Column("lapses", Integer, nullable=False),  # of the attempts, those whose server has died
    Column("cancel_asked", Boolean, nullable=False),
    Column("created", Instant, nullable=False),
    Column("started", Instant),
    Column("ended", Instant),
    Column("result", JSON(none_as_null=True)),
    Column("best", JSON(none_as_null=True)),  # the best schedule so far
    Column("schedule", _ID),
    Index("ix_jobs_state", "state", "created"),
    Index("ix_jobs_programme", "programme", "created"),
    Index("ix_jobs_owner", "owner", "state"),
)

events = Table(
    "events",
    METADATA,
    Column("job", _ID, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("data", JSON, nullable=False),
)

schedules = Table(
    "schedules",
    METADATA,
    Column("id", _ID, primary_key=True),
    _programme(),
    Column("version", Integer, nullable=False),
    Column("solution", Text, nullable=False),  # JSON
    Column("origin", String(12), nullable=False),
    Column("job", _ID, unique=True),  # of which it is the result: each has one at the most
    Column("parent", _ID),
    Column("note", Words, nullable=False),
    Column("created", Instant, nullable=False),
    Index("ix_schedules_programme", "programme", "created"),
)

publications = Table(
    "publications",
    METADATA,
    _programme(key=True),
    _number("edition"),
    Column("schedule", _ID, nullable=False),
    Column("version", Integer, nullable=False),
    Column("published", Instant, nullable=False),
    Column("note", Words, nullable=False),
    Column("data", JSON, nullable=False),  # counts, changes and messages, as `publish --json` prints them
)

contents = Table(
    "contents",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

published_files = Table(
    "published_files",
    METADATA,
    _programme(key=True),
    _number("edition"),
    Column("path", String(200), primary_key=True),
    Column("sha256", String(64), ForeignKey("contents.sha256"), nullable=False),
    Column("changed", Instant, nullable=False),  # since when it has had this content
    Index("ix_published_files_sha256", "sha256"),
)

feeds = Table(
    "feeds",
    METADATA,
    Column("id", _ID, primary_key=True),
    _programme(),
    Column("stem", String(200), nullable=False),  # of the calendar: participant-anna
    Column("generation", Integer, nullable=False),  # rises when the secret is changed
    Column("revoked", Boolean, nullable=False),
    Column("created", Instant, nullable=False),
    UniqueConstraint("programme", "stem"),
)

api_keys = Table(
    "api_keys",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("prefix", String(16), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),  # of 256 random bits, which need no slow hash
    Column("name", Words, nullable=False),
    Column("scope", String(10), nullable=False),
    Column("programme", _ID, ForeignKey("programmes.id", ondelete="CASCADE")),  # null: all
    Column("revoked", Boolean, nullable=False),
    Column("created", Instant, nullable=False),
)

idempotency = Table(
    "idempotency",
    METADATA,
    Column("caller", String(40), primary_key=True),  # the id of the key; empty without keys
    Column("key", String(200), primary_key=True),
    Column("fingerprint", String(64), nullable=False),  # of method, path and body
    Column("fresh", _ID, nullable=False),  # of what the request makes
    Column("status", Integer),  # null: still being answered
    Column("headers", JSON(none_as_null=True)),
    Column("body", LargeBinary),
    Column("created", Instant, nullable=False),
    Index("ix_idempotency_created", "created"),
)

settings = Table(
    "settings",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
