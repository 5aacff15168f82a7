"""What the search of the site knows: a script, since pages from files may not fetch anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from scheduler.domain import Instance, ParticipantId, PartyId
from scheduler.exports.entries import Entry
from scheduler.exports.site import words
from scheduler.exports.site.book import Book, Ref
from scheduler.exports.site.lines import Line
from scheduler.exports.views import By

Item = tuple[str, str, str, str]
"""Label, page, kind, and what else is known of it, which is searched too."""


def search_script(instance: Instance, book: Book, sessions: Sequence[Line]) -> bytes:
    """Return a script that hands the items to the site's own script.

    Found by name are delegations, people, venues and rooms, and by title sessions and talks. Meetings are
    found under those who meet.
    """
    items = [*_parties(instance, book), *_sessions(sessions), *_places(instance, book)]
    lines = ",\n".join(
        json.dumps([words.clean(text) for text in item], ensure_ascii=False, separators=(",", ":"))
        for item in items
    )
    return f"window.siteIndex = [\n{lines}\n];\n".encode()


def _parties(instance: Instance, book: Book) -> Iterator[Item]:
    for view in book.own_views():
        if view.by is By.DELEGATION:
            yield *_of(book.party(PartyId(view.id))), "Delegation", ""
        else:
            person = instance.person(ParticipantId(PartyId(view.id)))
            told = [book.organisation(person)]
            told += [instance.party_label(person.delegation)] if person.delegation is not None else []
            yield *_of(book.person(person)), "Participant", ", ".join(filter(None, told))


def _sessions(lines: Sequence[Line]) -> Iterator[Item]:
    for line in lines:
        yield line.title, line.page, line.kind, _when(line.entry)
        for talk in line.talks:
            yield talk.title, line.page, "Talk", talk.speaker.label


def _places(instance: Instance, book: Book) -> Iterator[Item]:
    for city in instance.cities:
        for venue in city.venues:
            yield venue.label, f"places.html#v-{venue.id}", "Venue", city.label
            for room in venue.rooms:
                yield *_of(book.room(room)), "Room", f"{venue.label}, {city.label}"


def _of(ref: Ref) -> tuple[str, str]:
    return ref.label, ref.href


def _when(entry: Entry) -> str:
    return f"{words.short_date(entry.start.date())}, {entry.start:%H:%M}, {entry.place.city.label}"
