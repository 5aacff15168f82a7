"""The server that tests start themselves."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.postgres import VARIABLE, running

TESTS = Path(__file__).parents[2]
STARTING = """
import sys, time
from support.postgres import running
with running() as server:
    print(server.port, server.folder, flush=True)
    time.sleep(600)
"""


def is_answered(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_each_database_is_empty_and_gone_afterwards(postgres):
    with postgres.database() as url, postgres.database() as other:
        assert url != other
        name = url.rpartition("/")[2]
        postgres.run("CREATE TABLE x (y int)", name)
    assert (name,) not in postgres.run("SELECT datname FROM pg_database")


def test_it_ends_with_the_tests_even_when_these_are_killed(postgres):
    process = subprocess.Popen(
        [sys.executable, "-c", STARTING],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )
    port, folder = process.stdout.readline().split()
    assert is_answered(int(port))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    until = time.monotonic() + 30
    while is_answered(int(port)) or Path(folder).exists():
        assert time.monotonic() < until, "the server, or what it has kept, is still there"
        time.sleep(0.05)


def test_one_that_is_named_has_to_be_there(monkeypatch):
    monkeypatch.setenv(VARIABLE, "/no/such/postgres")
    with (
        pytest.raises(pytest.fail.Exception, match=r"no PostgreSQL '/no/such/postgres', which SCHED"),
        running(),
    ):
        pass
