"""Rule 14: two parties that split do not send two who are never to meet.

Whoever is never to meet one of those who take part in any case is no candidate (``problem/admissible``).
"""

from __future__ import annotations

from scheduler.model.context import Context
from scheduler.problem import Problem


def applies(problem: Problem) -> bool:
    """Where two are sent who are never to meet."""
    return any(problem.apart.pairs(task) for task in problem.meetings)


def add(context: Context) -> None:
    """Let at most one of each such two be sent."""
    for task in context.problem.meetings:
        for one, other in context.problem.apart.pairs(task):
            sent = [context.variables.chosen(task, person) for person in (one, other)]
            context.logic.exclusive(sent)
