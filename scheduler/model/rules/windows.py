"""Rule 2: cities, venues, rooms, dates, times of day. Each placement keeps or breaks it by itself."""

from __future__ import annotations

from scheduler.model.context import Context
from scheduler.problem import Problem


def applies(problem: Problem) -> bool:  # noqa: ARG001
    """Never here: a placement that breaks it is not admissible and has no variable."""
    return False


def add(context: Context) -> None:
    """Add nothing."""
