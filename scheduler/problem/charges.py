"""What one placement costs by itself: preferences missed, lateness."""

from __future__ import annotations

from scheduler.problem.clock import inside
from scheduler.problem.problem import Problem
from scheduler.problem.tasks import Option


def missed(problem: Problem, option: Option) -> int:
    """Return how many kinds of preference an option misses."""
    prefer = option.task.activity.prefer
    missed = 0
    if prefer.windows:
        spans = problem.clock.windows(prefer.windows, option.date, option.place.zone)
        missed += not any(inside(option.start, option.end, span) for span in spans)
    missed += bool(prefer.cities) and option.place.city.id not in prefer.cities
    missed += bool(prefer.rooms) and option.place.room.id not in prefer.rooms
    return missed


def late(problem: Problem, option: Option) -> int:
    """Return the minutes after ``due`` at which an option ends."""
    due = option.task.activity.due
    return 0 if due is None else max(0, option.end - problem.clock.minute(due))
