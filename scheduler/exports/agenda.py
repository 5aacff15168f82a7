"""From a schedule to the one neutral view that every format is written from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from scheduler.domain import (
    HostedActivity,
    Instance,
    Leg,
    ParticipantId,
    PartyId,
    Person,
    Session,
    Solution,
    Talk,
    Track,
    kind_of,
)
from scheduler.domain.times import UTC
from scheduler.exports.diaries import Diaries, Placed
from scheduler.exports.entries import (
    TRAVEL,
    Agenda,
    Attendee,
    Entry,
    Interpreter,
    Part,
    Place,
    TalkLine,
)
from scheduler.exports.journeys import Rides
from scheduler.exports.views import By, View, label_of, views

__all__ = ["TRAVEL", "Agenda", "Agendas", "Attendee", "Entry", "Part", "agenda_of"]


class Agendas:
    """All agendas of one solution; what several of them need is worked out once.

    Parameters
    ----------
    instance : Instance
        The programme.
    solution : Solution
        One of its schedules.

    Raises
    ------
    ValueError
        If the solution is of another programme, names what the instance does not have, or places an
        activity twice.
    """

    def __init__(self, instance: Instance, solution: Solution) -> None:
        self.instance = instance
        self._diaries = Diaries(instance, solution)
        self._rides = Rides(instance)
        self._entries = {placed.activity.id: self._entry(placed) for placed in self._diaries.placed}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that is placed, by start and then id; a talk apart from its session too."""
        return tuple(sorted(self._entries.values(), key=lambda entry: entry.order))

    def of(self, view: View) -> Agenda:
        """Return the agenda of a view (ValueError if the instance has no such thing)."""
        label = label_of(self.instance, view)
        title = label if view.by is By.PROGRAMME else f"{self.instance.programme.label} - {label}"
        if view.by is By.PARTICIPANT:
            entries = self._of_person(ParticipantId(PartyId(view.id)))
        elif view.by is By.DELEGATION:
            entries = self._of_delegation(PartyId(view.id))
        else:
            entries = [self._entries[p.activity.id] for p in self._diaries.placed if _is_in(p, view)]
        return Agenda(view, title, tuple(sorted(entries, key=lambda e: e.order)), self._own(view))

    def by(self, by: str) -> Iterator[Agenda]:
        """Yield the agendas of all views of a kind (ValueError if there is no such kind)."""
        for view in views(self.instance, by):
            yield self.of(view)

    def _own(self, view: View) -> frozenset[PartyId]:
        party = PartyId(view.id)
        if view.by is By.DELEGATION:
            return frozenset({party, *(person.id for person in self.instance.people_of(party))})
        if view.by is By.PARTICIPANT:
            delegation = self.instance.person(ParticipantId(party)).delegation
            return frozenset({party} if delegation is None else {party, delegation})
        return frozenset()

    def _of_person(self, person: ParticipantId) -> list[Entry]:
        diary = self._diaries.engagements(person)
        entries = [replace(self._entries[p.activity.id], parts=_parts(p, person)) for p in diary]
        return entries + _legs(self.instance, person, {person: self._rides.of(diary)})

    def _of_delegation(self, delegation: PartyId) -> list[Entry]:
        people = self.instance.people_of(delegation)
        diaries = {person.id: self._diaries.engagements(person.id) for person in people}
        theirs = {p.activity.id: p for diary in diaries.values() for p in diary}
        theirs |= {p.activity.id: p for p in self._naming.get(delegation, ())}
        rides = {person: self._rides.of(diary) for person, diary in diaries.items()}
        entries = [
            replace(
                self._entries[placed.activity.id],
                listeners=tuple(person for person in people if person.id in placed.attending),
            )
            for placed in theirs.values()
        ]
        return entries + _legs(self.instance, delegation, rides)

    @cached_property
    def _naming(self) -> dict[PartyId, list[Placed]]:
        """What is placed and names a party, by party."""
        found: dict[PartyId, list[Placed]] = {}
        for placed in self._diaries.placed:
            for party in _parties(placed.activity):
                found.setdefault(party, []).append(placed)
        return found

    def _entry(self, placed: Placed) -> Entry:
        placement, activity = placed.placement, placed.activity
        session = self._diaries.session_of(placed)
        return Entry(
            id=activity.id,
            kind=kind_of(activity),
            title=activity.label,
            titled=bool(activity.title),
            place=Place(placed.city, placed.venue, placed.room, placement.table),
            start=placed.start,
            end=placed.end,
            parties=_parties(activity),
            attendees=tuple(Attendee(p, _parts(placed, p.id)) for p in placed.takers.values()),
            audience=activity.audience if isinstance(activity, Session) else (),
            talks=tuple(_talk_line(talk) for talk in self._diaries.talks_of(placed)),
            session=session.activity.id if session else None,
            session_title=session.activity.label if session else "",
            track=self._track(placed),
            interpreter=self._interpreter(placed),
        )

    def _track(self, placed: Placed) -> Track | None:
        activity = placed.activity
        id_ = activity.track if isinstance(activity, Session | Talk) else None
        if id_ is None and isinstance(activity, Talk):
            id_ = self.instance.session_of(activity.id).track
        return None if id_ is None else self.instance.track(id_)

    def _interpreter(self, placed: Placed) -> Interpreter | None:
        seat = placed.placement.interpreter
        pool = self.instance.pool(seat.pool) if seat else None
        return Interpreter(pool, seat.unit) if seat and pool else None


def agenda_of(instance: Instance, solution: Solution, view: View) -> Agenda:
    """Return one view of a schedule.

    A city, venue or room has what is placed there; a delegation has what its members or stand-ins are
    engaged in and what names it as a party; a participant has their engagements (``docs/meaning.md``).
    The agendas of people also have the legs between cities, by the journey that is over first.

    Parameters
    ----------
    instance : Instance
        The programme.
    solution : Solution
        One of its schedules; it need not keep the rules.
    view : View
        Whose agenda.

    Raises
    ------
    ValueError
        If the solution does not speak of this instance, or the instance has nothing of that view.
    """
    return Agendas(instance, solution).of(view)


_PLACES: dict[By, Callable[[Placed], str]] = {
    By.PROGRAMME: lambda _: "",
    By.CITY: lambda placed: placed.city.id,
    By.VENUE: lambda placed: placed.venue.id,
    By.ROOM: lambda placed: placed.room.id,
}


def _is_in(placed: Placed, view: View) -> bool:
    return _PLACES[view.by](placed) == view.id


def _parties(activity: object) -> tuple[PartyId, ...]:
    return activity.parties if isinstance(activity, HostedActivity) else ()


def _parts(placed: Placed, person: ParticipantId) -> tuple[Part, ...]:
    """Return what somebody who is there does."""
    if person not in placed.takers:
        return (Part.AUDIENCE,)
    if isinstance(placed.activity, Talk):
        return (Part.SPEAKER,)
    if not isinstance(placed.activity, Session):
        return (Part.PARTICIPANT,)
    roles = [Part(s.role.value) for s in placed.activity.speakers if s.participant == person]
    if person in placed.chairs:
        roles.append(Part.CHAIR)
    return tuple(dict.fromkeys(roles)) or (Part.PARTICIPANT,)


def _talk_line(placed: Placed) -> TalkLine:
    speaker = next(iter(placed.takers.values()))
    return TalkLine(placed.activity.label, placed.start, placed.end, speaker)


def _legs(instance: Instance, whose: str, people: Mapping[ParticipantId, Sequence[Leg]]) -> list[Entry]:
    """Return entries for the legs of people, those of several people on one ride as one.

    They are numbered in the order of time, and the number is what a calendar knows them by: when the
    schedule changes, the first leg takes the place of the first leg, whatever train it now is.
    """
    rides: dict[tuple[object, ...], tuple[Leg, list[Person]]] = {}
    for person, legs in people.items():
        for leg in legs:
            key = (leg.depart.astimezone(UTC), leg.arrive.astimezone(UTC), leg.start, leg.end, leg.mode)
            rides.setdefault(key, (leg, []))[1].append(instance.person(person))
    return [
        _leg_entry(instance, f"{TRAVEL}+{whose}+{number}", *rides[key])
        for number, key in enumerate(sorted(rides), start=1)
    ]


def _leg_entry(instance: Instance, id_: str, leg: Leg, travellers: Iterable[Person]) -> Entry:
    start, end = instance.city(leg.start), instance.city(leg.end)
    return Entry(
        id=id_,
        kind=TRAVEL,
        title=f"{leg.mode[:1].upper()}{leg.mode[1:]} {start.label} - {end.label}",
        place=Place(start),
        start=leg.depart,
        end=leg.arrive,
        attendees=tuple(Attendee(person, ()) for person in travellers),
        destination=end,
    )
