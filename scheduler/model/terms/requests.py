"""Requests that are not granted, how unequally they are, and who holds too few meetings."""

from __future__ import annotations

from scheduler.domain import HostedActivity
from scheduler.model.context import Context
from scheduler.model.logic import Linear
from scheduler.model.rules.fairness import requests_by_party
from scheduler.model.rules.load import meetings_held


def not_granted(context: Context) -> Linear:
    """Return what the optional activities without a place are worth."""
    total, worth = Linear(), context.problem.instance.priorities
    for task in context.problem.hosted:
        if not task.mandatory and isinstance(task.activity, HostedActivity):
            total.add(~context.placed(task), worth[task.activity.priority])
    return total


def fairness_spread(context: Context) -> Linear:
    """Return the largest less the smallest granted share of a party, in whole percent."""
    total, cp = Linear(), context.logic.cp
    shares = []
    for meetings in requests_by_party(context.problem).values():
        granted = Linear()
        for task in meetings:
            granted.add(context.placed(task), 100)
        share = cp.new_int_var(0, 100, "")
        # The floor of 100 g / n, as two bounds: CP-SAT's own division is not needed for a constant n.
        rest = cp.new_int_var(0, len(meetings) - 1, "")
        cp.add(granted.expression() == len(meetings) * share + rest)
        shares.append(share)
    if len(shares) > 1:
        largest, smallest = cp.new_int_var(0, 100, ""), cp.new_int_var(0, 100, "")
        cp.add_max_equality(largest, shares)
        cp.add_min_equality(smallest, shares)
        total.add(largest)
        total.add(smallest, -1)
    return total


def too_few_meetings(context: Context) -> Linear:
    """Return the meetings that parties miss of those that they hold at the least."""
    total, cp = Linear(), context.logic.cp
    for party, quota in context.problem.instance.quotas.items():
        held = Linear(quota.least)
        for literal in meetings_held(context, party) if quota.least else ():
            held.add(literal, -1)
        if len(held.variables) <= quota.least:  # there cannot be more than enough
            total.extend(held)
        else:
            missing = cp.new_int_var(0, quota.least, "")
            cp.add_max_equality(missing, [held.expression(), 0])
            total.add(missing)
    return total
