"""What is wrong with rows: which cannot be used, and why; and which only lean on one that cannot."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field

from scheduler.reading.errors import InputFault
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.tables import Row
from scheduler.sheets import Kind

Name = tuple[Kind, str]
"""A kind of thing, and the key of a name."""


@dataclass(frozen=True)
class Refusal:
    """Why a row is not used.

    Attributes
    ----------
    fault : InputFault
        At which cell, and why.
    follows : bool
        Whether nothing is wrong with the row itself: it needs another one that is refused.
    unknown : frozenset of Name
        What it names that is not there, as far as is known.
    """

    fault: InputFault
    follows: bool = False
    unknown: frozenset[Name] = frozenset()


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
    _settled: dict[Row, None] = field(default_factory=dict)

    def refuse(self, row: Row, column: str, message: str, value: object = None) -> None:
        """Refuse a row for what stands in one of its cells (``value`` where only a part of it is meant)."""
        cell = row.cells.get(column, "")
        said = value if value is not None else shown(cell) or None
        self._add(row, Refusal(row.fault(column, said, message)))

    def doubt(
        self, row: Row, column: str, message: str, names: frozenset[Name], value: object = None
    ) -> None:
        """Refuse a row for a name that nothing has; for now, as what it names may be refused too."""
        cell = row.cells.get(column, "")
        said = value if value is not None else shown(cell) or None
        self._add(row, Refusal(row.fault(column, said, message), unknown=names))

    def settle(self, names_of: Callable[[Row], Iterable[Name]]) -> bool:
        """End a round, and return whether rows were refused in it.

        Rows that only name what is not there are forgotten if others were refused: in the next round it is
        known what is refused, and who names that is told so.

        Parameters
        ----------
        names_of : callable
            What a row defines: kinds, each with the key of a name.
        """
        new = [row for row in self.refused if row not in self._settled]
        kept = [row for row in new if not any(reason.unknown for reason in self.refused[row])]
        if not kept:
            defined = {name for row in new for name in names_of(row)}
            kept = [row for row in new if self._is_root(row, defined)] or new
        for row in set(new).difference(kept):
            del self.refused[row]
        self.in_turn = list(self.refused)
        self.accept()
        return bool(kept)

    def accept(self) -> None:
        """Let all that is refused so far stay so."""
        self._settled.update(dict.fromkeys(self.refused))

    def _is_root(self, row: Row, defined: Container[Name]) -> bool:
        """Return whether a row names something that is not there, nor among what was refused just now."""
        unknown = [reason.unknown for reason in self.refused[row] if reason.unknown]
        return bool(unknown) and not any(name in defined for names in unknown for name in names)

    def follow(self, row: Row, column: str, message: str, value: object = None) -> None:
        """Refuse a row that needs another one which is refused."""
        cell = row.cells.get(column, "")
        said = value if value is not None else shown(cell) or None
        self._add(row, Refusal(row.fault(column, said, message), follows=True))

    def add(self, row: Row, fault: InputFault, *, follows: bool) -> None:
        """Refuse a row for a fault found elsewhere."""
        self._add(row, Refusal(fault, follows))

    def _add(self, row: Row, refusal: Refusal) -> None:
        if row not in self.refused and not refusal.unknown:  # what is unknown may be forgotten again
            self.in_turn.append(row)
        reasons = self.refused.setdefault(row, [])
        if all(known.fault != refusal.fault for known in reasons):
            reasons.append(refusal)

    def note(self, text: str) -> None:
        """Keep something that should be known; told once."""
        self.notes[text] = None

    def is_settled(self, row: Row) -> bool:
        """Return whether a row was refused before this round."""
        return row in self._settled

    @property
    def faults(self) -> list[InputFault]:
        """What is wrong, without what only follows from it."""
        own = [r.fault for reasons in self.refused.values() for r in reasons if not r.follows]
        return [*self.general, *own]
