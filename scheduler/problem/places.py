"""Rooms, the ways between them, and when somebody who leaves one can start in another."""

from __future__ import annotations

import datetime as dt
import heapq
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scheduler.domain import City, CityId, Instance, Link, Room, RoomId, Venue, VenueId
from scheduler.problem.clock import Clock

_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """A room with the venue and the city it is in."""

    room: Room
    venue: Venue
    city: City
    zone: ZoneInfo


class Geography:
    """All places of an instance, and the least time from one engagement to the next.

    The ways are shortest paths, out of the city and back among them, so the time from A to C is never
    longer than over B: what holds for consecutive engagements then holds for any two, and rules may
    compare pairs.
    """

    def __init__(self, instance: Instance, clock: Clock) -> None:
        self._clock = clock
        self.places = tuple(
            Place(room, instance.venue_of(room.id), city := instance.city_of(room.id), city.zone)
            for room in instance.rooms
        )
        self._by_id = {place.room.id: place for place in self.places}
        self._walks: dict[VenueId, dict[VenueId, int]] = {}
        for city in instance.cities:
            self._walks |= _shortest_walks(city)
        self._zones = instance.zones
        self._arrivals: dict[tuple[CityId, int, CityId], int | None] = {}
        self._links: dict[CityId, list[_Ride]] = {city.id: [] for city in instance.cities}
        for link in instance.travel.links:
            self._links[link.start].append(_Ride(link, link.start, link.end))
            if link.both_ways:
                self._links[link.end].append(_Ride(link, link.end, link.start))

    def place(self, room: RoomId) -> Place:
        """Return the place of a room."""
        return self._by_id[room]

    def ready(self, here: Place, end: int, there: Place) -> int | None:
        """Return the first minute an engagement can start after one that ends elsewhere.

        Parameters
        ----------
        here, there : Place
            Where the first engagement ends and the next one starts.
        end : int
            The minute in which the first one ends.

        Returns
        -------
        int or None
            None when there is no way any more.
        """
        if here is there:
            return end
        if here.city is not there.city:
            return self.arrival(here.city.id, end, there.city.id)
        walking = end + self.walk(here, there)
        return walking if walking == end else min(walking, self._back(here.city.id, end, walking))

    def _back(self, home: CityId, end: int, latest: int) -> int:
        """Return when somebody free at ``end`` is back from another city, if that is before ``latest``."""
        for city in {ride.end for ride in self._links[home]}:
            away = self.arrival(home, end, city)
            back = None if away is None else self.arrival(city, away, home)
            latest = latest if back is None else min(back, latest)
        return latest

    def walk(self, here: Place, there: Place) -> int:
        """Return the minutes between two rooms of one city."""
        if here is there:
            return 0
        if here.venue is not there.venue:
            return self._walks[here.venue.id][there.venue.id]
        around = self._walks[here.venue.id][here.venue.id]
        return min(_minutes(here.venue.room_change), around)

    def arrival(self, here: CityId, end: int, there: CityId) -> int | None:
        """Return when somebody free in one city at ``end`` can start in another."""
        key = (here, end, there)
        if key not in self._arrivals:
            self._arrivals[key] = self._arrival(here, end, there)
        return self._arrivals[key]

    def _arrival(self, here: CityId, end: int, there: CityId) -> int | None:
        """Work out an arrival (label setting, Dijkstra 1959)."""
        labels, done = [(end, here)], set()
        while labels:
            at, city = heapq.heappop(labels)
            if city == there:
                return at
            if city in done:
                continue
            done.add(city)
            for ride in self._links[city]:
                if ride.end not in done and (ready := self._ride(ride, at)) is not None:
                    heapq.heappush(labels, (ready, ride.end))
        return None

    def _ride(self, ride: _Ride, at: int) -> int | None:
        """Return when an engagement can start after riding one link, free at ``at``."""
        link = ride.link
        earliest = at + _minutes(link.access)
        if not link.departures:
            return earliest + _minutes(link.duration) + _minutes(link.egress)
        today = self._clock.date(earliest, self._zones[ride.start])
        arrivals = [
            arrive
            for departure in link.departures
            for date in departure.dates or (today, today + dt.timedelta(days=1))
            for depart, arrive in [self._times(ride, departure.depart, departure.arrive, date)]
            if depart >= earliest
        ]
        return min(arrivals) + _minutes(link.egress) if arrivals else None

    def _times(self, ride: _Ride, depart: dt.time, arrive: dt.time | None, date: dt.date) -> tuple[int, int]:
        leave = self._clock.minute(dt.datetime.combine(date, depart, self._zones[ride.start]))
        if arrive is None:
            return leave, leave + _minutes(ride.link.duration)
        zone = self._zones[ride.end]
        reach = self._clock.minute(dt.datetime.combine(date, arrive, zone))
        if reach <= leave:
            tomorrow = date + dt.timedelta(days=1)
            reach = self._clock.minute(dt.datetime.combine(tomorrow, arrive, zone))
        return leave, reach


class _Ride(NamedTuple):
    link: Link
    start: CityId
    end: CityId


def _minutes(length: dt.timedelta) -> int:
    return int(length / _MINUTE)


def _shortest_walks(city: City) -> dict[VenueId, dict[VenueId, int]]:
    """Return the shortest ways between a city's venues (Floyd-Warshall).

    The entry of a venue with itself is the shortest way out to another venue and back.
    """
    far = 10**9
    venues = [venue.id for venue in city.venues]
    walk = {a: {b: far if a == b else _minutes(city.transfer) for b in venues} for a in venues}
    for transfer in city.transfers:
        walk[transfer.start][transfer.end] = walk[transfer.end][transfer.start] = _minutes(transfer.duration)
    for via in venues:
        for a in venues:
            for b in venues:
                walk[a][b] = min(walk[a][b], walk[a][via] + walk[via][b])
    return walk
