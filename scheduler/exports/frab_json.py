"""Schedules as ``schedule.json``, in the form that frab and pretalx write."""

from __future__ import annotations

import json
from typing import Any

from scheduler.domain import Instance, Solution
from scheduler.exports.formats import Manner
from scheduler.exports.frab import (
    GENERATOR,
    Conference,
    FrabDay,
    FrabEvent,
    FrabPerson,
    FrabRoom,
    clock,
    conferences,
)

SCHEMA = "https://c3voc.de/schedule/schema.json"


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return ``schedule.json`` and, where there are several cities, one file for each."""
    found = conferences(instance, solution, manner)
    return {f"{stem}.json": json_bytes(conference) for stem, conference in found.items()}


def json_bytes(conference: Conference) -> bytes:
    """Return a conference as JSON."""
    return (json.dumps(_document(conference), ensure_ascii=False, indent=1) + "\n").encode()


def _document(conference: Conference) -> dict[str, Any]:
    first, last = conference.days[0].date, conference.days[-1].date
    facts = {
        "acronym": conference.acronym,
        "title": conference.title,
        "start": first.isoformat(),
        "end": last.isoformat(),
        "daysCount": len(conference.days),
        "timeslot_duration": clock(conference.grid),
        "time_zone_name": conference.time_zone,
        "rooms": [_room(room) for room in conference.rooms],
        "tracks": [{"name": track} for track in conference.tracks],
        "days": [_day(day) for day in conference.days],
    }
    return {
        "$schema": SCHEMA,
        "generator": {"name": GENERATOR},
        "schedule": {"version": conference.version, "conference": facts},
    }


def _room(room: FrabRoom) -> dict[str, Any]:
    return {"name": room.name, "guid": room.guid, "capacity": room.seats}


def _day(day: FrabDay) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.start.isoformat(),
        "day_end": day.end.isoformat(),
        "rooms": {room.name: [_event(event) for event in events] for room, events in day.rooms},
    }


def _event(event: FrabEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "guid": event.guid,
        "date": event.start.isoformat(),
        "start": f"{event.start:%H:%M}",
        "duration": clock(event.duration),
        "room": event.room.name,
        "slug": event.slug,
        "title": event.title,
        "subtitle": "",
        "track": event.track or None,
        "type": event.type,
        "language": "",
        "abstract": "",
        "description": event.description,
        "persons": [_person(person) for person in event.persons],
        "links": [],
        "attachments": [],
    }


def _person(person: FrabPerson) -> dict[str, Any]:
    """Return a person under both names: programs made for frab look for ``public_name``."""
    return {"guid": person.guid, "name": person.name, "public_name": person.name}
