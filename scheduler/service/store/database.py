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

from scheduler.service.store.connecting import WRITES, connecting

if TYPE_CHECKING:
    from alembic.config import Config

_R = TypeVar("_R")


class Database:
    """A database and its transactions.

    Parameters
    ----------
    url : str
        ``sqlite:///FILE`` or ``postgresql+psycopg://...``.

    Raises
    ------
    ValueError
        If it is no URL, or of another kind of database, or the library for it is not there.
    """

    def __init__(self, url: str) -> None:
        self.engine = connecting(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that only reads."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that is written at the end, or not at all after an error."""
        with self.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            yield connection

    def now(self, connection: sa.Connection) -> dt.datetime:
        """Return the time on the clock that all servers share: the database's, or this machine's."""
        if self.is_sqlite:
            return dt.datetime.now(dt.UTC)
        moment: dt.datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return moment.astimezone(dt.UTC)

    def alone(self, connection: sa.Connection, what: str, *, patient: bool = False) -> None:
        """Wait until nobody else is in the midst of something; nobody is until the transaction ends.

        SQLite has one transaction at a time that writes. ``patient``: wait for as long as it takes.
        """
        if not self.is_sqlite:
            if patient:
                connection.execute(sa.text("SET LOCAL lock_timeout = 0"))
            number = int.from_bytes(sha256(what.encode()).digest()[:8], "big", signed=True)
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

    def upgrade(self) -> None:
        """Bring the tables to what this program expects; of several servers one does it and others wait.

        Raises
        ------
        ValueError
            If a newer version of the program has been at work, or the database cannot hold all letters.
        """
        from alembic import command
        from alembic.util import CommandError

        with self.writing() as connection:
            self._refuse_other_letters(connection)
            self.alone(connection, "migrations", patient=True)
            try:
                command.upgrade(migrations_on(connection), "head")
            except CommandError as error:
                raise ValueError(f"the database is of another version of this program: {error}") from None

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _refuse_other_letters(self, connection: sa.Connection) -> None:
        if self.is_sqlite:
            return
        letters = connection.execute(sa.text("SHOW server_encoding")).scalar_one()
        if letters != "UTF8":
            raise ValueError(f"the database is in {letters}: make one with the encoding UTF8")


def migrations_on(connection: sa.Connection) -> Config:
    """Return the steps to the tables, as alembic takes them; they happen in the connection's transaction."""
    from alembic.config import Config

    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))  # in a folder with a % as well
    config.attributes["connection"] = connection
    return config


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
