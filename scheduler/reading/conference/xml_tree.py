"""``schedule.xml`` in the shape of ``schedule.json``, with places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from scheduler.reading.conference.tree import Faults, Node, Spot
from scheduler.reading.errors import Path
from scheduler.reading.yaml_data import MAX_DEPTH, MAX_NODES


@dataclass(slots=True)
class _Element:
    """An element while it is read."""

    tag: str
    at: Spot
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def all(self, tag: str) -> Iterator[_Element]:
        return (child for child in self.children if child.tag == tag)


def xml_tree(text: str, faults: Faults) -> Node:
    """Return what an XML text says, as if it were JSON: days and their rooms under ``conference``.

    Raises
    ------
    InputError
        If the text is no XML, has a document type (entities can stand for far more than a file holds), is
        nested too deeply or holds too much.
    """
    root = _Parser(faults).root(text)
    if root.tag != "schedule":
        raise faults.stop(root.at, f"the outermost element is <{root.tag}>, and should be <schedule>")
    return Node({"schedule": _schedule(root)}, root.at)


class _Parser:
    """Builds elements from what the parser meets."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._open: list[_Element] = [_Element("", (1, 1))]
        self._left = MAX_NODES
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._character_data
        self._parser.StartDoctypeDeclHandler = self._doctype

    def root(self, text: str) -> _Element:
        """Return the outermost element."""
        try:
            self._parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            spot = (error.lineno, error.offset + 1)
            raise self._faults.stop(spot, f"this is no XML: {expat.ErrorString(error.code)}") from None
        return self._open[0].children[0]

    @property
    def _spot(self) -> Spot:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._left -= 1 + len(attributes)
        if self._left < 0:
            message = f"the file holds too much: at most {MAX_NODES} elements are read"
            raise self._faults.stop(self._spot, message)
        if len(self._open) > MAX_DEPTH:
            message = f"this is nested too deeply: at most {MAX_DEPTH} levels are read"
            raise self._faults.stop(self._spot, message)
        element = _Element(tag, self._spot, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _character_data(self, text: str) -> None:
        self._open[-1].texts.append(text)

    def _doctype(self, *_: object) -> None:
        raise self._faults.stop(self._spot, "document types (<!DOCTYPE>) are not read: leave it out")


def _leaf(element: _Element, path: Path) -> Node:
    return Node("".join(element.texts).strip(), element.at, path)


def _attributes(element: _Element, path: Path) -> dict[str, Node]:
    return {key: Node(value, element.at, (*path, key)) for key, value in element.attributes.items()}


def _schedule(root: _Element) -> Node:
    found = {child.tag: _leaf(child, (child.tag,)) for child in root.children if child.tag != "day"}
    path = ("conference",)
    facts: dict[str, Node] = {}
    at = root.at
    for conference in root.all("conference"):
        at = conference.at
        facts |= {child.tag: _leaf(child, (*path, child.tag)) for child in conference.children}
        tracks = [
            Node(_attributes(track, (*path, "tracks", number)), track.at, (*path, "tracks", number))
            for number, track in enumerate(conference.all("track"))
        ]
        facts["tracks"] = Node(tracks, at, (*path, "tracks"))
    days = [_day(day, ("day", number)) for number, day in enumerate(root.all("day"), 1)]
    facts["days"] = Node(days, root.at, ("day",))
    found["conference"] = Node(facts, at, path)
    return Node(found, root.at)


def _day(day: _Element, path: Path) -> Node:
    facts = _attributes(day, path)
    rooms: dict[str, Node] = {}
    for room in day.all("room"):
        name = room.attributes.get("name", "")
        events = rooms.setdefault(name, Node([], room.at, (*path, "room", name)))
        assert isinstance(events.value, list)
        for event in room.all("event"):
            events.value.append(_event(event, (*events.path, "event", len(events.value) + 1)))
    facts["rooms"] = Node(rooms, day.at, path)
    return Node(facts, day.at, path)


def _event(event: _Element, path: Path) -> Node:
    facts = _attributes(event, path)
    facts |= {child.tag: _leaf(child, (*path, child.tag)) for child in event.children}
    for persons in event.all("persons"):
        people = [_person(person, (*path, "person", n)) for n, person in enumerate(persons.all("person"), 1)]
        facts["persons"] = Node(people, persons.at, (*path, "persons"))
    return Node(facts, event.at, path)


def _person(person: _Element, path: Path) -> Node:
    name = {"name": _leaf(person, path)}
    return Node(_attributes(person, path) | name, person.at, path)
