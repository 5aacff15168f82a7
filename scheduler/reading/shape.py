"""What may stand where: the keys of each part of an instance, as they are written."""

from __future__ import annotations

from collections.abc import Container, Sequence
from types import UnionType
from typing import Any, Union, get_args, get_origin

from scheduler.domain import Value
from scheduler.reading.errors import Path


def keys_of(model: type[Value]) -> dict[str, Any]:
    """Return the keys of a part, as they are written, each with the type of its value."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def required_keys(model: type[Value]) -> list[str]:
    """Return the keys without which a part says nothing."""
    return [field.alias or name for name, field in model.model_fields.items() if field.is_required()]


def type_at(model: type[Value], path: Path) -> Any:
    """Return the type of what stands at a path below a part; None where nothing can stand.

    Optional types are stripped of their None, annotated ones of their annotations.
    """
    found: Any = model
    for step in path:
        found = _below(found, step)
    return found


def model_at(model: type[Value], path: Path) -> type[Value] | None:
    """Return the part that stands at a path, or None where something else stands."""
    found = type_at(model, path)
    return found if is_model(found) else None


def is_model(kind: Any) -> bool:
    """Return whether values of a type are parts with keys."""
    return isinstance(kind, type) and issubclass(kind, Value)


def entries_of(kind: Any) -> Any:
    """Return the type of a list's entries; None if the type is no list."""
    return bare(get_args(kind)[0]) if get_origin(kind) in (tuple, frozenset) else None


def values_of(kind: Any) -> Any:
    """Return the type of the values of a mapping whose keys are names; None if the type is none."""
    return bare(get_args(kind)[1]) if get_origin(kind) is dict else None


def bare(kind: Any) -> Any:
    """Return a type without its annotations and without None."""
    while True:
        if hasattr(kind, "__metadata__"):
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, UnionType):
            kind = next(arg for arg in get_args(kind) if arg is not type(None))
        else:
            return kind


def _below(kind: Any, step: str | int) -> Any:
    if is_model(kind):
        return bare(keys_of(kind).get(str(step)))
    if isinstance(step, int):
        return entries_of(kind)
    return values_of(kind)


def value_at(data: object, path: Path) -> object:
    """Return what stands at a path of some data; None where nothing does."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, Sequence) and not isinstance(data, str) and isinstance(step, int):
            data = data[step] if step < len(data) else None
        else:
            return None
    return data


def existing(data: object, path: Path) -> Path:
    """Return the longest beginning of a path that leads to something in some data."""
    for i, step in enumerate(path):
        inside = range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        if step not in inside:
            return path[:i]
        data = data[step]  # type: ignore[index]
    return path


def starts_in(path: Path, places: Container[Path]) -> bool:
    """Return whether a path is one of some places or leads through one."""
    return any(path[:i] in places for i in range(len(path) + 1))
