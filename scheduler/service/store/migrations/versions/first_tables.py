"""The first tables, written out: what the tables are called later on changes nothing here."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.String(36)
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    _make_programmes()
    _make_jobs()
    _make_schedules()
    _make_publications()
    _make_feeds()
    _make_keys()
    _make_settings()


def downgrade() -> None:
    """Drop them; those that refer to others first."""
    for name in (
        "settings",
        "idempotency",
        "api_keys",
        "feeds",
        "published_files",
        "contents",
        "publications",
        "schedules",
        "events",
        "jobs",
        "sources",
        "versions",
        "programmes",
    ):
        op.drop_table(name)


def _of_programme(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["programme"], ["programmes.id"], name=f"fk_{table}_programme", ondelete="CASCADE"
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, autoincrement=False, nullable=False)


def _make_programmes() -> None:
    op.create_table(
        "programmes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programmes"),
    )
    op.create_table(
        "versions",
        sa.Column("programme", _ID, nullable=False),
        _number("number"),
        sa.Column("instance", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("programme", "number", name="pk_versions"),
        _of_programme("versions"),
    )
    op.create_table(
        "sources",
        sa.Column("programme", _ID, nullable=False),
        _number("number"),
        _number("position"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("programme", "number", "position", name="pk_sources"),
        _of_programme("sources"),
    )


def _make_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme", _ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("request", sa.JSON, nullable=False),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("token", sa.Integer, nullable=False),
        sa.Column("claimed_by", sa.String(80), nullable=False),
        sa.Column("lease_until", _TIME),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lapses", sa.Integer, nullable=False),
        sa.Column("cancel_asked", sa.Boolean, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("started", _TIME),
        sa.Column("ended", _TIME),
        sa.Column("result", sa.JSON),
        sa.Column("best", sa.JSON),
        sa.Column("schedule", _ID),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        _of_programme("jobs"),
    )
    op.create_index("ix_jobs_state", "jobs", ["state", "created"])
    op.create_index("ix_jobs_programme", "jobs", ["programme", "created"])
    op.create_index("ix_jobs_owner", "jobs", ["owner", "state"])
    op.create_table(
        "events",
        sa.Column("job", _ID, nullable=False),
        _number("number"),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("job", "number", name="pk_events"),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_events_job", ondelete="CASCADE"),
    )


def _make_schedules() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme", _ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("solution", sa.Text, nullable=False),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("job", _ID),
        sa.Column("parent", _ID),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_schedules"),
        _of_programme("schedules"),
        sa.UniqueConstraint("job", name="uq_schedules_job"),
    )
    op.create_index("ix_schedules_programme", "schedules", ["programme", "created"])


def _make_publications() -> None:
    op.create_table(
        "publications",
        sa.Column("programme", _ID, nullable=False),
        _number("edition"),
        sa.Column("schedule", _ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("published", _TIME, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("programme", "edition", name="pk_publications"),
        _of_programme("publications"),
    )
    op.create_table(
        "contents",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_contents"),
    )
    op.create_table(
        "published_files",
        sa.Column("programme", _ID, nullable=False),
        _number("edition"),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("programme", "edition", "path", name="pk_published_files"),
        _of_programme("published_files"),
        sa.ForeignKeyConstraint(["sha256"], ["contents.sha256"], name="fk_published_files_sha256"),
    )
    op.create_index("ix_published_files_sha256", "published_files", ["sha256"])


def _make_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", _ID, nullable=False),
        sa.Column("programme", _ID, nullable=False),
        sa.Column("stem", sa.String(200), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("revoked", sa.Boolean, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        _of_programme("feeds"),
        sa.UniqueConstraint("programme", "stem", name="uq_feeds_programme"),
    )


def _make_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", _ID, nullable=False),
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scope", sa.String(10), nullable=False),
        sa.Column("programme", _ID),
        sa.Column("revoked", sa.Boolean, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        _of_programme("api_keys"),
        sa.UniqueConstraint("prefix", name="uq_api_keys_prefix"),
    )
    op.create_table(
        "idempotency",
        sa.Column("caller", sa.String(40), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("fresh", _ID, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", sa.JSON),
        sa.Column("body", sa.LargeBinary),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name="pk_idempotency"),
    )
    op.create_index("ix_idempotency_created", "idempotency", ["created"])


def _make_settings() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
