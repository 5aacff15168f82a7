"""What each placement costs by itself: preferences missed, lateness."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.model.context import Context
from scheduler.model.logic import Linear
from scheduler.problem import Option, Problem
from scheduler.problem.charges import late, missed


def _over_options(context: Context, cost: Callable[[Problem, Option], int]) -> Linear:
    total = Linear()
    for task in context.problem.tasks:
        for option in task.options:
            if value := cost(context.problem, option):
                total.add(context.variables.at(option), value)
    return total


def preferences(context: Context) -> Linear:
    """Return how many kinds of preference are missed."""
    return _over_options(context, missed)


def lateness(context: Context) -> Linear:
    """Return the minutes after ``due`` at which activities end."""
    return _over_options(context, late)
