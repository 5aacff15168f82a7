"""What rules say of several meetings together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain import DayRule, Delegation, PartyId, Split
from scheduler.problem import Task
from scheduler.search.local.numbers import NONE, Arrays, columns, ints, lists, or_none
from scheduler.search.local.remaining import gaps

if TYPE_CHECKING:
    from scheduler.search.local.board import Board


def arrays(board: Board) -> Arrays:
    """Return the orders, days, delegations and shares that bind meetings to each other.

    Returns
    -------
    dict of str to array
        ``order_before``, ``order_after``, ``order_least``, ``order_most``
            Per order: two meetings, and the least and most minutes from the end of the first to the start of
            the second.
        ``relation_a``, ``relation_b``, ``relation_same``
            Per pair: two meetings that are on one day (1), or on two days (0), where both are placed.

        and those of :func:`_delegations`, :func:`_shares`, :func:`_quotas` and :func:`_apart`.
    """
    number = {task.activity.id: n for n, task in enumerate(board.tasks)}
    instance = board.problem.instance
    orders = [
        (number[o.before], number[o.after], *gaps(o.min_gap, o.max_gap))
        for o in instance.precedences
        if o.before in number and o.after in number
    ]
    relations = [
        (number[a], number[b], relation.day is DayRule.SAME)
        for relation in instance.day_relations
        for k, a in enumerate(relation.activities)
        for b in relation.activities[k + 1 :]
        if a in number and b in number
    ]
    return (
        columns(("order_before", "order_after", "order_least", "order_most"), orders)
        | columns(("relation_a", "relation_b", "relation_same"), relations)
        | _delegations(board)
        | _shares(board)
        | _quotas(board)
        | _apart(board)
    )


def _delegations(board: Board) -> Arrays:
    """Return the delegations that hold only so many meetings at a time.

    Their sessions count as always running.

    Returns
    -------
    dict of str to array
        ``resource_capacity``
            Per such delegation: meetings at a time.
        ``resources``
            Lists of such delegations, per meeting.
    """
    bounded = [d for d in board.problem.instance.delegations if _is_bounded(board, d)]
    number = {delegation.id: n for n, delegation in enumerate(bounded)}
    capacity = []
    for delegation in bounded:
        sessions = sum(delegation.id in _parties(held.option.task) for held in board.held)
        capacity.append(max(0, (delegation.parallel or 0) - sessions))
    named = [[number[party] for party in _parties(task) if party in number] for task in board.tasks]
    return {"resource_capacity": ints(capacity), **lists("resources", named)}


def _is_bounded(board: Board, delegation: Delegation) -> bool:
    splits = delegation.split is Split.MEMBERS and delegation.parallel is not None
    return splits and not board.bodies.stands_in(delegation.id)


def _parties(task: Task) -> tuple[PartyId, ...]:
    """Return the parties of a meeting or session; a talk has none of its own."""
    found: tuple[PartyId, ...] = getattr(task.activity, "parties", ())
    return found


def _shares(board: Board) -> Arrays:
    """Return the meetings that each party must be granted at the least.

    Returns
    -------
    dict of str to array
        ``party_need``
            Per party, in meetings; empty where nothing is asked.
        ``parties``
            Lists of parties, per meeting, each once.
    """
    percent = board.problem.instance.fairness.granted_percent
    if not percent:
        return {"party_need": ints(()), **lists("parties", [()] * len(board.tasks))}
    numbers: dict[PartyId, int] = {}
    parties = [
        [numbers.setdefault(party, len(numbers)) for party in dict.fromkeys(_parties(task))]
        for task in board.tasks
    ]
    total = [0] * len(numbers)
    for named in parties:
        for party in named:
            total[party] += 1
    return {"party_need": ints(-(-percent * n // 100) for n in total), **lists("parties", parties)}


def _quotas(board: Board) -> Arrays:
    """Return how many meetings parties hold in all.

    Returns
    -------
    dict of str to array
        ``quota_least``, ``quota_most``
            Per party that asks for a number, in meetings; a most of -1: no limit.
        ``quotas``
            Lists of such parties, per meeting: who holds it whoever is sent.
        ``body_quota``
            Per body: the party that the person is, which holds what they are sent to; -1 for none.
    """
    problem = board.problem
    asked = problem.instance.quotas
    number = {party: n for n, party in enumerate(asked)}
    people = [number.get(person.id, NONE) for person in problem.people]
    return {
        "quota_least": ints(quota.least for quota in asked.values()),
        "quota_most": ints(or_none(quota.most) for quota in asked.values()),
        "body_quota": ints(people + [NONE] * board.bodies.interpreters),
        **lists("quotas", [[number[p] for p in problem.quotas.sure(task)] for task in board.tasks]),
    }


def _apart(board: Board) -> Arrays:
    """Return who is never sent together.

    Returns
    -------
    dict of str to array
        ``apart``
            Lists of bodies, per meeting, two and two: those whom different parties may send, but not both.
    """
    person, apart = board.bodies.person, board.problem.apart
    return lists("apart", [[person(p.id) for pair in apart.pairs(t) for p in pair] for t in board.tasks])
