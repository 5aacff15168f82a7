"""Jobs in child processes of this one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator

from scheduler.service.jobs.child import STOP
from scheduler.service.jobs.orders import DiedError, News, NewsKind, Order

_LAST_LINES = 20
"""So much of what a process says before it dies is kept."""


class LocalEngine:
    """Starts a child process for each job."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[LocalRun] = set()

    def start(self, order: Order) -> LocalRun:
        """Start a job.

        Where a child ends with its parent by a signal of the system, that is the end of the thread which
        has called this: it should live as long as the job.
        """
        run = LocalRun(order)
        with self._lock:
            self._running = {other for other in self._running if other.is_alive} | {run}
        return run

    def close(self) -> None:
        """End everything that runs."""
        with self._lock:
            running, self._running = self._running, set()
        for run in running:
            run.kill()


class LocalRun:
    """A job in a child process."""

    def __init__(self, order: Order) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "scheduler.service.jobs.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for the server, and the whole group can be killed
        )
        self._writing = threading.Lock()
        self._said: deque[str] = deque(maxlen=_LAST_LINES)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._write(json.dumps(order.data()))

    @property
    def is_alive(self) -> bool:
        """Whether its process is there."""
        return self._process.poll() is None

    def news(self) -> Iterator[News]:
        """Yield what the process tells.

        Raises
        ------
        DiedError
            If it ends without a result.
        """
        ended = False
        assert self._process.stdout is not None
        try:
            for line in self._process.stdout:
                told = json.loads(line)
                news = News(NewsKind(told["kind"]), told["data"])
                ended = ended or news.kind in (NewsKind.RESULT, NewsKind.ERROR)
                yield news
        except (ValueError, KeyError):
            pass  # half a line: it died while it wrote
        finally:
            self._ended()
        if not ended:
            raise DiedError(self._last_words())

    def stop(self) -> None:
        """Ask it to end and to keep the best."""
        self._write(STOP)

    def kill(self) -> None:
        """End it, and whatever it has started, now."""
        if self.is_alive:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self._process.kill()

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        with self._writing:
            try:
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()
            except (OSError, ValueError):
                return  # it is gone; whoever reads its news learns of that

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._said.append(line.rstrip())

    def _ended(self) -> None:
        self.kill()
        self._process.wait()
        self._listener.join(1)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue

    def _last_words(self) -> str:
        code = self._process.returncode
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        last = self._said[-1] if self._said else ""
        return f"its process {how}" + (f": {last}" if last else "")
