"""A small programme to look at in the pages, and a service in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from scheduler.domain import Instance
from scheduler.reading import instance_from

FORUM = """\
programme:
  id: forum
  title: Forum of Cities
  grid: 30min
  organizer: {name: Forum office, email: office@example.org}
cities:
  - id: valencia
    name: Valencia
    time_zone: Europe/Madrid
    opening:
      - {date: 2025-03-10, from: "09:00", to: "13:00"}
      - {date: 2025-03-11, from: "09:00", to: "11:00"}
    venues:
      - id: house
        name: House of Trade
        rooms:
          - {id: hall, name: Great hall, seats: 60}
          - {id: area, name: Meeting area, tables: 2}
delegations:
  - {id: lyon, name: Lyon}
  - {id: porto, name: Porto}
  - {id: turin, name: Turin}
  - {id: ghent, name: Ghent, departure: 2025-03-10T11:00}
participants:
  - {id: ana, name: Ana Reis, email: ana@example.org, delegation: porto}
  - {id: luc, name: Luc Petit, email: luc@example.org, delegation: lyon}
sessions:
  - id: opening
    kind: inaugural
    title: Opening
    duration: 1h
    rooms: [hall]
    dates: [2025-03-10]
    audience: [all]
    pin: {start: 2025-03-10T09:00}
meetings:
  - {id: one, parties: [lyon, porto]}
  - {id: two, parties: [lyon, turin]}
  - {id: three, parties: [porto, turin], title: Ports and rails, dates: [2025-03-10]}
  - {id: late, parties: [ghent, turin], windows: [{from: "12:00", to: "13:00"}]}
objective:
  - {term: requests, level: 1}
  - {term: breaks, level: 2}
"""
"""Three meetings that have a place, one that can have none, and a session that is pinned."""


def forum(text: str = FORUM) -> Instance:
    """Return the programme."""
    return instance_from(yaml.safe_load(text))


_SECONDS = 30
"""What a server has to end by itself."""


@dataclass(frozen=True)
class Served:
    """A service that listens: where, and with which key if it asks for one."""

    address: str
    key: str = ""


@contextmanager
def served(folder: Path, *, auth: bool = False) -> Iterator[Served]:
    """Have ``scheduler serve`` listen on a free port of 127.0.0.1, in a process of its own.

    The server ends with the context, and also when this process dies.
    """
    command = [sys.executable, "-c", _SERVE, "serve", "--port", "0", "--jobs", "1"]
    command += ["--database", f"sqlite:///{folder}/service.db", *([] if auth else ["--no-auth"])]
    log = folder / "errors.txt"
    with log.open("wb") as errors:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=folder)
    try:
        assert server.stdout is not None
        key = server.stdout.readline().rpartition(" ")[2].strip() if auth else ""
        line = server.stdout.readline()
        assert "Serving at " in line, log.read_text()
        yield Served(line.partition("Serving at ")[2].strip(), key)
        assert server.poll() is None, log.read_text()
    finally:
        server.terminate()
        try:
            server.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


_SERVE = f"""
import ctypes, os, signal
try:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
except (AttributeError, OSError):
    pass
if os.getppid() != {os.getpid()}:
    os._exit(1)
from scheduler.cli import main
main()
"""
