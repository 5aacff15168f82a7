"""What is seen while a schedule is searched: a live panel, plain lines, or nothing."""

from __future__ import annotations

import os
import time
from contextlib import AbstractContextManager
from types import TracebackType
from typing import NamedTuple, Protocol

from rich import box
from rich.console import Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.text import Text

from scheduler.cli import words
from scheduler.cli.console import Sheet, Terminal, seen
from scheduler.domain import Instance, Status
from scheduler.search import Progress

_PAUSE = 1.0
"""Seconds between two plain lines that only tell of progress on the same level."""
_STDERR = 2
_STOPPING = "Stopping: the best schedule so far is kept. Ctrl-C again aborts."
_CAN_STOP = "Ctrl-C keeps the best so far"


class Watcher(AbstractContextManager["Watcher"], Protocol):
    """Something that shows how a search goes."""

    def tell(self, progress: Progress) -> None:
        """Take a moment of the search; called from its threads, one at a time."""

    def stopping(self) -> None:
        """Say that the search is about to end; called from a signal handler."""


def watcher(instance: Instance, terminal: Terminal, *, quiet: bool) -> Watcher:
    """Return what suits the output: nothing, a live panel on a terminal, plain lines elsewhere."""
    if quiet:
        return Silent()
    return Panels(instance, terminal) if terminal.is_live else Lines(instance)


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
        os.write(_STDERR, f"{_STOPPING}\n".encode())

    def _line(self, progress: Progress, *, new: bool) -> str:
        level = f"{self._numbers.index(progress.level) + 1} of {len(self._numbers)}"
        what = f" ({words.level_words(self._instance, progress.level)})" if new else ""
        return seen(f"{words.seconds(progress.elapsed):>9}  level {level}{what}: {_state(progress)}")


def _state(progress: Progress) -> str:
    if progress.status is Status.OPTIMAL:
        return f"{progress.value}, proven"
    if progress.value is None:
        return f"searching, at least {progress.bound}"
    gap = words.percent(progress.gap or 0)
    return f"{progress.value}, at least {progress.bound}, gap {gap}"


class _Level(NamedTuple):
    """What is known of a level, and when it was begun, in seconds since the search began."""

    latest: Progress
    began: float


class Panels(Watcher):
    """Shows a panel with a row for each level, drawn again several times a second."""

    def __init__(self, instance: Instance, terminal: Terminal) -> None:
        self._instance = instance
        self._numbers = sorted({term.level for term in instance.objective})
        self._levels: dict[int, _Level] = {}
        self._current: int | None = None
        self._began = time.monotonic()
        self._stopping = False
        self._live = Live(console=terminal, get_renderable=self.picture, refresh_per_second=8, transient=True)

    def __enter__(self) -> Panels:
        self._began = time.monotonic()
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.stop()

    def tell(self, progress: Progress) -> None:
        """Take the moment down for the next picture."""
        known = self._levels.get(progress.level)
        self._current = progress.level
        self._levels[progress.level] = _Level(progress, known.began if known else progress.elapsed)

    def stopping(self) -> None:
        """Take it down for the next picture."""
        self._stopping = True

    def picture(self) -> RenderableType:
        """Return the panel as it is now."""
        elapsed = time.monotonic() - self._began
        rows = Sheet(
            "", "What counts", "Best", "Bound", "Gap", "Time", "", right=("Best", "Bound", "Gap", "Time")
        )
        for number in self._numbers:
            rows.add(str(number), words.level_words(self._instance, number), *self._cells(number, elapsed))
        footer = _STOPPING if self._stopping else f"{words.seconds(elapsed)} so far. {_CAN_STOP}."
        return Panel(
            Group(rows, "", Text(footer, style="bold" if self._stopping else "dim")),
            title=Text(seen(self._instance.programme.label), style="bold"),
            title_align="left",
            box=box.ROUNDED,
        )

    def _cells(self, number: int, elapsed: float) -> tuple[str, ...]:
        level = self._levels.get(number)
        if level is None:
            return "-", "-", "-", "-", "waiting"
        now = level.latest
        searching = number == self._current and now.status is not Status.OPTIMAL
        spent = max(0.0, (elapsed if searching else now.elapsed) - level.began)
        return (
            "-" if now.value is None else str(now.value),
            str(now.bound),
            "-" if now.gap is None else words.percent(now.gap),
            words.seconds(spent),
            "searching" if searching else words.LEVEL_STATUS[now.status],
        )
