"""From a tree to records: what the versions of the format say in one way or another.

Frab, pretalx and the programs of the c3voc (c3voc.de/wiki/schedule) agree on most. Where they do not,
whatever is there is taken: ``persons`` or ``participants``, ``name`` or ``public_name``, a track as a text or
with a slug, a duration or an end, events under days and rooms or in one list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scheduler.domain import SessionKind, SpeakerRole
from scheduler.domain.faults.spelling import hint
from scheduler.domain.times import is_zone, known_zones
from scheduler.reading.conference.records import Conference, Event, Somebody
from scheduler.reading.conference.timing import Timing
from scheduler.reading.conference.tree import Faults, Node
from scheduler.reading.errors import InputError

_KINDS = (
    (SessionKind.INAUGURAL, r"inaugural|inauguration|opening|ceremony"),
    (SessionKind.WORKSHOP, "workshop|hands-on|tutorial|training"),
    (SessionKind.ROUNDTABLE, "round ?table|panel|discussion|meeting|meetup"),
    (SessionKind.ROADSHOW, "roadshow"),
    (SessionKind.FIELD_VISIT, "field[ _]visit|excursion|tour"),
)
"""What is looked for in an event's type; what has none of it is a conference."""
_ASK = "say which one it is with --time-zone, as in --time-zone Europe/Madrid"
_NOWHERE = Node(None, (0, 0))


class _Listed(NamedTuple):
    """An event as it is listed: on which day (from 0; -1: none), of which date, in which room."""

    node: Node
    day: int
    date: Node | None
    room: str


def conference_of(tree: Node, faults: Faults, time_zone: str | None) -> Conference:
    """Return what a schedule says; what is wrong with its events is entered in the faults.

    Parameters
    ----------
    tree : Node
        Of a whole file.
    faults : Faults
        Of this file.
    time_zone : str or None
        The zone of the conference, in the place of what the file says.

    Raises
    ------
    InputError
        If this is no schedule, or nothing says in which time zone it takes place.
    """
    schedule = tree.get("schedule") or tree
    facts = schedule.get("conference")
    if facts is None or not isinstance(facts.value, dict):
        raise faults.stop(tree.at, "this is no conference schedule: it has no `schedule` with a `conference`")
    return _Taker(schedule, facts, faults, _zone(facts, faults, time_zone)).conference()


def _zone(facts: Node, faults: Faults, asked: str | None) -> ZoneInfo:
    if asked is not None:
        if not is_zone(asked):
            raise faults.stop((0, 0), f'"{asked}" is no time zone{hint(asked, known_zones())}')
        return ZoneInfo(asked)
    named = facts.get("time_zone_name", "timezone", "time_zone")
    if named is None:
        raise faults.stop(facts.at, f"conference.time_zone_name is missing: {_ASK}")
    if not is_zone(named.text):
        faults.at(named, f"is no time zone{hint(named.text, known_zones())}; {_ASK}")
        raise InputError(faults.found)
    return ZoneInfo(named.text)


class _Taker:
    """Takes one schedule."""

    def __init__(self, schedule: Node, facts: Node, faults: Faults, zone: ZoneInfo) -> None:
        self._schedule = schedule
        self._facts = facts
        self._faults = faults
        self._timing = Timing(zone, faults)
        self._days = [*self._entries(facts, "days")]
        self._tracks = [*self._entries(facts, "tracks")]
        slugs = {_text(track, "slug"): _text(track, "name", "title") for track in self._tracks}
        self._slugs = {slug: name for slug, name in slugs.items() if slug and name}

    def conference(self) -> Conference:
        """Return everything that can be used."""
        seats = dict(self._rooms())
        listed = [*self._listed(), *self._loose()]
        used: list[Event] = []
        strays: list[Event] = []
        for one in listed:
            event = self._event(one)
            if event is not None:
                used.append(event)
                seats.setdefault(event.room, None)
                if self._strays(one, event):
                    strays.append(event)
        tracks = [_text(track, "name", "title") or track.text for track in self._tracks]
        hours = [self._timing.hours(day) for day in self._days]
        return Conference(
            acronym=_text(self._facts, "acronym"),
            title=_text(self._facts, "title"),
            zone=self._timing.zone,
            seats=seats,
            tracks=tuple(dict.fromkeys(filter(None, (*tracks, *(event.track for event in used))))),
            hours=tuple(filter(None, hours)),
            events=tuple(used),
            read=len(listed),
            strays=tuple(strays),
        )

    def _rooms(self) -> Iterator[tuple[str, int | None]]:
        for room in self._entries(self._facts, "rooms"):
            name = _text(room, "name") or room.text
            seats = (room.get("capacity") or _NOWHERE).value
            if name:
                yield name, seats if isinstance(seats, int) and seats > 0 else None

    def _listed(self) -> Iterator[_Listed]:
        """Yield the events under days and rooms."""
        for number, day in enumerate(self._days):
            rooms = day.get("rooms") or _NOWHERE
            for name, events in rooms.items():
                if not isinstance(events.value, list):
                    self._faults.at(events, "should be a list of events")
                for event in events.entries():
                    room = Node(name, events.at).text or _text(event, "room")
                    yield _Listed(event, number, day.get("date"), room)

    def _loose(self) -> Iterator[_Listed]:
        """Yield the events in one list."""
        for event in self._entries(self._schedule, "events"):
            room = event.get("room") or _NOWHERE
            yield _Listed(event, -1, None, _text(room, "name") or room.text)

    def _event(self, listed: _Listed) -> Event | None:
        """Return an event; None if it cannot be used, with everything that is wrong with it entered."""
        node, before = listed.node, len(self._faults.found)
        if not isinstance(node.value, dict):
            self._faults.at(node, "should be an event: a mapping with a date, a duration and a title")
            return None
        self._check_room(listed)
        start = self._timing.start(node, listed.date)
        duration = self._timing.duration(node, start)
        start = start.astimezone(self._timing.zone) if start else None
        people = tuple(self._people(node))
        if start is not None and duration is not None:
            self._timing.check_date(node, start, duration)
        if len(self._faults.found) > before or start is None or duration is None:
            return None
        return Event(
            node=node,
            names=tuple(filter(None, (_text(node, key) for key in ("slug", "code", "id", "guid")))),
            title=_text(node, "title"),
            kind=_kind(_text(node, "type")),
            start=start,
            duration=duration,
            room=listed.room,
            track=self._track(node),
            people=people,
            day=listed.day if listed.day >= 0 else start.toordinal(),
        )

    def _check_room(self, listed: _Listed) -> None:
        said = listed.node.get("room") or _NOWHERE
        if not listed.room:
            self._faults.at(listed.node, "has no room", _text(listed.node, "title"))
        elif said.text and said.scalar is not None and said.text != listed.room:
            self._faults.at(said, f'is not the room that the event is listed in, "{listed.room}"')

    def _strays(self, listed: _Listed, event: Event) -> bool:
        """Return whether the offset that is written is not that of the zone at the time."""
        written = self._timing.start(listed.node, listed.date)
        return written is not None and written.utcoffset() != event.start.utcoffset()

    def _track(self, node: Node) -> str:
        found = node.get("track") or _NOWHERE
        slug = _text(found, "slug")
        return _text(found, "name") or self._slugs.get(slug, slug) or found.text

    def _people(self, node: Node) -> Iterator[Somebody]:
        seen: set[str] = set()
        for key in ("persons", "participants"):
            for person in self._entries(node, key):
                somebody = _somebody(person)
                if somebody is None:
                    self._faults.at(person, "is nobody: a person has a name")
                elif somebody.key not in seen:
                    seen.add(somebody.key)
                    yield somebody

    def _entries(self, node: Node, key: str) -> Iterator[Node]:
        """Yield the entries of a list; anything else in its place is a fault."""
        found = node.get(key) or _NOWHERE
        if found.value is not None and not isinstance(found.value, list):
            self._faults.at(found, f"should be a list of {key}")
        yield from found.entries()


def _somebody(node: Node) -> Somebody | None:
    if node.scalar is not None:
        return Somebody(node.text, node.text) if node.text else None
    name, code = _text(node, "name", "public_name", "full_public_name"), _text(node, "guid", "code", "id")
    roles = {role.value: role for role in SpeakerRole}
    role = roles.get(_text(node, "role").casefold(), SpeakerRole.SPEAKER)
    return Somebody(code or name, name or code, role) if name or code else None


def _kind(type_: str) -> SessionKind:
    said = type_.casefold()
    found = (kind for kind, words in _KINDS if re.search(rf"\b(?:{words})s?\b", said))
    return next(found, SessionKind.CONFERENCE)


def _text(node: Node, *keys: str) -> str:
    """Return the text under the first of some keys that has one."""
    found = (node.get(key) for key in keys)
    return next((text for inner in found if inner and (text := inner.text)), "")
