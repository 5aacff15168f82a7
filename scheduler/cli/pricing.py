"""What something costs and who gives way, in words and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from scheduler.cli import words
from scheduler.cli.console import Sheet, Terminal
from scheduler.domain import ActivityId, Instance, InterpreterSeat, Placement, RoomId, Solution
from scheduler.domain.times import later
from scheduler.explain.pricing import Differences, LevelChange
from scheduler.explain.wording import activity as activity_words

_SHOWN = 10


def price_table(instance: Instance, levels: Iterable[LevelChange]) -> Sheet:
    """Return each level before and after, the change, and whether it is proven."""
    right = ("Now", "Then", "Change")
    made = Sheet("Level", "What counts", "Now", "Then", "Change", "Proof", right=right)
    for level in levels:
        what = words.level_words(instance, level.level)
        made.add(str(level.level), what, str(level.before), str(level.after), signed(level), _proof(level))
    return made


def signed(level: LevelChange) -> str:
    """Return a change with its sign."""
    return f"{level.change:+d}" if level.change else "0"


def effects(levels: Iterable[LevelChange]) -> str:
    """Return the changes of all levels in a few words: ``level 2: +1 (6)``."""
    changed = [f"level {level.level}: {signed(level)}" for level in levels if level.change]
    return ", ".join(changed) or "costs nothing"


def _proof(level: LevelChange) -> str:
    if level.proven:
        return "proven twice" if level.confirmed else "proven"
    return "" if level.bound is None else f"at least {level.bound}"


def when(instance: Instance, placement: Placement) -> str:
    """Return when a placement is, on the clock of its city: ``Mon 10 Mar 10:00-10:30``."""
    zone = instance.city_of(placement.room).zone
    start = placement.start.astimezone(zone)
    end = later(start, instance.activity(placement.activity).duration).astimezone(zone)
    return f"{words.short_date(start.date())} {words.hours(start, end)}"


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


def print_differences(
    terminal: Terminal, instance: Instance, old: Solution, new: Iterable[Placement], gone: Differences
) -> None:
    """Print what loses its place, what moves from where to where, and what else is granted now."""
    before = {placement.activity: placement for placement in old.placements}
    after = {placement.activity: placement for placement in new}
    _print_some(
        terminal,
        "Would lose its place",
        "Would lose their places",
        gone.displaced,
        lambda a: f"{name(instance, a)}{priority(instance, a)}, now {when(instance, before[a])}",
    )
    _print_some(
        terminal,
        "Would move",
        "Would move",
        gone.moved,
        lambda a: f"{name(instance, a)}, from {_spot(instance, before[a])} to {_spot(instance, after[a])}",
    )
    _print_some(
        terminal,
        "Would be granted too",
        "Would be granted too",
        gone.granted,
        lambda a: f"{name(instance, a)}{priority(instance, a)}, {_spot(instance, after[a])}",
    )


def name(instance: Instance, activity: ActivityId) -> str:
    """Return an activity's title, or who meets, with its id."""
    return words.line(activity_words(instance, activity)).removeprefix("the ")


def priority(instance: Instance, activity: ActivityId) -> str:
    """Return how urgent a request is."""
    found = instance.activity(activity)
    return f", {level} priority" if (level := getattr(found, "priority", None)) else ""


def _spot(instance: Instance, placement: Placement) -> str:
    return f"{when(instance, placement)} in {where(instance, placement.room)}"


def _print_some(
    terminal: Terminal,
    one: str,
    many: str,
    activities: tuple[ActivityId, ...],
    told: Callable[[ActivityId], str],
) -> None:
    if not activities:
        return
    terminal.print(f"{one if len(activities) == 1 else many}:")
    for activity in islice(activities, _SHOWN):
        terminal.print(f"  - {told(activity)}", soft_wrap=True)
    if len(activities) > _SHOWN:
        terminal.print(f"  ... and {len(activities) - _SHOWN} more")
