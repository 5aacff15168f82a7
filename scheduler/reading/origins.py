"""Where data comes from, so that what is wrong with it can be shown in its file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from scheduler.reading.errors import InputFault, Path
from scheduler.reading.messages import Finding
from scheduler.reading.yaml_data import Place, places

_BEGINNING = Place(None, (1, 1))
"""Where a file begins that says nothing."""


class Origin(ABC):
    """A file, or a part of one, that some data was read from."""

    @abstractmethod
    def located(self, found: Sequence[Finding]) -> list[InputFault]:
        """Return findings (paths from the top of this origin's data) with their places in the file.

        In the order of the findings, one fault for each.
        """


class YamlOrigin(Origin):
    """A YAML text, or what stands at some place of it.

    Parameters
    ----------
    name : str
        How errors name the file.
    text : str
        All of it.
    base : Path
        Where in the file the data stands.
    """

    def __init__(self, name: str, text: str, base: Path = ()) -> None:
        self._name = name
        self._text = text
        self._base = base

    def located(self, found: Sequence[Finding]) -> list[InputFault]:
        """Return findings with line and column of the key or value; of its surroundings where it is none."""
        paths = [(*self._base, *each.path) for each in found]
        known = places(self._text, {path[:i] for path in paths for i in range(len(path) + 1)})
        return [self._fault(each, path, known) for each, path in zip(found, paths, strict=True)]

    def _fault(self, found: Finding, path: Path, known: Mapping[Path, Place]) -> InputFault:
        around = (known.get(path[:i]) for i in range(len(path), -1, -1))
        place = next((place for place in around if place), _BEGINNING)
        line, column = place.key if found.of_key and place.key else place.value
        return InputFault(self._name, line, column, found.path, found.value, found.message)


class TableOrigin(Origin):
    """The rows of a table, or some cells of one row.

    Parameters
    ----------
    name : str
        How errors name the file.
    rows : sequence of int
        The row of each entry; the header is row 1.
    columns : mapping of Path to str
        What stands where in an entry, by the name of its column.
    header : sequence of str
        The names of the columns, in their order.
    """

    def __init__(
        self, name: str, rows: Sequence[int], columns: Mapping[Path, str], header: Sequence[str]
    ) -> None:
        self._name = name
        self._rows = rows
        self._columns = columns
        self._header = header

    def of_row(self, entry: int, columns: Mapping[Path, str]) -> Origin:
        """Return the origin of one value (not a list of entries) that stands in cells of an entry's row."""
        return _RowOrigin(self._name, [self._rows[entry]], columns, self._header)

    def located(self, found: Sequence[Finding]) -> list[InputFault]:
        """Return findings with the row and the number of the column, which their messages name."""
        return [self._fault(each, self._rows[int(each.path[0])], each.path[1:]) for each in found]

    def _fault(self, found: Finding, row: int, path: Path) -> InputFault:
        names = (self._columns.get(path[:i]) for i in range(len(path), -1, -1))
        column = next((name for name in names if name is not None), None)
        number = self._header.index(column) + 1 if column in self._header else 1
        named = f' (column "{column}")' if column is not None else ""
        return InputFault(self._name, row, number, found.path, found.value, found.message + named)


class _RowOrigin(TableOrigin):
    def located(self, found: Sequence[Finding]) -> list[InputFault]:
        return [self._fault(each, self._rows[0], each.path) for each in found]


class Below(Origin):
    """What stands under a key of a file and is read as if it were the whole.

    Parameters
    ----------
    origin : Origin
        Of what stands there.
    key : str
    """

    def __init__(self, origin: Origin, key: str) -> None:
        self._origin = origin
        self._key = key

    def located(self, found: Sequence[Finding]) -> list[InputFault]:
        """Return findings with their places, and paths from the top of the file."""
        return [fault._replace(path=(self._key, *fault.path)) for fault in self._origin.located(found)]


class NoOrigin(Origin):
    """Data that was read from no file."""

    def located(self, found: Sequence[Finding]) -> list[InputFault]:
        """Return findings without a place."""
        return [InputFault("", 0, 0, each.path, each.value, each.message) for each in found]


class Origins(Origin):
    """Where all data of one instance comes from: one main file, and others for parts of it.

    Parameters
    ----------
    main : Origin
        Of everything that :attr:`parts` does not name.

    Attributes
    ----------
    parts : dict of Path to Origin
        The paths of what was read from other files; an origin counts paths from there.
    """

    def __init__(self, main: Origin) -> None:
        self.parts: dict[Path, Origin] = {(): main}

    def located(self, found: Sequence[Finding]) -> list[InputFault]:
        """Return findings, each with its place in its file and its path from the top of the data."""
        groups: dict[Path, list[int]] = {}
        for number, each in enumerate(found):
            prefix = next(each.path[:i] for i in range(len(each.path), -1, -1) if each.path[:i] in self.parts)
            groups.setdefault(prefix, []).append(number)
        by_number: dict[int, InputFault] = {}
        for prefix, numbers in groups.items():
            inner = [found[number]._replace(path=found[number].path[len(prefix) :]) for number in numbers]
            placed = self.parts[prefix].located(inner)
            by_number |= {
                number: fault._replace(path=prefix + fault.path)
                for number, fault in zip(numbers, placed, strict=True)
            }
        return [by_number[number] for number in range(len(found))]
