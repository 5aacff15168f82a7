"""Sessions in parallel that share an audience; talks out of their wished order."""

from __future__ import annotations

from itertools import combinations

from scheduler.domain import ParticipantId, Session, Talk
from scheduler.model.context import Context
from scheduler.model.logic import Linear, Literal
from scheduler.model.terms.pairs import overlap
from scheduler.problem import Problem, Task
from scheduler.problem.discretising import people_behind


def parallel_sessions(context: Context) -> Linear:
    """Return, over pairs of sessions that overlap, how many people are interested in both."""
    total = Linear()
    sessions = [
        (task, _interested(context.problem, task)) for task in context.problem.tasks if task.is_session
    ]
    for (one, public), (other, others) in combinations(sessions, 2):
        if shared := len(public & others):
            total.add(overlap(context, one, other), shared)
    return total


def _interested(problem: Problem, task: Task) -> frozenset[ParticipantId]:
    session = task.activity
    assert isinstance(session, Session)
    people = people_behind(problem.instance, session.interest + session.audience)
    return frozenset(person.id for person in people)


def talk_order(context: Context) -> Linear:
    """Return how many pairs of talks stand against their wished order."""
    total = Linear()
    for task in context.problem.tasks:
        for first, second in combinations(sorted(_ordered(task), key=_order), 2):
            if _order(first) < _order(second):
                total.add(_inverted(context, first, second))
    return total


def _ordered(session: Task) -> list[Task]:
    return [
        talk for talk in session.talks if isinstance(talk.activity, Talk) and talk.activity.order is not None
    ]


def _order(task: Task) -> int:
    assert isinstance(task.activity, Talk)
    return task.activity.order or 0


def _inverted(context: Context, first: Task, second: Task) -> Literal:
    """Return a literal that is true exactly when ``second`` starts before ``first``, both placed."""
    logic = context.logic
    against = logic.literal()
    seconds = context.starts(second)
    for start, literal in context.starts(first).items():
        before = [s for begin, s in seconds.items() if begin < start]
        after = [s for begin, s in seconds.items() if begin >= start]
        logic.cp.add_bool_or([~literal, ~against, *before])
        logic.cp.add_bool_or([~literal, against, *after])
    logic.cp.add_implication(against, context.placed(first))
    return against
