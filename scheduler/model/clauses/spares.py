"""Processes with a SAT solver that wait for something to solve: making them ready takes a while."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
from pathlib import Path

_PROGRAM = "scheduler.model.clauses.sat_process"
_ROOT = Path(__file__).parents[3]

Process = subprocess.Popen[bytes]

_early: list[Process] = []
"""Those that were started before anybody knew whether they are needed."""


_ending: list[threading.Thread] = []
"""Each waits for a process that was ended."""


def available() -> bool:
    """Return whether PySAT is installed."""
    return importlib.util.find_spec("pysat") is not None


def prepare(count: int) -> None:
    """Start processes that the next :class:`Spares` takes over, where PySAT is installed."""
    if available():
        _early.extend(_process() for _ in range(count - len(_early)))


def dismiss() -> None:
    """End those that were started early, and that nobody has taken over."""
    while _early:
        end(_early.pop())


class Spares:
    """Processes that have loaded a SAT solver.

    Parameters
    ----------
    count : int
        So many are there at once.
    """

    def __init__(self, count: int) -> None:
        self._waiting = [_early.pop() if _early else _process() for _ in range(count)]

    def take(self) -> Process:
        """Return one, a new one if none is left."""
        return self._waiting.pop() if self._waiting else _process()

    def give_back(self, process: Process) -> None:
        """Keep one that has ended its work for whoever comes next."""
        self._waiting.append(process)

    def close(self) -> None:
        """End those that nobody has taken."""
        while self._waiting:
            end(self._waiting.pop())


def end(process: Process) -> None:
    """End a process, whatever it is at; nobody has to wait until all of it is gone."""
    process.kill()
    waiting = threading.Thread(target=process.wait, daemon=True)
    waiting.start()
    _ending[:] = [*(thread for thread in _ending if thread.is_alive()), waiting]


def settle() -> None:
    """Wait until all that were ended are gone: only then does what they used count as used by children."""
    dismiss()
    for thread in _ending:
        thread.join()


def _process() -> Process:
    # Without the site's start-up (-S) it is there sooner; where to find modules it is told.
    paths = dict.fromkeys([str(_ROOT), *filter(None, sys.path)])
    return subprocess.Popen(
        [sys.executable, "-S", "-m", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        start_new_session=True,  # a Ctrl-C is for this process, which ends the other
    )
