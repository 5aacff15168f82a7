"""A live panel of a search, on a terminal."""

from __future__ import annotations

import time
from types import TracebackType
from typing import NamedTuple

from rich import box
from rich.console import Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.text import Text

from scheduler.cli import words
from scheduler.cli.console import Sheet, Terminal
from scheduler.cli.progress import STOPPING, Watcher
from scheduler.domain import Instance, Status
from scheduler.search import Progress

_CAN_STOP = "Ctrl-C keeps the best so far"


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
        footer = STOPPING if self._stopping else f"{words.seconds(elapsed)} so far. {_CAN_STOP}."
        return Panel(
            Group(rows, "", Text(footer, style="bold" if self._stopping else "dim")),
            title=Text(words.seen(self._instance.programme.label), style="bold"),
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
