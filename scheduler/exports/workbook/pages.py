"""An instance as the rows of sheets: what has a column stands in it, and the rest in ``more``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.domain import Instance
from scheduler.exports.instance_file import data_of
from scheduler.exports.workbook.cells import LONGEST, Cell, cell_of, is_short
from scheduler.exports.yaml_text import flow
from scheduler.sheets import SHEETS, Column, Kind, Path, Shape, Sheet

Data = dict[str, Any]
Row = dict[str, Cell]
"""Cells by the names of their columns; one that is empty is not there."""


class UncarriedError(ValueError):
    """An instance that cells cannot say."""


class _NoPlaceError(Exception):
    """An entry says something that its sheet has no place for."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet.name)
        self.sheet = sheet.name


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet with its rows; of a sheet of settings one row, which has them all."""

    sheet: Sheet
    rows: tuple[Row, ...] = ()


def pages_of(instance: Instance) -> tuple[Page, ...]:
    """Return an instance as sheets; those without a row are left out.

    Raises
    ------
    UncarriedError
        If a text is longer than a cell of a spreadsheet can be.
    """
    left_out: set[str] = set()
    while True:
        writer = _Writer(_data(instance), _clock(instance))
        try:
            rows = {sheet.name: writer.rows(sheet) for sheet in _in_turn() if sheet.name not in left_out}
        except _NoPlaceError as error:
            left_out.add(error.sheet)  # what it would say stands in `more` of what it is inside of
        else:
            return tuple(Page(sheet, tuple(rows[sheet.name])) for sheet in SHEETS if rows.get(sheet.name))


def _data(instance: Instance) -> Data:
    """Return an instance's data; with the objective, if without it a workbook would mean another one."""
    data = data_of(instance)
    if instance.asks_for_least and "objective" not in data:
        data["objective"] = [term.model_dump(mode="json") for term in instance.objective]
    return data


def _in_turn() -> list[Sheet]:
    return sorted(SHEETS, key=_turn)


def _turn(sheet: Sheet) -> tuple[bool, int]:
    """Return when a sheet takes its part: what is inside of other entries first, settings all the rest."""
    return sheet.shape is Shape.SETTINGS, _INNERMOST.index(sheet.name) if sheet.name in _INNERMOST else 99


def _clock(instance: Instance) -> ZoneInfo | None:
    """Return the clock on which all dates and times without an offset are read, if there is but one."""
    zones = {instance.programme.time_zone, *(city.time_zone for city in instance.cities)} - {None}
    return ZoneInfo(str(zones.pop())) if len(zones) == 1 else None


class _Writer:
    """Takes an instance's data apart, sheet by sheet."""

    def __init__(self, data: Data, zone: ZoneInfo | None) -> None:
        self._data = data
        self._zone = zone
        self._emails: set[str] = set()

    def rows(self, sheet: Sheet) -> list[Row]:
        """Return the rows of a sheet, and take what they say out of the data."""
        take = _TAKEN.get(sheet.name) or _listed(sheet.place or ())
        return [self._row(sheet, entry) for entry in take(self._data)]

    def _row(self, sheet: Sheet, entry: Data) -> Row:
        row: Row = {}
        rest: Column | None = None
        for column in sheet.columns:
            if column.kind is Kind.MORE:
                rest = column
            elif column.path is not None:
                path = column.path or (column.name,)
                cell = self._cell(column, _at(entry, path))
                if cell is not None:
                    row[column.name] = cell
                    _remove(entry, path)
        if entry:
            column, text = _rest(sheet, rest, entry)
            _refuse_long(sheet, text)
            row[column.name] = text
        return row

    def _cell(self, column: Column, value: object) -> Cell | None:
        """Return the cell of a value; an address that two people share cannot be the key of both."""
        cell = None if value is None else cell_of(column, value, self._zone)
        if cell is not None and column.kind is Kind.EMAIL:
            address = str(cell).casefold()
            if address in self._emails:
                return None
            self._emails.add(address)
        return cell


def _rest(sheet: Sheet, column: Column | None, entry: Data) -> tuple[Column, str]:
    """Return the column of what is left of an entry, and what it says."""
    if column is None:
        raise _NoPlaceError(sheet)
    for key in column.path or ():
        if set(entry) != {key}:
            raise _NoPlaceError(sheet)
        entry = entry[key]
    return column, flow(entry)


def _refuse_long(sheet: Sheet, text: str) -> None:
    if not is_short(text):
        raise UncarriedError(
            f"this does not go into a cell of the sheet {sheet.name}, which holds {LONGEST:,} characters: "
            f"{text[:60]}…"
        )


def _at(entry: Data, path: Path) -> object:
    value: object = entry
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _remove(entry: Data, path: Path) -> None:
    """Remove a value, and what is left empty around it."""
    if len(path) > 1:
        _remove(entry[path[0]], path[1:])
    if len(path) == 1 or not entry[path[0]]:
        del entry[path[0]]


# -- which entries are the rows of a sheet ---------------------------------------------------------


def _listed(place: Path) -> Callable[[Data], Iterator[Data]]:
    """Return what yields the entries of a list of the instance file."""

    def take(data: Data) -> Iterator[Data]:
        entries: Any = _at(data, place)
        if entries:
            yield from entries
            _remove(data, place)

    return take


def _settings(data: Data) -> Iterator[Data]:
    yield data


def _day_parts(data: Data) -> Iterator[Data]:
    for name, window in data.pop("day_parts", {}).items():
        yield {"name": name, **window}


def _priorities(data: Data) -> Iterator[Data]:
    if data.get("priorities"):
        for name, worth in data.pop("priorities").items():
            yield {"name": name, "worth": worth}


def _locks(data: Data) -> Iterator[Data]:
    sessions = data.get("sessions", [])
    talks = [talk for session in sessions for talk in session.get("talks", [])]
    for activity in (*sessions, *talks, *data.get("meetings", [])):
        if "pin" in activity:
            yield {"activity": activity["id"], "pin": activity.pop("pin")}


def _talks(data: Data) -> Iterator[Data]:
    for session in data.get("sessions", []):
        for talk in session.pop("talks", []):
            yield {"session": session["id"], **talk}


def _venues(data: Data) -> Iterator[Data]:
    """Yield each room with its venue; what is said of the venue once stands in its first row."""
    for city in data["cities"]:
        for venue in city.pop("venues"):
            named = {key: venue[key] for key in ("id", "name") if key in venue}
            rooms = venue.pop("rooms", []) or [None]
            for number, room in enumerate(rooms):
                about = venue if number == 0 else named
                yield {"city": city["id"], **about, **({"rooms": room} if room else {})}


def _transfers(data: Data) -> Iterator[Data]:
    for city in data["cities"]:
        yield from city.pop("transfers", [])


def _cities(data: Data) -> Iterator[Data]:
    """Yield each city with its first opening, and its name with each further one."""
    for city in data.pop("cities"):
        first, *others = city.pop("opening")
        named = {key: city[key] for key in ("id", "name") if key in city}
        yield {**city, "opening": first}
        for opening in others:
            yield {**named, "opening": opening}


def _never(data: Data) -> Iterator[Data]:
    for one, other in data.pop("never", []):
        yield {"one": one, "other": other}


_TAKEN: dict[str, Callable[[Data], Iterator[Data]]] = {
    "locks": _locks,
    "talks": _talks,
    "transfers": _transfers,
    "venues": _venues,
    "cities": _cities,
    "never": _never,
    "day parts": _day_parts,
    "priorities": _priorities,
    "programme": _settings,
}
_INNERMOST = ("locks", "talks", "transfers", "venues")
