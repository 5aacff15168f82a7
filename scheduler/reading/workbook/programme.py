"""Settings, priorities, the objective and day parts, into the data of an instance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.domain import Instance
from scheduler.domain.objective import OBJECTIVE_WITH_LEAST, TermName
from scheduler.reading.workbook.drafts import Draft, Source, columns_of, put
from scheduler.reading.workbook.ids import slug
from scheduler.reading.workbook.settings import Settings
from scheduler.reading.workbook.tables import Row
from scheduler.sheets import Kind, folded
from scheduler.sheets import sheet as sheet_of

_SETTINGS = {column.name: column.path or () for column in sheet_of("programme").columns}
_PART = 2
"""Settings that share so many keys are parts of one thing: an organiser, a meal."""

DEFAULT_PRIORITIES = {"high": 9, "normal": 3, "low": 1}
"""What requests are worth where nobody says (as the instance file has it)."""


def add_settings(draft: Draft, stem: str) -> None:
    """Put the settings into the data; the programme is called as the file is if nothing else is said."""
    said: dict[str, Any] = {}
    for row in draft.rows("programme"):
        (name,) = row.cells
        column = row.table.sheet.column(name)
        if column.kind is Kind.CITY:
            continue  # cities are not known yet
        value = draft.value(row, column)
        if value is None:
            continue
        if column.path is None:
            said[name] = value
        elif column.kind is Kind.MORE:
            value = draft.fitting(row, column, value)
            draft.merge(row, column, draft.data, value)
            for key in value:
                draft.sources[key,] = Source(row, {(): name})
        else:
            put(draft.data, column.path, value)
            draft.sources[column.path] = Source(row, {(): name})
    _drop_parts(draft)
    programme = draft.data.setdefault("programme", {})
    programme.setdefault("id", slug(programme.get("title", "")) or slug(stem) or "programme")
    draft.settings = Settings(
        tuple(said.get("dates", ())),
        said.get("opens", "09:00"),
        said.get("closes", "18:00"),
        said.get("meeting length", ""),
    )


def _drop_parts(draft: Draft) -> None:
    """Leave out what needs a setting that is refused: an organiser without an address is none."""
    refused = [row for row in draft.trouble.refused if row.table.sheet.name == "programme"]
    for row in refused:
        path = _path(row)
        if len(path) < _PART + 1:
            continue
        parts = draft.data.get(path[0], {})
        parts.pop(path[1], None)
        if not parts:
            draft.data.pop(path[0], None)
        for other in [*draft.rows("programme")]:
            if _path(other)[:_PART] == path[:_PART]:
                (name,) = other.cells
                draft.trouble.follow(other, name, f"needs a setting that is refused ({row.place})")


def _path(row: Row) -> tuple[str, ...]:
    names = [name for name in row.cells if name in _SETTINGS]
    return _SETTINGS[names[0]] if names else ()


def add_meeting_cities(draft: Draft) -> None:
    """Add to the settings the only cities for meetings of wishes, now that cities are known."""
    for row in draft.rows("programme"):
        if "meeting cities" in row.cells:
            found = draft.said(row, "meeting cities")
            draft.settings = replace(draft.settings, meeting_cities=tuple(found or ()))


def add_lists(draft: Draft) -> None:
    """Put priorities, the objective and day parts into the data."""
    for row in draft.rows("priorities"):
        entry = draft.entry(row)
        if entry is not None and _is_new(draft, row, "priority", "priorities", entry["name"]):
            draft.data.setdefault("priorities", {})[entry["name"]] = entry["worth"]
            draft.sources["priorities", entry["name"]] = Source(row, {(): "worth"})
    for row in draft.rows("objective"):
        entry = draft.entry(row)
        if entry is not None:
            entry["term"] = _term(entry["term"])
            draft.add(("objective",), entry, Source(row, columns_of(row.table.sheet)))
    for row in draft.rows("day parts"):
        entry = draft.entry(row)
        if entry is not None and _is_new(draft, row, "name", "day_parts", entry["name"]):
            name = entry.pop("name")
            draft.data.setdefault("day_parts", {})[name] = entry
            draft.sources["day_parts", name] = Source(row, columns_of(row.table.sheet))
            draft.directory.add(Kind.DAY_PART, name, name, [name])
    for name in _mapping(draft, "day_parts"):
        if not draft.directory.knows(Kind.DAY_PART, name):
            draft.directory.add(Kind.DAY_PART, name, name, [name])


def _mapping(draft: Draft, key: str) -> dict[str, Any]:
    """Return a mapping of the data; `more` may say anything in its place."""
    found = draft.data.get(key, {})
    return found if isinstance(found, dict) else {}


def _is_new(draft: Draft, row: Any, column: str, key: str, name: str) -> bool:
    first = draft.sources.get((key, name))
    if first is not None:
        draft.trouble.refuse(row, column, f"is said already ({first.row.place})")
    return first is None


def _term(written: str) -> str:
    """Return a term as the instance file has it; spaces and capitals do not matter."""
    names = {folded(term.value): term.value for term in TermName}
    return names.get(folded(written), written)


def with_objective(draft: Draft, instance: Instance) -> Instance:
    """Return an instance in which the least meetings that parties ask for count, if nobody says what does."""
    if "objective" in draft.data or not instance.asks_for_least:
        return instance
    return instance.model_copy(update={"objective": OBJECTIVE_WITH_LEAST})


def add_priorities(draft: Draft, of_wishes: dict[str, int]) -> None:
    """Put what requests of wishes are worth beside what others are, as far as nobody says it.

    Parameters
    ----------
    draft : Draft
    of_wishes : dict of str to int
        What requests of wishes are worth; empty if there are no wishes.
    """
    given = _mapping(draft, "priorities") if "priorities" in draft.data else DEFAULT_PRIORITIES
    if of_wishes:
        given = draft.data["priorities"] = {**of_wishes, **given}
    for name in given:
        draft.directory.add(Kind.PRIORITY, name, name, [name])
