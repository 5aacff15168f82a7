"""From files to instances: YAML, CSV tables and published benchmarks, with every error at its place.

What few programs use is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.reading.errors import InputError, InputFault
from scheduler.reading.files import Places, instance_from, load, load_solution, load_with_places
from scheduler.reading.text import MAX_BYTES

if TYPE_CHECKING:
    from scheduler.reading.b2b import load_b2b
    from scheduler.reading.json_schema import schema

__all__ = [
    "MAX_BYTES",
    "InputError",
    "InputFault",
    "Places",
    "instance_from",
    "load",
    "load_b2b",
    "load_solution",
    "load_with_places",
    "schema",
]


def __getattr__(name: str) -> Any:
    if name == "load_b2b":
        from scheduler.reading.b2b import load_b2b

        return load_b2b
    if name == "schema":
        from scheduler.reading.json_schema import schema

        return schema
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
