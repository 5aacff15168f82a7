"""What is wrong with rows: which cannot be used, and why; and which only lean on one that cannot."""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.reading.errors import InputFault
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.tables import Row


@dataclass(frozen=True)
class Refusal:
    """Why a row is not used.

    Attributes
    ----------
    fault : InputFault
        At which cell, and why.
    follows : bool
        Whether nothing is wrong with the row itself: it needs another one that is refused.
    """

    fault: InputFault
    follows: bool = False


@dataclass
class Trouble:
    """All rows that cannot be used, so far.

    Attributes
    ----------
    refused : dict of Row to list of Refusal
    in_turn : list of Row
        The same rows, in the order in which they were refused.
    general : list of InputFault
        What is wrong with no row in particular.
    notes : list of str
        What is right, and should be known all the same.
    """

    refused: dict[Row, list[Refusal]] = field(default_factory=dict)
    in_turn: list[Row] = field(default_factory=list)
    general: list[InputFault] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    _doubtful: dict[Row, None] = field(default_factory=dict)
    _settled: int = 0

    def refuse(self, row: Row, column: str, message: str, value: object = None) -> None:
        """Refuse a row for what stands in one of its cells (``value`` where only a part of it is meant)."""
        cell = row.cells.get(column, "")
        said = value if value is not None else shown(cell) or None
        self._add(row, Refusal(row.fault(column, said, message)))

    def doubt(self, row: Row, column: str, message: str, value: object = None) -> None:
        """Refuse a row for a name that nothing has; for now, as what it names may be refused too."""
        if row not in self.refused:
            self._doubtful[row] = None
        self.refuse(row, column, message, value)

    def settle(self) -> None:
        """End a round: unless nothing but unknown names was found, forget them, to look for them again.

        By then it is known what is refused, and who names that is told so.
        """
        if len(self.refused) - len(self._doubtful) > self._settled:
            for row in self._doubtful:
                del self.refused[row]
            self.in_turn = list(self.refused)
        self._settled = len(self.refused)
        self._doubtful.clear()

    def follow(self, row: Row, column: str, message: str, value: object = None) -> None:
        """Refuse a row that needs another one which is refused."""
        cell = row.cells.get(column, "")
        said = value if value is not None else shown(cell) or None
        self._add(row, Refusal(row.fault(column, said, message), follows=True))

    def add(self, row: Row, fault: InputFault, *, follows: bool) -> None:
        """Refuse a row for a fault found elsewhere."""
        self._add(row, Refusal(fault, follows))

    def _add(self, row: Row, refusal: Refusal) -> None:
        if row not in self.refused:
            self.in_turn.append(row)
        reasons = self.refused.setdefault(row, [])
        if all(known.fault != refusal.fault for known in reasons):
            reasons.append(refusal)

    def note(self, text: str) -> None:
        """Keep something that should be known; told once."""
        self.notes[text] = None

    @property
    def faults(self) -> list[InputFault]:
        """What is wrong, without what only follows from it."""
        own = [r.fault for reasons in self.refused.values() for r in reasons if not r.follows]
        return [*self.general, *own]
