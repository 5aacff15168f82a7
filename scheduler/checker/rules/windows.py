"""Rule 2: where, on which dates and in which windows an activity may be."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.intervals import held, touched
from scheduler.checker.rules.base import Rule
from scheduler.checker.wording import about, day, hours, listed, subject
from scheduler.domain import HostedActivity, Instance, RuleName, Violation

_NAME = RuleName.WINDOWS


def _alone(facts: Facts, placed: Placed) -> Iterator[Violation]:
    for message in (*_where(facts.instance, placed), *_when(facts.instance, placed)):
        yield about(_NAME, f"{subject(placed)} {message}", [placed])


def _where(instance: Instance, placed: Placed) -> Iterator[str]:
    activity = placed.activity
    if not isinstance(activity, HostedActivity):
        return
    if activity.cities and placed.city.id not in activity.cities:
        cities = listed([instance.city(city).label for city in activity.cities])
        yield f"may only be in {cities}"
    if activity.venues and placed.venue.id not in activity.venues:
        venues = listed([instance.venue(venue).label for venue in activity.venues])
        yield f"is in {placed.venue.label} and may only be in {venues}"
    if activity.rooms and placed.room.id not in activity.rooms:
        rooms = listed([instance.room(room).label for room in activity.rooms])
        yield f"is in {placed.room.label} and may only be in {rooms}"


def _when(instance: Instance, placed: Placed) -> Iterator[str]:
    activity, date, zone = placed.activity, placed.date, placed.zone
    if activity.dates and date not in activity.dates:
        yield f"may only be on {listed([day(d) for d in activity.dates])}"
    if activity.windows and not held(placed, activity.windows, date, zone):
        yield "is not inside one of its windows"
    if activity.day_part is not None and not held(
        placed, [instance.day_parts[activity.day_part]], date, zone
    ):
        yield f"is not in the {activity.day_part}"
    for window in touched(placed, activity.forbidden, zone):
        yield f"overlaps its forbidden time {hours(window.start, window.end, zone)}"


RULE = Rule(_NAME, alone=_alone)
