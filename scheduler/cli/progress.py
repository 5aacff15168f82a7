"""What is seen while a schedule is searched: a live panel, plain lines, or nothing."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from scheduler.cli import words
from scheduler.domain import Instance, Status
from scheduler.search import Progress

if TYPE_CHECKING:
    from scheduler.cli.console import Terminal

_PAUSE = 1.0
"""Seconds between two plain lines that only tell of progress on the same level."""
_STDERR = 2
STOPPING = "Stopping: the best schedule so far is kept. Ctrl-C again aborts."


class Watcher(AbstractContextManager["Watcher"], Protocol):
    """Something that shows how a search goes."""

    def tell(self, progress: Progress) -> None:
        """Take a moment of the search; called from its threads, one at a time."""

    def stopping(self) -> None:
        """Say that the search is about to end; called from a signal handler."""


def watcher(instance: Instance, terminal: Terminal | None) -> Watcher:
    """Return what suits the output: nothing where there is none, a panel on a terminal, else plain lines."""
    if terminal is None:
        return Silent()
    if not terminal.is_live:
        return Lines(instance)
    from scheduler.cli.panels import Panels  # not before it is needed: what draws it is slow to load

    return Panels(instance, terminal)


class Silent(Watcher):
    """Shows nothing."""

    def __exit__(self, *error: object) -> None:
        return None

    def tell(self, progress: Progress) -> None:
        """Take no notice."""

    def stopping(self) -> None:
        """Take no notice."""


class Lines(Watcher):
    """Prints a line when a level begins and ends, and at most one a second in between."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._numbers = sorted({term.level for term in instance.objective})
        self._begun: set[int] = set()
        self._last = -_PAUSE
        self._gone = False

    def __exit__(self, *error: object) -> None:
        return None

    def tell(self, progress: Progress) -> None:
        """Print a line, if it is time for one."""
        new = progress.level not in self._begun
        ended = progress.status is Status.OPTIMAL
        if self._gone or not (new or ended or progress.elapsed - self._last >= _PAUSE):
            return
        self._begun.add(progress.level)
        self._last = progress.elapsed
        try:
            print(self._line(progress, new=new), flush=True)
        except OSError:
            self._gone = True  # nobody reads any more; the search goes on and its schedule is written

    def stopping(self) -> None:
        """Print it past the buffers, since a signal may come while they are written."""
        os.write(_STDERR, f"{STOPPING}\n".encode())

    def _line(self, progress: Progress, *, new: bool) -> str:
        level = f"{self._numbers.index(progress.level) + 1} of {len(self._numbers)}"
        what = f" ({words.level_words(self._instance, progress.level)})" if new else ""
        return words.seen(f"{words.seconds(progress.elapsed):>9}  level {level}{what}: {_state(progress)}")


def _state(progress: Progress) -> str:
    if progress.status is Status.OPTIMAL:
        return f"{progress.value}, proven"
    if progress.value is None:
        return f"searching, at least {progress.bound}"
    gap = words.percent(progress.gap or 0)
    return f"{progress.value}, at least {progress.bound}, gap {gap}"
