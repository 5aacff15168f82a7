"""Schedules programmes that travel: who meets whom, where and when.

>>> import scheduler
>>> instance = scheduler.load("instances/tiny.yaml")
>>> result = scheduler.solve(instance)
>>> scheduler.check(instance, result.solution).valid
True

Every name is imported when it is first used: ``import scheduler`` alone loads nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from scheduler.checker import Verdict, check
    from scheduler.domain import Instance, Placement, Solution, Status, Violation
    from scheduler.explain.explanation import Explanation, why_infeasible
    from scheduler.explain.replan import Replanned, ReplanOptions, replan
    from scheduler.explain.suggest import NewMeeting, Suggestions, suggest
    from scheduler.explain.why_not import Asked, WhyNot, why_not
    from scheduler.exports import (
        Changes,
        diff,
        export,
        workbook_bytes,
        workbook_tables,
        write_instance,
        write_solution,
        write_workbook,
    )
    from scheduler.generating import GenerateSpec, generate
    from scheduler.publishing import Published, publish
    from scheduler.reading import (
        ImportedWorkbook,
        ImportReport,
        InputError,
        WorkbookError,
        instance_from,
        load,
        load_b2b,
        load_conference,
        load_solution,
        load_workbook,
        schema,
    )
    from scheduler.reporting import Indicators, indicators, report
    from scheduler.search import Progress, Result, SolveOptions
    from scheduler.search.solve import solve

__all__ = [
    "Asked",
    "Changes",
    "Explanation",
    "GenerateSpec",
    "ImportReport",
    "ImportedWorkbook",
    "Indicators",
    "InputError",
    "Instance",
    "NewMeeting",
    "Placement",
    "Progress",
    "Published",
    "ReplanOptions",
    "Replanned",
    "Result",
    "Solution",
    "SolveOptions",
    "Status",
    "Suggestions",
    "Verdict",
    "Violation",
    "WhyNot",
    "WorkbookError",
    "__version__",
    "check",
    "diff",
    "export",
    "generate",
    "indicators",
    "instance_from",
    "load",
    "load_b2b",
    "load_conference",
    "load_solution",
    "load_workbook",
    "publish",
    "replan",
    "report",
    "schema",
    "solve",
    "suggest",
    "why_infeasible",
    "why_not",
    "workbook_bytes",
    "workbook_tables",
    "write_instance",
    "write_solution",
    "write_workbook",
]

_HOMES = {
    "scheduler.checker": ("Verdict", "check"),
    "scheduler.domain": ("Instance", "Placement", "Solution", "Status", "Violation"),
    "scheduler.exports": (
        "Changes",
        "diff",
        "export",
        "workbook_bytes",
        "workbook_tables",
        "write_instance",
        "write_solution",
        "write_workbook",
    ),
    "scheduler.explain.explanation": ("Explanation", "why_infeasible"),
    "scheduler.explain.replan": ("ReplanOptions", "Replanned", "replan"),
    "scheduler.explain.suggest": ("NewMeeting", "Suggestions", "suggest"),
    "scheduler.explain.why_not": ("Asked", "WhyNot", "why_not"),
    "scheduler.generating": ("GenerateSpec", "generate"),
    "scheduler.publishing": ("Published", "publish"),
    "scheduler.reading": (
        "ImportReport",
        "ImportedWorkbook",
        "InputError",
        "WorkbookError",
        "instance_from",
        "load",
        "load_b2b",
        "load_conference",
        "load_solution",
        "load_workbook",
        "schema",
    ),
    "scheduler.reporting": ("Indicators", "indicators", "report"),
    "scheduler.search": ("Progress", "Result", "SolveOptions"),
    "scheduler.search.solve": ("solve",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
