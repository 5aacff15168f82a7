"""Processes that wait for something to solve: making them ready takes as long as a first local search."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

MOST_PLACES = 80_000
"""Places of meetings in slots beyond which no clauses are made: local search goes on until the limit."""

_PROGRAM = "scheduler.model.clauses.sat_process"
_ROOT = Path(__file__).parents[3]


def available() -> bool:
    """Return whether PySAT is installed."""
    return importlib.util.find_spec("pysat") is not None


class Spares:
    """Processes that have loaded a SAT solver and wait for something to solve: that takes a while.

    Parameters
    ----------
    count : int
        So many are started at once.
    """

    def __init__(self, count: int) -> None:
        self._waiting = [_process() for _ in range(count)]

    def take(self) -> subprocess.Popen[bytes]:
        """Return one, a new one if none is left."""
        return self._waiting.pop() if self._waiting else _process()

    def close(self) -> None:
        """End those that nobody has taken."""
        for process in self._waiting:
            process.kill()
            process.wait()
        self._waiting = []


def _process() -> subprocess.Popen[bytes]:
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
