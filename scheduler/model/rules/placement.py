"""Rule 1: a mandatory task is placed once, another at most once; a talk inside its placed session."""

from __future__ import annotations

from scheduler.model.context import Context
from scheduler.problem import Problem, Task
from scheduler.problem.admissible.placement import contains
from scheduler.problem.cliques import maximal_cliques


def applies(problem: Problem) -> bool:  # noqa: ARG001
    """Always."""
    return True


def add(context: Context) -> None:
    """Add the rule."""
    for task in context.problem.tasks:
        placed = context.variables.placed(task)
        if task.mandatory:
            context.logic.cp.add_exactly_one(placed)  # infeasible when there is no option
        else:
            context.placed(task)  # which makes them exclusive
        if task.talks:
            _add_talks(context, task)


def _add_talks(context: Context, session: Task) -> None:
    at, cp = context.variables.at, context.logic.cp
    for talk in session.talks:
        for option in session.options:
            inside = [at(part) for part in talk.options if contains(option, part)]
            cp.add_bool_or([~at(option), *inside])
        for part in talk.options:
            around = [at(option) for option in session.options if contains(option, part)]
            cp.add_bool_or([~at(part), *around])
    parts = [(o.start, o.end, at(o)) for talk in session.talks for o in talk.options]
    for clique in maximal_cliques(parts):
        context.logic.exclusive(clique)
