"""Places and what they cost, in the few words that pages and the command line say alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from scheduler.domain import ActivityId, Instance, InterpreterSeat, Placement, RoomId
from scheduler.domain.times import later
from scheduler.explain.pricing import LevelChange
from scheduler.exports.in_words import clock_hours, counted, short_date


def when(instance: Instance, placement: Placement, duration: dt.timedelta) -> str:
    """Return when a placement is, on the clock of its city: ``Mon 10 Mar 10:00-10:30``."""
    zone = instance.city_of(placement.room).zone
    start = placement.start.astimezone(zone)
    end = later(start, duration).astimezone(zone)
    return f"{short_date(start.date())} {clock_hours(start, end)}"


def where(instance: Instance, room: RoomId, table: int | None = None) -> str:
    """Return a place: the room and its city, and the table."""
    at = f", table {table}" if table is not None else ""
    return f"{instance.room(room).label}{at}, {instance.city_of(room).label}"


def who(instance: Instance, placement: Placement) -> str:
    """Return who comes and interprets, where that is chosen."""
    people = ", ".join(instance.person(person).name for person in placement.attendees)
    seat: InterpreterSeat | None = placement.interpreter
    interpreter = "" if seat is None else f"interpreter {seat.pool} {seat.unit}"
    return "; ".join(part for part in (people, interpreter) if part)


def spot(instance: Instance, placement: Placement) -> str:
    """Return when and where something that the programme has is placed."""
    duration = instance.activity(placement.activity).duration
    return f"{when(instance, placement, duration)} in {where(instance, placement.room)}"


def priority(instance: Instance, activity: ActivityId) -> str:
    """Return how urgent a request is."""
    found = instance.activity(activity)
    return f", {level} priority" if (level := getattr(found, "priority", None)) else ""


def signed(level: LevelChange) -> str:
    """Return a change with its sign."""
    return f"{level.change:+d}" if level.change else "0"


def effects(levels: Iterable[LevelChange]) -> str:
    """Return the changes of all levels in a few words: ``level 2: +1, level 3: -4``."""
    changed = [f"level {level.level}: {signed(level)}" for level in levels if level.change]
    return ", ".join(changed) or "costs nothing"


def room_for_it(possible: int, fitting: int | None, moves: int, otherwise: str = "") -> str:
    """Return how many places a new meeting could have, in a sentence.

    Parameters
    ----------
    possible, fitting : int
        As :class:`scheduler.explain.suggest.Suggestions` has them.
    moves : int
        How many others may move.
    otherwise : str
        What whoever asks can try where it fits nowhere; begins with a colon.
    """
    if not possible:
        return "There is no place and time at all at which all who come, a room and the opening agree."
    places = counted(possible, "possible place and time", "possible places and times")
    if moves:
        return f"It has {places}; at most {counted(moves, 'other')} may move or lose a place."
    if not fitting:
        return f"It has {places}, and fits at none unless something else moves{otherwise}."
    return f"It has {places}, and fits at {fitting} with nothing else moved. The best:"
