"""How everything is called, and the page of the site on which it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from scheduler.domain import EVERYBODY, City, Instance, ParticipantId, PartyId, Person, Room
from scheduler.exports.entries import Attendee, Part
from scheduler.exports.site.words import clean
from scheduler.exports.views import By, View, views


@dataclass(frozen=True, slots=True)
class Ref:
    """A name, and the page that tells more (from the root of the site; empty: there is none)."""

    label: str
    href: str = ""


@lru_cache(maxsize=2**16)
def link(to: Ref, root: str) -> Markup:
    """Return a name as a link to its page, where it has one; it runs in its own direction.

    A large programme has millions of them, which a template would take minutes to write.
    """
    name = Markup("<bdi>{}</bdi>").format(clean(to.label))
    return Markup('<a href="{}{}">{}</a>').format(root, to.href, name) if to.href else name


@lru_cache(maxsize=2**10)
def links(all_: tuple[Ref, ...], root: str) -> Markup:
    """Return several names in a row."""
    return Markup("; ").join(link(to, root) for to in all_)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who takes part: who, and as what where that says more than that they do."""

    ref: Ref
    roles: str = ""
    is_party: bool = False
    """Whether it is a delegation as a whole."""


@dataclass(frozen=True, slots=True)
class Group:
    """Those who take part for one delegation, or for none."""

    delegation: Ref | None
    people: tuple[Named, ...]


class Book:
    """Names and pages of everything in an instance.

    Parameters
    ----------
    instance : Instance
        The programme.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._delegations = {
            d.id: Ref(d.label, page_of(View(By.DELEGATION, d.id))) for d in instance.delegations
        }
        self._people = {p.id: Ref(p.name, page_of(View(By.PARTICIPANT, p.id))) for p in instance.people}
        self._organisations = {p.id: p.organisation for p in instance.participants}
        self._rooms = {r.id: Ref(r.label, page_of(View(By.ROOM, r.id))) for r in instance.rooms}

    def party(self, party: PartyId) -> Ref:
        """Return a delegation, or else a person; ``all`` is everybody."""
        if party == EVERYBODY:
            return Ref("everybody")
        return self._delegations.get(party) or self._people[ParticipantId(party)]

    def parties(self, parties: Sequence[PartyId]) -> tuple[Ref, ...]:
        """Return several parties."""
        return tuple(self.party(party) for party in parties)

    def person(self, person: Person) -> Ref:
        """Return a person."""
        return self._people[person.id]

    def organisation(self, person: Person) -> str:
        """Return whom a person works for, where that is known and no other name of their delegation."""
        told = self._organisations.get(person.id, "")
        return "" if person.delegation and told == self._delegations[person.delegation].label else told

    def room(self, room: Room) -> Ref:
        """Return a room."""
        return self._rooms[room.id]

    def groups(self, attendees: Sequence[Attendee]) -> tuple[Group, ...]:
        """Return those who take part by their delegations, in the order of the first of each."""
        found: dict[PartyId | None, list[Named]] = {}
        for attendee in attendees:
            found.setdefault(attendee.person.delegation, []).append(self._named(attendee))
        return tuple(self._group(party, people) for party, people in found.items())

    def _group(self, party: PartyId | None, people: list[Named]) -> Group:
        delegation = self._delegations[party] if party is not None else None
        # Who stands for the whole delegation has its name and its page, which are told once.
        return Group(None if any(named.is_party for named in people) else delegation, tuple(people))

    def _named(self, attendee: Attendee) -> Named:
        roles = [part.value for part in attendee.parts if part is not Part.PARTICIPANT]
        person = attendee.person
        return Named(self.person(person), " and ".join(roles), person.id == person.delegation)

    def own_views(self) -> tuple[View, ...]:
        """Return every party that has a page: delegations, and people who do not stand for a whole one."""
        people = (v for v in views(self._instance, By.PARTICIPANT) if PartyId(v.id) not in self._delegations)
        return (*views(self._instance, By.DELEGATION), *people)


def page_of(view: View) -> str:
    """Return the page of a party or of a room."""
    return f"room/{view.id}.html" if view.by is By.ROOM else f"party/{view.id}.html"


def calendar_of(view: View) -> str:
    """Return the calendar of a view."""
    return f"calendars/{view.stem}.ics"


def day_key(date: dt.date, city: City) -> str:
    """Return what a date in a city is called in addresses: ``2017-11-20-valencia``."""
    return f"{date.isoformat()}-{city.id}"
