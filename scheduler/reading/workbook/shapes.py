"""What shape the keys of ``more`` have: whoever puts the data together relies on lists being lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scheduler.domain import Departure, Instance, Speaker, Talk
from scheduler.reading.shape import bare, entries_of, is_model, keys_of, type_at, values_of
from scheduler.sheets import Column, Sheet
from scheduler.sheets import sheet as sheet_of

_ALSO_TEXT = (Speaker, Departure)
"""Parts that may be written as one word."""
_OWN_SHEETS = {
    ("participants" if name == "people" else name): name
    for name in (
        "cities",
        "travel",
        "people",
        "delegations",
        "interpreters",
        "tracks",
        "sessions",
        "meetings",
    )
}
"""The keys at the top that only their own sheets say, and these sheets."""


def misfits(sheet: Sheet, column: Column, more: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with the shape of keys in ``more``, each as the end of a sentence about the cell.

    Parameters
    ----------
    sheet : Sheet
    column : Column
        The column ``more`` of the sheet.
    more : mapping of str to object
        What a cell of it says.
    """
    model = _model(sheet, column)
    for key, value in more.items():
        if model is Instance and key in _OWN_SHEETS:
            yield f'says `{key}`, which the sheet "{_OWN_SHEETS[key]}" says'
        elif key == "id":
            yield "says `id`, which has a column of its own"
        else:
            wanted = _wanted(keys_of(model).get(key), value) if is_model(model) else None
            if wanted:
                yield f"says `{key}`, which should be {wanted}"


def _model(sheet: Sheet, column: Column) -> Any:
    """Return what the keys of ``more`` belong to."""
    if sheet.place is not None:
        return type_at(Instance, (*sheet.place, 0)) if sheet.place else Instance
    if sheet.name == "venues":
        return type_at(
            Instance, ("cities", 0, "venues", 0, *(step for key in column.path or () for step in (key, 0)))
        )
    return Talk if sheet is sheet_of("talks") else None


def _wanted(kind: Any, value: object) -> str:
    """Return what a value should be; empty if it is."""
    if kind is None:
        return ""
    kind = bare(kind)
    inner = entries_of(kind)
    if inner is not None:
        if not isinstance(value, list):
            return "a list"
        return next(filter(None, (_wanted(inner, item) for item in value)), "")
    if not is_model(kind) and values_of(kind) is None:
        return ""
    if isinstance(value, str) and kind in _ALSO_TEXT:
        return ""
    if not isinstance(value, dict):
        return "made of keys and values in braces"
    known = keys_of(kind) if is_model(kind) else {}
    return next(filter(None, (_wanted(known.get(key), item) for key, item in value.items())), "")
