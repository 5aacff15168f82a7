"""Rule 5: a chosen attendee is available. (Of those never chosen, each placement tells by itself.)"""

from __future__ import annotations

from scheduler.model.context import Context
from scheduler.problem import Problem


def applies(problem: Problem) -> bool:
    """Where somebody is chosen."""
    return any(task.choices for task in problem.tasks)


def add(context: Context) -> None:
    """Let a chosen candidate be at one of the options that they are available for."""
    variables, cp = context.variables, context.logic.cp
    for task in context.problem.tasks:
        for person in task.candidates:
            there = [variables.chosen_at(person, option) for option in task.options]
            able = [literal for literal in there if literal.index != context.logic.false.index]
            cp.add_exactly_one([~variables.chosen(task, person), *able])
