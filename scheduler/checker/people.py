"""Who can take part in an activity, who is its audience, and when people are there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from scheduler.checker.intervals import Span, Stretch, overlap, span
from scheduler.domain import (
    EVERYBODY,
    Activity,
    CityId,
    HostedActivity,
    Instance,
    ParticipantId,
    PartyId,
    Person,
    Session,
    Talk,
)
from scheduler.domain.times import UTC


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part in an activity by name, and among whom somebody is chosen."""

    named: dict[ParticipantId, Person]
    """Speakers, participants and together-travelling members as parties; of a talk, its speaker."""
    splitting: dict[PartyId, dict[ParticipantId, Person]]
    """The people of each party that sends one of them."""
    chairs: dict[ParticipantId, Person]
    """The chairs of the session's track."""

    @property
    def choosable(self) -> dict[ParticipantId, Person]:
        """Everybody whom ``attendees`` may name."""
        people = dict(self.chairs)
        for members in self.splitting.values():
            people.update(members)
        return people


def cast_of(instance: Instance, activity: Activity) -> Cast:
    """Return who can take part in an activity."""
    named: dict[ParticipantId, Person] = {}
    splitting: dict[PartyId, dict[ParticipantId, Person]] = {}
    chairs: dict[ParticipantId, Person] = {}
    if isinstance(activity, Talk):
        named[activity.speaker] = instance.person(activity.speaker)
    if isinstance(activity, Session):
        named.update((s.participant, instance.person(s.participant)) for s in activity.speakers)
        if activity.track is not None:
            chairs.update((c, instance.person(c)) for c in instance.track(activity.track).chairs)
    if isinstance(activity, HostedActivity):
        for party in activity.parties:
            people = {person.id: person for person in instance.people_of(party)}
            if instance.splits(party):
                splitting[party] = people
            else:
                named.update(people)
    return Cast(named, splitting, chairs)


def people_behind(instance: Instance, parties: Iterable[PartyId]) -> dict[ParticipantId, Person]:
    """Return the people behind parties; ``all`` is everybody."""
    people: dict[ParticipantId, Person] = {}
    for party in parties:
        behind = instance.people if party == EVERYBODY else instance.people_of(party)
        people.update((person.id, person) for person in behind)
    return people


def audience_of(instance: Instance, session: Session, cast: Cast) -> dict[ParticipantId, Person]:
    """Return a session's audience: those behind its parties who do not take part by name."""
    talking = {talk.speaker for talk in session.talks}
    return {
        id_: person
        for id_, person in people_behind(instance, session.audience).items()
        if id_ not in cast.named and id_ not in talking
    }


class Obstacle(NamedTuple):
    """Why somebody is not available, and the instants that it is about."""

    kind: Literal["city", "arrival", "departure", "absence"]
    start: dt.datetime = dt.datetime.min
    end: dt.datetime = dt.datetime.min


class Presence:
    """When and where one person can be engaged, in UTC."""

    __slots__ = ("absences", "arrival", "cities", "departure")

    def __init__(self, person: Person) -> None:
        self.arrival = _utc(person.arrival)
        self.departure = _utc(person.departure)
        self.absences: tuple[Span, ...] = tuple(span(a.start, a.end) for a in person.absences)
        self.cities: frozenset[CityId] | None = None if person.cities is None else frozenset(person.cities)

    def allows(self, stretch: Stretch, city: CityId) -> bool:
        """Return whether the person is available for a whole stretch in a city."""
        return next(self.obstacles(stretch, city), None) is None

    def obstacles(self, stretch: Stretch, city: CityId) -> Iterator[Obstacle]:
        """Yield what keeps the person away."""
        if self.cities is not None and city not in self.cities:
            yield Obstacle("city")
        if self.arrival is not None and stretch.start < self.arrival:
            yield Obstacle("arrival", self.arrival)
        if self.departure is not None and stretch.end > self.departure:
            yield Obstacle("departure", self.departure)
        for absence in self.absences:
            if overlap(absence, stretch):
                yield Obstacle("absence", absence.start, absence.end)


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    return None if moment is None else moment.astimezone(UTC)
