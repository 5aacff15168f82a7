"""The database: connections, transactions, its clock, and how its tables come about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from alembic.config import Config

_R = TypeVar("_R")
_BUSY_SECONDS = 20.0
"""How long a writer of SQLite waits for another one."""
_POOL = 10
_MORE = 40
"""Connections that are kept, and those that may come besides: requests run in up to 40 threads."""
_WRITES = "scheduler_writes"


class Database:
    """A database and its transactions.

    Parameters
    ----------
    url : str
        ``sqlite:///FILE`` or ``postgresql+psycopg://...``.

    Raises
    ------
    ValueError
        If the URL is of another kind of database.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if not self.is_sqlite and parsed.get_backend_name() != "postgresql":
            raise ValueError(f"the database is sqlite or postgresql, not {parsed.get_backend_name()}")
        waits = {"timeout": _BUSY_SECONDS} if self.is_sqlite else {}
        self.engine = sa.create_engine(
            parsed, pool_size=_POOL, max_overflow=_MORE, pool_pre_ping=not self.is_sqlite, connect_args=waits
        )
        if self.is_sqlite:
            _set_up_sqlite(self.engine)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that only reads."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that is written at the end, or not at all after an error."""
        with self.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
            yield connection

    def now(self, connection: sa.Connection) -> dt.datetime:
        """Return the time on the clock that all servers share: the database's, or this machine's."""
        if self.is_sqlite:
            return dt.datetime.now(dt.UTC)
        moment: dt.datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return moment.astimezone(dt.UTC)

    def alone(self, connection: sa.Connection, what: str) -> None:
        """Wait until nobody else is in the midst of something; nobody is until the transaction ends.

        SQLite has one transaction at a time that writes.
        """
        if not self.is_sqlite:
            number = int.from_bytes(sha256(what.encode()).digest()[:8], "big", signed=True)
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

    def upgrade(self) -> None:
        """Bring the tables to what this program expects; of several servers one does it and others wait.

        Raises
        ------
        ValueError
            If a newer version of the program has been at work.
        """
        from alembic import command
        from alembic.util import CommandError

        with self.writing() as connection:
            self.alone(connection, "migrations")
            try:
                command.upgrade(migrations_on(connection), "head")
            except CommandError as error:
                raise ValueError(f"the database is of another version of this program: {error}") from None

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def migrations_on(connection: sa.Connection) -> Config:
    """Return the steps to the tables, as alembic takes them; they happen in the connection's transaction."""
    from alembic.config import Config

    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))  # in a folder with a % as well
    config.attributes["connection"] = connection
    return config


def _set_up_sqlite(engine: sa.Engine) -> None:
    """Have SQLite read while others write, wait its turn, hold foreign keys, and lock before it writes.

    A transaction that begins by reading and then writes fails at once when another has written in
    between; so those that write say so when they begin.
    """

    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # this module begins transactions itself
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def record(kind: type[_R], row: sa.Row[Any] | None) -> _R | None:
    """Return a row as a value whose fields are named as its columns."""
    return None if row is None else kind(**_taken(kind, row._mapping))


def records(kind: type[_R], rows: sa.Result[Any]) -> list[_R]:
    """Return rows as values whose fields are named as their columns."""
    return [kind(**_taken(kind, row._mapping)) for row in rows]


def columns_of(kind: type[Any], table: sa.Table) -> list[sa.Column[Any]]:
    """Return the columns that a value has fields for."""
    return [table.c[field.name] for field in fields(kind)]


def _taken(kind: type[Any], row: Mapping[Any, Any]) -> dict[str, Any]:
    return {field.name: row[field.name] for field in fields(kind)}
