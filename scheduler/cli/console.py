"""Where words and tables are printed: wide as the terminal is, and safe with whatever files say."""

from __future__ import annotations

import sys
from itertools import compress
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scheduler.cli.words import seen


class Terminal(Console):
    """A console that takes text as it is: no markup, no emoji codes, no control characters."""

    def __init__(self, *, errors: bool = False) -> None:
        file = sys.stderr if errors else sys.stdout
        super().__init__(file=file, markup=False, emoji=False, highlight=False)

    def render_str(self, text: str, **how: Any) -> Text:
        """Return text to print, without what would move the cursor or ring the bell."""
        return super().render_str(seen(text), **how)

    def on_broken_pipe(self) -> None:
        """Let whoever runs the command end it."""
        raise  # the BrokenPipeError that is being handled where this is called

    @property
    def is_live(self) -> bool:
        """Whether a panel can be redrawn in place."""
        return self.is_terminal and not self.is_dumb_terminal

    def heading(self, text: str) -> None:
        """Print a heading, with a line above it."""
        self.print()
        self.print(text, style="bold")


class Sheet:
    """A table that leaves out the columns in which nothing stands.

    Parameters
    ----------
    columns : str
        The headings.
    right : tuple of str
        Which columns stand to the right: numbers.
    whole : tuple of str
        Which columns are never wrapped.
    """

    def __init__(self, *columns: str, right: tuple[str, ...] = (), whole: tuple[str, ...] = ()) -> None:
        self._columns = columns
        self._right = right
        self._whole = (*right, *whole)
        self._rows: list[tuple[tuple[str, ...], str]] = []

    def add(self, *cells: str, style: str = "") -> None:
        """Add a row; cells that are not given are empty."""
        self._rows.append((cells + ("",) * (len(self._columns) - len(cells)), style))

    def __rich__(self) -> Table:
        """Return the table to print."""
        made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        filled = [any(cells[i] for cells, _ in self._rows) for i in range(len(self._columns))]
        for name in compress(self._columns, filled):
            made.add_column(
                name,
                justify="right" if name in self._right else "left",
                no_wrap=name in self._whole,
                overflow="fold",
            )
        for cells, style in self._rows:
            made.add_row(*compress(cells, filled), style=style)
        return made
