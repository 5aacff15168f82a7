"""What those who race report."""

from __future__ import annotations

import queue
from enum import Enum
from typing import NamedTuple, Protocol


class Ending(Enum):
    """How an entrant came to its end."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    GAVE_UP = "gave up"


class News(NamedTuple):
    """One thing that an entrant has learnt.

    Attributes
    ----------
    who : str
        The entrant's name.
    bound : int or None
        Nothing costs less.
    schedule : tuple of int or None
        The slot of each meeting, -1 where it is not placed.
    ending : Ending or None
        The entrant's last word.
    log : str
    """

    who: str
    bound: int | None = None
    schedule: tuple[int, ...] | None = None
    ending: Ending | None = None
    log: str = ""


Board = queue.SimpleQueue[News]
"""Where news are put up."""


class Entrant(Protocol):
    """A way to solve one level, at work until it ends or is stopped.

    Attributes
    ----------
    name : str
    proves : bool
        Whether it can prove anything.
    """

    name: str
    proves: bool

    def start(self, board: Board) -> None:
        """Begin, and put up on the board whatever is learnt."""

    def stop(self) -> None:
        """End; nothing that is put up after this counts."""
