"""``scheduler replan``: read, plan again, write, tell what has changed."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli import words
from scheduler.cli.choices import find
from scheduler.cli.console import Sheet, Terminal
from scheduler.cli.diffing import print_changes
from scheduler.cli.moments import moment
from scheduler.cli.outcome import ExitCode, Refused
from scheduler.cli.progress import watcher
from scheduler.cli.solving import ENDINGS, GOOD, less, print_files, print_time, refuse_unwritable
from scheduler.cli.stopping import stoppable
from scheduler.cli.summary import levels_table, print_notes
from scheduler.domain import ActivityId, Instance, Solution, Status
from scheduler.exports import write_solution
from scheduler.reading import Places, load_solution, load_with_places
from scheduler.search import SolveOptions

if TYPE_CHECKING:
    from scheduler.cli.exporting import Exported
    from scheduler.explain.replan import Replanned

_SHOWN = 25
"""So many activities with a reason are printed."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of ``replan``; the command line's options, one to one."""

    instance: Path
    baseline: Path
    now: str | None = None
    pins: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    weight_moves: int | None = None
    directory: Path | None = None
    time_limit: float | None = None
    workers: int | None = None
    seed: int = 0
    deterministic: bool = False
    formats: tuple[str, ...] | None = None
    kinds: tuple[str, ...] = ()
    as_json: bool = False
    quiet: bool = False

    @property
    def target(self) -> Path:
        """The solution file to write."""
        name = self.instance.stem
        return (self.directory or Path("solutions") / name) / f"{name}.solution.yaml"

    @property
    def search(self) -> SolveOptions:
        """How to search."""
        return SolveOptions(self.time_limit, self.workers, self.seed, self.deterministic)


def run(order: Order) -> ExitCode:
    """Plan again and write the schedule, if there is one."""
    began = time.perf_counter()
    instance, places = load_with_places(order.instance)
    baseline = load_solution(order.baseline)
    refuse_unwritable(order.target.parent)
    replanned = _replanned(order, instance, baseline, began)
    if order.as_json:
        from scheduler.explain.answers import replanned_data

        click.echo(json.dumps(replanned_data(replanned, places), ensure_ascii=False, indent=2))
    if replanned.result.status not in GOOD or replanned.solution is None:
        return _nothing(order, replanned, places)
    exported = _write(order, instance, replanned)
    if not (order.quiet or order.as_json):
        terminal = Terminal()
        print_replanned(terminal, replanned)
        print_files(terminal, order.target, exported)
        print_time(terminal, time.perf_counter() - began, replanned.result)
    return ExitCode.DONE


def _replanned(order: Order, instance: Instance, baseline: Solution, began: float) -> Replanned:
    from scheduler.explain.replan import ReplanError, ReplanOptions, replan

    options = ReplanOptions(
        None if order.now is None else moment(order.now, instance, "--now"),
        tuple(_meant(instance, each, "--pin") for each in order.pins),
        tuple(_meant(instance, each, "--free") for each in order.free),
        order.weight_moves,
    )
    terminal = None if order.quiet or order.as_json else Terminal()
    search = less(order.search, time.perf_counter() - began)
    with watcher(_counted(instance, order), terminal) as view, stoppable(view.stopping) as stop:
        try:
            return replan(instance, baseline, options, search, view.tell, stop)
        except ReplanError as error:
            raise Refused(f"{order.baseline}: {error}") from None


def _counted(instance: Instance, order: Order) -> Instance:
    """Return the instance with the objective that is searched, for whoever watches."""
    from scheduler.explain.replan import objective

    return instance.changed(objective=objective(instance, order.weight_moves))


def _meant(instance: Instance, typed: str, option: str) -> ActivityId:
    return ActivityId(find(typed, {str(a.id): a.label for a in instance.activities}, option))


def _write(order: Order, instance: Instance, replanned: Replanned) -> list[Exported]:
    from scheduler.explain.replan import restated

    solution = restated(instance, replanned)
    write_solution(solution, order.target, order.instance)
    if not order.formats:
        return []
    from scheduler.cli.exporting import beside, write_agendas

    return write_agendas(instance, solution, order.kinds, beside(order.target, order.formats))


# -- in words ------------------------------------------------------------------------------------


def print_replanned(terminal: Terminal, replanned: Replanned) -> None:
    """Print how much has moved, how good the schedule is, every change, and why it had to be."""
    from scheduler.explain.answers import why_dropped

    result = replanned.result
    assert result.verdict is not None
    assert replanned.changes is not None
    terminal.print(headline(replanned), style="bold")
    terminal.print(_counts(replanned))
    terminal.print()
    terminal.print(levels_table(result.levels, result.verdict.terms))
    terminal.print()
    print_changes(terminal, replanned.changes)
    _print_reasons(terminal, "Could not stay where it was", replanned, _why_moved(replanned))
    _print_reasons(terminal, "Not scheduled any more", replanned, why_dropped(replanned))
    terminal.print()
    terminal.print("Checked: it keeps every rule, and its costs, worked out again, are the same.")
    print_notes(terminal, result.notes)


def headline(replanned: Replanned) -> str:
    """Return how many engagements have moved, and what is proven of that."""
    elsewhere = [*replanned.moved, *replanned.dropped]
    gone = len(elsewhere)
    counted = sum(activity not in replanned.freed for activity in elsewhere)
    total = words.counted(len(replanned.engagements), "session or meeting", "sessions and meetings")
    told = f"Of {total} of the baseline, {len(replanned.kept)} stay and {gone} do not"
    bound = replanned.bound
    if not gone:
        return f"Of {total} of the baseline, all stay when and where they were."
    if bound is None:
        return f"{told}. Moves are not all that counts first, so fewer may be possible."
    free = "" if counted == gone else f" ({gone - counted} of them free to move)"
    if bound >= counted:
        return f"{told}{free}. Proven: no schedule moves fewer{' of the others' if free else ''}."
    return f"{told}{free}. At least {bound} cannot stay; whether {counted} is the fewest is not proven."


def _counts(replanned: Replanned) -> str:
    parts = [
        words.counted(len(found), what, many)
        for found, what, many in (
            (replanned.moved, "is moved", "are moved"),
            (replanned.dropped, "is dropped", "are dropped"),
            (replanned.added, "is new in the schedule", "are new in the schedule"),
            (
                replanned.withdrawn,
                "is no longer part of the programme",
                "are no longer part of the programme",
            ),
        )
        if found
    ]
    people = words.counted(replanned.people_affected, "person has", "people have")
    parts.append(f"{people} an engagement that is not what it was")
    return f"{'; '.join(parts)}."


def _why_moved(replanned: Replanned) -> dict[ActivityId, str]:
    return {each.activity: each.reason for each in replanned.impossible}


def _print_reasons(
    terminal: Terminal, heading: str, replanned: Replanned, reasons: dict[ActivityId, str]
) -> None:
    if not reasons:
        return
    terminal.heading(heading)
    made = Sheet("What", "Why")
    for activity, reason in list(reasons.items())[:_SHOWN]:
        made.add(words.line(replanned.instance.activity(activity).label), words.line(reason))
    terminal.print(made)
    if len(reasons) > _SHOWN:
        terminal.print(f"... and {len(reasons) - _SHOWN} more.")


# -- nothing -------------------------------------------------------------------------------------


def _nothing(order: Order, replanned: Replanned, places: Places) -> ExitCode:
    """Say why nothing is written."""
    result = replanned.result
    if not order.as_json:
        terminal = Terminal(errors=True)
        if replanned.fixed:
            _print_fixed(terminal, replanned, places)
        else:
            stopped = result.status is Status.INTERRUPTED
            terminal.print(words.STOPPED_EMPTY if stopped else words.RESULT[result.status], style="bold")
            print_notes(terminal, result.notes)
        if result.status is Status.INFEASIBLE and not replanned.fixed:
            terminal.print(_advice(order, replanned))
        kept = " The earlier file there stays as it is." if order.target.exists() else ""
        terminal.print(f"Nothing is written to {order.target}.{kept}")
    return ENDINGS.get(result.status, ExitCode.NOTHING_FOUND)


def _advice(order: Order, replanned: Replanned) -> str:
    advice = (
        f"`scheduler explain {order.instance}` says which requirements of the programme cannot all be had."
    )
    if order.pins or replanned.instance.programme.now is not None:
        advice += " If it has a schedule, what is past or pinned stands in the way of each."
    return advice


def _print_fixed(terminal: Terminal, replanned: Replanned, places: Places) -> None:
    from scheduler.explain.answers import fixed_places

    terminal.print(
        "There is no schedule: what is past or pinned breaks rules of the programme.", style="bold"
    )
    for place, violation in zip(fixed_places(replanned, places), replanned.fixed, strict=True):
        terminal.print(f"{place}: {violation.message}", soft_wrap=True)
    terminal.print(
        "Give a change the times from which it holds, so that it leaves alone what is past, "
        "or leave out the pin."
    )
