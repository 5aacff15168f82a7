"""When a problem's meetings differ in time alone: a condition for each rule and term that could say more."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from scheduler.domain import (
    HostedActivity,
    Instance,
    Load,
    MealBreak,
    ParticipantId,
    PartyId,
    TermName,
    Window,
)
from scheduler.problem.clock import Span
from scheduler.problem.places import Place
from scheduler.problem.problem import Problem
from scheduler.problem.tasks import Task

_MINUTE = dt.timedelta(minutes=1)

_NOTHING_TO_CHARGE = frozenset(
    {
        TermName.CITY_CHANGES,
        TermName.ROOM_CHANGES,
        TermName.PARALLEL_SESSIONS,
        TermName.TRACK_PARALLEL,
        TermName.TRACK_ROOMS,
        TermName.TRACK_GAPS,
        TermName.TALK_ORDER,
    }
)
"""Terms that are 0 in one room without sessions."""


def only_plain_meetings(problem: Problem) -> bool:
    """Return whether all tasks are meetings of one length, of which nothing is to be decided but the time."""
    return len({task.duration for task in problem.tasks}) == 1 and all(map(_is_plain, problem.tasks))


def _is_plain(task: Task) -> bool:
    plain = task.is_meeting and not task.choices and not task.audience
    return plain and task.stay is None and task.activity.pin.table is None


def nobody_interprets(problem: Problem) -> bool:
    """Return whether no meeting needs an interpreter."""
    spoken: dict[PartyId, frozenset[str]] = {}
    for task in problem.tasks:
        assert isinstance(task.activity, HostedActivity)
        for party in task.activity.parties:
            if party not in spoken:
                spoken[party] = _languages(problem.instance, party)
        languages = [spoken[party] for party in task.activity.parties]
        if all(languages) and not frozenset.intersection(*languages):
            return False
    return True


def _languages(instance: Instance, party: PartyId) -> frozenset[str]:
    return frozenset[str]().union(*(person.languages for person in instance.people_of(party)))


def only_simple_relations(problem: Problem) -> bool:
    """Return whether nothing relates dates, or asks for a share of the requests that could be missed."""
    instance = problem.instance
    shares = instance.fairness.granted_percent is not None
    return not instance.day_relations and not (shares and not all(task.mandatory for task in problem.tasks))


def only_requests_and_breaks(problem: Problem) -> bool:
    """Return whether nothing else is charged."""
    mine = _NOTHING_TO_CHARGE | {TermName.REQUESTS, TermName.BREAKS}
    if not any(quota.least for quota in problem.instance.quotas.values()):
        mine |= {TermName.TOO_FEW_MEETINGS}
    return all(entry.term in mine for entry in problem.instance.objective)


def quotas_never_bind(problem: Problem) -> bool:
    """Return whether no party could hold more meetings than it may."""
    quotas = problem.instance.quotas
    if not quotas:
        return True
    held = Counter(party for task in problem.tasks for party in problem.quotas.sure(task))
    return all(quota.most is None or held[party] <= quota.most for party, quota in quotas.items())


def breaks_matter(problem: Problem) -> bool:
    """Return whether breaks are charged or bounded."""
    terms = {entry.term for entry in problem.instance.objective}
    return TermName.BREAKS in terms or problem.instance.fairness.breaks is not None


def loads_never_bind(problem: Problem, place: Place, slots: list[Span]) -> bool:
    """Return whether no set of meetings can break a limit of load.

    Parameters
    ----------
    problem : Problem
        Of plain meetings.
    place : Place
        Where they all are.
    slots : list of (start, end)
        When they may run.
    """
    many = Counter(person.id for task in problem.tasks for person in task.takers)
    kinds: dict[Load, int] = {}
    for person in problem.people:
        kinds[person.load] = max(kinds.get(person.load, 0), many[ParticipantId(person.id)])
    return all(_never_binds(problem, load, most, place, slots) for load, most in kinds.items() if most)


def _never_binds(problem: Problem, load: Load, most: int, place: Place, slots: list[Span]) -> bool:
    if load.meetings_per_day is not None and load.meetings_per_day < most:
        return False
    if load.in_a_row is not None and load.in_a_row < most:
        return False
    return load.meal is None or all(
        _keeps_meal(load.meal, window, slots) for window in _meals(problem, load.meal, place, slots)
    )


def _meals(problem: Problem, meal: MealBreak, place: Place, slots: list[Span]) -> Iterator[Span]:
    """Yield the window of a meal on every date with a slot, or next to one."""
    dates = {problem.clock.date(minute, place.zone) for slot in slots for minute in slot}
    window = Window.model_validate({"from": meal.start, "to": meal.end})
    for date in sorted(dates):
        span = problem.clock.window(window, date, place.zone)
        if span is not None:
            yield span


def _keeps_meal(meal: MealBreak, window: Span, slots: list[Span]) -> bool:
    """Return whether a window has its free stretch even for somebody who is engaged in every slot."""
    inside = [slot for slot in slots if slot[0] < window[1] and window[0] < slot[1]]
    if not inside:
        return True
    ends = [window[0], *(end for _, end in inside)]
    starts = [*(start for start, _ in inside), window[1]]
    longest = max(start - end for end, start in zip(ends, starts, strict=True))
    return longest >= int(meal.duration / _MINUTE)
