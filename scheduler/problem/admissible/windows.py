"""Rule 2, windows: allowed cities, venues, rooms, dates and times of day; forbidden times."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain import HostedActivity, Window
from scheduler.problem.clock import inside, overlaps
from scheduler.problem.tasks import Option, Task

if TYPE_CHECKING:
    from scheduler.problem.places import Place
    from scheduler.problem.problem import Problem


def admits_place(problem: Problem, task: Task, place: Place) -> bool:  # noqa: ARG001
    """Return whether the activity's lists of cities, venues and rooms allow a place."""
    activity = task.activity
    if not isinstance(activity, HostedActivity):
        return True
    return (
        (not activity.cities or place.city.id in activity.cities)
        and (not activity.venues or place.venue.id in activity.venues)
        and (not activity.rooms or place.room.id in activity.rooms)
    )


def admits(problem: Problem, option: Option) -> bool:
    """Return whether an option keeps the activity's dates and times of day."""
    activity = option.task.activity
    if activity.dates and option.date not in activity.dates:
        return False
    clock, zone = problem.clock, option.place.zone
    if activity.windows:
        windows = clock.windows(activity.windows, option.date, zone)
        if not any(inside(option.start, option.end, span) for span in windows):
            return False
    if activity.day_part is not None:
        part = clock.window(problem.instance.day_parts[activity.day_part], option.date, zone)
        if part is None or not inside(option.start, option.end, part):
            return False
    return not reaches_into(problem, option, activity.forbidden)


def reaches_into(problem: Problem, option: Option, windows: tuple[Window, ...]) -> bool:
    """Return whether an option overlaps a window, on its date or on a later one that it reaches into."""
    if not windows:
        return False
    zone = option.place.zone
    last = problem.clock.date(option.end - 1, zone)
    dates = [option.date + dt.timedelta(days=n) for n in range((last - option.date).days + 1)]
    return any(
        overlaps(option.start, option.end, span)
        for date in dates
        for span in problem.clock.windows(windows, date, zone)
    )
