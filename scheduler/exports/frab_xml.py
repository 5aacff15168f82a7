"""Schedules as ``schedule.xml``, in the form that frab and pretalx write."""

from __future__ import annotations

from xml.etree import ElementTree

from scheduler.domain import Instance, Solution
from scheduler.exports.formats import Manner
from scheduler.exports.frab import GENERATOR, Conference, FrabDay, FrabEvent, clock, conferences

Element = ElementTree.Element


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return ``schedule.xml`` and, where there are several cities, one file for each."""
    found = conferences(instance, solution, manner)
    return {f"{stem}.xml": xml_bytes(conference) for stem, conference in found.items()}


def xml_bytes(conference: Conference) -> bytes:
    """Return a conference as XML."""
    root = Element("schedule")
    _add(root, "generator", name=GENERATOR)
    _add(root, "version", conference.version)
    _add_facts(root, conference)
    for day in conference.days:
        _add_day(root, day)
    ElementTree.indent(root, " ")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    element = ElementTree.SubElement(parent, tag, attributes)
    if text:
        element.text = text
    return element


def _add_facts(root: Element, conference: Conference) -> None:
    facts = _add(root, "conference")
    _add(facts, "acronym", conference.acronym)
    _add(facts, "title", conference.title)
    _add(facts, "start", conference.days[0].date.isoformat())
    _add(facts, "end", conference.days[-1].date.isoformat())
    _add(facts, "days", str(len(conference.days)))
    _add(facts, "timeslot_duration", clock(conference.grid))
    _add(facts, "time_zone_name", conference.time_zone)
    for track in conference.tracks:
        _add(facts, "track", name=track)


def _add_day(root: Element, day: FrabDay) -> None:
    element = _add(
        root,
        "day",
        index=str(day.index),
        date=day.date.isoformat(),
        start=day.start.isoformat(),
        end=day.end.isoformat(),
    )
    for room, events in day.rooms:
        within = _add(element, "room", name=room.name, guid=room.guid)
        for event in events:
            _add_event(within, event)


def _add_event(room: Element, event: FrabEvent) -> None:
    element = _add(room, "event", guid=event.guid, id=str(event.id))
    _add(element, "date", event.start.isoformat())
    _add(element, "start", f"{event.start:%H:%M}")
    _add(element, "duration", clock(event.duration))
    _add(element, "room", event.room.name)
    _add(element, "slug", event.slug)
    _add(element, "title", event.title)
    _add(element, "subtitle")
    _add(element, "track", event.track)
    _add(element, "type", event.type)
    _add(element, "language")
    _add(element, "abstract")
    _add(element, "description", event.description)
    persons = _add(element, "persons")
    for person in event.persons:
        _add(persons, "person", person.name, id=str(person.id), guid=person.guid)
    _add(element, "links")
    _add(element, "attachments")
