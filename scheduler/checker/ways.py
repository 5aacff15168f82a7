"""What it takes to get from one engagement to the next."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from scheduler.domain import City, CityId, Instance, Room, Venue, VenueId
from scheduler.domain.times import UTC

NOTHING = dt.timedelta(0)


class Stop(Protocol):
    """Where and when an engagement is."""

    @property
    def start(self) -> dt.datetime:
        """When it starts, in UTC."""

    @property
    def end(self) -> dt.datetime:
        """When it ends, in UTC."""

    @property
    def city(self) -> City:
        """Its city."""

    @property
    def venue(self) -> Venue:
        """Its venue."""

    @property
    def room(self) -> Room:
        """Its room."""


class Ways:
    """Transfers and journeys of one programme, each worked out once."""

    def __init__(self, instance: Instance) -> None:
        self._travel = instance.travel
        self._zones = instance.zones
        self._shortest: dict[CityId, dict[tuple[VenueId, VenueId], dt.timedelta]] = {}
        self._ready: dict[tuple[CityId, CityId, dt.datetime], dt.datetime | None] = {}

    def suffices(self, first: Stop, then: Stop) -> bool:
        """Return whether somebody gets from one engagement to a later one in time."""
        if first.room is then.room:
            return True
        if first.city is not then.city:
            ready = self.ready(first.city.id, then.city.id, first.end)
            return ready is not None and ready <= then.start
        return then.start - first.end >= self.transfer(first, then) or self._over_another_city(first, then)

    def _over_another_city(self, first: Stop, then: Stop) -> bool:
        """Return whether somebody gets to another city and back in time, which can be quicker as well."""
        home = first.city.id
        for city in self._zones:
            away = self.ready(home, city, first.end) if city != home else None
            back = None if away is None else self.ready(city, home, away)
            if back is not None and back <= then.start:
                return True
        return False

    def ready(self, start: CityId, end: CityId, at: dt.datetime) -> dt.datetime | None:
        """Return when somebody free at ``at`` is ready in another city, in UTC (None: never)."""
        key = (start, end, at)
        if key not in self._ready:
            journey = self._travel.journey(start, end, at, self._zones)
            self._ready[key] = None if journey is None else journey.ready.astimezone(UTC)
        return self._ready[key]

    def transfer(self, first: Stop, then: Stop) -> dt.timedelta:
        """Return how long it takes between two different rooms of one city."""
        between = self._between_venues(first.city)
        here, there = first.venue.id, then.venue.id
        if here != there:
            return between[here, there]
        # Out of the building and back in can be quicker than through it.
        detours = (2 * between[here, other.id] for other in first.city.venues if other.id != here)
        return min([first.venue.room_change, *detours])

    def _between_venues(self, city: City) -> dict[tuple[VenueId, VenueId], dt.timedelta]:
        """Return the shortest ways between the venues of a city (Floyd 1962, Warshall 1962)."""
        if city.id in self._shortest:
            return self._shortest[city.id]
        venues = [venue.id for venue in city.venues]
        way = {(a, b): NOTHING if a == b else city.transfer for a in venues for b in venues}
        for transfer in city.transfers:
            way[transfer.start, transfer.end] = way[transfer.end, transfer.start] = transfer.duration
        for over in venues:
            for a in venues:
                for b in venues:
                    way[a, b] = min(way[a, b], way[a, over] + way[over, b])
        self._shortest[city.id] = way
        return way
