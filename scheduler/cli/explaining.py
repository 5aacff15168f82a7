"""``scheduler explain INSTANCE``: read, find what cannot be had, tell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli import words
from scheduler.cli.console import Terminal
from scheduler.cli.outcome import ExitCode
from scheduler.cli.stopping import stoppable
from scheduler.domain import Status
from scheduler.reading import Places, load_with_places
from scheduler.search import SolveOptions

if TYPE_CHECKING:
    from scheduler.explain.conflict import Conflict
    from scheduler.explain.requirements import Requirement

_ENDINGS = {
    Status.OPTIMAL: ExitCode.DONE,
    Status.INFEASIBLE: ExitCode.DONE,
    Status.CONTRADICTION: ExitCode.BROKEN,
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of ``explain``; the command line's options, one to one."""

    instance: Path
    as_json: bool = False
    time_limit: float | None = None
    workers: int | None = None
    repairs: int = 3

    @property
    def options(self) -> SolveOptions:
        """How to search."""
        return SolveOptions(self.time_limit, self.workers)


def run(order: Order) -> ExitCode:
    """Say why an instance has no schedule, or that it has one."""
    instance, places = load_with_places(order.instance)
    from scheduler.explain.conflict import find_conflict  # not before the instance is known to be right

    with stoppable(lambda: None) as stop:
        conflict = find_conflict(instance, order.options, stop)
    _print(Terminal(), conflict, places)
    return _ENDINGS.get(conflict.status, ExitCode.NOTHING_FOUND)


def _print(terminal: Terminal, conflict: Conflict, places: Places) -> None:
    if conflict.status is Status.OPTIMAL:
        terminal.print("There is a schedule: all that must be can be had.", style="bold")
    elif conflict.status is Status.INFEASIBLE:
        _print_conflict(terminal, conflict, places)
    else:
        stopped = conflict.status is Status.INTERRUPTED
        terminal.print(words.STOPPED_EMPTY if stopped else words.RESULT[conflict.status], style="bold")
    for note in conflict.notes:
        terminal.print(f"Note: {note}.")


def _print_conflict(terminal: Terminal, conflict: Conflict, places: Places) -> None:
    terminal.print("There is no schedule.", style="bold")
    for sentence in conflict.headline:
        terminal.print(sentence)
    count = len(conflict.requirements)
    terminal.heading(f"{words.counted(count, 'requirement')} that cannot all be had")
    for _, group in groupby(conflict.requirements, lambda requirement: requirement.kind):
        _print_group(terminal, list(group), places)
    if conflict.shown.irreducible:
        terminal.print()
        terminal.print("Without any one of these the others can be had; each was tried.")


def _print_group(terminal: Terminal, group: list[Requirement], places: Places) -> None:
    for requirement, place in zip(group, places.of([r.path for r in group]), strict=True):
        sentence = requirement.sentence[:1].upper() + requirement.sentence[1:]
        terminal.print(f"  {sentence} ({place})", soft_wrap=True)
