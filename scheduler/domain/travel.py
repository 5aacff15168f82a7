"""Travel between cities: links, timetables, and the journey that gets somebody there first."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from scheduler.domain.base import Value
from scheduler.domain.ids import WELL_FORMED, CityId, LinkId
from scheduler.domain.times import DAY, Clock, Date, Duration, Moment, PositiveDuration, elapsed, later


class Departure(Value):
    """A departure of a timetable, on the clock of the city it leaves (and reaches)."""

    depart: Clock
    arrive: Clock | None = None
    """Not given: the link's duration later. Earlier on the clock than ``depart``: the next day."""
    dates: tuple[Date, ...] = ()
    """The dates it leaves on; empty: daily."""

    @model_validator(mode="before")
    @classmethod
    def _bare_time(cls, data: Any) -> Any:
        return {"depart": data} if isinstance(data, str | dt.time) else data


class Link(Value):
    """A way from one city to another; without ``departures`` one may leave at any time."""

    id: Annotated[LinkId, WELL_FORMED] | None = None
    start: CityId = Field(alias="from")
    end: CityId = Field(alias="to")
    mode: str = "train"
    duration: PositiveDuration
    access: Duration = dt.timedelta(0)
    """From the end of an engagement to the departure, at the least."""
    egress: Duration = dt.timedelta(0)
    """From the arrival to the start of an engagement, at the least."""
    both_ways: bool = False
    departures: tuple[Departure, ...] = ()


class Leg(Value):
    """One ride on one link."""

    start: CityId
    end: CityId
    mode: str
    depart: Moment
    arrive: Moment


class Journey(Value):
    """The legs from one city to another, and when an engagement can start after them."""

    legs: tuple[Leg, ...]
    ready: Moment


class Travel(Value):
    """All links of a programme."""

    links: tuple[Link, ...] = ()

    def journey(
        self, start: CityId, end: CityId, at: dt.datetime, zones: Mapping[CityId, ZoneInfo]
    ) -> Journey | None:
        """Return the journey that is over first for somebody whose engagement ends at ``at``.

        A change on the way takes the arriving link's ``egress`` and the departing link's ``access``,
        exactly as an engagement there would, so going through a city is never quicker with an
        engagement in it than without. (Earliest arrival by label setting, Dijkstra 1959; waiting is
        allowed, so leaving earlier never means arriving later.)

        Returns
        -------
        Journey or None
            None if no links lead there, or no departure is left.
        """
        ready: dict[CityId, tuple[dt.datetime, tuple[Leg, ...]]] = {start: (at, ())}
        done: set[CityId] = set()
        while open_cities := [city for city in ready if city not in done]:
            city = min(open_cities, key=lambda c: (ready[c][0].timestamp(), len(ready[c][1]), c))
            when, legs = ready[city]
            if city == end:
                return Journey.model_construct(legs=legs, ready=when)
            done.add(city)
            for link in self.leaving(city):
                leg = next_leg(link, when, zones)
                if leg is None or leg.end in done:
                    continue
                there = later(leg.arrive, link.egress)
                known = ready.get(leg.end)
                if known is None or elapsed(there, known[0]) > dt.timedelta(0):
                    ready[leg.end] = (there, (*legs, leg))
        return None

    def leaving(self, city: CityId) -> list[Link]:
        """Return the links out of a city; one that goes both ways is turned round where needed."""
        out = [link for link in self.links if link.start == city]
        turned = [link for link in self.links if link.both_ways and link.end == city]
        return out + [link.model_copy(update={"start": city, "end": link.start}) for link in turned]


def next_leg(link: Link, at: dt.datetime, zones: Mapping[CityId, ZoneInfo]) -> Leg | None:
    """Return the ride on a link that arrives first for an engagement that ends at ``at``."""
    earliest = later(at, link.access).astimezone(zones[link.start])
    if not link.departures:
        return _leg(link, earliest, later(earliest, link.duration).astimezone(zones[link.end]))
    rides = [
        ride
        for departure in link.departures
        for date in (departure.dates or _days_from(earliest.date()))
        if elapsed(earliest, (ride := _ride(link, departure, date, zones)).depart) >= dt.timedelta(0)
    ]
    return min(rides, key=lambda r: (r.arrive.timestamp(), -r.depart.timestamp()), default=None)


def _days_from(date: dt.date) -> tuple[dt.date, dt.date]:
    return date, date + DAY


def _ride(link: Link, departure: Departure, date: dt.date, zones: Mapping[CityId, ZoneInfo]) -> Leg:
    depart = dt.datetime.combine(date, departure.depart, zones[link.start])
    if departure.arrive is None:
        return _leg(link, depart, later(depart, link.duration).astimezone(zones[link.end]))
    arrive = dt.datetime.combine(date, departure.arrive, zones[link.end])
    if elapsed(depart, arrive) <= dt.timedelta(0):
        arrive = dt.datetime.combine(date + DAY, departure.arrive, zones[link.end])
    return _leg(link, depart, arrive)


def _leg(link: Link, depart: dt.datetime, arrive: dt.datetime) -> Leg:
    return Leg.model_construct(start=link.start, end=link.end, mode=link.mode, depart=depart, arrive=arrive)
