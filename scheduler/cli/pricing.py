"""What something costs and who gives way, in words and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from scheduler.cli import words
from scheduler.cli.console import Sheet, Terminal
from scheduler.domain import ActivityId, Instance, Placement, Solution
from scheduler.explain import telling
from scheduler.explain.pricing import Differences, LevelChange
from scheduler.explain.telling import effects as effects
from scheduler.explain.telling import priority as priority
from scheduler.explain.telling import signed as signed
from scheduler.explain.telling import spot
from scheduler.explain.telling import where as where
from scheduler.explain.telling import who as who
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


def _proof(level: LevelChange) -> str:
    if level.proven:
        return "proven twice" if level.confirmed else "proven"
    return "" if level.bound is None else f"at least {level.bound}"


def when(instance: Instance, placement: Placement) -> str:
    """Return when something that the programme has is placed, on the clock of the city."""
    return telling.when(instance, placement, instance.activity(placement.activity).duration)


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
        lambda a: f"{name(instance, a)}, from {spot(instance, before[a])} to {spot(instance, after[a])}",
    )
    _print_some(
        terminal,
        "Would be granted too",
        "Would be granted too",
        gone.granted,
        lambda a: f"{name(instance, a)}{priority(instance, a)}, {spot(instance, after[a])}",
    )


def name(instance: Instance, activity: ActivityId) -> str:
    """Return an activity's title, or who meets, with its id."""
    return words.line(activity_words(instance, activity)).removeprefix("the ")


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
