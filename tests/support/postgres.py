"""A PostgreSQL server for tests: of its own, on this machine alone, gone when the tests are.

Tests take the fixture ``postgres``, which ``tests/service/conftest.py`` makes known, and ask for databases::

    def test_it_is_kept(postgres):
        with postgres.database() as url:
            open_store(url).close()

The environment variable ``SCHEDULER_POSTGRES`` names the program ``postgres``, and then it has to be there;
without it the newest one that Debian has installed is taken, or the one on the path, and tests that need it
are skipped where there is none.
"""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from support.tools import tool

VARIABLE = "SCHEDULER_POSTGRES"
OWNER = "scheduler"
WITHIN = 60
"""Seconds for it to start, and to end."""
TRIES = 3
"""A port that was free may be taken by somebody else just before the server listens on it."""

GUARDED = """
"$@" >>"$0/log" 2>&1 &
server=$!
read -r _
kill -QUIT $server
wait $server
rm -rf "$0"
"""
"""A shell that starts the server, and ends it when its own input ends: with the tests, however they end.

QUIT is the end without ado, which takes no care of data that nobody needs.
"""

QUICK = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "32MB",
    "max_connections": "300",
    "log_min_messages": "warning",
    "log_timezone": "UTC",
    "timezone": "Asia/Kolkata",  # nobody may rely on the server's time zone
}


@dataclass(frozen=True)
class Postgres:
    """A server that runs: where it listens, where its programs are, and how many databases it has made."""

    port: int
    folder: Path
    programs: Path
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, name: str) -> str:
        """Return the URL of a database."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{name}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """Give the URL of an empty database, which is dropped afterwards whoever still uses it."""
        name = f"test_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str, database: str = "postgres") -> list[Any]:
        """Run a statement outside of any transaction; return its rows."""
        import psycopg

        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=OWNER, dbname=database, autocommit=True
        ) as connection:
            done = connection.execute(statement)  # type: ignore[arg-type]
            return done.fetchall() if done.description else []

    def program(self, name: str, url: str, *options: str, given: bytes = b"") -> bytes:
        """Run a program that comes with the server (``pg_dump``) on a database; return what it prints."""
        done = subprocess.run(
            [self.programs / name, "--dbname", url.replace("+psycopg", ""), *options],
            input=given,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def cut(self, url: str) -> None:
        """End all connections to a database, as a restart of the server does."""
        name = url.rpartition("/")[2]
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Return a server for all tests of this process."""
    with running() as server:
        yield server


@contextmanager
def running() -> Iterator[Postgres]:
    """Give a server that runs inside the context."""
    program = Path(
        tool(usual_program(), VARIABLE, "PostgreSQL ", "PostgreSQL (Debian: apt install postgresql)")
    )
    other = other_user()
    for _ in range(TRIES):
        folder = prepared(program, other)
        server = Postgres(free_port(), folder, program.parent)
        guard = started(program, server, other)
        try:
            if answers(server):
                yield server
                return
            log = said(server)
        finally:
            guard.communicate(timeout=WITHIN)  # its input ends
    pytest.fail(f"PostgreSQL does not start: {log}")


def usual_program() -> str:
    """Return the newest server that Debian has installed, which is on no path, or the name of one that is."""
    installed = [
        path for path in Path("/usr/lib/postgresql").glob("*/bin/postgres") if path.parts[4].isdigit()
    ]
    return str(max(installed, key=lambda path: int(path.parts[4]), default="postgres"))


def other_user() -> dict[str, Any]:
    """Return whom the server runs as, where these tests are run by root: it refuses to be."""
    if os.geteuid():
        return {}
    found = pwd.getpwnam("postgres")  # Debian's package makes it
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def prepared(program: Path, other: dict[str, Any]) -> Path:
    """Return a folder of the server's own, with what it begins with."""
    folder = Path(tempfile.mkdtemp(prefix="scheduler-postgres-"))
    if other:
        os.chown(folder, other["user"], other["group"])
    made = ["--username", OWNER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
    done = subprocess.run(
        [program.with_name("initdb"), "--pgdata", folder / "data", *made],
        capture_output=True,
        text=True,
        cwd=folder,
        **other,
    )
    assert done.returncode == 0, done.stderr
    return folder


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def started(program: Path, server: Postgres, other: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start a server; return who guards it."""
    settings = {**QUICK, "port": server.port, "unix_socket_directories": server.folder}
    given = [f"--{name}={value}" for name, value in settings.items()]
    return subprocess.Popen(
        ["/bin/sh", "-c", GUARDED, server.folder, program, "-D", server.folder / "data", *given],
        stdin=subprocess.PIPE,
        cwd=server.folder,
        start_new_session=True,  # an interrupt is for the tests, which end it
        **other,
    )


def answers(server: Postgres) -> bool:
    """Wait for a server; return whether it answers: it does not when somebody has taken its port just now."""
    import psycopg

    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        try:
            return server.run("SELECT 1") == [(1,)]
        except psycopg.OperationalError:
            if "could not create any TCP/IP sockets" in said(server):
                return False
            time.sleep(0.05)
    return False


def said(server: Postgres) -> str:
    """Return what a server has said so far."""
    log = server.folder / "log"
    return log.read_text() if log.exists() else ""
