"""What stands in other files and is named by an instance: tables, and a baseline."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from scheduler.domain import Meeting, Participant, Solution, Value
from scheduler.domain.faults.spelling import hint
from scheduler.reading.errors import InputError, InputFault, Path, in_order
from scheduler.reading.judge import zone_of
from scheduler.reading.messages import Finding, details_of, finding
from scheduler.reading.origins import Origins, YamlOrigin
from scheduler.reading.shape import starts_in
from scheduler.reading.text import read_text
from scheduler.reading.yaml_data import parse

if TYPE_CHECKING:  # many instances are one file, and name no table
    from scheduler.reading.tables import Table

_NAMED = {"table": "{table: file.csv}", "solution": "{solution: file.solution.yaml}"}


class SolutionFile(NamedTuple):
    """A solution and where it stands."""

    solution: Solution
    text: str


def read_solution(path: FilePath, name: str, zone: ZoneInfo | None) -> SolutionFile:
    """Read a solution; times without an offset are in ``zone``, if one is given.

    Raises
    ------
    InputError
        With everything that is wrong with its shape.
    """
    text = read_text(path, name)
    parsed = parse(text, name)
    try:
        solution = Solution.model_validate(
            parsed.data, context={"time_zone": zone}, by_alias=True, by_name=False
        )
    except ValidationError as error:
        said = (finding(detail, parsed.data, Solution) for detail in details_of(error))
        found = [each for each in said if not starts_in(each.path, parsed.refused)]
        faults = [*parsed.faults, *YamlOrigin(name, text).located(found)]
        raise InputError(in_order(faults, name)) from None
    if parsed.faults:
        raise InputError(parsed.faults)
    return SolutionFile(solution, text)


class Beside:
    """The data of an instance file together with what it names in other files.

    Parameters
    ----------
    folder : pathlib.Path
        Of the instance file.
    data : dict
        The file's; it is not changed.
    origins : Origins
        Where the data comes from: what comes from other files is entered.
    confined : bool
        Whether the baseline must stand in the folder or below, as tables must.
    zone : ZoneInfo or None
        Of times without an offset in the baseline; None: what the data says.

    Attributes
    ----------
    data : dict
        With tables and baseline in place.
    faults : list of InputFault
        What is wrong with the other files, or with how they are named.
    lost : set of str
        Keys whose files could not be used.
    partly : set of str
        Keys of whose tables not all could be used.
    """

    def __init__(
        self,
        folder: FilePath,
        data: dict[str, object],
        origins: Origins,
        *,
        confined: bool,
        zone: ZoneInfo | None = None,
    ) -> None:
        self.data = dict(data)
        self.faults: list[InputFault] = []
        self.lost: set[str] = set()
        self.partly: set[str] = set()
        self._folder = folder
        self._origins = origins
        self._zone = zone
        for key in ("participants", "meetings"):
            if isinstance(self.data.get(key), dict) and (table := self._table(key)):
                self.data[key] = table.entries
                origins.parts[(key,)] = table.origin
        if "availability" in self.data:
            self._add_availability()
        if isinstance(self.data.get("baseline"), dict):
            self._add_baseline(confined=confined)

    def _add_availability(self) -> None:
        if isinstance(self.data["availability"], dict):
            from scheduler.reading.availability import merge

            table = self._table("availability")
            if table:
                unread = not self.lost.isdisjoint({"delegations", "participants"})
                self.faults += merge(table, self.data, self._origins, unread=unread)
        else:
            self._find(("availability",), None, f"should be a table: {_NAMED['table']}")
        self.data.pop("availability", None)

    def _add_baseline(self, *, confined: bool) -> None:
        file = self._file("baseline", "solution", inside=confined)
        if file is None:
            return
        try:
            solution, text = read_solution(file.path, file.name, self._zone or zone_of(self.data))
        except InputError as error:
            self._refuse(file, error)
            return
        self.data["baseline"] = list(solution.placements)
        self._origins.parts[("baseline",)] = YamlOrigin(file.name, text, ("placements",))

    def _table(self, key: str) -> Table | None:
        """Return the table that a key names; None (and the key is lost) if there is none to be used."""
        file = self._file(key, "table", inside=True)
        if file is None:
            return None
        from scheduler.reading.availability import AvailabilityRow
        from scheduler.reading.tables import read_table

        rows: dict[str, type[Value]] = {
            "participants": Participant,
            "meetings": Meeting,
            "availability": AvailabilityRow,
        }
        try:
            table = read_table(file.path, file.name, rows[key])
        except InputError as error:
            self._refuse(file, error)
            return None
        if table.faults:
            self.partly.add(key)
            self.faults += table.faults
        return table

    def _file(self, key: str, word: str, *, inside: bool) -> _File | None:
        """Return the file that ``{word: file}`` names; None (and the key is lost) if it names none."""
        said = self.data[key]
        assert isinstance(said, dict)
        for other in said:
            if other != word:
                self._find((key, other), other, f"is no key here{hint(other, [word])}", of_key=True)
        named = said.get(word)
        if not isinstance(named, str) or not named.strip():
            self._find((key,), None, f"should be a list, or {_NAMED[word]}")
        elif FilePath(named).is_absolute():
            self._find((key, word), named, "should be relative to the folder of this file")
        elif inside and not is_inside(self._folder / named, self._folder):
            self._find((key, word), named, "leads out of the folder of this file")
        else:
            path = self._folder / named
            return _File(path, str(path), (key, word), named)
        self._lose(key)
        return None

    def _refuse(self, file: _File, error: InputError) -> None:
        """Enter what is wrong with a file; what is wrong with all of it is said where it is named."""
        for fault in error.faults:
            if fault.line:
                self.faults.append(fault)
            else:
                self._find(file.named_at, file.named, fault.message)
        self._lose(str(file.named_at[0]))

    def _lose(self, key: str) -> None:
        self.lost.add(key)
        del self.data[key]

    def _find(self, path: Path, value: object, message: str, *, of_key: bool = False) -> None:
        self.faults += self._origins.located([Finding(path, value, message, of_key)])


class _File(NamedTuple):
    path: FilePath
    name: str
    named_at: Path
    named: str


def is_inside(path: FilePath, folder: FilePath) -> bool:
    """Return whether a file is in a folder or below it, links followed."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False
