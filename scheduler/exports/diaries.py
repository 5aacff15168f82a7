"""A solution resolved against its instance: what is placed, who is in it, what each person does when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain import (
    EVERYBODY,
    Activity,
    ActivityId,
    City,
    HostedActivity,
    Instance,
    ParticipantId,
    PartyId,
    Person,
    Placement,
    Room,
    Session,
    Solution,
    Talk,
    Venue,
)
from scheduler.domain.times import UTC, later

People = dict[ParticipantId, Person]


@dataclass(frozen=True, slots=True)
class Placed:
    """A placement with everything that its activity, room and start say."""

    placement: Placement
    activity: Activity
    city: City
    venue: Venue
    room: Room
    start: dt.datetime
    """On the city's clock."""
    end: dt.datetime
    """On the city's clock."""
    takers: People
    """Who takes part: speakers, the people of the parties, a chair that was chosen."""
    attending: People
    """Who of the audience is there."""
    chairs: frozenset[ParticipantId] = frozenset()
    """Who was chosen from the chairs of the session's track."""

    @property
    def key(self) -> tuple[dt.datetime, ActivityId]:
        """What puts placed activities in order: the start as an instant, then the id."""
        return self.start.astimezone(UTC), self.activity.id


class Diaries:
    """Everything placed, and the engagements of everybody.

    Parameters
    ----------
    instance : Instance
        The programme.
    solution : Solution
        One of its schedules. It need not keep the rules, but must speak of this programme.

    Attributes
    ----------
    placed : tuple of Placed
        In the order of start, then activity.

    Raises
    ------
    ValueError
        If the solution is of another programme, names what the instance does not have, or places an
        activity twice.
    """

    def __init__(self, instance: Instance, solution: Solution) -> None:
        if solution.programme != instance.programme.id:
            raise ValueError(
                f"the solution is of programme {solution.programme!r}, not of {instance.programme.id!r}"
            )
        self.instance = instance
        self.by_id: dict[ActivityId, Placed] = {}
        for placement in solution.placements:
            if placement.activity in self.by_id:
                raise ValueError(f"the solution places {placement.activity!r} twice")
            _check_names(instance, placement)
            self.by_id[placement.activity] = _resolve(instance, placement)
        self.placed = tuple(sorted(self.by_id.values(), key=lambda p: p.key))

    @cached_property
    def _engagements(self) -> dict[ParticipantId, list[Placed]]:
        diary: dict[ParticipantId, list[Placed]] = {}
        for placed in self.placed:
            # The speaker of a talk is never in the audience of its session.
            session = self.session_of(placed)
            for person in (*placed.takers, *placed.attending):
                if session is None or person not in session.takers:
                    diary.setdefault(person, []).append(placed)
        return diary

    def engagements(self, person: ParticipantId) -> tuple[Placed, ...]:
        """Return what a person takes part in or attends, in order; a talk not inside one's own session."""
        return tuple(self._engagements.get(person, ()))

    def session_of(self, placed: Placed) -> Placed | None:
        """Return the placed session of a placed talk (None for anything else)."""
        if not isinstance(placed.activity, Talk):
            return None
        return self.by_id.get(self.instance.session_of(placed.activity.id).id)

    def talks_of(self, placed: Placed) -> tuple[Placed, ...]:
        """Return the placed talks of a session, in order."""
        if not isinstance(placed.activity, Session):
            return ()
        talks = (self.by_id[talk.id] for talk in placed.activity.talks if talk.id in self.by_id)
        return tuple(sorted(talks, key=lambda p: p.key))


def _check_names(instance: Instance, placement: Placement) -> None:
    """Refuse a placement that names what the instance does not have."""
    unknown: list[str] = []
    if not instance.has_activity(placement.activity):
        unknown.append(f"activity {placement.activity!r}")
    if not instance.has_room(placement.room):
        unknown.append(f"room {placement.room!r}")
    unknown += [f"person {p!r}" for p in placement.attendees if not instance.has_person(p)]
    if placement.interpreter is not None and instance.pool(placement.interpreter.pool) is None:
        unknown.append(f"interpreter pool {placement.interpreter.pool!r}")
    if unknown:
        raise ValueError(
            f"the placement of {placement.activity!r} names what the instance does not have: "
            + ", ".join(unknown)
        )


def _resolve(instance: Instance, placement: Placement) -> Placed:
    activity = instance.activity(placement.activity)
    city = instance.city_of(placement.room)
    start = placement.start.astimezone(city.zone)
    end = later(start, activity.duration)
    named = {person.id for person in _taking(instance, activity)}
    chosen = frozenset(placement.attendees)
    takers = {person.id: person for person in _taking(instance, activity, chosen)}
    takers |= {p: instance.person(p) for p in placement.attendees}
    attending: People = {}
    if isinstance(activity, Session):
        attending = {
            person.id: person
            for person in _audience(instance, activity, named)
            if person.id not in takers and _is_there(person, start, end, city)
        }
    return Placed(
        placement=placement,
        activity=activity,
        city=city,
        venue=instance.venue_of(placement.room),
        room=instance.room(placement.room),
        start=start,
        end=end,
        takers=takers,
        attending=attending,
        chairs=chosen & _chairs(instance, activity),
    )


def _taking(
    instance: Instance, activity: Activity, chosen: frozenset[ParticipantId] = frozenset()
) -> Iterator[Person]:
    """Yield who takes part by name and, in the place of the party that sends them, who was chosen."""
    if isinstance(activity, Talk):
        yield instance.person(activity.speaker)
    if isinstance(activity, Session):
        for speaker in activity.speakers:
            yield instance.person(speaker.participant)
    if isinstance(activity, HostedActivity):
        for party in activity.parties:
            people = instance.people_of(party)
            yield from (p for p in people if p.id in chosen) if instance.splits(party) else people


def _audience(instance: Instance, session: Session, named: Iterable[ParticipantId]) -> Iterator[Person]:
    not_asked = {*named, *(talk.speaker for talk in session.talks)}
    for party in session.audience:
        for person in _behind(instance, party):
            if person.id not in not_asked:
                yield person


def _chairs(instance: Instance, activity: Activity) -> frozenset[ParticipantId]:
    if not isinstance(activity, Session) or activity.track is None:
        return frozenset()
    return frozenset(instance.track(activity.track).chairs)


def _behind(instance: Instance, party: PartyId) -> tuple[Person, ...]:
    return instance.people if party == EVERYBODY else instance.people_of(party)


def _is_there(person: Person, start: dt.datetime, end: dt.datetime, city: City) -> bool:
    """Return whether a person is available for a whole stretch of time in a city."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if person.cities is not None and city.id not in person.cities:
        return False
    if person.arrival is not None and start < person.arrival.astimezone(UTC):
        return False
    if person.departure is not None and end > person.departure.astimezone(UTC):
        return False
    return not any(
        absence.start.astimezone(UTC) < end and start < absence.end.astimezone(UTC)
        for absence in person.absences
    )
