"""Rule 13: breaks alike within a bound, and a least share of granted meetings for each party."""

from __future__ import annotations

from scheduler.domain import HostedActivity, PartyId
from scheduler.model.context import Context
from scheduler.model.logic import Linear
from scheduler.problem import Problem, Task


def applies(problem: Problem) -> bool:
    """Where a bound is set."""
    bound = problem.instance.fairness
    return bound.breaks is not None or bound.granted_percent is not None


def add(context: Context) -> None:
    """Add the bounds that are set."""
    bound = context.problem.instance.fairness
    if bound.breaks is not None:
        _add_breaks(context, bound.breaks)
    if bound.granted_percent is not None:
        _add_granted(context, bound.granted_percent)


def _add_breaks(context: Context, most: int) -> None:
    rule, cp = context.problem.instance.breaks, context.logic.cp
    breaks = {id(timeline): timeline.breaks(rule) for timeline in context.timelines}.values()
    if any(total.is_constant for total in breaks):  # somebody who never has a break
        least = cp.new_constant(0)
    else:
        least = cp.new_int_var(0, len(context.problem.tasks), "least breaks")
    for total in breaks:
        if not total.is_constant:
            above = Linear()
            above.extend(total)
            above.add(least, -1)
            cp.add_linear_constraint(above.expression(), 0, most)


def _add_granted(context: Context, percent: int) -> None:
    for meetings in requests_by_party(context.problem).values():
        granted = [context.placed(task) for task in meetings]
        context.logic.cp.add(100 * sum(granted) >= percent * len(meetings))


def requests_by_party(problem: Problem) -> dict[PartyId, list[Task]]:
    """Return the meetings of each party that is named by one."""
    found: dict[PartyId, list[Task]] = {}
    for task in problem.meetings:
        if isinstance(task.activity, HostedActivity):
            for party in task.activity.parties:
                found.setdefault(party, []).append(task)
    return found
