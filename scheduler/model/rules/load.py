"""Rule 11: most meetings per day and in all, most engagements in a row, a guaranteed meal break."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from scheduler.domain import City, MealBreak, ParticipantId, PartyId, Person, Window
from scheduler.model.context import Context
from scheduler.model.logic import Literal
from scheduler.model.timeline import Timeline
from scheduler.problem import Problem, Task
from scheduler.problem.clock import Span, overlaps

_MINUTE = dt.timedelta(minutes=1)


def applies(problem: Problem) -> bool:
    """Where somebody's day is limited, or how many meetings a party holds."""
    if any(quota.most is not None for quota in problem.instance.quotas.values()):
        return True
    loads = [person.load for person in problem.people]
    return any(
        load.meetings_per_day is not None or load.in_a_row is not None or load.meal is not None
        for load in loads
    )


def add(context: Context) -> None:
    """Add the limits of each person."""
    for person in context.problem.people:
        load, timeline = person.load, context.timeline(person)
        if load.meetings_per_day is not None:
            _add_meetings_per_day(context, person, load.meetings_per_day)
        if load.in_a_row is not None:
            rest = context.problem.grid if load.rest is None else int(load.rest / _MINUTE)
            _add_in_a_row(context, timeline, load.in_a_row, rest)
        if load.meal is not None:
            _add_meal(context, timeline, load.meal)
    for party, quota in context.problem.instance.quotas.items():
        if quota.most is not None:
            context.logic.cp.add(sum(meetings_held(context, party)) <= quota.most)


def meetings_held(context: Context, party: PartyId) -> list[Literal]:
    """Return for each meeting that may engage somebody of a party whether it does."""
    people = {person.id for person in context.problem.instance.people_of(party)}
    literals = (_engages(context, task, people) for task in context.problem.meetings)
    return [literal for literal in literals if literal is not None]


def _engages(context: Context, task: Task, people: set[ParticipantId]) -> Literal | None:
    """Return whether a meeting engages one of some people, or None if it engages none of them."""
    whole = any(all(person.id in people for person in choice.candidates) for choice in task.choices)
    if whole or any(person.id in people for person in task.takers):
        return context.placed(task)
    sent = [context.variables.chosen(task, p) for p in task.candidates if p.id in people]
    return context.logic.either(sent) if sent else None


def _add_meetings_per_day(context: Context, person: Person, most: int) -> None:
    by_date: dict[dt.date, list[Literal]] = defaultdict(list)
    tasks: dict[dt.date, set[object]] = defaultdict(set)
    for e in context.variables.engaged(person):
        if e.task.is_meeting:
            by_date[e.option.date].append(e.literal)
            tasks[e.option.date].add(e.task)
    for date, literals in sorted(by_date.items()):
        if len(tasks[date]) > most:
            context.logic.cp.add(sum(literals) <= most)


def _add_in_a_row(context: Context, timeline: Timeline, most: int, rest: int) -> None:
    """Count rows along the day.

    ``row[t]`` is at least the length of the row that an engagement starting at t continues; a row that
    is ``most`` long is continued by nothing.
    """
    if len({e.task for e in timeline.engaged}) <= most:
        return
    cp = context.logic.cp
    starts = sorted({e.option.start for e in timeline.engaged})
    row = {start: cp.new_int_var(0, most, "") for start in starts}
    literals: dict[Span, list[Literal]] = defaultdict(list)
    for e in timeline.engaged:
        literals[e.option.start, e.option.end].append(e.literal)
    for (start, end), engaging in literals.items():
        engaged = context.logic.either(engaging)
        cp.add(row[start] <= most - 1).only_enforce_if(engaged)
        for later in starts:
            if end <= later < end + rest:
                cp.add(row[later] >= row[start] + 1).only_enforce_if(engaged)


def _add_meal(context: Context, timeline: Timeline, meal: MealBreak) -> None:
    window = Window(start=meal.start, end=meal.end)
    cities = {e.option.place.city.id: e.option.place.city for e in timeline.engaged}
    for city in cities.values():
        for date in sorted(_dates(context, timeline, city)):
            span = context.problem.clock.window(window, date, city.zone)
            if span is not None:
                _add_meal_on(context, timeline, city, span, int(meal.duration / _MINUTE))


def _dates(context: Context, timeline: Timeline, city: City) -> set[dt.date]:
    """Return the dates on which an engagement in a city may run."""
    clock, dates = context.problem.clock, set()
    for e in timeline.engaged:
        if e.option.place.city is city:
            first, last = e.option.date, clock.date(e.option.end - 1, city.zone)
            dates |= {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}
    return dates


def _add_meal_on(context: Context, timeline: Timeline, city: City, span: Span, length: int) -> None:
    """Let some stretch of the window be free when an engagement in the city reaches into the window.

    It is enough to look at stretches that begin with the window or with the end of an engagement.
    """
    touching = [e for e in timeline.engaged if overlaps(e.option.start, e.option.end, span)]
    local = [e.literal for e in touching if e.option.place.city is city]
    begins = {span[0]} | {e.option.end for e in touching if e.option.end + length <= span[1]}
    meals = []
    for begin in sorted(begins):
        busy = [
            e.literal for e in touching if overlaps(e.option.start, e.option.end, (begin, begin + length))
        ]
        meals.append(context.logic.all_of(~literal for literal in busy))
    meal = context.logic.either(meals)
    for literal in local:
        context.logic.cp.add_implication(literal, meal)
