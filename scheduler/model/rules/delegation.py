"""Rule 6: one member for each party that splits, and no more meetings at a time than it may hold."""

from __future__ import annotations

from scheduler.domain import Delegation, HostedActivity, Split
from scheduler.model.context import Context
from scheduler.problem import Option, Problem, Task
from scheduler.problem.cliques import maximal_cliques


def applies(problem: Problem) -> bool:
    """Where somebody is chosen."""
    return any(task.choices for task in problem.tasks)


def add(context: Context) -> None:
    """Add the rule."""
    for task in context.problem.tasks:
        for option in task.options:
            _add_choices(context, option)
    for delegation in context.problem.instance.delegations:
        if delegation.split is Split.MEMBERS and delegation.parallel is not None:
            _add_most_at_a_time(context, delegation)


def _add_choices(context: Context, option: Option) -> None:
    """Let exactly one of each choice's candidates be there when the task is."""
    variables, cp = context.variables, context.logic.cp
    for choice in option.task.choices:
        there = [variables.chosen_at(person, option) for person in choice.candidates]
        cp.add_exactly_one([~variables.at(option), *there])


def _add_most_at_a_time(context: Context, delegation: Delegation) -> None:
    tasks = [task for task in context.problem.hosted if _names(task, delegation)]
    most = delegation.parallel or 0
    if len(tasks) <= most:
        return
    options = [(o.start, o.end, context.variables.at(o)) for task in tasks for o in task.options]
    for clique in maximal_cliques(options):
        context.logic.at_most(clique, most)


def _names(task: Task, delegation: Delegation) -> bool:
    activity = task.activity
    return isinstance(activity, HostedActivity) and delegation.id in activity.parties
