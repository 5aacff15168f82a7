"""The table of availability: when parties arrive, leave, and are away."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, ValidationError

from scheduler.domain import Value
from scheduler.domain.faults.spelling import hint
from scheduler.reading.errors import InputFault, Path
from scheduler.reading.messages import Finding, details_of, finding
from scheduler.reading.origins import Origins, TableOrigin
from scheduler.reading.tables import Table

_MOST_HINTS = 50
"""Comparing names is slow: past this many, unknown parties are reported without a nearest one."""


class AvailabilityKind(StrEnum):
    """What a row says of its party."""

    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    ABSENCE = "absence"


class AvailabilityRow(Value):
    """One row: an arrival (its time in either column), a departure likewise, or an absence."""

    party: str
    kind: AvailabilityKind
    start: str | None = Field(default=None, alias="from")
    end: str | None = Field(default=None, alias="to")


def merge(table: Table, data: dict[str, object], origins: Origins, *, unread: bool) -> list[InputFault]:
    """Put what a table of availability says into the parties of an instance's data.

    Parameters
    ----------
    table : Table
        Of :class:`AvailabilityRow` entries.
    data : dict
        The instance's; its lists of delegations and participants are replaced, not changed.
    origins : Origins
        Where the data comes from: what the table adds is entered.
    unread : bool
        Whether there are parties that could not be read: then none is called unknown.

    Returns
    -------
    list of InputFault
        Rows that say nothing of anybody, or what is said already.
    """
    merger = _Merger(data, table.origin, origins, unread=unread)
    for row, entry in enumerate(table.entries):
        try:
            merger.add(row, AvailabilityRow.model_validate(entry, by_alias=True, by_name=False))
        except ValidationError as error:
            said = (finding(detail, entry, AvailabilityRow) for detail in details_of(error))
            merger.found += [each._replace(path=(row, *each.path)) for each in said]
    return [
        fault._replace(path=("availability", *fault.path)) for fault in table.origin.located(merger.found)
    ]


class _Merger:
    def __init__(
        self, data: dict[str, object], table: TableOrigin, origins: Origins, *, unread: bool
    ) -> None:
        self.found: list[Finding] = []
        self._table = table
        self._origins = origins
        self._parties: dict[str, tuple[Path, dict[str, object]]] = {}
        self._unread = unread
        for key in ("delegations", "participants"):
            self._take(data, key)

    def _take(self, data: dict[str, object], key: str) -> None:
        """Replace a list of parties by one whose entries may be changed, and know them by their ids."""
        entries = data.get(key, [])
        if not isinstance(entries, list):
            self._unread = True
            return
        data[key] = copies = [dict(entry) if isinstance(entry, dict) else entry for entry in entries]
        for i, entry in enumerate(copies):
            name = entry.get("id") if isinstance(entry, dict) else None
            if isinstance(name, str | int | float):
                self._parties.setdefault(str(name), ((key, i), entry))
            else:
                self._unread = True

    def add(self, row: int, said: AvailabilityRow) -> None:
        """Add what a row says to its party."""
        if said.party in self._parties:
            path, entry = self._parties[said.party]
            if said.kind is AvailabilityKind.ABSENCE:
                self._add_absence(row, said, path, entry)
            else:
                self._set_moment(row, said, path, entry)
        elif not self._unread:
            nearest = hint(said.party, self._parties) if len(self.found) < _MOST_HINTS else ""
            self._find((row, "party"), said.party, f"is no party of this programme{nearest}")

    def _set_moment(self, row: int, said: AvailabilityRow, path: Path, entry: dict[str, object]) -> None:
        key = said.kind.value
        if key in entry:
            self._find((row, "kind"), key, f'is known of "{said.party}" already')
        elif said.start and said.end:
            self._find((row, "to"), said.end, f"is one moment too many: `from` says when the {key} is")
        elif said.start or said.end:
            entry[key] = said.start or said.end
            columns: dict[Path, str] = {(): "from" if said.start else "to"}
            self._origins.parts[(*path, key)] = self._table.of_row(row, columns)
        else:
            self._find((row, "from"), None, "has no value: it says when")

    def _add_absence(self, row: int, said: AvailabilityRow, path: Path, entry: dict[str, object]) -> None:
        absences = entry.get("absences", [])
        if isinstance(absences, list):
            place: Path = (*path, "absences", len(absences))
            columns: dict[Path, str] = {(): "from", ("from",): "from", ("to",): "to"}
            self._origins.parts[place] = self._table.of_row(row, columns)
            given = {"from": said.start, "to": said.end}
            entry["absences"] = [*absences, {key: value for key, value in given.items() if value is not None}]

    def _find(self, path: Path, value: object, message: str) -> None:
        self.found.append(Finding(path, value, message))
