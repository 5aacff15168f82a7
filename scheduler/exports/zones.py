"""VTIMEZONE components whose onsets are exactly those of the time zone database."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain import Instance, Solution
from scheduler.domain.times import DAY, UTC

if TYPE_CHECKING:
    from icalendar import Timezone

MINUTE = dt.timedelta(minutes=1)


def years_of(instance: Instance, solution: Solution) -> tuple[int, int]:
    """Return the first and last year that a programme's calendars can speak of.

    They hold all opening dates and placements, with two days to spare on either side: somebody may travel
    in the night. All calendars of a programme so define a zone in the same way.
    """
    dates = [opening.date for city in instance.cities for opening in city.opening]
    dates += [placement.start.date() for placement in solution.placements]
    return (min(dates) - 2 * DAY).year, (max(dates) + 2 * DAY).year


def timezone(name: str, years: tuple[int, int]) -> Timezone:
    """Return the definition of a zone from the first day of the first year to the last of the last.

    Each observance is one component with one onset, no rule: the years are known, and a list of onsets is
    right in years in which a rule is changed too. An onset is written on the clock that it ends
    (RFC 5545, 3.6.5), which ``Timezone.from_tzinfo`` of icalendar up to 7.3 gets an hour wrong in spring.

    Parameters
    ----------
    name : str
        An IANA time zone.
    years : tuple of int
        The first and last year.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    component = Timezone()
    component.add("tzid", name)
    for onset, before, after, label, is_summer in _observances(name, years):
        observance = TimezoneDaylight() if is_summer else TimezoneStandard()
        observance.add("dtstart", onset)
        observance.add("tzoffsetfrom", before)
        observance.add("tzoffsetto", after)
        observance.add("tzname", label)
        component.add_component(observance)
    return component


@lru_cache(maxsize=256)
def timezone_text(name: str, years: tuple[int, int]) -> str:
    """Return the definition of a zone as it stands in a calendar (see :func:`timezone`)."""
    return bytes(timezone(name, years).to_ical()).decode()


Observance = tuple[dt.datetime, dt.timedelta, dt.timedelta, str, bool]
"""Onset on the clock before it, offset before and after, abbreviation, whether it is summer time."""


@lru_cache(maxsize=256)
def _observances(name: str, years: tuple[int, int]) -> tuple[Observance, ...]:
    zone = ZoneInfo(name)
    first = dt.datetime(years[0], 1, 1, tzinfo=zone).astimezone(UTC)
    last = dt.datetime(years[1] + 1, 1, 1, tzinfo=zone).astimezone(UTC)
    found = [_observance(first, first, zone)]
    day = first
    while day < last:
        if _state(day, zone) != _state(day + DAY, zone):
            found.append(_observance(day, _change(day, day + DAY, zone), zone))
        day += DAY
    return tuple(found)


def _observance(before: dt.datetime, onset: dt.datetime, zone: ZoneInfo) -> Observance:
    old, (new, label, is_summer) = _state(before, zone)[0], _state(onset, zone)
    return (onset + old).replace(tzinfo=None), old, new, label, is_summer


def _state(instant: dt.datetime, zone: ZoneInfo) -> tuple[dt.timedelta, str, bool]:
    local = instant.astimezone(zone)
    return (
        local.utcoffset() or dt.timedelta(0),
        local.tzname() or zone.key,
        (local.dst() or dt.timedelta(0)) > dt.timedelta(0),
    )


def _change(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the first minute in the new state, by halving."""
    old = _state(before, zone)
    while after - before > MINUTE:
        middle = before + (after - before) // 2 // MINUTE * MINUTE
        before, after = (middle, after) if _state(middle, zone) == old else (before, middle)
    return after
