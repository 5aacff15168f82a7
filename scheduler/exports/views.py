"""Whose agenda: the whole programme's, or one city's, venue's, room's, delegation's or participant's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain import CityId, Instance, ParticipantId, PartyId, RoomId, VenueId


class By(StrEnum):
    """What agendas are made for."""

    PROGRAMME = "programme"
    CITY = "city"
    VENUE = "venue"
    ROOM = "room"
    DELEGATION = "delegation"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class View:
    """One agenda's subject: what kind of thing, and its id (empty for the programme)."""

    by: By
    id: str = ""

    @property
    def stem(self) -> str:
        """What the agenda's file is called, without its ending: ``programme``, ``city-valencia`` ..."""
        return f"{self.by.value}-{self.id}" if self.id else self.by.value

    @property
    def is_of_people(self) -> bool:
        """Whether this is the agenda of people, who travel, rather than of a place."""
        return self.by in (By.DELEGATION, By.PARTICIPANT)


PROGRAMME = View(By.PROGRAMME)


def by_named(name: str) -> By:
    """Return what ``--by`` names.

    Raises
    ------
    ValueError
        If it names nothing; the message lists what there is.
    """
    try:
        return By(name)
    except ValueError:
        known = ", ".join(By)
        raise ValueError(f"agendas are made by {known}; there is none by {name!r}") from None


def views(instance: Instance, by: str) -> tuple[View, ...]:
    """Return every view of a kind, in the order of the instance.

    ``participant`` stands for everybody who can be in one place at a time: the stand-ins of delegations
    without named members have an agenda too.

    Raises
    ------
    ValueError
        If ``by`` names no kind of view.
    """
    kind = by_named(by)
    ids: dict[By, tuple[str, ...]] = {
        By.PROGRAMME: ("",),
        By.CITY: tuple(city.id for city in instance.cities),
        By.VENUE: tuple(venue.id for city in instance.cities for venue in city.venues),
        By.ROOM: tuple(room.id for room in instance.rooms),
        By.DELEGATION: tuple(delegation.id for delegation in instance.delegations),
        By.PARTICIPANT: tuple(person.id for person in instance.people),
    }
    return tuple(View(kind, id_) for id_ in ids[kind])


def view_of_party(instance: Instance, party: str) -> View:
    """Return the view of a delegation or, if there is none of that id, of a person.

    Raises
    ------
    ValueError
        If there is neither.
    """
    if instance.delegation(PartyId(party)) is not None:
        return View(By.DELEGATION, party)
    if instance.has_person(ParticipantId(PartyId(party))):
        return View(By.PARTICIPANT, party)
    raise ValueError(f"there is no delegation or participant {party!r}")


def label_of(instance: Instance, view: View) -> str:
    """Return the name of a view's subject.

    Raises
    ------
    ValueError
        If the instance has no such thing.
    """
    try:
        return _label(instance, view)
    except KeyError:
        raise ValueError(f"there is no {view.by.value} {view.id!r}") from None


def _label(instance: Instance, view: View) -> str:
    match view.by:
        case By.PROGRAMME:
            return instance.programme.label
        case By.CITY:
            return instance.city(CityId(view.id)).label
        case By.VENUE:
            return instance.venue(VenueId(view.id)).label
        case By.ROOM:
            return instance.room(RoomId(view.id)).label
        case By.PARTICIPANT:
            return instance.person(ParticipantId(PartyId(view.id))).name
        case _:
            delegation = instance.delegation(PartyId(view.id))
            if delegation is None:
                raise KeyError(view.id)
            return delegation.label
