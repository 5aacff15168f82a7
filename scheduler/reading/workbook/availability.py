"""The sheet of availability: a grid of people against times, or rows with stretches of time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scheduler.reading.errors import Path, letters
from scheduler.reading.workbook.drafts import Draft, Source
from scheduler.reading.workbook.pages import Cell, Page, spread
from scheduler.reading.workbook.places import Days
from scheduler.reading.workbook.presence import Stretch, be_away, instant, only_there, zone_of_programme
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.tables import Reading, Row, Table, names_of, read_table
from scheduler.reading.workbook.times import (
    UnfitError,
    at,
    normal,
    read_clock,
    read_date,
    read_interval,
    read_moment,
    read_window,
)
from scheduler.reading.workbook.values import read_yes
from scheduler.sheets import Column, Sheet, folded

_LOOKED_AT = 40
_PERSON = "person"


@dataclass(frozen=True)
class Slot:
    """A column of a grid: a stretch of time, on the clock of the programme.

    Attributes
    ----------
    column : str
        What its cells are called in a row.
    start, end : str
    """

    column: str
    start: str
    end: str


@dataclass
class Grid(Reading):
    """A page of availability that is a grid.

    Attributes
    ----------
    slots : tuple of Slot
    """

    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class _Head:
    """What stands above a column: a date, a time, or both; the end if it is said."""

    at: int
    date: str = ""
    clock: str = ""
    end: str = ""


def read_availability(page: Page, sheet: Sheet, order: str, step: dt.timedelta) -> Reading:
    """Return the rows of a sheet of availability, as a :class:`Grid` if it is one.

    Parameters
    ----------
    page : Page
    sheet : Sheet
    order : str
        How dates are meant that could be read in two ways.
    step : datetime.timedelta
        How long a slot is where nothing says.
    """
    known = names_of(sheet)
    found = _person(page, known)
    if found is None:
        return read_table(page, sheet)
    row, column = found
    spread(page, range(max(row - 1, 0), min(row + 2, len(page.rows))), sideways=True)
    header, heads = _heads(page, row, column, order)
    if not heads:
        return read_table(page, sheet)
    spread(page, range(header + 1, len(page.rows)), sideways=True)
    slots = tuple(_slots(heads, step))
    table = Table(sheet, page, header, {_PERSON: column} | {slot.column: int(slot.column) for slot in slots})
    grid = Grid(table, slots=slots)
    covered = {column, *(int(slot.column) for slot in slots)}
    grid.notes += _not_read(page, header, covered)
    for number in range(header + 1, len(page.rows)):
        cells = page.rows[number]
        said = {name: cells[at] for name, at in table.columns.items() if at < len(cells) and shown(cells[at])}
        if said:
            grid.rows.append(Row(table, number, said))
    return grid


def _person(page: Page, known: Mapping[str, Column]) -> tuple[int, int] | None:
    """Return the cell that heads the people of a grid; None for a sheet of rows."""
    for number, row in enumerate(page.rows[:_LOOKED_AT]):
        names = {
            known[name].name: at
            for at, cell in enumerate(row)
            if isinstance(cell, str) and (name := folded(cell)) in known
        }
        if _PERSON in names:
            return None if {"from", "to"} & names.keys() else (number, names[_PERSON])
    return None


def _heads(page: Page, row: int, column: int, order: str) -> tuple[int, list[_Head]]:
    """Return the row of the header, and what stands above the columns right of the people."""
    here = _parsed(page, row, column, order)
    timed = sum(bool(head.clock) for head in here)
    if timed and all(head.date for head in here if head.clock):
        return row, [head for head in here if head.clock]
    if timed and row:
        return row, _with_dates(here, _parsed(page, row - 1, column, order, dates_only=True))
    below = _parsed(page, row + 1, column, order) if row + 1 < len(page.rows) else []
    if any(head.clock for head in below) and page.rows[row + 1][column] in ("", page.rows[row][column]):
        return row + 1, _with_dates([head for head in below if head.clock], here)
    return row, [head for head in here if head.date]


def _parsed(page: Page, row: int, column: int, order: str, *, dates_only: bool = False) -> list[_Head]:
    found = []
    for at_, cell in enumerate(page.rows[row]):
        head = _head(at_, cell, order) if at_ > column and shown(cell) else None
        if head is not None and not (dates_only and not head.date):
            found.append(head)
    return found


def _head(at_: int, cell: Cell, order: str) -> _Head | None:
    """Return what a cell of a header says of time; None if nothing."""
    try:
        if isinstance(cell, str):
            return _head_of_text(at_, normal(cell), order)
        if isinstance(cell, dt.datetime) and cell.time() != dt.time(0):
            date, _, clock = read_moment(cell).partition("T")
            return _Head(at_, date, clock)
        if isinstance(cell, dt.date):
            return _Head(at_, read_date(cell).isoformat())
        return _Head(at_, clock=read_clock(cell))
    except UnfitError:
        return None


def _head_of_text(at_: int, text: str, order: str) -> _Head:
    for read in (read_moment, read_date):
        try:
            date, _, clock = str(read(text, order)).partition("T")
        except UnfitError as error:
            if "could be" in str(error):
                raise
        else:
            return _Head(at_, date, clock)
    try:
        return _Head(at_, clock=read_clock(text))
    except UnfitError:
        window = read_window(text, order)
    return _Head(at_, window.get("date", ""), window.get("from", "00:00"), window.get("to", "24:00"))


def _with_dates(times: list[_Head], dates: list[_Head]) -> list[_Head]:
    """Return times with the date that stands above them, or left of that."""
    found = []
    for head in times:
        above = [date for date in dates if date.at <= head.at and date.date]
        if above and head.clock:
            found.append(_Head(head.at, above[-1].date, head.clock, head.end))
    return found


def _slots(heads: list[_Head], step: dt.timedelta) -> list[Slot]:
    """Return the slots of a grid; without an end, one lasts to the next, and no longer than is usual."""
    starts = {head.at: at(dt.date.fromisoformat(head.date), head.clock or "00:00") for head in heads}
    gaps: Counter[float] = Counter()
    for one, other in pairwise(heads):
        if one.clock and one.date == other.date:
            gaps[instant(starts[other.at], None) - instant(starts[one.at], None)] += 1
    usual = max(
        (gap for gap in gaps if gap > 0), key=lambda gap: (gaps[gap], -gap), default=step.total_seconds()
    )
    following = {one.at: starts[other.at] for one, other in pairwise(heads) if one.date == other.date}
    return [Slot(str(head.at), starts[head.at], _end(head, starts, following, usual)) for head in heads]


def _end(head: _Head, starts: dict[int, str], following: dict[int, str], usual: float) -> str:
    date = dt.date.fromisoformat(head.date)
    if head.end or not head.clock:
        return at(date, head.end or "24:00")
    start = dt.datetime.fromisoformat(starts[head.at])
    end = (start + dt.timedelta(seconds=usual)).isoformat(timespec="minutes")
    return min(end, following.get(head.at, end)) if following.get(head.at, end) > starts[head.at] else end


def _not_read(page: Page, header: int, covered: set[int]) -> list[str]:
    return [
        f'{page.title}: column {letters(at_ + 1)} "{shown(cell)}" is not read'
        for at_, cell in enumerate(page.rows[header])
        if at_ not in covered and shown(cell)
    ]


def days_of(reading: Reading | None) -> Days:
    """Return from when to when a grid has slots on each of its dates."""
    if not isinstance(reading, Grid):
        return {}
    found: Days = {}
    for slot in reading.slots:
        date, _, start = slot.start.partition("T")
        end = slot.end[11:] if slot.end[:10] == date else "24:00"
        first, last = found.get(date, (start, end))
        found[date] = (min(first, start), max(last, end))
    return dict(sorted(found.items()))


def add_availability(draft: Draft) -> None:
    """Put what the sheet says into the entries of delegations and people."""
    paths: dict[str, Path] = {
        entry["id"]: (key, i)
        for key in ("delegations", "participants")
        for i, entry in enumerate(draft.data.get(key, ()))
    }
    reading = draft.readings.get("availability")
    if isinstance(reading, Grid):
        _add_grid(draft, reading, paths)
    else:
        _add_rows(draft, paths)


def _add_grid(draft: Draft, grid: Grid, paths: dict[str, Path]) -> None:
    first: dict[str, Row] = {}
    for row in draft.rows("availability"):
        name = draft.said(row, _PERSON)
        marks = {slot.column: mark for slot in grid.slots if (mark := _mark(draft, row, slot)) is not None}
        if name is None and row not in draft.trouble.refused:
            draft.trouble.refuse(row, _PERSON, "is empty: every row needs it")
        if row in draft.trouble.refused or name not in paths:
            continue  # who is refused now is known to be in the next round
        if (before := first.setdefault(name, row)) is not row:
            draft.trouble.refuse(row, _PERSON, f"has a row already ({before.place})")
            continue
        # Who marks when they can come leaves the rest empty; who marks when they cannot does so too.
        blank = not any(marks.values())
        away = [slot for slot in grid.slots if marks and not marks.get(slot.column, blank)]
        for stretch in _joined(away):
            be_away(draft, paths[name], stretch, Source(row, {(): away[0].column}))


def _mark(draft: Draft, row: Row, slot: Slot) -> bool | None:
    cell = row.cells.get(slot.column, "")
    if cell == "":
        return None
    try:
        return read_yes(cell)
    except UnfitError:
        draft.trouble.refuse(row, slot.column, "should be yes or no (or x, 1, 0, or empty)")
        return None


def _joined(slots: Sequence[Slot]) -> list[Stretch]:
    """Return stretches of time, those that touch put together."""
    found: list[Stretch] = []
    for slot in sorted(slots, key=lambda slot: slot.start):
        if found and slot.start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], slot.end))
        else:
            found.append((slot.start, slot.end))
    return found


def _add_rows(draft: Draft, paths: dict[str, Path]) -> None:
    zone = zone_of_programme(draft)
    there: dict[str, list[tuple[Stretch, Row]]] = {}
    for row in draft.rows("availability"):
        entry = draft.entry(row, ())
        name, start, end, free = (draft.said(row, key) for key in (_PERSON, "from", "to", "available"))
        if entry is None or row in draft.trouble.refused or name not in paths:
            continue
        if instant(start, zone) >= instant(end, zone):
            draft.trouble.refuse(row, "to", "should be later than `from`")
        elif free is None or free:
            there.setdefault(name, []).append(((start, end), row))
        else:
            be_away(draft, paths[name], (start, end), Source(row, {(): "from", ("to",): "to"}))
    for name, stretches in there.items():
        only_there(draft, paths[name], [each for each, _ in stretches], Source(stretches[0][1], {(): "from"}))


__all__ = ["Grid", "Slot", "add_availability", "days_of", "read_availability", "read_interval"]
