"""Messages where nobody sees colours: in a file or a pipe each is one line, and nothing slow is loaded."""

from __future__ import annotations

import sys
from typing import Protocol

from scheduler.cli.words import seen


class Prints(Protocol):
    """What takes messages."""

    def print(self, text: str, /, *, style: str | None = None) -> None:
        """Print a message."""


class PlainErrors:
    """The error output as plain lines, without what would move a cursor or ring a bell."""

    def print(self, text: str, /, *, style: str | None = None) -> None:
        """Print a message; a style is not for here."""
        del style
        sys.stderr.write(seen(text) + "\n")


def errors() -> Prints:
    """Return where errors are printed: with colours, folded at its width, if it is a terminal."""
    if not sys.stderr.isatty():
        return PlainErrors()
    from scheduler.cli.console import Terminal

    return Terminal(errors=True)
