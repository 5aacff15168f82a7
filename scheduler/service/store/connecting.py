"""Connections to SQLite and to PostgreSQL, each set up for many servers and threads that share a database."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

_BUSY_SECONDS = 20
"""How long whoever writes waits for another one."""
_REACHED_SECONDS = 10
"""How long a server of databases may take to answer at all."""
_POOL = 10
_MORE = 40
"""Connections that are kept, and those that may come besides: requests run in up to 40 threads."""
WRITES = "scheduler_writes"
"""The execution option of connections that will write."""

_PARTICULARS = {
    # What is locked by a server that was frozen, or whose machine is gone without a word, is free again soon.
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "lock_timeout": f"{_BUSY_SECONDS}s",
}
"""What each session of PostgreSQL is told."""


def connecting(url: str) -> sa.Engine:
    """Return what makes and keeps connections to a database.

    Parameters
    ----------
    url : str
        ``sqlite:///FILE`` or ``postgresql+psycopg://...``.

    Raises
    ------
    ValueError
        If it is no URL, or of another kind of database, or the library for it is not there.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        engine = sa.create_engine(
            parsed, pool_size=_POOL, max_overflow=_MORE, connect_args={"timeout": _BUSY_SECONDS}
        )
        _set_up_sqlite(engine)
        return engine
    usual = {"connect_timeout": _REACHED_SECONDS, "application_name": "scheduler", "client_encoding": "utf8"}
    try:
        engine = sa.create_engine(
            parsed,
            pool_size=_POOL,
            max_overflow=_MORE,
            pool_pre_ping=True,
            # Whatever its administrator has set: who has waited for a lock sees what others did meanwhile.
            isolation_level="READ COMMITTED",
            connect_args={name: value for name, value in usual.items() if name not in parsed.query},
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise ValueError("PostgreSQL needs psycopg: pip install 'scheduler[postgresql]'") from None
    _set_up_postgresql(engine)
    return engine


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        kind = parsed.get_backend_name()
    except (ArgumentError, ValueError):  # which may repeat a password
        raise ValueError("the database is no URL: sqlite:///FILE or postgresql+psycopg://...") from None
    if kind not in ("sqlite", "postgresql"):
        raise ValueError(f"the database is sqlite or postgresql, not {kind}")
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername == "postgresql" else parsed


def _set_up_sqlite(engine: sa.Engine) -> None:
    """Have SQLite read while others write, wait its turn, hold foreign keys, and lock before it writes.

    A transaction that begins by reading and then writes fails at once when another has written in
    between; so those that write say so when they begin.
    """

    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # this module begins transactions itself
        _keep_a_log_of_writes(connection)
        for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _keep_a_log_of_writes(connection: sqlite3.Connection) -> None:
    """Have SQLite write ahead. One connection turns a new file to that; others are refused meanwhile."""
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
        time.sleep(0.02)


def _set_up_postgresql(engine: sa.Engine) -> None:
    """Have PostgreSQL end what a server that is gone has left."""
    told = "; ".join(f"SET {name} = '{value}'" for name, value in _PARTICULARS.items())

    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.execute(told)
        connection.commit()
