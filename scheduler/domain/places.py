"""Cities, venues, rooms and meeting areas."""

import datetime as dt
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from scheduler.domain.base import Value
from scheduler.domain.ids import WELL_FORMED, CityId, RoomId, VenueId
from scheduler.domain.times import Clock, Date, Duration, Window, ZoneName, at


class Opening(Value):
    """A stretch of one date in which activities may take place in a city."""

    date: Date
    start: Clock = Field(alias="from")
    end: Clock = Field(alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end != dt.time(0) and self.end <= self.start:
            raise ValueError("`to` should be later than `from`")
        return self

    def instants(self, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """Return the two instants of the window on the city's clock."""
        return at(self.date, self.start, zone), at(self.date, self.end, zone, end=True)


class Room(Value):
    """A room of a venue; with ``tables`` it is a meeting area with that many identical tables."""

    id: Annotated[RoomId, WELL_FORMED]
    name: str = ""
    seats: int | None = Field(default=None, ge=1)
    """How many people fit (at one table, in a meeting area); not given: no limit is known."""
    features: frozenset[str] = frozenset()
    tables: int | None = Field(default=None, ge=1, le=100_000)
    available: tuple[Window, ...] = ()
    """When given, an activity must lie wholly inside one of these."""
    closed: tuple[Window, ...] = ()
    """No activity may overlap one of these."""

    @property
    def is_area(self) -> bool:
        """Whether this is a meeting area."""
        return self.tables is not None

    @property
    def label(self) -> str:
        """The name to show."""
        return self.name or self.id


class Venue(Value):
    """A building in a city."""

    id: Annotated[VenueId, WELL_FORMED]
    name: str = ""
    address: str = ""
    room_change: Duration = dt.timedelta(0)
    """What it takes to get from one room of this venue to another."""
    rooms: tuple[Room, ...] = ()

    @property
    def label(self) -> str:
        """The name to show."""
        return self.name or self.id


class Transfer(Value):
    """What it takes to get between two venues of one city, either way."""

    start: VenueId = Field(alias="from")
    end: VenueId = Field(alias="to")
    duration: Duration


class City(Value):
    """A city: a time zone, opening windows per date, and venues."""

    id: Annotated[CityId, WELL_FORMED]
    name: str = ""
    time_zone: ZoneName
    opening: tuple[Opening, ...] = Field(min_length=1)
    venues: tuple[Venue, ...] = Field(min_length=1)
    transfer: Duration = dt.timedelta(0)
    """What it takes between two venues for which ``transfers`` says nothing."""
    transfers: tuple[Transfer, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def label(self) -> str:
        """The name to show."""
        return self.name or self.id
