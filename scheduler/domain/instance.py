"""The instance: one programme, whole, with every name resolved."""

import datetime as dt
from functools import cached_property
from typing import Annotated, Any, NamedTuple, Self
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, model_validator

from scheduler.domain.activities import (
    Activity,
    ActivityKind,
    DayRelation,
    HostedActivity,
    Meeting,
    Precedence,
    Session,
    Talk,
    Track,
)
from scheduler.domain.base import Value
from scheduler.domain.ids import (
    WELL_FORMED,
    ActivityId,
    CityId,
    ParticipantId,
    PartyId,
    PoolId,
    ProgrammeId,
    RoomId,
    TrackId,
    VenueId,
)
from scheduler.domain.objective import DEFAULT_OBJECTIVE, BreakRule, ObjectiveTerm
from scheduler.domain.people import (
    Delegation,
    FairnessBound,
    InterpreterPool,
    Load,
    Participant,
    Person,
    Quota,
    Split,
)
from scheduler.domain.places import City, Room, Venue
from scheduler.domain.solution import Placement
from scheduler.domain.times import Moment, PositiveDuration, Window, ZoneName
from scheduler.domain.travel import Travel

EVERYBODY = PartyId("all")
"""The audience that is everybody."""


class Fault(NamedTuple):
    """Something wrong with an instance: where (keys and positions from the top), the value, a sentence."""

    path: tuple[str | int, ...]
    value: object
    message: str


class InstanceError(ValueError):
    """An instance whose parts do not fit together.

    Attributes
    ----------
    faults : list of Fault
        All of them.
    """

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{'.'.join(map(str, f.path))}: {f.value!r} {f.message}" for f in faults))


class Organizer(Value):
    """Who calendars name as the organiser."""

    name: str
    email: str


class Programme(Value):
    """The programme's own facts."""

    id: Annotated[ProgrammeId, WELL_FORMED]
    title: str = ""
    grid: PositiveDuration = dt.timedelta(minutes=15)
    """Starts lie on multiples of it, counted from midnight on the city's clock."""
    time_zone: ZoneName | None = None
    """The zone of dates and times without an offset; not given: the zone that all cities share."""
    organizer: Organizer | None = None
    now: Moment | None = None
    """What the baseline starts before this instant stays as it is; nothing else starts before it."""

    @property
    def label(self) -> str:
        """The title to show."""
        return self.title or self.id


class Instance(Value):
    """One programme: cities, venues, people, activities, objective.

    Raises
    ------
    InstanceError
        As a pydantic ``ValidationError`` on construction, with all faults: unknown or duplicate names,
        lengths off the grid, cycles. When the validation context holds a list under ``faults``, they
        are appended to it instead.
    """

    programme: Programme
    cities: tuple[City, ...] = Field(min_length=1)
    travel: Travel = Travel.blank()
    day_parts: dict[str, Window] = {}
    """Named windows (``morning``: 09:00 to 13:30) for ``day_part``."""
    delegations: tuple[Delegation, ...] = ()
    participants: tuple[Participant, ...] = ()
    interpreters: tuple[InterpreterPool, ...] = ()
    tracks: tuple[Track, ...] = ()
    sessions: tuple[Session, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    day_relations: tuple[DayRelation, ...] = ()
    never: tuple[Annotated[tuple[PartyId, ...], Field(min_length=2, max_length=2)], ...] = ()
    """Pairs of parties whose people are never together in a meeting."""
    load: Load = Load.blank()
    """Limits for everybody; a delegation's and then a participant's own take their place."""
    fairness: FairnessBound = FairnessBound.blank()
    breaks: BreakRule = BreakRule.blank()
    priorities: dict[str, Annotated[int, Field(ge=1, le=1_000_000)]] = {
        "high": 9,
        "normal": 3,
        "low": 1,
    }
    """What a request that is not granted costs."""
    objective: tuple[ObjectiveTerm, ...] = DEFAULT_OBJECTIVE
    baseline: tuple[Placement, ...] = ()
    """An earlier schedule to stay close to."""

    @model_validator(mode="after")
    def _fits_together(self, info: ValidationInfo) -> Self:
        from scheduler.domain.faults import faults

        found = faults(self)
        if info.context and isinstance(info.context.get("faults"), list):
            info.context["faults"].extend(found)
        elif found:
            raise InstanceError(found)
        return self

    def changed(self, **parts: Any) -> Self:
        """Return the instance with some of its parts (fields, by name) replaced, checked as a whole again.

        Raises
        ------
        pydantic.ValidationError
            If the parts do not fit together (:class:`InstanceError`).
        """
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate(kept | parts, by_alias=False, by_name=True)

    # -- places ----------------------------------------------------------------------------------

    @cached_property
    def _cities(self) -> dict[CityId, City]:
        return {city.id: city for city in self.cities}

    @cached_property
    def _venues(self) -> dict[VenueId, tuple[City, Venue]]:
        return {venue.id: (city, venue) for city in self.cities for venue in city.venues}

    @cached_property
    def _rooms(self) -> dict[RoomId, tuple[City, Venue, Room]]:
        return {
            room.id: (city, venue, room)
            for city in self.cities
            for venue in city.venues
            for room in venue.rooms
        }

    @cached_property
    def zones(self) -> dict[CityId, ZoneInfo]:
        """The time zone of every city."""
        return {city.id: city.zone for city in self.cities}

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """All rooms and meeting areas, in the order of the instance."""
        return tuple(room for _, _, room in self._rooms.values())

    def city(self, city: CityId) -> City:
        """Return a city (KeyError if there is none)."""
        return self._cities[city]

    def venue(self, venue: VenueId) -> Venue:
        """Return a venue (KeyError if there is none)."""
        return self._venues[venue][1]

    def room(self, room: RoomId) -> Room:
        """Return a room (KeyError if there is none)."""
        return self._rooms[room][2]

    def has_room(self, room: RoomId) -> bool:
        """Return whether there is such a room."""
        return room in self._rooms

    def venue_of(self, room: RoomId) -> Venue:
        """Return the venue that a room is in."""
        return self._rooms[room][1]

    def city_of(self, room: RoomId) -> City:
        """Return the city that a room is in."""
        return self._rooms[room][0]

    # -- people ----------------------------------------------------------------------------------

    @cached_property
    def _delegations(self) -> dict[PartyId, Delegation]:
        return {delegation.id: delegation for delegation in self.delegations}

    @cached_property
    def _members(self) -> dict[PartyId, tuple[Person, ...]]:
        named: dict[PartyId, list[Person]] = {delegation.id: [] for delegation in self.delegations}
        for participant in self.participants:
            if participant.delegation in named:
                named[participant.delegation].append(self._resolved(participant))
        return {
            delegation.id: tuple(named[delegation.id]) or self._stand_ins(delegation)
            for delegation in self.delegations
        }

    @cached_property
    def _people(self) -> dict[ParticipantId, Person]:
        members = {p.id: p for people in self._members.values() for p in people}
        alone = {p.id: self._resolved(p) for p in self.participants if p.id not in members}
        named = {p.id: members.get(p.id) or alone[p.id] for p in self.participants}
        return {**named, **members}

    def _resolved(self, participant: Participant) -> Person:
        """Return a participant with what the delegation and the programme add."""
        party = self._delegations.get(participant.delegation) if participant.delegation else None
        return Person.model_construct(
            id=participant.id,
            name=participant.label,
            email=participant.email,
            delegation=participant.delegation,
            stand_in=False,
            arrival=_latest(participant.arrival, party.arrival if party else None),
            departure=_earliest(participant.departure, party.departure if party else None),
            absences=participant.absences + (party.absences if party else ()),
            cities=_common(participant.cities, party.cities if party else ()),
            languages=participant.languages or (party.languages if party else frozenset()),
            roles=participant.roles,
            load=participant.load.over(party.load if party else Load()).over(self.load),
        )

    def _stand_ins(self, party: Delegation) -> tuple[Person, ...]:
        if party.split is Split.TOGETHER:
            bodies = [(str(party.id), party.label)]
        else:
            teams = range(1, (party.parallel or 0) + 1)
            bodies = [(f"{party.id}.{n}", f"{party.label} (team {n})") for n in teams]
        return tuple(
            Person.model_construct(
                id=ParticipantId(PartyId(name)),
                name=label,
                email="",
                delegation=party.id,
                stand_in=True,
                arrival=party.arrival,
                departure=party.departure,
                absences=party.absences,
                cities=party.cities or None,
                languages=party.languages,
                roles=frozenset(),
                load=party.load.over(self.load),
            )
            for name, label in bodies
        )

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody who can be in one place at a time: participants, then stand-ins."""
        return tuple(self._people.values())

    def person(self, person: ParticipantId) -> Person:
        """Return a person (KeyError if there is none)."""
        return self._people[person]

    def has_person(self, person: ParticipantId) -> bool:
        """Return whether there is such a person."""
        return person in self._people

    def delegation(self, party: PartyId) -> Delegation | None:
        """Return the delegation of that id, or None if the id is a participant's."""
        return self._delegations.get(party)

    def splits(self, party: PartyId) -> bool:
        """Return whether a party sends one of its members rather than attending as one body."""
        delegation = self._delegations.get(party)
        return delegation is not None and delegation.split is Split.MEMBERS

    def people_of(self, party: PartyId) -> tuple[Person, ...]:
        """Return the people behind a party: the participant, or the delegation's members or stand-ins."""
        members = self._members.get(party)
        return members if members is not None else (self._people[ParticipantId(party)],)

    @cached_property
    def quotas(self) -> dict[PartyId, Quota]:
        """The parties that ask for a least or a most number of meetings, delegations first."""
        parties: tuple[Delegation | Participant, ...] = (*self.delegations, *self.participants)
        nothing = Quota.blank()
        return {party.id: party.meetings for party in parties if party.meetings != nothing}

    @property
    def asks_for_least(self) -> bool:
        """Whether some party asks for a least number of meetings."""
        return any(quota.least for quota in self.quotas.values())

    def party_label(self, party: PartyId) -> str:
        """Return the name of a participant, stand-in or delegation to show."""
        delegation = self._delegations.get(party)
        return delegation.label if delegation else self._people[ParticipantId(party)].name

    @cached_property
    def _pools(self) -> dict[PoolId, InterpreterPool]:
        return {pool.id: pool for pool in self.interpreters}

    def pool(self, pool: PoolId) -> InterpreterPool | None:
        """Return an interpreter pool, or None if there is none of that id."""
        return self._pools.get(pool)

    # -- activities ------------------------------------------------------------------------------

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """All activities: each session followed by its talks, then the meetings."""
        sessions = [part for session in self.sessions for part in (session, *session.talks)]
        return (*sessions, *self.meetings)

    @cached_property
    def _activities(self) -> dict[ActivityId, Activity]:
        return {activity.id: activity for activity in self.activities}

    def activity(self, activity: ActivityId) -> Activity:
        """Return an activity (KeyError if there is none)."""
        return self._activities[activity]

    def has_activity(self, activity: ActivityId) -> bool:
        """Return whether there is such an activity."""
        return activity in self._activities

    @cached_property
    def _session_of(self) -> dict[ActivityId, Session]:
        return {talk.id: session for session in self.sessions for talk in session.talks}

    def session_of(self, talk: ActivityId) -> Session:
        """Return the session that a talk is part of (KeyError if it is no talk)."""
        return self._session_of[talk]

    @cached_property
    def _tracks(self) -> dict[TrackId, Track]:
        return {track.id: track for track in self.tracks}

    def track(self, track: TrackId) -> Track:
        """Return a track (KeyError if there is none)."""
        return self._tracks[track]

    def parts(self, track: TrackId) -> tuple[Session | Talk, ...]:
        """Return a track's sessions, and its talks in sessions that are not of the track."""
        sessions: list[Session | Talk] = [s for s in self.sessions if s.track == track]
        talks = [t for s in self.sessions if s.track != track for t in s.talks if t.track == track]
        return (*sessions, *talks)


def kind_of(activity: Activity) -> ActivityKind:
    """Return the kind of an activity."""
    if isinstance(activity, Session):
        return ActivityKind(activity.kind.value)
    return ActivityKind.TALK if isinstance(activity, Talk) else ActivityKind.MEETING


def is_mandatory(activity: Activity) -> bool:
    """Return whether a session or meeting must be placed (a talk is placed when its session is)."""
    if activity.pin.start is not None:
        return True
    return isinstance(activity, HostedActivity) and activity.mandatory


def _latest(a: dt.datetime | None, b: dt.datetime | None) -> dt.datetime | None:
    return max((t for t in (a, b) if t is not None), key=dt.datetime.timestamp, default=None)


def _earliest(a: dt.datetime | None, b: dt.datetime | None) -> dt.datetime | None:
    return min((t for t in (a, b) if t is not None), key=dt.datetime.timestamp, default=None)


def _common(own: tuple[CityId, ...], party: tuple[CityId, ...]) -> tuple[CityId, ...] | None:
    """Return the cities that both lists allow (an empty list allows all; None: no limit)."""
    if own and party:
        return tuple(city for city in own if city in party)
    return own or party or None
