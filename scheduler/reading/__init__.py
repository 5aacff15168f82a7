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
    from scheduler.reading.conference import ImportedConference, import_conference, load_conference
    from scheduler.reading.json_schema import schema
    from scheduler.reading.workbook import ImportedWorkbook, WorkbookError, load_workbook
    from scheduler.sheets.report import ImportReport

__all__ = [
    "MAX_BYTES",
    "ImportReport",
    "ImportedConference",
    "ImportedWorkbook",
    "InputError",
    "InputFault",
    "Places",
    "WorkbookError",
    "import_conference",
    "instance_from",
    "load",
    "load_b2b",
    "load_conference",
    "load_solution",
    "load_with_places",
    "load_workbook",
    "schema",
]


_HOMES = {
    "b2b": ("load_b2b",),
    "conference": ("ImportedConference", "import_conference", "load_conference"),
    "json_schema": ("schema",),
    "workbook": ("ImportReport", "ImportedWorkbook", "WorkbookError", "load_workbook"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
