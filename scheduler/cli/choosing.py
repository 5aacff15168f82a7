"""What of a programme is shown: a city's part of it, or what concerns a party."""

from __future__ import annotations

from typing import NamedTuple

from scheduler.cli.choices import find
from scheduler.domain import EVERYBODY, CityId, HostedActivity, Instance, ParticipantId, PartyId, Session


class Choice(NamedTuple):
    """What of a programme to show; None: all."""

    city: CityId | None = None
    party: PartyId | None = None


def chosen(instance: Instance, city: str | None, party: str | None) -> Choice:
    """Return the city and the party that are meant by ids or names.

    Raises
    ------
    click.BadParameter
        If there is none of that name; the nearest one is offered.
    """
    cities = {str(c.id): c.label for c in instance.cities}
    parties = {str(p.id): p.name for p in instance.people} | {
        str(d.id): d.label for d in instance.delegations
    }
    return Choice(
        None if city is None else CityId(find(city, cities, "--city")),
        None if party is None else PartyId(find(party, parties, "--party")),
    )


def may_be_in(instance: Instance, activity: HostedActivity, city: CityId | None) -> bool:
    """Return whether an activity names a city, or leaves it open (True without a city)."""
    if city is None:
        return True
    venues = {venue.id: venue for venue in instance.city(city).venues}
    rooms = {room.id for venue in venues.values() for room in venue.rooms}
    return (
        (not activity.cities or city in activity.cities)
        and (not activity.venues or not venues.keys().isdisjoint(activity.venues))
        and (not activity.rooms or not rooms.isdisjoint(activity.rooms))
        and (activity.pin.room is None or activity.pin.room in rooms)
    )


def concerns(instance: Instance, activity: HostedActivity, party: PartyId | None) -> bool:
    """Return whether a party, its people or its delegation are asked for (True without a party)."""
    if party is None:
        return True
    named = set(activity.parties)
    if isinstance(activity, Session):
        named |= named_in(instance, activity)
    return EVERYBODY in named or not named.isdisjoint(family(instance, party))


def named_in(instance: Instance, session: Session) -> set[PartyId]:
    """Return whoever a session names besides its parties."""
    chairs = instance.track(session.track).chairs if session.track else ()
    speakers = {speaker.participant for speaker in session.speakers} | {
        talk.speaker for talk in session.talks
    }
    return {*session.audience, *speakers, *chairs}


def family(instance: Instance, party: PartyId) -> set[PartyId]:
    """Return a delegation and its people, or a person and their delegation."""
    if instance.delegation(party) is not None:
        return {party, *(person.id for person in instance.people_of(party))}
    delegation = instance.person(ParticipantId(party)).delegation
    return {party} if delegation is None else {party, delegation}
