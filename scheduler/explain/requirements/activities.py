"""What is asked of single activities: that they take place, when, where, and with whom."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Activity, HostedActivity, Instance, Meeting, RoomId, Session
from scheduler.explain import wording as words
from scheduler.explain.requirements.base import Kind, Requirement
from scheduler.explain.requirements.rewriting import Edit, Path, put, take_out
from scheduler.explain.requirements.scope import Scope, parts_of


def of_activities(scope: Scope) -> Iterator[Requirement]:
    """Yield what is asked of each activity."""
    for path, hosted in scope.hosted:
        yield from _taking_place(scope, path, hosted)
        yield from _times(scope.instance, path, hosted)
        yield from _places(scope.instance, path, hosted)
        yield from _company(scope, path, hosted)
        if isinstance(hosted, Session):
            for j, talk in enumerate(hosted.talks):
                yield from _times(scope.instance, (*path, "talks", j), talk)


def _taking_place(scope: Scope, path: Path, hosted: HostedActivity) -> Iterator[Requirement]:
    name = words.activity(scope.instance, hosted.id)
    away = (put((*path, "mandatory"), False), put((*path, "pin", "start"), None))
    if scope.stays(hosted) and not scope.fair:  # a granted share counts what is placed, the past included
        yield _stays(scope, path, hosted, name, away)
    elif hosted.mandatory:
        sentence = f"{name} must take place"
        yield Requirement(Kind.MANDATORY, (*path, "mandatory"), (hosted.id,), sentence, away)


def _stays(
    scope: Scope, path: Path, hosted: HostedActivity, name: str, away: tuple[Edit, ...]
) -> Requirement:
    """Return that something of the past stays: without it, that need not have been."""
    parts = parts_of(hosted)
    before = [(i, p) for i, p in enumerate(scope.instance.baseline) if p.activity in parts]
    first = next(p for _, p in before if p.activity in scope.frozen)
    sentence = f"{name} began on {words.moment(first.start)}, before now, and stays as it was"
    talks = [
        put((*path, "talks", j, "pin", "start"), None)
        for j in range(len(hosted.talks) if isinstance(hosted, Session) else 0)
    ]
    edits = (*away, *talks, *(take_out(("baseline", i)) for i, _ in before))
    return Requirement(Kind.STAYS, ("baseline", before[0][0]), (hosted.id,), sentence, edits)


def _times(instance: Instance, path: Path, activity: Activity) -> Iterator[Requirement]:
    name = words.activity(instance, activity.id)

    def made(kind: Kind, key: str, sentence: str, nothing: object) -> Requirement:
        return Requirement(
            kind, (*path, key), (activity.id,), f"{name} {sentence}", (put((*path, key), nothing),)
        )

    if activity.pin.start is not None:
        yield Requirement(
            Kind.PINNED_START,
            (*path, "pin", "start"),
            (activity.id,),
            f"{name} is pinned to start on {words.moment(activity.pin.start)}",
            (put((*path, "pin", "start"), None),),
        )
    if activity.dates:
        on = words.listed((words.short_date(date) for date in activity.dates), "or")
        yield made(Kind.DATES, "dates", f"may only be on {on}", ())
    if activity.windows:
        within = words.listed((words.window(window) for window in activity.windows), "or")
        yield made(Kind.WINDOWS, "windows", f"may only be within {within}", ())
    if activity.day_part is not None:
        part = words.window(instance.day_parts[activity.day_part])
        yield made(Kind.DAY_PART, "day_part", f"is for the {activity.day_part} ({part})", None)
    for k, window in enumerate(activity.forbidden):
        yield Requirement(
            Kind.FORBIDDEN,
            (*path, "forbidden", k),
            (activity.id,),
            f"{name} may not be on {words.window(window)}",
            (take_out((*path, "forbidden", k)),),
        )


def _places(instance: Instance, path: Path, hosted: HostedActivity) -> Iterator[Requirement]:
    name = words.activity(instance, hosted.id)

    def made(kind: Kind, key: str, sentence: str, nothing: object) -> Requirement:
        return Requirement(
            kind, (*path, key), (hosted.id,), f"{name} {sentence}", (put((*path, key), nothing),)
        )

    def among(found: Iterator[str]) -> str:
        return words.listed(found, "or")

    if hosted.cities:
        cities = among(instance.city(city).label for city in hosted.cities)
        yield made(Kind.IN_CITIES, "cities", f"may only be in {cities}", ())
    if hosted.venues:
        venues = among(instance.venue(venue).label for venue in hosted.venues)
        yield made(Kind.IN_VENUES, "venues", f"may only be in {venues}", ())
    if hosted.rooms:
        rooms = among(words.room(instance, room) for room in hosted.rooms)
        yield made(Kind.IN_ROOMS, "rooms", f"may only be in {rooms}", _anywhere(instance, hosted))
    if hosted.features:
        yield made(
            Kind.FEATURES,
            "features",
            f"needs a room with {words.listed(sorted(hosted.features))}",
            frozenset(),
        )
    if hosted.attendance is not None and hosted.attendance > 1:
        yield made(Kind.ATTENDANCE, "attendance", f"needs {hosted.attendance} seats", 1)
    yield from _pinned_place(instance, path, hosted, name)


def _anywhere(instance: Instance, hosted: HostedActivity) -> tuple[RoomId, ...]:
    """Return the rooms of something whose rooms are no longer said; a room that a meeting names stays one."""
    if not isinstance(hosted, Meeting) or all(instance.room(room).is_area for room in hosted.rooms):
        return ()
    areas = (room.id for room in instance.rooms if room.is_area)
    return tuple(dict.fromkeys((*hosted.rooms, *areas)))


def _pinned_place(instance: Instance, path: Path, hosted: HostedActivity, name: str) -> Iterator[Requirement]:
    pin = hosted.pin
    if pin.room is not None:
        at = (*path, "pin", "room")
        sentence = f"{name} is pinned to {words.room(instance, pin.room)}"
        yield Requirement(Kind.PINNED_ROOM, at, (hosted.id, pin.room), sentence, (put(at, None),))
    if pin.table is not None:
        at = (*path, "pin", "table")
        sentence = f"{name} is pinned to table {pin.table}"
        yield Requirement(Kind.PINNED_TABLE, at, (hosted.id,), sentence, (put(at, None),))


def _company(scope: Scope, path: Path, hosted: HostedActivity) -> Iterator[Requirement]:
    """Yield what is asked of those who come: roles, and that an audience does nothing else."""
    instance = scope.instance
    name = words.activity(instance, hosted.id)
    for party, role in hosted.roles.items():
        at = (*path, "roles", party)
        sentence = f"{words.party(instance, party)} sends somebody with the role '{role}' to {name}"
        yield Requirement(Kind.ROLE, at, (hosted.id, party), sentence, (take_out(at),))
    if isinstance(hosted, Session) and hosted.audience and not scope.fair_breaks:
        who = words.listed(words.party(instance, p) for p in hosted.audience)
        at = (*path, "audience")
        sentence = f"{name} has {who} as its audience, who do nothing else meanwhile"
        yield Requirement(Kind.AUDIENCE, at, (hosted.id,), sentence, (put(at, ()),))
