"""An instance rewritten: parts of it changed, by path, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.domain import Instance, Value

Path = tuple[str | int, ...]
"""Keys and positions from the top of an instance."""


class _Gone:
    """In place of a part that is taken out."""


GONE = _Gone()


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of an instance and what takes its place.

    Attributes
    ----------
    path : tuple
        Names of fields, keys, and positions in lists *before* anything is taken out.
    change : callable
        From the old value to the new one (:data:`GONE`: to none). Several of one part are applied one after
        the other, in whatever order: each only loosens what is said there.
    """

    path: Path
    change: Callable[[Any], Any]


def put(path: Path, value: object) -> Edit:
    """Return the edit that puts a value in the place of whatever is there."""
    return Edit(path, lambda _: value)


def take_out(path: Path) -> Edit:
    """Return the edit that takes an entry out of its list or mapping."""
    return Edit(path, lambda _: GONE)


def rewritten(instance: Instance, edits: Iterable[Edit]) -> Instance:
    """Return an instance with parts of it changed; it is not checked again.

    What looser requirements leave may be more than can be written: a journey without length, an opening too
    short for a meeting that had no date before. All of it means what ``docs/meaning.md`` says of it.
    """
    changed = _changed(instance, [(edit.path, edit.change) for edit in edits])
    assert isinstance(changed, Instance)
    return changed


_Change = tuple[Path, Callable[[Any], Any]]


def _changed(value: Any, changes: list[_Change]) -> Any:
    inner: dict[str | int, list[_Change]] = {}
    for path, change in changes:
        if path:
            inner.setdefault(path[0], []).append((path[1:], change))
    if inner:
        value = _with_parts(value, inner)
    for path, change in changes:
        if not path and value is not GONE:
            value = change(value)
    return value


def _with_parts(value: Any, inner: Mapping[str | int, list[_Change]]) -> Any:
    """Return a value with parts of it changed; what it has worked out of the old ones is not kept."""
    if isinstance(value, Value):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        fields |= {str(name): _changed(fields[str(name)], changes) for name, changes in inner.items()}
        return type(value).model_construct(**fields)
    if isinstance(value, dict):
        items = {key: _changed(old, inner[key]) if key in inner else old for key, old in value.items()}
        return {key: new for key, new in items.items() if new is not GONE}
    parts = [_changed(old, inner[i]) if i in inner else old for i, old in enumerate(value)]
    return tuple(part for part in parts if part is not GONE)
