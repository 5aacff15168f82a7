"""The discrete view of a programme that every solver shares: minutes, admissible placements, conflicts.

All times are whole minutes since 1970, in UTC (:class:`~scheduler.problem.clock.Clock`).
Nothing here knows a solver. Every name is imported when it is first used: a process that is handed numbers
(:class:`~scheduler.problem.slots.Slots`) loads nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scheduler.problem.discretising import discretise
    from scheduler.problem.problem import Problem
    from scheduler.problem.tasks import Choice, Engagement, Option, Task

__all__ = ["Choice", "Engagement", "Option", "Problem", "Task", "discretise"]

_HOMES = {
    "scheduler.problem.discretising": ("discretise",),
    "scheduler.problem.problem": ("Problem",),
    "scheduler.problem.tasks": ("Choice", "Engagement", "Option", "Task"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value
