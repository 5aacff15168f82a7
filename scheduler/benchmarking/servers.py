"""A service in a process of its own (``scheduler serve``), to be measured, killed and started again.

It listens on 127.0.0.1 alone, on a port that is free, and ends with whoever has started it.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

API = "/api/v1"
_MARK = "SCHEDULER_SERVER_MARK"
"""In the environment of a server and of all that it starts, however far away from it that runs."""
_START_SECONDS = 60.0
_ASK_SECONDS = 60.0
_PACE = 0.05
_DEATH_SIGNAL = 1
"""``PR_SET_PDEATHSIG`` of ``prctl``."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server has answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        """Return the content, read as JSON."""
        return json.loads(self.content)


@dataclass
class Server:
    """A server that may be started, killed and started again over the same database.

    Parameters
    ----------
    folder : Path
        What it says goes to ``server.log`` there, and its database is there if none is named.
    database : str
        A URL; empty: a file of SQLite in the folder.
    options : sequence of str
        More options of ``scheduler serve``.
    environment : mapping of str to str
        Variables besides those of this process.
    """

    folder: Path
    database: str = ""
    options: tuple[str, ...] = ("--no-auth",)
    environment: Mapping[str, str] = field(default_factory=dict)
    url: str = field(default="", init=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _mark: str = field(default_factory=lambda: uuid4().hex, init=False)

    def __enter__(self) -> Server:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, whatever it is at."""
        self.kill()

    @property
    def log(self) -> Path:
        """Where everything stands that it has said."""
        return self.folder / "server.log"

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """Its process."""
        assert self._process is not None, "it has not been started"
        return self._process

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises
        ------
        RuntimeError
            If it ends instead, or does not answer within a minute.
        """
        database = self.database or f"sqlite:///{self.folder / 'service.db'}"
        command = [sys.executable, "-m", "scheduler", "serve", "--port", "0", "--database", database]
        said = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *self.options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **self.environment, _MARK: self._mark},
                start_new_session=True,  # a Ctrl-C is for this process, which ends it
                preexec_fn=_end_with_parent(),
            )
        until = time.monotonic() + _START_SECONDS
        while not self._answers(said):
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"the server has not started: {self._said(said)}")
            time.sleep(_PACE)

    def kill(self) -> None:
        """End it as a failing machine does (``kill -9``); only its own process is sent the signal."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def end(self, how: signal.Signals = signal.SIGTERM, seconds: float = 30.0) -> int:
        """Ask it to end, and wait for that; return its exit code.

        Raises
        ------
        subprocess.TimeoutExpired
            If it does not.
        """
        self.process.send_signal(how)
        return self.process.wait(seconds)

    def family(self) -> list[int]:
        """Return the ids of all processes that belong to it, itself and those below it (Linux only)."""
        return marked(f"{_MARK}={self._mark}")

    def is_childless_within(self, seconds: float) -> bool:
        """Return whether all that belongs to it has ended, after a while at the latest."""
        return until(lambda: not self.family(), seconds)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] = {},  # it is only read
    ) -> Answer:
        """Ask it something; ``body`` is sent as it is if it is bytes, and as JSON otherwise.

        Raises
        ------
        OSError, http.client.HTTPException
            If it is not there, or goes away.
        """
        plain = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        kind = {} if body is None or isinstance(body, bytes) else {"Content-Type": "application/json"}
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_ASK_SECONDS)
        with contextlib.closing(connection):
            connection.request(method, path, plain, {**kind, **headers})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read())

    def get(self, path: str) -> Any:
        """Return what the interface answers at a path below ``/api/v1``.

        Raises
        ------
        RuntimeError
            If that is an error.
        """
        return _good(self.ask("GET", API + path)).json()

    def post(self, path: str, body: object) -> Any:
        """Return what the interface answers to JSON that is sent to a path below ``/api/v1``.

        Raises
        ------
        RuntimeError
            If that is an error.
        """
        return _good(self.ask("POST", API + path, body)).json()

    def upload(self, content: bytes, kind: str = "application/yaml") -> str:
        """Upload a programme; return its id.

        Raises
        ------
        RuntimeError
            If it is not accepted.
        """
        answer = _good(self.ask("POST", f"{API}/programmes", content, {"Content-Type": kind}))
        return str(answer.json()["id"])

    def _answers(self, said: int) -> bool:
        for line in self._said(said).splitlines():
            if line.startswith("Serving at "):
                self.url = line.removeprefix("Serving at ").strip()
                try:
                    return self.ask("GET", f"{API}/health").status == 200
                except (OSError, http.client.HTTPException):
                    return False
        return False

    def _said(self, since: int) -> str:
        return self.log.read_bytes()[since:].decode("utf-8", "replace")


def _good(answer: Answer) -> Answer:
    if answer.status >= 400:
        raise RuntimeError(f"{answer.status}: {answer.content.decode('utf-8', 'replace')}")
    return answer


def until(holds: Callable[[], bool], seconds: float, pace: float = _PACE) -> bool:
    """Wait until something holds; return whether it does within some seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(pace)
    return True


def marked(variable: str) -> list[int]:
    """Return the ids of processes that were started with a variable (``NAME=value``) in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended, or is somebody else's
            if variable.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return sorted(found)


def memory_of(processes: Iterable[int]) -> int:
    """Return how many bytes of memory processes hold, what they share with others in shares (Linux only)."""
    total = 0
    for process in processes:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def _end_with_parent() -> Callable[[], None]:
    """Return what has a process ended at once when the thread ends that starts it, where the system can."""
    import ctypes

    control: Any = getattr(ctypes.CDLL(None), "prctl", None)  # found now: afterwards little is allowed

    def ask() -> None:
        if control is not None:
            control(_DEATH_SIGNAL, signal.SIGKILL)

    return ask
