"""Agendas as JSON-LD in the words of schema.org: what search engines and assistants read in a web page.

Sessions, talks and meetings are events (schema.org/Event), with the agenda as the event around them; legs are
trips (schema.org/Trip). Nobody's address is in it but the organiser's: these files are made to be public.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from scheduler.domain import EVERYBODY, ActivityKind, Instance, Person, Solution
from scheduler.domain.times import MINUTE, UTC, elapsed
from scheduler.exports.agenda import Agendas
from scheduler.exports.entries import TRAVEL, Agenda, Entry, Part, Place
from scheduler.exports.formats import Manner
from scheduler.exports.frab import guid_of
from scheduler.exports.in_words import kind_words
from scheduler.exports.plain import fit, on_one_line
from scheduler.exports.views import By
from scheduler.exports.wording import description, summary

Node = dict[str, Any]

CONTEXT = "https://schema.org"
_TYPES = {
    **dict.fromkeys(ActivityKind, "Event"),
    ActivityKind.MEETING: "BusinessEvent",
    ActivityKind.ROADSHOW: "BusinessEvent",
    **dict.fromkeys((ActivityKind.CONFERENCE, ActivityKind.WORKSHOP), "EducationEvent"),
    **dict.fromkeys((ActivityKind.ROUNDTABLE, ActivityKind.TALK), "EducationEvent"),
}
_TRIPS = {"train": "TrainTrip", "plane": "Flight", "flight": "Flight", "coach": "BusTrip", "bus": "BusTrip"}
"""What is looked for in the mode of a leg."""
_PERFORMING = {Part.CHAIR, Part.MODERATOR, Part.SPEAKER}
_SAFE = str.maketrans(
    {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}
)
"""So that it can stand in a ``script`` element whatever somebody is called."""


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return one document for each view of a kind."""
    agendas = Agendas(instance, solution).by(manner.by)
    return {f"{a.view.stem}.jsonld": _bytes(_Writer(instance, a).document()) for a in agendas}


def _bytes(document: Node) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1).translate(_SAFE) + "\n").encode()


class _Writer:
    """Writes one agenda."""

    def __init__(self, instance: Instance, agenda: Agenda) -> None:
        self._instance = instance
        self._agenda = agenda
        self._here = {entry.id for entry in agenda.entries}
        self._talks: dict[str, list[Entry]] = {}
        for entry in agenda.entries:
            if entry.session is not None:
                self._talks.setdefault(entry.session, []).append(entry)

    def document(self) -> Node:
        """Return the agenda with its events, and the trips of whose agenda it is."""
        trips = [self._trip(entry) for entry in self._agenda.entries if entry.kind == TRAVEL]
        return {"@context": CONTEXT, "@graph": [self._whole(), *trips]}

    def _whole(self) -> Node:
        agenda = self._agenda
        programme = self._id("programme")
        whole = agenda.view.by is By.PROGRAMME
        events = [e for e in agenda.entries if e.kind != TRAVEL and e.session not in self._here]
        start, end = self._span()
        return _without_blanks(
            {
                "@type": "Event",
                "@id": programme if whole else self._id(f"agenda:{agenda.view.stem}"),
                "name": _name(agenda.title, self._instance.programme.id),
                "startDate": start.isoformat(),
                "endDate": end.isoformat(),
                **_STATUS,
                "location": [_town(city.label, city.id) for city in self._instance.cities],
                "organizer": self._organizer(),
                "superEvent": None if whole else {"@id": programme},
                "subEvent": [self._event(entry) for entry in events],
            }
        )

    def _span(self) -> tuple[dt.datetime, dt.datetime]:
        """Return when the first entry begins and the last ends; without any, what the cities' hours span."""
        spans = [(entry.start, entry.end) for entry in self._agenda.entries]
        spans = spans or [o.instants(city.zone) for city in self._instance.cities for o in city.opening]
        return min((s for s, _ in spans), key=_instant), max((e for _, e in spans), key=_instant)

    def _event(self, entry: Entry) -> Node:
        performing = [a for a in entry.attendees if _PERFORMING & {*a.parts}]
        others = [a for a in entry.attendees if a not in performing]
        return _without_blanks(
            {
                "@type": _TYPES[ActivityKind(entry.kind)],
                "@id": self._id(entry.id),
                "identifier": entry.id,
                "name": _name(summary(self._instance, self._agenda, entry), entry.id),
                "description": fit(description(self._instance, self._agenda, entry)),
                "keywords": kind_words(entry.kind),
                "about": _thing("Thing", entry.track.label, entry.track.id) if entry.track else None,
                "startDate": entry.start.isoformat(),
                "endDate": entry.end.isoformat(),
                "duration": f"PT{elapsed(entry.start, entry.end) // MINUTE}M",
                **_STATUS,
                "location": _place(entry.place),
                "organizer": self._organizer(),
                "performer": [self._somebody(a.person) for a in performing],
                "attendee": [*self._parties(entry), *(self._somebody(a.person) for a in others)],
                "audience": self._audience(entry),
                "superEvent": self._session(entry),
                "subEvent": [self._event(talk) for talk in self._talks.get(entry.id, ())],
            }
        )

    def _session(self, entry: Entry) -> Node | None:
        """Return the session of a talk: of one that is not in the agenda the name too."""
        if entry.session is None:
            return None
        node = {"@id": self._id(entry.session)}
        if entry.session in self._here:
            return node
        return {"@type": "Event", **node, "name": _name(entry.session_title, entry.session)}

    def _trip(self, entry: Entry) -> Node:
        words = entry.title.casefold().split()
        origin, destination = entry.place.city, entry.destination or entry.place.city
        stops = [
            {"@type": "ListItem", "position": number, "item": _town(city.label, city.id)}
            for number, city in enumerate((origin, destination), 1)
        ]
        return _without_blanks(
            {
                "@type": next((type_ for word, type_ in _TRIPS.items() if word in words), "Trip"),
                "@id": self._id(entry.id),
                "identifier": entry.id,
                "name": _name(entry.title, entry.id),
                "description": fit(description(self._instance, self._agenda, entry)),
                "departureTime": entry.start.isoformat(),
                "arrivalTime": entry.end.isoformat(),
                "itinerary": {"@type": "ItemList", "itemListElement": stops},
            }
        )

    def _id(self, id_: str) -> str:
        return f"urn:uuid:{guid_of(self._instance, id_)}"

    def _organizer(self) -> Node | None:
        organizer = self._instance.programme.organizer
        if organizer is None:
            return None
        return _thing("Organization", organizer.name, organizer.email) | {"email": organizer.email}

    def _parties(self, entry: Entry) -> Iterator[Node]:
        """Yield the delegations that are parties, but those that somebody stands in for under their id."""
        there = {attendee.person.id for attendee in entry.attendees}
        for party in entry.parties:
            delegation = self._instance.delegation(party)
            if delegation is not None and party not in there:
                yield self._organization(delegation.label, party)

    def _somebody(self, person: Person) -> Node:
        if person.stand_in:
            return self._organization(person.name, person.id)
        delegation = None if person.delegation is None else self._instance.delegation(person.delegation)
        return _without_blanks(
            {
                "@type": "Person",
                "@id": self._id(f"person:{person.id}"),
                "name": _name(person.name, person.id),
                "affiliation": self._organization(delegation.label, delegation.id) if delegation else None,
            }
        )

    def _organization(self, name: str, id_: str) -> Node:
        return {"@type": "Organization", "@id": self._id(f"person:{id_}"), "name": _name(name, id_)}

    def _audience(self, entry: Entry) -> list[Node]:
        if EVERYBODY in entry.audience:
            return [{"@type": "Audience", "audienceType": "everybody"}]
        labels = ((self._instance.party_label(party), party) for party in entry.audience)
        return [{"@type": "Audience", "audienceType": _name(label, party)} for label, party in labels]


_STATUS = {
    "eventStatus": "https://schema.org/EventScheduled",
    "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
}


def _place(place: Place) -> Node:
    """Return a room or table, inside its venue, at the venue's address."""
    assert place.room is not None  # only legs have none
    assert place.venue is not None
    room = _name(place.room.label, place.room.id)
    address = {
        "@type": "PostalAddress",
        "streetAddress": fit(place.venue.address),
        "addressLocality": _name(place.city.label, place.city.id),
    }
    return {
        "@type": "Place",
        "name": room if place.table is None else f"{room}, table {place.table}",
        "address": _without_blanks(address),
        "containedInPlace": _thing("Place", place.venue.label, place.venue.id),
    }


def _town(label: str, id_: str) -> Node:
    address = {"@type": "PostalAddress", "addressLocality": _name(label, id_)}
    return _thing("Place", label, id_) | {"address": address}


def _thing(type_: str, label: str, id_: str) -> Node:
    return {"@type": type_, "name": _name(label, id_)}


def _name(label: str, id_: str) -> str:
    return on_one_line(label) or id_


def _without_blanks(node: Node) -> Node:
    """Return what is known: nothing is said of the rest."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def _instant(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(UTC)
