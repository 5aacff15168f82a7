"""Sets of cells by number: people who come and go together share one."""

from __future__ import annotations

from array import array

from scheduler.problem.cells import CellSet

_WORD = 32


class Masks:
    """Sets of cells, each kept once.

    Parameters
    ----------
    cells : int
        How many cells there are.

    Attributes
    ----------
    words : int
        Words of 32 bits for each set.
    """

    def __init__(self, cells: int) -> None:
        self.words = cells // _WORD + 1
        self._number: dict[CellSet, int] = {}

    def number(self, cells: CellSet) -> int:
        """Return the number of a set."""
        return self._number.setdefault(cells, len(self._number))

    def array(self) -> array[int]:
        """Return all sets, one after the other; cell ``c`` is bit ``c % 32`` of word ``c // 32``."""
        return array(
            "I", [(mask >> (_WORD * k)) & 0xFFFFFFFF for mask in self._number for k in range(self.words)]
        )
