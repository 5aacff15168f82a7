"""From a conference to an instance, in the shape of an instance file."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator
from math import gcd
from typing import Any

from scheduler.domain import EVERYBODY
from scheduler.domain.times import MINUTE
from scheduler.reading.conference.records import Conference, Event, Somebody

_HOUR = 60
_LONGEST = 60
"""Ids are read by people."""
_ODD = re.compile(r"[^A-Za-z0-9._]+")

Stretch = tuple[dt.datetime, dt.datetime]


class Ids:
    """Gives out ids that are well formed and all different."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)

    def new(self, wish: str, otherwise: str) -> str:
        """Return an id made of a wish in any script, or of something else where nothing is left of it."""
        stem = well_formed(wish) or otherwise
        id_, number = stem, 1
        while id_ in self._taken:
            number += 1
            id_ = f"{stem}-{number}"
        self._taken.add(id_)
        return id_


def well_formed(text: str) -> str:
    """Return what is left of a text in letters without accents, digits, ``.``, ``_`` and ``-``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _ODD.sub("-", plain.replace("'", "")).strip("._-")[:_LONGEST].strip("._-")


def written(conference: Conference, identifier: str, loose: Collection[int] | None) -> dict[str, Any]:
    """Return a conference in the shape of an instance file, its times as values.

    Parameters
    ----------
    conference : Conference
        With at least one event.
    identifier : str
        Of the programme, where the conference has no acronym.
    loose : collection of int or None
        The positions of events that are not pinned to their time and room; None: no event is pinned.
    """
    names = _Names(conference)
    city: dict[str, Any] = {
        "id": "city",
        "time_zone": conference.zone.key,
        "opening": [*_openings(conference)],
        "venues": [{"id": "venue", "rooms": [*names.rooms_written(conference)]}],
    }
    return {
        "programme": {
            "id": well_formed(conference.acronym) or identifier,
            "title": conference.title,
            "grid": grid_of(conference.events),
        },
        "cities": [city],
        "participants": [
            {"id": id_, "name": name} for id_, name in zip(names.people.values(), names.called, strict=True)
        ],
        "tracks": [{"id": id_, "name": name} for name, id_ in names.tracks.items()],
        "sessions": [
            names.session(event, loose is not None and number not in loose)
            for number, event in enumerate(conference.events)
        ],
    }


def grid_of(events: Collection[Event]) -> dt.timedelta:
    """Return the longest step, an hour at most, on which all events begin and end."""
    found = _HOUR
    for event in events:
        found = gcd(found, event.start.hour * 60 + event.start.minute, event.duration // MINUTE)
    return found * MINUTE


class _Names:
    """The ids of everything in a conference."""

    def __init__(self, conference: Conference) -> None:
        rooms, people, tracks, activities = Ids(), Ids(EVERYBODY), Ids(), Ids()
        self.rooms = {
            name: rooms.new(name.lower(), f"room-{n}") for n, name in enumerate(conference.seats, 1)
        }
        everybody = _everybody(conference)
        self.people = {
            key: people.new(name.lower(), f"person-{n}") for n, (key, name) in enumerate(everybody.items(), 1)
        }
        self.called = tuple(everybody.values())
        self.tracks = {
            name: tracks.new(name.lower(), f"track-{n}") for n, name in enumerate(conference.tracks, 1)
        }
        self.events = {
            id(event): activities.new(_wish(event, conference.acronym), f"event-{n}")
            for n, event in enumerate(conference.events, 1)
        }

    def rooms_written(self, conference: Conference) -> Iterator[dict[str, Any]]:
        """Yield the rooms."""
        for name, id_ in self.rooms.items():
            seats = conference.seats[name]
            yield {"id": id_, "name": name} | ({"seats": seats} if seats else {})

    def session(self, event: Event, pinned: bool) -> dict[str, Any]:
        """Return an event, pinned to its time and room or free on its date."""
        found: dict[str, Any] = {
            "id": self.events[id(event)],
            "title": event.title,
            "kind": event.kind,
            "duration": event.duration,
            "speakers": [self._speaker(person) for person in event.people],
        }
        if event.track:
            found["track"] = self.tracks[event.track]
        if pinned:
            return found | {"pin": {"start": event.start, "room": self.rooms[event.room]}}
        return found | {"dates": [event.start.date()]}

    def _speaker(self, person: Somebody) -> dict[str, Any]:
        return {"participant": self.people[person.key], "role": person.role}


def _everybody(conference: Conference) -> dict[str, str]:
    """Return the name of everybody, by what tells people apart, as it is first given."""
    found: dict[str, str] = {}
    for event in conference.events:
        for person in event.people:
            found.setdefault(person.key, person.name)
    return found


def _wish(event: Event, acronym: str) -> str:
    """Return what an event is to be called: its slug without the acronym, else its code or number."""
    name = event.names[0] if event.names else event.title
    prefix = f"{acronym}-"
    if acronym and len(name) > len(prefix) and name.lower().startswith(prefix.lower()):
        name = name[len(prefix) :]
    return f"event-{name}" if name.isdigit() else name


def _openings(conference: Conference) -> Iterator[dict[str, Any]]:
    """Yield when the city is open: from the first event of a day to its last, and the hours that are said.

    What a day has after midnight is an opening of the next date.
    """
    spans: dict[tuple[int, dt.date], Stretch] = {}
    for event in conference.events:
        key = event.day, event.start.date()
        start, end = spans.get(key, (event.start, event.end))
        spans[key] = min(start, event.start), max(end, event.end)
    for start, end in _merged([*spans.values(), *((h.start, h.end) for h in conference.hours)]):
        yield {"date": start.date(), "from": start.time(), "to": end.time()}


def _merged(spans: list[Stretch]) -> list[Stretch]:
    """Return stretches of time in order, those of one date that touch as one."""
    found: list[Stretch] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] and start.date() == found[-1][0].date():
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
