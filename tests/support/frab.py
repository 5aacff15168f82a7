"""Readers of conference schedules, and what a schedule of ours should say in one."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
from lxml import etree

from scheduler.domain import Instance, Session, Solution, Talk, kind_of

SCHEMAS = Path(__file__).parents[1] / "exports" / "schemas"
XML_SCHEMA = etree.XMLSchema(etree.parse(SCHEMAS / "schedule.xsd"))
JSON_SCHEMA = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "schedule.schema.json").read_text()))


@dataclass(frozen=True)
class Read:
    """An event as a reader finds it."""

    date: str
    start: dt.datetime
    duration: dt.timedelta
    room: str
    title: str
    kind: str
    track: str
    persons: frozenset[str]
    guid: str
    id: int
    slug: str
    description: str


def read_xml(data: bytes) -> list[Read]:
    """Return the events of a ``schedule.xml`` that keeps the schema."""
    root = etree.fromstring(data)
    XML_SCHEMA.assertValid(root)
    return [
        Read(
            date=day.get("date"),
            start=dt.datetime.fromisoformat(event.findtext("date")),
            duration=_length(event.findtext("duration")),
            room=room.get("name"),
            title=event.findtext("title"),
            kind=event.findtext("type"),
            track=event.findtext("track"),
            persons=frozenset(person.text for person in event.find("persons")),
            guid=event.get("guid"),
            id=int(event.get("id")),
            slug=event.findtext("slug"),
            description=event.findtext("description"),
        )
        for day in root.iterfind("day")
        for room in day
        for event in room
        if _agree(event.findtext("room"), room.get("name"), event.findtext("date"), event.findtext("start"))
    ]


def read_json(data: bytes) -> list[Read]:
    """Return the events of a ``schedule.json`` that keeps the schema."""
    document = json.loads(data)
    JSON_SCHEMA.validate(document)
    return [
        Read(
            date=day["date"],
            start=dt.datetime.fromisoformat(event["date"]),
            duration=_length(event["duration"]),
            room=room,
            title=event["title"],
            kind=event["type"],
            track=event["track"] or "",
            persons=frozenset(person["name"] for person in event["persons"]),
            guid=event["guid"],
            id=event["id"],
            slug=event["slug"],
            description=event["description"],
        )
        for day in document["schedule"]["conference"]["days"]
        for room, events in day["rooms"].items()
        for event in events
        if _agree(event["room"], room, event["date"], event["start"])
    ]


def plain(text: str) -> str:
    """Return a text as the formats can hold it: on one line, without what XML has no way to write."""
    return " ".join(
        re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", "", text.replace("\r", "\n")).split()
    )


def expected(instance: Instance, solution: Solution) -> dict[str, dict[str, Any]]:
    """Return what a file should say of each activity in it, worked out from instance and solution alone."""
    placed = {placement.activity for placement in solution.placements}
    found = {}
    for placement in solution.placements:
        activity = instance.activity(placement.activity)
        if isinstance(activity, Talk) and instance.session_of(activity.id).id in placed:
            continue
        city = instance.city_of(placement.room)
        start = placement.start.astimezone(city.zone)
        found[str(activity.id)] = {
            "date": start.date().isoformat(),
            "start": start,
            "duration": activity.duration,
            "kind": kind_of(activity).value.replace("_", " "),
            "track": _track(instance, activity),
        }
    return found


def _track(instance: Instance, activity: Any) -> str:
    track = activity.track if isinstance(activity, Session | Talk) else None
    if track is None and isinstance(activity, Talk):
        track = instance.session_of(activity.id).track
    return "" if track is None else plain(instance.track(track).name) or track


def _length(text: str) -> dt.timedelta:
    hours, minutes = text.split(":")
    return dt.timedelta(hours=int(hours), minutes=int(minutes))


def _agree(room: str, within: str, date: str, start: str) -> bool:
    """Hold what is said twice against each other."""
    assert room == within
    assert date[11:16] == start
    return True
