"""A job that a server holds: what is known of it while it runs there, and what it is told."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from scheduler.service.jobs.orders import Data, Running
from scheduler.service.store.records import Job


class Held:
    """A job that is held by this server; several threads look after it.

    Attributes
    ----------
    job : Job
        As it was claimed.
    cancelled : bool
        Whether somebody has asked for its end.
    lost : bool
        Whether it belongs to another server by now.
    killed : bool
        Whether what runs it was ended by force.
    ended : bool
        Whether it has told its result, or why there is none.
    untold : dict or None
        The best schedule, if it could not be entered.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.cancelled = False
        self.lost = False
        self.killed = False
        self.ended = False
        self.untold: Data | None = None
        self._lock = threading.Lock()
        self._running: Running | None = None
        self._stopped = False
        self._deadline = math.inf
        self._seconds = math.inf
        self._entering = False

    def runs(self, running: Running, seconds: float) -> None:
        """Take what runs it, for so long; what was asked for before that happens now."""
        with self._lock:
            self._running, self._seconds = running, seconds
            if not self._stopped:
                self._deadline = time.monotonic() + seconds
            stopped, killed = self._stopped, self.killed
        if killed:
            running.kill()
        elif stopped:
            running.stop()

    def waits(self) -> None:
        """Let its time stand until it begins, unless it was told to end."""
        self._has(math.inf)

    def begins(self) -> None:
        """Let its time begin."""
        self._has(self._seconds)

    def _has(self, seconds: float) -> None:
        with self._lock:
            if not self._stopped:
                self._deadline = time.monotonic() + seconds

    def stop(self, grace: float) -> None:
        """Have it end by itself, and keep its best; after ``grace`` seconds it is over its time."""
        with self._lock:
            self._stopped = True
            self._deadline = time.monotonic() + grace
            running = self._running
        if running is not None:
            running.stop()

    def kill(self) -> None:
        """Have it ended now."""
        with self._lock:
            self.killed = True
            running = self._running
        if running is not None:
            running.kill()

    def hurry(self, grace: float) -> None:
        """Where it is over its time, ask it to end, and end it when it was asked before."""
        with self._lock:
            late = not self._entering and time.monotonic() > self._deadline
            stopped = self._stopped
        if late and stopped:
            self.kill()
        elif late:
            self.stop(grace)

    @contextmanager
    def entering(self) -> Iterator[None]:
        """While its news are entered, its time stands still: it cannot go on before they are."""
        began = time.monotonic()
        with self._lock:
            self._entering = True
        try:
            yield
        finally:
            with self._lock:
                self._entering = False
                self._deadline += time.monotonic() - began
