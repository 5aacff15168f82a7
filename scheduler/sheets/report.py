"""What became of the rows of a workbook: how many were read, used and refused, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetCount:
    """The rows of one sheet that say something; each is either used or refused.

    Attributes
    ----------
    sheet : str
        As the workbook calls it.
    read, used, refused : int
    """

    sheet: str
    read: int
    used: int

    @property
    def refused(self) -> int:
        """How many rows could not be used."""
        return self.read - self.used


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not used.

    Attributes
    ----------
    file, sheet : str
        Where it stands; the sheet is empty where the file is one.
    row : int
        As a spreadsheet shows it, from 1.
    column : str
        The letters of the cell at fault.
    value : str
        What stands there.
    reason : str
        What is wrong, to be read after the value.
    follows : bool
        Whether the row itself is right, and names something that is refused.
    cells : tuple of str
        The whole row.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str
    follows: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a workbook.

    Attributes
    ----------
    counts : tuple of SheetCount
        Of each sheet that was read, in the order of the workbook.
    refused : tuple of RefusedRow
        In the order of the workbook; a row with several faults stands once for each.
    notes : tuple of str
        What is right, or not read, and should be known.
    """

    counts: tuple[SheetCount, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        """How many rows were read in all."""
        return sum(count.read for count in self.counts)

    @property
    def used(self) -> int:
        """How many of them are used."""
        return sum(count.used for count in self.counts)
