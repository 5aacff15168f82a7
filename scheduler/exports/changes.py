"""What differs between two schedules of a programme: one neutral value for whoever tells of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scheduler.domain import (
    EVERYBODY,
    Activity,
    ActivityId,
    ActivityKind,
    HostedActivity,
    Instance,
    ParticipantId,
    PartyId,
    Person,
    Placement,
    ProgrammeId,
    Session,
    Solution,
    Talk,
    Value,
    kind_of,
)
from scheduler.domain.times import UTC, Moment
from scheduler.exports.diaries import Diaries, Placed


class ChangeKind(StrEnum):
    """What became of an activity."""

    MOVED = "moved"
    """It is at another time or in another place."""
    ADDED = "added"
    CANCELLED = "cancelled"
    PEOPLE = "people"
    """When and where it was, with other people or another interpreter."""


class Aspect(StrEnum):
    """What of an activity that stays is not as it was."""

    START = "start"
    LENGTH = "length"
    CITY = "city"
    ROOM = "room"
    TABLE = "table"
    ATTENDEES = "attendees"
    INTERPRETER = "interpreter"


_PLACING = frozenset({Aspect.START, Aspect.LENGTH, Aspect.CITY, Aspect.ROOM, Aspect.TABLE})
_ALL = "everybody"


class Named(Value):
    """Something with the name to show; the id stands for the name of what an instance does not know."""

    id: str
    name: str


class Spot(Value):
    """When and where an activity is, and with whom."""

    start: Moment
    """On the clock of its city."""
    end: Moment | None = None
    """On the clock of its city; None when the activity is not known, and so its length."""
    city: Named | None = None
    """None when the room is not known."""
    room: Named
    table: int | None = None
    attendees: tuple[Named, ...] = ()
    """Who takes part by name; the audience is not among them."""
    interpreter: str | None = None
    """Pool and number: ``chinese 2``."""


class Change(Value):
    """What became of one activity.

    Attributes
    ----------
    parties : tuple of Named
        Whom it concerns, before or after: the parties it names, whoever takes part and their
        delegations, the parties of its audience (``all``: everybody).
    between : tuple of Named
        The parties that it names: the two of a bilateral meeting.
    with_session : bool
        Of a talk: whether it only went along with its session.
    """

    activity: ActivityId
    title: str
    type: ActivityKind | None = None
    """None when neither instance knows the activity."""
    kind: ChangeKind
    what: tuple[Aspect, ...] = ()
    """For what was moved or has other people: which of its facts are not as they were."""
    before: Spot | None = None
    after: Spot | None = None
    parties: tuple[Named, ...] = ()
    between: tuple[Named, ...] = ()
    with_session: bool = False

    @property
    def cities(self) -> tuple[Named, ...]:
        """The cities it was and is in."""
        found = (spot.city for spot in (self.before, self.after) if spot is not None)
        return tuple(dict.fromkeys(city for city in found if city is not None))


class Group(Value):
    """The changes that concern one party or city, by activity."""

    id: str
    name: str
    activities: tuple[ActivityId, ...]


class Changes(Value):
    """Everything that differs between two schedules, in order of time.

    Attributes
    ----------
    unchanged : int
        How many activities are as they were.
    """

    programme: ProgrammeId
    title: str
    changes: tuple[Change, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.changes)

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    def counts(self) -> dict[ChangeKind, int]:
        """Return how many changes there are of each kind."""
        return {kind: len(self.of(kind)) for kind in ChangeKind}

    def by_party(self) -> tuple[Group, ...]:
        """Return the changes for each party that has any, by name."""
        return _grouped((party, change) for change in self.changes for party in change.parties)

    def by_city(self) -> tuple[Group, ...]:
        """Return the changes for each city that has any, by name; a move between two is in both."""
        return _grouped((city, change) for change in self.changes for city in change.cities)


@dataclass(frozen=True, slots=True)
class Edition:
    """A schedule and the programme it was made for."""

    instance: Instance
    solution: Solution


def changes_between(old: Edition, new: Edition) -> Changes:
    """Return what differs between two schedules of a programme.

    Parameters
    ----------
    old, new : Edition
        The programme may have changed in between. What a schedule names and its instance does not have
        (an old schedule beside the changed programme) goes by its id.

    Raises
    ------
    ValueError
        If they are of different programmes, or one places an activity twice.
    """
    if old.solution.programme != new.solution.programme:
        raise ValueError(
            f"the schedules are of different programmes: {old.solution.programme!r} and "
            f"{new.solution.programme!r}"
        )
    before, after = _states(old), _states(new)
    instances = (new.instance, old.instance)
    everything = {*before, *after}
    changes = [
        _change(activity, before.get(activity), after.get(activity), instances)
        for activity in everything
        if not _same(before.get(activity), after.get(activity))
    ]
    return Changes(
        programme=new.solution.programme,
        title=new.instance.programme.label,
        changes=tuple(_marked(sorted(changes, key=_order), instances)),
        unchanged=len(everything) - len(changes),
    )


def diff(instance: Instance, old: Solution, new: Solution, old_instance: Instance | None = None) -> Changes:
    """Return what moved, was added, was cancelled or has other people from one schedule to another.

    Parameters
    ----------
    instance : Instance
        The programme as it is now.
    old, new : Solution
        The schedules.
    old_instance : Instance, optional
        The programme for which the old schedule was made, if it has changed since.

    Returns
    -------
    Changes
        By activity, in order of time; ``by_party()`` and ``by_city()`` group them.

    Raises
    ------
    ValueError
        If the schedules are of different programmes, or one places an activity twice.
    """
    return changes_between(Edition(old_instance or instance, old), Edition(instance, new))


class _Facts(NamedTuple):
    """What two schedules are compared by, each under the name of its aspect; None: not known, or none."""

    start: dt.datetime
    length: dt.timedelta | None
    city: str | None
    room: str
    table: int | None
    attendees: frozenset[str] | None
    interpreter: str | None


_MAY_BE_UNKNOWN = frozenset({Aspect.LENGTH, Aspect.CITY, Aspect.ATTENDEES})
"""What an instance may not know; that is no difference."""


class _State(NamedTuple):
    """Where a schedule has an activity, and whom that concerns."""

    spot: Spot
    parties: tuple[Named, ...]
    facts: _Facts


def _same(before: _State | None, after: _State | None) -> bool:
    return before is not None and after is not None and not any(_differing(before.facts, after.facts))


def _states(edition: Edition) -> dict[ActivityId, _State]:
    """Return where a schedule has each activity."""
    instance, placements = edition.instance, edition.solution.placements
    known = [placement for placement in placements if _is_known(instance, placement)]
    solution = edition.solution.model_copy(
        update={"placements": tuple(known), "programme": instance.programme.id}
    )
    states = {
        placed.activity.id: _resolved(instance, placed) for placed in Diaries(instance, solution).placed
    }
    for placement in placements:
        states.setdefault(placement.activity, _unresolved(instance, placement))
    return states


def _is_known(instance: Instance, placement: Placement) -> bool:
    return (
        instance.has_activity(placement.activity)
        and instance.has_room(placement.room)
        and all(map(instance.has_person, placement.attendees))
        and (placement.interpreter is None or instance.pool(placement.interpreter.pool) is not None)
    )


def _resolved(instance: Instance, placed: Placed) -> _State:
    spot = Spot.model_construct(
        start=placed.start,
        end=placed.end,
        city=_named(placed.city.id, placed.city.label),
        room=_named(placed.room.id, placed.room.label),
        table=placed.placement.table,
        attendees=tuple(_named(person.id, person.name) for person in placed.takers.values()),
        interpreter=_interpreter(placed.placement),
    )
    return _State(spot, tuple(_concerned(instance, placed)), _facts(spot))


def _unresolved(instance: Instance, placement: Placement) -> _State:
    """Return what a placement says by itself, by ids where the instance does not help."""
    has_room = instance.has_room(placement.room)
    city = instance.city_of(placement.room) if has_room else None
    spot = Spot.model_construct(
        start=placement.start.astimezone(city.zone) if city else placement.start,
        end=None,
        city=_named(city.id, city.label) if city else None,
        room=_named(placement.room, instance.room(placement.room).label if has_room else placement.room),
        table=placement.table,
        attendees=tuple(_named(person, person) for person in placement.attendees),
        interpreter=_interpreter(placement),
    )
    parties: tuple[PartyId, ...] = placement.attendees
    if instance.has_activity(placement.activity):
        parties = (*parties, *_named_by(instance.activity(placement.activity)))
    named = tuple(_party(instance, party) for party in dict.fromkeys(parties))
    return _State(spot, named, _facts(spot)._replace(attendees=None))


def _facts(spot: Spot) -> _Facts:
    start = spot.start.astimezone(UTC)
    return _Facts(
        start=start,
        length=spot.end.astimezone(UTC) - start if spot.end else None,
        city=spot.city.id if spot.city else None,
        room=spot.room.id,
        table=spot.table,
        attendees=frozenset(person.id for person in spot.attendees),
        interpreter=spot.interpreter,
    )


def _named(id_: str, name: str) -> Named:
    return Named.model_construct(id=str(id_), name=str(name))


def _interpreter(placement: Placement) -> str | None:
    seat = placement.interpreter
    return f"{seat.pool} {seat.unit}" if seat else None


def _concerned(instance: Instance, placed: Placed) -> Iterator[Named]:
    """Yield each party that has to know of an activity, once."""
    activity = placed.activity
    parties: dict[PartyId, None] = dict.fromkeys(_named_by(activity))
    for person in placed.takers.values():
        parties |= dict.fromkeys(_of_person(person))
    if isinstance(activity, Session):
        parties |= dict.fromkeys(activity.audience)
    return (_party(instance, party) for party in parties)


def _of_person(person: Person) -> tuple[PartyId, ...]:
    """Return somebody's delegation, and the person unless that is a body in the delegation's place."""
    if person.delegation is None:
        return (person.id,)
    return (person.delegation,) if person.stand_in else (person.delegation, person.id)


def _party(instance: Instance, party: PartyId) -> Named:
    if party == EVERYBODY:
        return _named(party, _ALL)
    known = instance.delegation(party) is not None or instance.has_person(ParticipantId(party))
    return _named(party, instance.party_label(party) if known else party)


def _change(
    id_: ActivityId, before: _State | None, after: _State | None, instances: tuple[Instance, ...]
) -> Change:
    what: tuple[Aspect, ...] = ()
    if before and after:
        what = tuple(_differing(before.facts, after.facts))
    instance = next((i for i in instances if i.has_activity(id_)), None)
    activity = instance.activity(id_) if instance else None
    return Change.model_construct(
        activity=id_,
        title=activity.label if activity else str(id_),
        type=kind_of(activity) if activity else None,
        kind=_kind(before, after, what),
        what=what,
        before=before.spot if before else None,
        after=after.spot if after else None,
        parties=_together(after, before),
        between=_between(instance, activity) if instance and activity else (),
    )


def _between(instance: Instance, activity: Activity) -> tuple[Named, ...]:
    return tuple(_party(instance, party) for party in _named_by(activity))


def _named_by(activity: Activity) -> tuple[PartyId, ...]:
    return activity.parties if isinstance(activity, HostedActivity) else ()


def _differing(before: _Facts, after: _Facts) -> Iterator[Aspect]:
    """Yield what differs; the length is compared, not the end, which moves with the start."""
    for aspect in Aspect:
        old, new = getattr(before, aspect.value), getattr(after, aspect.value)
        unknown = aspect in _MAY_BE_UNKNOWN and (old is None or new is None)
        if old != new and not unknown:
            yield aspect


def _kind(before: _State | None, after: _State | None, what: tuple[Aspect, ...]) -> ChangeKind:
    if before is None:
        return ChangeKind.ADDED
    if after is None:
        return ChangeKind.CANCELLED
    return ChangeKind.MOVED if _PLACING.intersection(what) else ChangeKind.PEOPLE


def _together(*states: _State | None) -> tuple[Named, ...]:
    """Return the parties of all states, each once by its id, named as the first of them names it."""
    found: dict[str, Named] = {}
    for state in states:
        for party in state.parties if state else ():
            found.setdefault(party.id, party)
    return tuple(found.values())


def _order(change: Change) -> tuple[dt.datetime, ActivityId]:
    spot = change.after or change.before
    assert spot is not None
    return spot.start.astimezone(UTC), change.activity


def _marked(changes: list[Change], instances: tuple[Instance, ...]) -> Iterator[Change]:
    """Yield the changes, those of talks that only went along with their session marked."""
    by_id = {change.activity: change for change in changes}
    for change in changes:
        session = by_id.get(_session_of(change.activity, instances))
        along = session is not None and _shift(change) == _shift(session)
        yield change.model_copy(update={"with_session": True}) if along else change


def _session_of(id_: ActivityId, instances: tuple[Instance, ...]) -> ActivityId:
    """Return the session that a talk is part of (the id itself of nothing else)."""
    for instance in instances:
        if instance.has_activity(id_) and isinstance(instance.activity(id_), Talk):
            return instance.session_of(id_).id
    return ActivityId("")


def _shift(change: Change) -> tuple[object, ...]:
    """Return what a talk has in common with its session when it goes along with it."""
    before, after = change.before, change.after
    later = after.start - before.start if before and after else None
    return change.kind, later, before and before.room.id, after and after.room.id


def _grouped(pairs: Iterable[tuple[Named, Change]]) -> tuple[Group, ...]:
    names: dict[str, str] = {}
    found: dict[str, list[ActivityId]] = {}
    for named, change in pairs:
        names[named.id] = named.name
        found.setdefault(named.id, []).append(change.activity)
    return tuple(_groups(names, found))


def _groups(names: Mapping[str, str], found: Mapping[str, list[ActivityId]]) -> Iterator[Group]:
    """Yield groups by name, everybody first."""
    for id_ in sorted(found, key=lambda i: (i != EVERYBODY, names[i].casefold(), i)):
        activities = tuple(dict.fromkeys(found[id_]))
        yield Group.model_construct(id=id_, name=names[id_], activities=activities)
