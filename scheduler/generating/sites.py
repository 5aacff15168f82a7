"""Cities of a programme that is made up: when they are open, their venues, and the ways between them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.generating.spec import GenerateSpec

Parts = dict[str, Any]

FIRST_DATE = dt.date(2026, 9, 7)
SLOT = 30
"""Minutes of a meeting, and the grid."""
LUNCH = (13 * 60, 14 * 60)
"""Minutes of the day that the plan of what is mandatory leaves to the meal."""
MEAL = {"from": "12:30", "to": "15:30", "duration": "1h"}
LOCAL = "es"
"""What is spoken in all cities."""
COMMON = "en"
"""What most people speak besides."""
FOREIGN = ("zh", "ja", "ko")

_ZONES = ("Europe/Madrid", "Europe/Madrid", "Europe/Lisbon", "Europe/Paris")
_MIDNIGHT = dt.datetime.combine(FIRST_DATE, dt.time(0), dt.UTC)
_OPENINGS = ((("09:00", "14:00"), ("15:00", "19:00")), (("09:00", "18:30"),))
_SHARES = ((0.5, 0.3, 0.2), (0.6, 0.4))
"""Of a city's tables, by venue."""


def moment(minute: int, zone: ZoneInfo) -> dt.datetime:
    """Return the instant of a minute of the programme (from the first midnight in UTC) on a zone's clock."""
    return (_MIDNIGHT + dt.timedelta(minutes=minute)).astimezone(zone)


@dataclass(frozen=True, slots=True)
class Site:
    """A city.

    Attributes
    ----------
    id, zone
    opening : tuple of (str, str)
        Of each date, on the city's clock.
    slots : tuple of tuple of int
        For each date the minutes of the programme in which a meeting can start.
    """

    id: str
    zone: ZoneInfo
    opening: tuple[tuple[str, str], ...]
    slots: tuple[tuple[int, ...], ...]

    def minute(self, day: int, clock: int) -> int:
        """Return the minute of the programme of a minute of a day on the city's clock."""
        midnight = dt.datetime.combine(FIRST_DATE + dt.timedelta(days=day), dt.time(0), self.zone)
        return int((midnight - _MIDNIGHT).total_seconds()) // 60 + clock

    def clock(self, minute: int) -> int:
        """Return the minute of the day that the city's clock shows."""
        local = moment(minute, self.zone)
        return local.hour * 60 + local.minute

    @property
    def area(self) -> str:
        """The meeting area of the first venue."""
        return f"{self.id}-1-tables"

    @property
    def hall(self) -> str:
        """Where everybody fits."""
        return f"{self.id}-hall"

    @property
    def rooms(self) -> tuple[str, str]:
        """Rooms for workshops."""
        return f"{self.id}-room-1", f"{self.id}-room-2"

    def written(self, tables: int) -> Parts:
        """Return the city as it is written in an instance, with about so many tables."""
        shares = _SHARES[0] if self.opening == _OPENINGS[0] else _SHARES[1]
        venues = [self._venue(n, max(1, round(share * tables))) for n, share in enumerate(shares, 1)]
        return {
            "id": self.id,
            "time_zone": str(self.zone),
            "opening": [
                {"date": FIRST_DATE + dt.timedelta(days=day), "from": start, "to": end}
                for day in range(len(self.slots))
                for start, end in self.opening
            ],
            "venues": venues,
            "transfer": "20min",
        }

    def _venue(self, number: int, tables: int) -> Parts:
        rooms: list[Parts] = [{"id": f"{self.id}-{number}-tables", "tables": tables}]
        if number == 1:
            rooms += [{"id": self.hall}, *({"id": room, "seats": 60} for room in self.rooms)]
        return {"id": f"{self.id}-{number}", "rooms": rooms}


def sites_of(spec: GenerateSpec) -> tuple[Site, ...]:
    """Return the cities."""
    return tuple(_site(number, spec.days) for number in range(spec.cities))


def _site(number: int, days: int) -> Site:
    opening = _OPENINGS[0] if number == 0 else _OPENINGS[1]
    site = Site(f"c{number + 1}", ZoneInfo(_ZONES[number % len(_ZONES)]), opening, ())
    clocks = [
        start for first, last in opening for start in range(_minutes(first), _minutes(last) - SLOT + 1, SLOT)
    ]
    slots = tuple(tuple(site.minute(day, clock) for clock in clocks) for day in range(days))
    return Site(site.id, site.zone, opening, slots)


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def links(sites: tuple[Site, ...]) -> list[Parts]:
    """Return the ways between cities: coaches at any time from the first one, and a train by timetable."""
    found: list[Parts] = [
        {
            "id": f"coach-{site.id}",
            "from": sites[0].id,
            "to": site.id,
            "mode": "coach",
            "duration": "3h",
            "access": "15min",
            "egress": "15min",
            "both_ways": True,
        }
        for site in sites[1:]
    ]
    for start, end in (sites[:2], sites[1::-1]) if len(sites) > 1 else ():
        found.append(
            {
                "id": f"train-{start.id}-{end.id}",
                "from": start.id,
                "to": end.id,
                "duration": "1h30",
                "access": "30min",
                "egress": "15min",
                "departures": [f"{hour:02d}:10" for hour in range(7, 22, 2)],
            }
        )
    return found
