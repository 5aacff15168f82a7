"""Rule 8: a session blocks every other engagement of its audience, there or not."""

from __future__ import annotations

from collections import defaultdict

from scheduler.domain import ParticipantId
from scheduler.model.context import Context
from scheduler.model.variables import Engaged
from scheduler.problem import Problem, Task
from scheduler.problem.cliques import maximal_cliques


def applies(problem: Problem) -> bool:
    """Where a session has an audience."""
    return any(task.audience for task in problem.tasks)


def add(context: Context) -> None:
    """Add the rule."""
    sessions: dict[ParticipantId, list[Task]] = defaultdict(list)
    for task in context.problem.tasks:
        for person in task.audience:
            sessions[person.id].append(task)
    for person in context.problem.people:
        engaged = context.variables.engaged(person)
        _exclude(context, engaged)
        for session in sessions[person.id]:
            _exclude(context, engaged + _absent(context, session, engaged))


def _absent(context: Context, session: Task, engaged: list[Engaged]) -> list[Engaged]:
    """Return a session's placements that somebody of the audience cannot attend: they block as well.

    Two sessions that the same person attends neither of do not exclude one another, so these are taken
    session by session.
    """
    there = {e.option for e in engaged}
    return [Engaged(context.variables.at(o), o, attends=True) for o in session.options if o not in there]


def _exclude(context: Context, engaged: list[Engaged]) -> None:
    if any(e.attends for e in engaged):
        for clique in maximal_cliques((e.option.start, e.option.end, e) for e in engaged):
            if any(e.attends for e in clique):
                context.logic.exclusive(e.literal for e in clique)
