"""An instance as a YAML file that people read and ``load`` reads back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from scheduler.domain import Instance
from scheduler.exports.writing import write_files
from scheduler.exports.yaml_text import flow

SETS = frozenset({"features", "languages", "roles"})
"""The keys whose values have no order of their own."""

_FIRST = ("id", "name")

_WIDTH = 108
"""What fits into such a line stands on one."""


def instance_text(instance: Instance, head: str = "") -> str:
    """Return an instance as YAML: what differs from the defaults, and a line for each part that fits on one.

    Parameters
    ----------
    instance : Instance
        Any: tables and baseline are written out.
    head : str
        What comments say at the top, line by line.

    Returns
    -------
    str
        The same for equal instances. What is read from it is equal to the instance.
    """
    return data_text(data_of(instance), head)


def data_of(instance: Instance) -> dict[str, Any]:
    """Return what differs from the defaults as it is written: plain mappings, lists and scalars."""
    data = instance.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {key: _ordered(value) for key, value in data.items()}


def data_text(data: Mapping[str, object], head: str = "") -> str:
    """Return plain data as YAML, after comments."""
    comments = [f"# {''.join(c if c.isprintable() else '?' for c in line)}" for line in head.splitlines()]
    return "\n".join([*comments, *_lines(data)]) + "\n"


def write_instance(instance: Instance, path: str | PathLike[str], head: str = "") -> Path:
    """Write an instance to a file, which is there whole or as it was before.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    path = Path(path)
    (written,) = write_files(path.parent, {path.name: instance_text(instance, head).encode("utf-8")})
    return written


def _ordered(value: object, key: str = "") -> object:
    """Return data with what names a part at its beginning, and sets in order of the alphabet."""
    if isinstance(value, dict):
        first = [name for name in _FIRST if name in value]
        return {name: _ordered(value[name], name) for name in dict.fromkeys((*first, *value))}
    if isinstance(value, list):
        return sorted(value) if key in SETS else [_ordered(item) for item in value]
    return value


def _lines(value: object) -> Iterator[str]:
    """Yield a mapping or a list in YAML's block style, without indentation."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _entry(f"{flow(key)}:", item)
    elif isinstance(value, list):
        for item in value:
            yield from _entry("-", item)


def _entry(label: str, value: object) -> Iterator[str]:
    """Yield the lines of a labelled value: one, if it fits."""
    text = "" if _is_table(value) else flow(value)
    if text and (len(label) + len(text) < _WIDTH or not isinstance(value, dict | list)):
        yield f"{label} {text}"
        return
    lines = (f"  {line}" for line in _lines(value))
    if label == "-":
        label += next(lines)[1:]
    yield label
    yield from lines


def _is_table(value: object) -> bool:
    """Return whether a value is a list of parts, which have a line each."""
    return isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict)
