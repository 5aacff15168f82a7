"""What the checker knows of an instance before it sees a schedule: each fact worked out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo

from scheduler.checker.intervals import Span, span
from scheduler.checker.people import (
    Cast,
    Presence,
    audience_of,
    cast_of,
    people_behind,
)
from scheduler.checker.ways import Ways
from scheduler.domain import (
    Activity,
    ActivityId,
    City,
    CityId,
    Instance,
    Meeting,
    ParticipantId,
    PartyId,
    Person,
    Placement,
    Room,
    RuleName,
    Session,
    Talk,
    Venue,
    Violation,
    is_mandatory,
)
from scheduler.domain.times import UTC, later

REMEMBERED = 200_000
"""How many resolved placements are kept at most, so that a long-lived checker stays small."""


@dataclass(eq=False, slots=True)
class Placed:
    """A placement with everything that its activity, room and start say."""

    placement: Placement
    activity: Activity
    city: City
    venue: Venue
    room: Room
    zone: ZoneInfo
    start: dt.datetime
    """In UTC."""
    end: dt.datetime
    """In UTC."""
    local_start: dt.datetime
    """On the city's clock."""
    cast: Cast
    takers: dict[ParticipantId, Person]
    """Who takes part."""
    attending: dict[ParticipantId, Person] = field(default_factory=dict)
    """Who of the audience is there (and does not take part anyway)."""
    alone: dict[RuleName, tuple[Violation, ...]] | None = None
    """What this placement breaks whatever else is placed, once that is known."""

    @property
    def id(self) -> ActivityId:
        """The activity's id."""
        return self.activity.id

    @property
    def date(self) -> dt.date:
        """The date of the start on the city's clock."""
        return self.local_start.date()


class Facts:
    """An instance, and what follows from it alone."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.ways = Ways(instance)
        self._zones = instance.zones
        self._casts: dict[ActivityId, Cast] = {}
        self._audiences: dict[ActivityId, dict[ParticipantId, Person]] = {}
        self._interested: dict[ActivityId, frozenset[ParticipantId]] = {}
        self._behind: dict[PartyId, frozenset[ParticipantId]] = {}
        self._presences: dict[ParticipantId, Presence] = {}
        self._placed: dict[tuple[object, ...], Placed] = {}
        self._openings: dict[CityId, tuple[Span, ...]] = {}

    # -- places ----------------------------------------------------------------------------------

    def openings(self, city: City) -> tuple[Span, ...]:
        """Return the opening windows of a city."""
        if city.id not in self._openings:
            zone = self._zones[city.id]
            self._openings[city.id] = tuple(span(*opening.instants(zone)) for opening in city.opening)
        return self._openings[city.id]

    # -- people ----------------------------------------------------------------------------------

    def cast(self, activity: Activity) -> Cast:
        """Return who can take part in an activity."""
        if activity.id not in self._casts:
            self._casts[activity.id] = cast_of(self.instance, activity)
        return self._casts[activity.id]

    def audience(self, session: Session) -> dict[ParticipantId, Person]:
        """Return a session's audience."""
        if session.id not in self._audiences:
            self._audiences[session.id] = audience_of(self.instance, session, self.cast(session))
        return self._audiences[session.id]

    def interested(self, session: Session) -> frozenset[ParticipantId]:
        """Return the people behind a session's interest and audience."""
        if session.id not in self._interested:
            people = people_behind(self.instance, (*session.interest, *session.audience))
            self._interested[session.id] = frozenset(people)
        return self._interested[session.id]

    def behind(self, party: PartyId) -> frozenset[ParticipantId]:
        """Return the people behind a party."""
        if party not in self._behind:
            self._behind[party] = frozenset(people_behind(self.instance, [party]))
        return self._behind[party]

    @cached_property
    def apart(self) -> dict[ParticipantId, list[int]]:
        """For each person the positions of the pairs in `never` that they are behind."""
        found: dict[ParticipantId, list[int]] = {}
        for number, pair in enumerate(self.instance.never):
            for party in pair:
                for person in self.behind(party):
                    found.setdefault(person, []).append(number)
        return found

    def presence(self, person: Person) -> Presence:
        """Return when and where a person can be engaged."""
        if person.id not in self._presences:
            self._presences[person.id] = Presence(person)
        return self._presences[person.id]

    @cached_property
    def limited(self) -> tuple[Person, ...]:
        """The people whose load is limited."""
        limits = ("meetings_per_day", "in_a_row", "meal")
        return tuple(
            p for p in self.instance.people if any(getattr(p.load, name) is not None for name in limits)
        )

    @cached_property
    def capped(self) -> tuple[PartyId, ...]:
        """The delegations that split and say at how many activities they can be at a time."""
        return tuple(d.id for d in self.instance.delegations if self.instance.splits(d.id) and d.parallel)

    # -- activities ------------------------------------------------------------------------------

    @cached_property
    def mandatory(self) -> tuple[Activity, ...]:
        """The activities that must be placed."""
        return tuple(a for a in self.instance.activities if is_mandatory(a))

    @cached_property
    def optional(self) -> tuple[Session | Meeting, ...]:
        """The sessions and meetings that may stay unplaced."""
        hosted: tuple[Session | Meeting, ...] = (*self.instance.sessions, *self.instance.meetings)
        return tuple(a for a in hosted if not is_mandatory(a))

    @cached_property
    def requests(self) -> dict[PartyId, tuple[ActivityId, ...]]:
        """The meetings of each party that is named by at least one."""
        named: dict[PartyId, list[ActivityId]] = {}
        for meeting in self.instance.meetings:
            for party in dict.fromkeys(meeting.parties):
                named.setdefault(party, []).append(meeting.id)
        return {party: tuple(meetings) for party, meetings in named.items()}

    @cached_property
    def earlier(self) -> dict[ActivityId, Placement]:
        """The baseline's placements of activities that the instance still has."""
        baseline = reversed(self.instance.baseline)  # of an activity placed twice, the first counts
        return {p.activity: p for p in baseline if self.instance.has_activity(p.activity)}

    @cached_property
    def frozen(self) -> dict[ActivityId, Placement]:
        """Those that start before now."""
        now = self.instance.programme.now
        if now is None:
            return {}
        start = now.astimezone(UTC)
        return {id_: p for id_, p in self.earlier.items() if p.start.astimezone(UTC) < start}

    # -- placements ------------------------------------------------------------------------------

    def placed(self, placement: Placement) -> Placed | None:
        """Return a placement resolved (None if its activity or room is unknown), the same one each time."""
        start = placement.start.astimezone(UTC)
        seat = placement.interpreter
        key = (
            placement.activity,
            start,
            placement.room,
            placement.table,
            placement.attendees,
            None if seat is None else (seat.pool, seat.unit),
        )
        known = self._placed.get(key)
        if known is None:
            if not (
                self.instance.has_activity(placement.activity) and self.instance.has_room(placement.room)
            ):
                return None
            if len(self._placed) >= REMEMBERED:
                self._placed.clear()
            known = self._placed[key] = self._resolve(placement, start)
        return known

    def _resolve(self, placement: Placement, start: dt.datetime) -> Placed:
        activity = self.instance.activity(placement.activity)
        city = self.instance.city_of(placement.room)
        cast = self.cast(activity)
        placed = Placed(
            placement=placement,
            activity=activity,
            city=city,
            venue=self.instance.venue_of(placement.room),
            room=self.instance.room(placement.room),
            zone=self._zones[city.id],
            start=start,
            end=later(start, activity.duration),
            local_start=start.astimezone(self._zones[city.id]),
            cast=cast,
            takers=cast.named | _chosen(cast, placement.attendees),
        )
        if isinstance(activity, Session):
            placed.attending.update(
                (id_, person)
                for id_, person in self.audience(activity).items()
                if id_ not in placed.takers and self.presence(person).allows(placed, city.id)
            )
        return placed

    def is_talk_of(self, talk: Placed, session: Placed) -> bool:
        """Return whether one placed activity is a talk of the other."""
        return isinstance(talk.activity, Talk) and self.instance.session_of(talk.id) is session.activity


def _chosen(cast: Cast, attendees: Iterable[ParticipantId]) -> dict[ParticipantId, Person]:
    """Return those of the attendees that may be chosen at all."""
    if not attendees:
        return {}
    choosable = cast.choosable
    return {id_: choosable[id_] for id_ in attendees if id_ in choosable}
