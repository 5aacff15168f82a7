"""One command in a process of its own: how long it takes, what it uses, and when it is killed."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LOOK = 0.1
"""Seconds between two looks at the memory of a process and its children."""
MOST_MEGABYTES = 8192.0
"""What a run may take, so that one that asks for everything does not end the others."""
_KILOBYTES = 1024 if sys.platform != "darwin" else 1024 * 1024
"""Units of ``ru_maxrss`` in a megabyte: kilobytes on Linux, bytes on macOS."""
_PAGES = 1024 * 1024 // os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command used.

    Attributes
    ----------
    began : float
        When it was started, in seconds since the epoch.
    wall, processor : float
        Seconds by the clock, from start to end of the process, and of all cores, children included.
    megabytes : float
        Peak of the resident memory: of one process as the system counts it, or of the process and its
        children together, looked at ten times a second (shared pages count in each), whichever is more.
    exit_code : int
        Of the process; below 0: the signal that ended it.
    killed : str
        Why it was ended from outside: for its ``time`` or its ``memory``; empty if it ended by itself.
    """

    began: float
    wall: float
    processor: float
    megabytes: float
    exit_code: int
    killed: str = ""


def measure(command: Sequence[str], limit: float, out: Path, most: float = MOST_MEGABYTES) -> Measured:
    """Run a command, and kill it after ``limit`` seconds or when it has taken more than ``most`` megabytes.

    Its outputs go to ``out`` with the endings .out and .err. It and all that it starts are a process group of
    their own, and none of them outlives the call.
    """
    with out.with_suffix(".out").open("wb") as said, out.with_suffix(".err").open("wb") as errors:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES
        began, clock = time.time(), time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=errors, start_new_session=True
        )
        waiting = _Waiting(process.pid, clock)
        waiting.start()
        peak, killed = 0.0, ""
        try:
            while waiting.is_alive():
                waiting.join(_LOOK)
                peak = max(peak, _resident(process.pid))
                if not killed and (time.perf_counter() - clock > limit or peak > most):
                    killed = "memory" if peak > most else "time"
                    _kill(process.pid)
        finally:
            _kill(process.pid)
            waiting.join()
            process.returncode = waiting.exit_code  # it is waited for already
    # What the system tells of a process is at least what its parent took when it was started.
    told = waiting.megabytes if waiting.megabytes > own else 0.0
    return Measured(began, waiting.wall, waiting.processor, max(peak, told), waiting.exit_code, killed)


class _Waiting(threading.Thread):
    """Waits for a process, so that the moment of its end is known."""

    def __init__(self, pid: int, began: float) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._began = began
        self.wall = self.processor = self.megabytes = 0.0
        self.exit_code = 0

    def run(self) -> None:
        _, status, usage = os.wait4(self._pid, 0)
        self.wall = time.perf_counter() - self._began
        self.processor = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / _KILOBYTES
        self.exit_code = os.waitstatus_to_exitcode(status)


def _kill(group: int) -> None:
    # All of them may have ended (macOS says the second of a group of zombies).
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _resident(pid: int) -> float:
    """Return the megabytes of a process and its descendants; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        tasks = [*Path(f"/proc/{pid}/task").iterdir()]
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except (OSError, IndexError):
        return 0.0  # it has just ended
    return pages / _PAGES + sum(_resident(int(child)) for child in children)
