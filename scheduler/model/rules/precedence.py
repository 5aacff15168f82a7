"""Rule 9: before and after with gaps; same or different dates."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from scheduler.domain import DayRelation, DayRule, Precedence
from scheduler.model.context import Context
from scheduler.problem import Problem, Task

_MINUTE = dt.timedelta(minutes=1)


def applies(problem: Problem) -> bool:
    """Where activities are tied to each other."""
    return bool(problem.instance.precedences or problem.instance.day_relations)


def add(context: Context) -> None:
    """Add the rule."""
    for precedence in context.problem.instance.precedences:
        _add_order(context, precedence)
    for relation in context.problem.instance.day_relations:
        tasks = [context.problem.by_id[activity] for activity in relation.activities]
        _add_dates(context, relation, tasks)


def _add_order(context: Context, precedence: Precedence) -> None:
    """For each start of the later one: too late an end and too early a start exclude one another."""
    at = context.variables.at
    before, after = (context.problem.by_id[a] for a in (precedence.before, precedence.after))
    least = int(precedence.min_gap / _MINUTE)
    most = None if precedence.max_gap is None else int(precedence.max_gap / _MINUTE)
    for start in sorted({option.start for option in after.options}):
        late = [at(o) for o in before.options if o.end + least > start]
        context.logic.exclusive([*late, *(at(o) for o in after.options if o.start <= start)])
        if most is not None:
            early = [at(o) for o in before.options if o.end + most < start]
            context.logic.exclusive([*early, *(at(o) for o in after.options if o.start >= start)])


def _add_dates(context: Context, relation: DayRelation, tasks: list[Task]) -> None:
    at = context.variables.at
    for date in sorted({option.date for task in tasks for option in task.options}):
        if relation.day is DayRule.DIFFERENT:
            context.logic.exclusive(at(o) for task in tasks for o in task.options if o.date == date)
            continue
        for one, other in combinations(tasks, 2):
            on = [at(o) for o in one.options if o.date == date]
            context.logic.exclusive([*on, *(at(o) for o in other.options if o.date != date)])
