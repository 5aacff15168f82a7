"""``scheduler explain INSTANCE``: read, find what cannot be had, tell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scheduler.cli.console import Terminal
from scheduler.cli.outcome import ExitCode
from scheduler.cli.stopping import stoppable
from scheduler.domain import Status
from scheduler.reading import load_with_places
from scheduler.search import SolveOptions


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
    instance, _places = load_with_places(order.instance)
    from scheduler.explain.conflict import find_conflict  # not before the instance is known to be right

    with stoppable(lambda: None) as stop:
        conflict = find_conflict(instance, order.options, stop)
    terminal = Terminal()
    if conflict.solution is not None:
        terminal.print("There is a schedule: the requirements can all be had.")
        return ExitCode.DONE
    terminal.print(f"{conflict.status.value}")
    return ExitCode.DONE if conflict.status is Status.INFEASIBLE else ExitCode.NOTHING_FOUND
