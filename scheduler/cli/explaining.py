"""``scheduler explain INSTANCE``: read, find what cannot be had and what would help, tell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli import words
from scheduler.cli.console import Terminal
from scheduler.cli.outcome import ExitCode
from scheduler.cli.stopping import stoppable
from scheduler.domain import Status
from scheduler.reading import Places, load_with_places
from scheduler.search import SolveOptions

if TYPE_CHECKING:
    from scheduler.explain.conflict import Conflict
    from scheduler.explain.explanation import Explanation
    from scheduler.explain.repairs import Repair, Repairs
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
    from scheduler.explain.explanation import why_infeasible  # not before the instance is known to be right

    with stoppable(lambda: None) as stop:
        explanation = why_infeasible(instance, order.options, stop, repairs=order.repairs)
    if order.as_json:
        click.echo(json.dumps(explanation.data(places), indent=2, ensure_ascii=False))
    else:
        _print(Terminal(), explanation, places, order.repairs)
    return _ENDINGS.get(explanation.status, ExitCode.NOTHING_FOUND)


def _print(terminal: Terminal, explanation: Explanation, places: Places, wanted: int) -> None:
    conflict = explanation.conflict
    if conflict.status is Status.OPTIMAL:
        terminal.print("There is a schedule: everything that must be can be had.", style="bold")
    elif conflict.status is Status.INFEASIBLE:
        _print_conflict(terminal, conflict, places)
        _print_repairs(terminal, explanation.repairs, places, wanted)
    else:
        stopped = conflict.status is Status.INTERRUPTED
        terminal.print(words.STOPPED_EMPTY if stopped else words.RESULT[conflict.status], style="bold")
    for note in (*conflict.notes, *explanation.repairs.notes):
        terminal.print(f"Note: {note}.")


def _print_conflict(terminal: Terminal, conflict: Conflict, places: Places) -> None:
    terminal.print("There is no schedule.", style="bold")
    print_conflict(terminal, conflict, places)


def print_conflict(terminal: Terminal, conflict: Conflict, places: Places) -> None:
    """Print what cannot all be had, each where it is written."""
    for sentence in conflict.headline:
        terminal.print(sentence)
    terminal.heading("What cannot all be had")
    at = dict(zip(conflict.requirements, places.of([r.path for r in conflict.requirements]), strict=True))
    for requirement in conflict.requirements:
        _print_requirement(terminal, requirement, at[requirement])
    terminal.print()
    if conflict.shown.irreducible:
        again = " Two runs, set up differently, agree." if conflict.shown.confirmed else ""
        terminal.print(f"Without any one of these the others can be had: each was tried.{again}")


def _print_requirement(terminal: Terminal, requirement: Requirement, place: str) -> None:
    sentence = requirement.sentence[:1].upper() + requirement.sentence[1:]
    terminal.print(f"  - {sentence}", soft_wrap=True)
    terminal.print(f"    {place}", style="dim", soft_wrap=True)


def _print_repairs(terminal: Terminal, repairs: Repairs, places: Places, wanted: int) -> None:
    if not wanted:
        return
    if not repairs.found:
        terminal.print(_no_repair(repairs))
        return
    terminal.heading("What would help, the cheapest first")
    for number, repair in enumerate(repairs.found, 1):
        _print_repair(terminal, number, repair, places)
    terminal.print()
    terminal.print(_proof(repairs, wanted))


def _no_repair(repairs: Repairs) -> str:
    if repairs.complete:
        return "None of the repairs that are known would help."
    return f"No repair was found within the time; one costs at least {repairs.bound}."


def _print_repair(terminal: Terminal, number: int, repair: Repair, places: Places) -> None:
    at: Sequence[str] = places.of([step.path for step in repair.steps])
    for position, (step, place) in enumerate(zip(repair.steps, at, strict=True)):
        lead = f"  {number}. " if not position else "     and "
        sentence = step.sentence[:1].upper() + step.sentence[1:] if not position else step.sentence
        cost = f" [cost {repair.cost}]" if position == len(repair.steps) - 1 else ""
        terminal.print(f"{lead}{sentence}{cost}", soft_wrap=True)
        terminal.print(f"     {place}", style="dim", soft_wrap=True)


def _proof(repairs: Repairs, wanted: int) -> str:
    told = ["Each makes a schedule, which was found and checked."]
    if all(repair.proven for repair in repairs.found):
        told.append(
            "Proven: nothing cheaper than the first would do; nor, than each further one, anything cheaper "
            "that does not include one before it."
        )
    else:
        told.append("Not all of them are proven to be the cheapest.")
    if len(repairs.found) < wanted and repairs.complete:
        told.append("There are no others.")
    elif len(repairs.found) < wanted:
        told.append(f"Then time was over: any other costs at least {repairs.bound}.")
    return " ".join(told)
