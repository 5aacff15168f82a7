"""Small instances and placements, written shortly.

Everything is on Monday 10 March 2025 in Madrid (UTC+1) unless a test says otherwise: one venue, ``house``,
with a room ``hall`` and a meeting area ``area`` of two tables, open from 09:00 to 18:00, on a grid of
30 minutes.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.domain import Instance, InterpreterSeat, Placement, Solution

DATE = "2025-03-10"
MADRID = ZoneInfo("Europe/Madrid")


def moment(clock: str, date: str = DATE, zone: str = "Europe/Madrid") -> dt.datetime:
    """Return the instant of a time of day."""
    return dt.datetime.fromisoformat(f"{date}T{clock}").replace(tzinfo=ZoneInfo(zone))


def hours(start: str, end: str, date: str | None = None) -> dict[str, str]:
    """Return a window or an opening."""
    return {"from": start, "to": end} | ({} if date is None else {"date": date})


def away(start: str, end: str, date: str = DATE) -> dict[str, dt.datetime]:
    """Return an interval."""
    return {"from": moment(start, date), "to": moment(end, date)}


def city(
    name: str = "madrid",
    *rooms: dict[str, Any],
    zone: str = "Europe/Madrid",
    opening: tuple[dict[str, str], ...] = (hours("09:00", "18:00", DATE),),
    **more: Any,
) -> dict[str, Any]:
    """Return a city with one venue (or the ``venues`` given)."""
    house = {"id": "house" if name == "madrid" else f"{name}-house", "rooms": rooms or ROOMS}
    return {"id": name, "name": name.title(), "time_zone": zone, "opening": opening, "venues": [house]} | more


ROOMS: tuple[dict[str, Any], ...] = ({"id": "hall"}, {"id": "area", "tables": 2})


def make(*parties: str, grid: str = "30min", now: dt.datetime | None = None, **parts: Any) -> Instance:
    """Return an instance; ``parties`` are delegations that travel together and name nobody."""
    given: dict[str, Any] = {
        "programme": {"id": "small", "grid": grid, "now": now},
        "cities": [city()],
        "delegations": [{"id": party} for party in parties] + list(parts.pop("delegations", [])),
    }
    return Instance.model_validate(given | parts)


def meeting(name: str, *parties: str, **more: Any) -> dict[str, Any]:
    """Return a bilateral meeting of 30 minutes."""
    return {"id": name, "parties": parties} | more


def session(name: str, **more: Any) -> dict[str, Any]:
    """Return a session of one hour."""
    return {"id": name, "kind": "conference", "duration": "1h"} | more


def put(
    activity: str,
    clock: str,
    room: str = "area",
    table: int | None = 1,
    *attendees: str,
    interpreter: tuple[str, int] | None = None,
    date: str = DATE,
    zone: str = "Europe/Madrid",
) -> Placement:
    """Return a placement, at table 1 of ``area`` unless told otherwise."""
    return Placement.model_validate(
        {
            "activity": activity,
            "start": moment(clock, date, zone),
            "room": room,
            "table": table,
            "attendees": attendees,
            "interpreter": interpreter and InterpreterSeat(pool=interpreter[0], unit=interpreter[1]),
        }
    )


def hold(activity: str, clock: str, room: str = "hall", *attendees: str, **more: Any) -> Placement:
    """Return a placement outside meeting areas, in ``hall`` unless told otherwise."""
    return put(activity, clock, room, None, *attendees, **more)


def schedule(*placements: Placement) -> Solution:
    """Return a solution of these placements."""
    return Solution.model_validate({"programme": "small", "placements": placements})
