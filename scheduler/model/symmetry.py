"""Of schedules that differ only by the numbering of alike teams or interpreters, one is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from scheduler.domain import ActivityId, Instance, ParticipantId, Person, Placement, Split
from scheduler.model.context import Context
from scheduler.model.logic import Literal
from scheduler.model.rules.interpreters import is_counted
from scheduler.problem import Problem


def add(context: Context) -> None:
    """Let alike teams, and alike interpreters, be taken in order.

    Nothing is added where the past, a baseline or (for teams) a session names one of them: then they
    are not alike.
    """
    if context.problem.instance.baseline:
        return
    _order_teams(context)
    _order_interpreters(context)


def in_order(problem: Problem, placements: Iterable[Placement]) -> list[Placement]:
    """Return a schedule in which alike teams are numbered as :func:`add` wants it, otherwise the same."""
    placed = {placement.activity: placement for placement in placements}
    if not problem.instance.baseline:
        for teams in _alike_teams(problem.instance):
            _renumber(problem, placed, teams)
    return list(placed.values())


def _renumber(problem: Problem, placed: dict[ActivityId, Placement], teams: Sequence[Person]) -> None:
    """Give the n-th number to the team that is the n-th to take a task, in the order of tasks."""
    ids = [team.id for team in teams]
    given: dict[ParticipantId, ParticipantId] = {}
    for task in problem.hosted:
        placement = placed.get(task.activity.id)
        for one in placement.attendees if placement is not None else ():
            if one in ids and one not in given:
                given[one] = ids[len(given)]
    for activity, placement in placed.items():
        attendees = tuple(given.get(one, one) for one in placement.attendees)
        placed[activity] = placement.model_copy(update={"attendees": attendees})


def _order_teams(context: Context) -> None:
    for teams in _alike_teams(context.problem.instance):
        party = teams[0].delegation
        tasks = [t for t in context.problem.hosted if any(c.party == party for c in t.choices)]
        _take_in_order(context, [[context.variables.chosen(t, team) for t in tasks] for team in teams])


def _alike_teams(instance: Instance) -> Iterator[Sequence[Person]]:
    """Yield the teams of each delegation of which no session names one."""
    named = _named(instance)
    for delegation in instance.delegations:
        teams = instance.people_of(delegation.id)
        alike = teams and teams[0].stand_in and named.isdisjoint(team.id for team in teams)
        if delegation.split is Split.MEMBERS and alike:
            yield teams


def _named(instance: Instance) -> set[ParticipantId]:
    """Return everybody who speaks or chairs by name: a stand-in may."""
    speakers = {speaker.participant for session in instance.sessions for speaker in session.speakers}
    talking = {talk.speaker for session in instance.sessions for talk in session.talks}
    return speakers | talking | {chair for track in instance.tracks for chair in track.chairs}


def _order_interpreters(context: Context) -> None:
    for pool in context.problem.instance.interpreters:
        if pool.count < 2 or is_counted(context.problem, pool):
            continue
        taken = [i for i in context.variables.interpreting if i.pool is pool]
        tasks = [task for task in context.problem.meetings if any(i.option.task is task for i in taken)]
        uses = [
            [
                context.logic.either(i.literal for i in taken if i.unit == unit and i.option.task is task)
                for task in tasks
            ]
            for unit in range(1, pool.count + 1)
        ]
        _take_in_order(context, uses)


def _take_in_order(context: Context, uses: Sequence[Sequence[Literal]]) -> None:
    """Let the n-th take a task only when the one before it has taken an earlier task.

    ``uses[n][k]``: whether the n-th takes the k-th task. (Value precedence: Law and Lee, Global
    constraints for integer and set value precedence, CP 2004.)
    """
    for previous, following in pairwise(uses):
        taken = context.logic.false
        for before, use in zip(previous, following, strict=True):
            context.logic.cp.add_implication(use, taken)
            taken = context.logic.either([taken, before])
