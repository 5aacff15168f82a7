"""The grid, and activities that are too long for it, for their windows or for their session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from scheduler.domain.activities import Activity, HostedActivity, Session
from scheduler.domain.faults.doubt import Path
from scheduler.domain.faults.facts import Facts
from scheduler.domain.ids import CityId
from scheduler.domain.instance import Fault, Instance
from scheduler.domain.places import City, Opening
from scheduler.domain.times import DAY, Window, elapsed, format_duration

_NONE = dt.timedelta(0)


def grid_divides_day(facts: Facts) -> Iterator[Fault]:
    """Yield the grid when midnight does not lie on it."""
    grid = facts.instance.programme.grid
    if DAY % grid:
        message = "does not divide the day: take one such as 5min, 15min, 30min or 1h"
        yield Fault(("programme", "grid"), format_duration(grid), message)


def lengths(facts: Facts) -> Iterator[Fault]:
    """Yield activities whose duration is off the grid, or longer than any time they could have."""
    grid = facts.instance.programme.grid
    on_grid = not (DAY % grid or facts.doubt.touches("programme"))
    stretches = None if _windows_in_doubt(facts) else Stretches(facts.instance)
    for path, hosted in facts.hosted:
        yield from _length(facts, stretches, path, hosted, hosted, on_grid)
        if isinstance(hosted, Session) and not facts.doubt.touches(*path):
            yield from _talks_fit(path, hosted)
    for path, talk in facts.talks:
        session = facts.instance.sessions[int(path[1])]
        yield from _length(facts, stretches, path, talk, session, on_grid)


def _windows_in_doubt(facts: Facts) -> bool:
    return facts.doubt.touches("cities") or facts.doubt.touches("day_parts")


def _length(
    facts: Facts,
    stretches: Stretches | None,
    path: Path,
    activity: Activity,
    host: HostedActivity,
    on_grid: bool,
) -> Iterator[Fault]:
    if facts.doubt.touches(*path):
        return
    length, grid = activity.duration, facts.instance.programme.grid
    here = (*path, "duration")
    if on_grid and length % grid:
        yield Fault(here, format_duration(length), f"is not a multiple of the grid, {format_duration(grid)}")
    if stretches:
        longest = stretches.longest(activity, host)
        if _NONE < longest < length:
            message = f"is longer than any time it could have: the longest is {format_duration(longest)}"
            yield Fault(here, format_duration(length), message)


def _talks_fit(path: Path, session: Session) -> Iterator[Fault]:
    together = sum((talk.duration for talk in session.talks), _NONE)
    if together > session.duration:
        message = f"is shorter than the talks of the session together, {format_duration(together)}"
        yield Fault((*path, "duration"), format_duration(session.duration), message)


class Stretches:
    """The stretches of time that activities could have, as far as opening and windows say."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._all = frozenset(city.id for city in instance.cities)
        self._venues = {venue.id: city.id for city in instance.cities for venue in city.venues}
        self._rooms = {room.id: instance.city_of(room.id).id for room in instance.rooms}
        self._known: dict[object, dt.timedelta] = {}

    def longest(self, activity: Activity, host: HostedActivity) -> dt.timedelta:
        """Return the longest stretch that an activity could have; zero when it has none at all.

        Parameters
        ----------
        activity : Activity
            The session, talk or meeting.
        host : HostedActivity
            Itself, or the session of a talk: where it can be.
        """
        cities = self._cities(host)
        key = (cities, activity.dates, activity.windows, activity.day_part)
        if key not in self._known:
            found = [
                stretch
                for city in self._instance.cities
                if city.id in cities
                for stretch in self._in_city(city, activity)
            ]
            self._known[key] = max(found, default=_NONE)
        return self._known[key]

    def _cities(self, host: HostedActivity) -> frozenset[CityId]:
        """Return the cities in which something can be, as far as its names are known."""
        allowed = self._all
        if host.cities:
            allowed &= set(host.cities)
        if host.venues:
            allowed &= {self._venues[venue] for venue in host.venues if venue in self._venues}
        if host.rooms:
            allowed &= {self._rooms[room] for room in host.rooms if room in self._rooms}
        if host.pin.room in self._rooms:
            allowed &= {self._rooms[host.pin.room]}
        return allowed

    def _in_city(self, city: City, activity: Activity) -> Iterator[dt.timedelta]:
        """Yield the stretches that a city's opening leaves to an activity."""
        part = self._instance.day_parts.get(activity.day_part) if activity.day_part else None
        for opening in city.opening:
            if activity.dates and opening.date not in activity.dates:
                continue
            for window in activity.windows or (None,):
                yield _common(opening, (window, part), city.zone)


def _common(opening: Opening, windows: Iterable[Window | None], zone: ZoneInfo) -> dt.timedelta:
    """Return how much of an opening lies in all of some windows: at most zero when nothing does."""
    start, end = opening.instants(zone)
    for window in windows:
        if window is not None:
            times = window.on(opening.date, zone)
            if times is None:
                return _NONE
            # All of these are in one zone, and of one date or the midnight that ends it.
            start, end = max(start, times[0]), min(end, times[1])
    return elapsed(start, end)
