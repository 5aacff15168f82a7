"""Rule 4: nobody takes part in two activities at once."""

from __future__ import annotations

from scheduler.model.context import Context
from scheduler.problem import Problem
from scheduler.problem.cliques import maximal_cliques


def applies(problem: Problem) -> bool:  # noqa: ARG001
    """Always."""
    return True


def add(context: Context) -> None:
    """Let at most one of a person's activities run at any moment."""
    for person in context.problem.people:
        taken = [
            (e.option.start, e.option.end, e.literal)
            for e in context.variables.engaged(person)
            if not e.attends
        ]
        for clique in maximal_cliques(taken):
            context.logic.exclusive(clique)
