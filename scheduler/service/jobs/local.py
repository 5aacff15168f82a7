"""Jobs in child processes of this one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from queue import SimpleQueue

from scheduler.service.jobs.child import STOP
from scheduler.service.jobs.orders import DiedError, News, NewsKind, Order

_LAST_WORDS = 4096
"""So many bytes of what a process says before it dies are kept."""
_LONGEST = 1 << 29
"""Characters of a line of news; a schedule of the largest programme has a tenth of that."""
_PROGRAM = [sys.executable, "-m", "scheduler.service.jobs.child"]


class LocalEngine:
    """Starts a child process for each job, and keeps one ready for the next.

    Parameters
    ----------
    niceness : int
        How far jobs stand back behind whatever else this machine does.
    """

    def __init__(self, niceness: int = 0) -> None:
        self._niceness = niceness
        self._lock = threading.Lock()
        self._running: set[LocalRun] = set()
        self._spare: Child | None = None
        self._wanted = threading.Event()
        self._closing = threading.Event()
        self._keeper = threading.Thread(target=self._keep_ready, daemon=True)
        self._keeper.start()

    def start(self, order: Order) -> LocalRun:
        """Start a job.

        Where a child ends with its parent by a signal of the system, that is the end of the thread which
        has started it: whoever calls this should live as long as the job.

        Raises
        ------
        OSError
            If no process can be started.
        """
        child = self._ready() or Child(self._niceness)
        self._wanted.set()
        run = LocalRun(child, order)
        with self._lock:
            self._running = {other for other in self._running if other.is_alive} | {run}
        return run

    def close(self) -> None:
        """End everything that runs."""
        self._closing.set()
        self._wanted.set()
        self._keeper.join()
        with self._lock:
            running, self._running = self._running, set()
        for run in running:
            run.kill()

    def _ready(self) -> Child | None:
        """Return the process that is ready, and keep it no longer; None if there is none."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is None or spare.is_alive:
            return spare
        spare.end()  # it has died, and what it has left is closed
        return None

    def _keep_ready(self) -> None:
        """Have one process waiting, on a thread that lives as long as this engine."""
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._closing.is_set():
                break
            spare = self._ready() or self._made()
            with self._lock:
                self._spare = spare
        if (spare := self._ready()) is not None:
            spare.end()

    def _made(self) -> Child | None:
        try:
            return Child(self._niceness)
        except OSError:
            return None  # whoever needs it will be told


class Child:
    """A process that waits for a job, or is at one; its output is read by whoever has given it that."""

    def __init__(self, niceness: int) -> None:
        self._process = subprocess.Popen(
            [*_PROGRAM, str(os.getpid()), str(niceness)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the server, and the whole group can be killed
        )
        self._said = b""
        self._outbox: SimpleQueue[bytes | None] = SimpleQueue()
        self._threads = [threading.Thread(target=each, daemon=True) for each in (self._listen, self._write)]
        for thread in self._threads:
            thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether it is there."""
        return self._process.poll() is None

    def lines(self) -> Iterator[bytes]:
        """Yield what it tells, a line each, until it ends."""
        output = self._process.stdout
        assert output is not None
        while line := output.readline(_LONGEST):
            yield line

    def send(self, line: str) -> None:
        """Tell it something; nobody waits until it has been read."""
        self._outbox.put(line.encode() + b"\n")

    def kill(self) -> None:
        """End it, and whatever it has started, now."""
        if self.is_alive:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self._process.kill()

    def end(self) -> str:
        """End it, wait for that, and return how it has ended."""
        self.kill()
        code = self._process.wait()
        self._outbox.put(None)
        for thread in self._threads:
            thread.join(1)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        how = f"was ended by {_name_of(-code)}" if code < 0 else f"ended with code {code}"
        return f"its process {how}" + (f": {self._last_line()}" if self._said.strip() else "")

    def _last_line(self) -> str:
        return self._said.decode("utf-8", "replace").strip().splitlines()[-1]

    def _listen(self) -> None:
        errors = self._process.stderr
        assert errors is not None
        while said := os.read(errors.fileno(), 65536):
            self._said = (self._said + said)[-_LAST_WORDS:]

    def _write(self) -> None:
        """Write what is to be sent: the process may be busy, and an order long."""
        entry = self._process.stdin
        assert entry is not None
        try:
            while (line := self._outbox.get()) is not None:
                entry.write(line)
                entry.flush()
        except OSError:
            return  # it is gone; whoever reads its news learns of that
        finally:
            try:
                entry.close()
            except OSError:
                return


class LocalRun:
    """A job in a child process."""

    def __init__(self, child: Child, order: Order) -> None:
        self._child = child
        child.send(json.dumps(order.data()))

    @property
    def is_alive(self) -> bool:
        """Whether its process is there."""
        return self._child.is_alive

    def news(self) -> Iterator[News]:
        """Yield what the process tells.

        Raises
        ------
        DiedError
            If it ends without a result.
        """
        ended = False
        try:
            for line in self._child.lines():
                told = json.loads(line)
                news = News(NewsKind(told["kind"]), told["data"])
                ended = ended or news.kind in (NewsKind.RESULT, NewsKind.ERROR)
                yield news
        except (ValueError, KeyError, TypeError):
            pass  # half a line: it died while it wrote
        finally:
            how = self._child.end()
        if not ended:
            raise DiedError(how)

    def stop(self) -> None:
        """Ask it to end and to keep the best."""
        self._child.send(STOP)

    def kill(self) -> None:
        """End it, and whatever it has started, now."""
        self._child.kill()


def _name_of(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
