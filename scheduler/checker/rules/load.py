"""Rule 11: what one person can bear in a day, and a party in the whole programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.checker.facts import Placed
from scheduler.checker.intervals import Span, overlap, span
from scheduler.checker.intervals import dates_of as dates_of_stretch
from scheduler.checker.rules.base import Rule
from scheduler.checker.schedule import Schedule, by_date
from scheduler.checker.wording import about, count, day, hours, length, listed, name
from scheduler.domain import City, CityId, MealBreak, Meeting, Person, RuleName, Violation, Window

_NAME = RuleName.LOAD


class _Windows:
    """The windows of meals; those of most people are the same, so each is worked out once."""

    def __init__(self) -> None:
        self._known: dict[tuple[dt.time, dt.time, dt.date, CityId], Span] = {}

    def on(self, meal: MealBreak, date: dt.date, city: City) -> Span:
        """Return the window of a meal on a date, on the clock of a city."""
        key = (meal.start, meal.end, date, city.id)
        if key not in self._known:
            ends = Window(start=meal.start, end=meal.end).on(date, city.zone)
            if ends is None:
                raise AssertionError("a window without a date holds on every date")
            self._known[key] = span(*ends)
        return self._known[key]


def _together(schedule: Schedule) -> Iterator[Violation]:
    windows = _Windows()
    for person in schedule.facts.limited:
        engagements = schedule.engagements.get(person.id)
        if not engagements:
            continue
        yield from _meetings(person, schedule.taking_part.get(person.id, []))
        yield from _rows(person, engagements, person.load.rest or schedule.instance.programme.grid)
        if person.load.meal is not None:
            yield from _meals(person, person.load.meal, engagements, windows)
    yield from _quotas(schedule)


def _quotas(schedule: Schedule) -> Iterator[Violation]:
    for party, quota in schedule.instance.quotas.items():
        held = [] if quota.most is None else schedule.meetings_held(party)
        if quota.most is not None and len(held) > quota.most:
            label = schedule.instance.party_label(party)
            held_here = f"{label} has {count(len(held), 'meeting', 'meetings')} in the whole programme"
            yield about(_NAME, f"{held_here} and should have at most {quota.most}", held, [party])


def _meetings(person: Person, items: list[Placed]) -> Iterator[Violation]:
    most = person.load.meetings_per_day
    if most is None:
        return
    for date, meetings in by_date(p for p in items if isinstance(p.activity, Meeting)).items():
        if len(meetings) > most:
            message = (
                f"{person.name} has {len(meetings)} meetings on {day(date)} and should have at most {most}"
            )
            yield about(_NAME, message, meetings, [person.id])


def _rows(person: Person, engagements: list[Placed], rest: dt.timedelta) -> Iterator[Violation]:
    most = person.load.in_a_row
    if most is None:
        return
    row = engagements[:1]
    for item in (*engagements[1:], None):
        if item is not None and item.start - row[-1].end < rest:
            row.append(item)
            continue
        if len(row) > most:
            message = (
                f"{person.name} has {len(row)} engagements in a row with no rest of {length(rest)} "
                f"and should have at most {most}: {listed([name(p) for p in row])}"
            )
            yield about(_NAME, message, row, [person.id])
        row = [] if item is None else [item]


def _meals(
    person: Person, meal: MealBreak, engagements: list[Placed], windows: _Windows
) -> Iterator[Violation]:
    asked: dict[tuple[dt.date, CityId], tuple[City, Span]] = {}
    for item in engagements:
        for date in dates_of_stretch(item, item.zone):
            window = windows.on(meal, date, item.city)
            if overlap(item, window):
                asked[date, item.city.id] = item.city, window
    for (date, _), (city, window) in asked.items():
        busy = [item for item in engagements if overlap(item, window)]
        if _longest_free(busy, window) < meal.duration:
            message = (
                f"{person.name} has no {length(meal.duration)} free for a meal on {day(date)} "
                f"{hours(window.start, window.end, city.zone)} in {city.label}"
            )
            yield about(_NAME, message, busy, [person.id], during=window)


def _longest_free(busy: list[Placed], window: Span) -> dt.timedelta:
    longest, free_from = dt.timedelta(0), window.start
    for item in busy:
        longest = max(longest, item.start - free_from)
        free_from = max(free_from, item.end)
    return max(longest, window.end - free_from)


RULE = Rule(_NAME, together=_together)
