"""What each placement costs by itself: preferences missed, lateness."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.model.context import Context
from scheduler.model.logic import Linear
from scheduler.problem import Option, Problem
from scheduler.problem.clock import inside


def _over_options(context: Context, cost: Callable[[Problem, Option], int]) -> Linear:
    total = Linear()
    for task in context.problem.tasks:
        for option in task.options:
            if value := cost(context.problem, option):
                total.add(context.variables.at(option), value)
    return total


def preferences(context: Context) -> Linear:
    """Return how many kinds of preference are missed."""
    return _over_options(context, _missed)


def _missed(problem: Problem, option: Option) -> int:
    prefer = option.task.activity.prefer
    missed = 0
    if prefer.windows:
        spans = problem.clock.windows(prefer.windows, option.date, option.place.zone)
        missed += not any(inside(option.start, option.end, span) for span in spans)
    missed += bool(prefer.cities) and option.place.city.id not in prefer.cities
    missed += bool(prefer.rooms) and option.place.room.id not in prefer.rooms
    return missed


def lateness(context: Context) -> Linear:
    """Return the minutes after ``due`` at which activities end."""
    return _over_options(context, _late)


def _late(problem: Problem, option: Option) -> int:
    due = option.task.activity.due
    return 0 if due is None else max(0, option.end - problem.clock.minute(due))
