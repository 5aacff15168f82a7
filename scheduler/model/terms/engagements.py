"""What people's days are like: breaks, idle minutes, changes of city and room."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.domain import BreakSpan
from scheduler.model.context import Context
from scheduler.model.logic import Linear
from scheduler.model.timeline import Timeline


def _over_people(context: Context, value: Callable[[Timeline], Linear]) -> Linear:
    """Add up over people; those who share a timeline share its variables."""
    total, known = Linear(), dict[int, Linear]()
    for timeline in context.timelines:
        if id(timeline) not in known:
            known[id(timeline)] = value(timeline)
        total.extend(known[id(timeline)])
    return total


def breaks(context: Context) -> Linear:
    """Return the number of breaks."""
    rule = context.problem.instance.breaks
    return _over_people(context, lambda timeline: timeline.breaks(rule))


def idle_minutes(context: Context) -> Linear:
    """Return the length of the breaks in minutes."""
    rule = context.problem.instance.breaks
    return _over_people(context, lambda timeline: timeline.idle_minutes(rule))


def city_changes(context: Context) -> Linear:
    """Return how often consecutive engagements are in different cities."""
    return _over_people(
        context, lambda timeline: timeline.changes(BreakSpan.PROGRAMME, lambda e: e.option.place.city.id)
    )


def room_changes(context: Context) -> Linear:
    """Return how often consecutive engagements of a date are in different rooms."""
    return _over_people(
        context, lambda timeline: timeline.changes(BreakSpan.DAY, lambda e: e.option.place.room.id)
    )
