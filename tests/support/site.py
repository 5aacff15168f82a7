"""The pages of a site as a reader has them: what stands in each line, field by field."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from scheduler.domain import ActivityKind, Instance
from scheduler.exports.entries import TRAVEL, Agenda, Entry, Part

KINDS = {
    "inaugural": "Inaugural session",
    "conference": "Conference",
    "workshop": "Workshop",
    "roundtable": "Roundtable",
    "roadshow": "Roadshow",
    "field_visit": "Field visit",
    "talk": "Talk",
    "meeting": "Meeting",
    "travel": "Travel",
}
Page = Any


@dataclass(frozen=True)
class Seen:
    """A line of an agenda; texts with single spaces."""

    title: str
    start: dt.datetime
    end: dt.datetime
    city: str
    venue: str = ""
    room: str = ""
    table: int | None = None
    kind: str = ""
    destination: str = ""
    parties: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    audience: tuple[str, ...] = ()
    listeners: tuple[str, ...] = ()
    talks: tuple[tuple[str, dt.datetime, dt.datetime, str], ...] = ()
    interpreter: str = ""
    track: str = ""
    session: str = ""
    part: str = ""


def shown(text: str) -> str:
    """Return a text as a page shows it: on one line, without what HTML does not allow."""
    return " ".join("".join(map(_allowed, text)).split())


def _allowed(char: str) -> str:
    control = unicodedata.category(char) == "Cc" and char not in "\t\n\r"
    none = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return "\ufffd" if control or none else char


def page(content: bytes) -> Page:
    """Return a page parsed as browsers do."""
    return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))


def text(node: Page) -> str:
    return shown(node.text_content())


def texts(node: Page, path: str) -> tuple[str, ...]:
    """Return the texts of all nodes of a class."""
    return tuple(text(found) for found in node.cssselect(path)) if node is not None else ()


def one(node: Page, path: str) -> str:
    """Return the text of the only node of a class, or nothing where there is none."""
    (*found,) = texts(node, path)
    assert len(found) < 2, found
    return found[0] if found else ""


def times(node: Page) -> tuple[dt.datetime, dt.datetime]:
    """Return start and end, which say the same to people as to programs."""
    start, end = node.iterchildren("time")
    for each in (start, end):
        assert each.text == each.get("datetime")[11:16]
    return dt.datetime.fromisoformat(start.get("datetime")), dt.datetime.fromisoformat(end.get("datetime"))


def in_agenda(document: Page) -> list[Seen]:
    """Return the lines of an agenda, of whomever, in their order."""
    return [_line(node) for node in document.cssselect("ol.agenda > li.entry")]


def in_slots(document: Page) -> Iterator[tuple[str, Seen]]:
    """Yield the meetings of a day's page, each with its id."""
    city = one(document, "h1 bdi")
    for section in document.cssselect("section.meetings"):
        room, venue = texts(section, "h2 bdi")
        for slot in section.cssselect("li.slot"):
            start, end = times(slot.find("p"))
            for node in slot.cssselect("li.entry"):
                table = one(node, ".table").removeprefix("Table ")
                yield (
                    node.get("id").removeprefix("a-"),
                    Seen(
                        title=one(node, ".title .name"),
                        start=start,
                        end=end,
                        city=city,
                        venue=venue,
                        room=room,
                        table=int(table) if table else None,
                        kind="Meeting",
                        parties=texts(node, ".title .parties bdi"),
                        people=_people(node),
                        interpreter=one(node, "p.interpreter").removeprefix("Interpreter: "),
                    ),
                )


def _line(node: Page) -> Seen:
    start, end = times(node.find("p"))
    table = one(node, ".where .table").removeprefix("table ")
    return Seen(
        title=one(node, ".title .name"),
        start=start,
        end=end,
        city=one(node, ".city"),
        venue=one(node, ".venue"),
        room=one(node, ".where .room"),
        table=int(table) if table else None,
        kind=one(node, "p.kind"),
        destination=one(node, ".destination"),
        parties=texts(node, ".title .parties bdi, .more > .parties dd bdi"),
        people=_people(node),
        audience=texts(node, ".more > .audience dd bdi"),
        listeners=texts(node, ".more > .listeners dd bdi"),
        talks=tuple(
            (one(talk, ".talk"), *times(talk), one(talk, ".speaker")) for talk in node.cssselect(".talks li")
        ),
        interpreter=one(node, ".more > .interpreter dd"),
        track=one(node, ".more > .track dd"),
        session=one(node, ".more > .session dd"),
        part=one(node, ".more > .part dd"),
    )


def _people(node: Page) -> tuple[tuple[str, str], ...]:
    """Return who takes part: the name, and the part in brackets behind it."""
    found = []
    for each in node.cssselect(".people .who"):
        role = one(each, ".role")
        found.append((one(each, "bdi"), role.strip("()")))
    return tuple(found)


def expected(instance: Instance, agenda: Agenda, entry: Entry) -> Seen:
    """Return what a page should say of an entry."""
    place = entry.place
    return Seen(
        title=shown(_title(entry)),
        start=entry.start,
        end=entry.end,
        city=shown(place.city.label),
        venue=shown(place.venue.label) if place.venue else "",
        room=shown(place.room.label) if place.room else "",
        table=place.table,
        kind=KINDS[entry.kind],
        destination=shown(entry.destination.label) if entry.destination else "",
        parties=_parties(instance, agenda, entry),
        people=_taking(agenda, entry),
        audience=tuple(_label(instance, party) for party in entry.audience),
        listeners=tuple(shown(person.name) for person in entry.listeners),
        talks=tuple((shown(t.title), t.start, t.end, shown(t.speaker.name)) for t in entry.talks),
        interpreter=_interpreter(entry),
        track=shown(entry.track.label) if entry.track else "",
        session=shown(entry.session_title),
        part="" if entry.kind is ActivityKind.MEETING else " and ".join(entry.parts),
    )


def _title(entry: Entry) -> str:
    if entry.kind == TRAVEL:
        assert entry.destination is not None
        return entry.title.removesuffix(f" {entry.place.city.label} - {entry.destination.label}")
    return entry.title if entry.titled or entry.kind is not ActivityKind.MEETING else "Meeting"


def _label(instance: Instance, party: Any) -> str:
    return "everybody" if party == "all" else shown(instance.party_label(party))


def _others(agenda: Agenda, entry: Entry) -> list[Any]:
    return [party for party in entry.parties if party not in agenda.own] or list(entry.parties)


def _parties(instance: Instance, agenda: Agenda, entry: Entry) -> tuple[str, ...]:
    """A session's are told only where not all are there among those who take part."""
    others = _others(agenda, entry)
    told = {a.person.delegation for a in entry.attendees} | {a.person.id for a in entry.attendees}
    if entry.kind is not ActivityKind.MEETING and told.issuperset(others):
        return ()
    return tuple(_label(instance, party) for party in others)


def _taking(agenda: Agenda, entry: Entry) -> tuple[tuple[str, str], ...]:
    """By delegation, in the order of the first of each; not where the title has told all of it."""
    if entry.kind is ActivityKind.MEETING:
        if [a.person.id for a in entry.attendees] == _others(agenda, entry):
            return ()
    elif entry.kind == TRAVEL and agenda.view.by != "delegation":
        return ()
    order = {a.person.delegation: n for n, a in reversed(list(enumerate(entry.attendees)))}
    return tuple(
        (shown(a.person.name), " and ".join(part for part in a.parts if part is not Part.PARTICIPANT))
        for a in sorted(entry.attendees, key=lambda a: order[a.person.delegation])
    )


def _interpreter(entry: Entry) -> str:
    if entry.interpreter is None:
        return ""
    pool = entry.interpreter.pool
    return f"{'/'.join(sorted(pool.languages))} ({pool.id}, no. {entry.interpreter.unit})"
