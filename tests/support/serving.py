"""The service in tests: asked in this process, or served on 127.0.0.1, with a programme to look at."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi.testclient import TestClient

from scheduler.service.app import create_app
from scheduler.service.settings import Settings

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
  - {id: three, parties: [porto, turin], title: Ports and rails}
  - {id: late, parties: [ghent, turin], windows: [{from: "12:00", to: "13:00"}]}
objective:
  - {term: requests, level: 1}
  - {term: breaks, level: 2}
"""
"""Three meetings that have a place, one that can have none, and a session that is pinned."""


def settings(folder: Path, *, auth: bool = False, jobs: int = 0) -> Settings:
    """Return how the service of a test is run: its store in a folder, and no jobs unless told."""
    return Settings(database=f"sqlite:///{folder / 'store.db'}", port=0, auth=auth, jobs=jobs, poll=0.05)


@contextmanager
def asked(folder: Path, *, auth: bool = False, jobs: int = 0) -> Iterator[TestClient]:
    """Give a client of a service in this process."""
    app = create_app(settings(folder, auth=auth, jobs=jobs))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=True) as client:
        yield client


@contextmanager
def served(folder: Path, *, auth: bool = False, jobs: int = 1) -> Iterator[str]:
    """Serve on a free port of 127.0.0.1 and give the address; it ends with the context."""
    import uvicorn

    app = create_app(settings(folder, auth=auth, jobs=jobs))
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)
