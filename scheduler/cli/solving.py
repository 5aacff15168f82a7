"""``scheduler solve``: read, search, check, write, tell."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli import words
from scheduler.cli.outcome import ExitCode, Refused
from scheduler.cli.plain import errors
from scheduler.cli.progress import watcher
from scheduler.cli.report import Diary
from scheduler.cli.stopping import stoppable
from scheduler.domain import Instance, Status
from scheduler.exports import write_solution
from scheduler.model.clauses.spares import prepare
from scheduler.reading import load
from scheduler.search import Progress, Result, SolveOptions

if TYPE_CHECKING:  # what prints is slow to load, and not needed where nothing is printed
    from scheduler.cli.console import Terminal
    from scheduler.cli.exporting import Exported
    from scheduler.problem.slotted import Slotted

_LEAST_SECONDS = 0.05
_WORTH_SAYING = 0.05
"""Seconds; what took less is not told."""
_WHERE_TIME_WENT = {
    "problem": "preparing",
    "baseline": "weighing the baseline",
    "model": "building the model",
    "search": "searching",
    "confirm": "confirming the proofs",
    "check": "checking",
    "reasons": "finding reasons",
}
ENDINGS = {
    Status.INFEASIBLE: ExitCode.INFEASIBLE,
    Status.UNKNOWN: ExitCode.NOTHING_FOUND,
    Status.INTERRUPTED: ExitCode.NOTHING_FOUND,
    Status.INVALID: ExitCode.BROKEN,
    Status.CONTRADICTION: ExitCode.BROKEN,
}
GOOD = (Status.OPTIMAL, Status.FEASIBLE, Status.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of ``solve``; the command line's options, one to one."""

    instance: Path
    directory: Path | None = None
    time_limit: float | None = None
    workers: int | None = None
    seed: int = 0
    deterministic: bool = False
    formats: tuple[str, ...] | None = None
    kinds: tuple[str, ...] = ()
    report: Path | None = None
    quiet: bool = False
    certify: bool = False

    @property
    def name(self) -> str:
        """The name of the instance: its file's, without the ending."""
        return self.instance.stem

    @property
    def target(self) -> Path:
        """The solution file to write."""
        directory = self.directory or Path("solutions") / self.name
        return directory / f"{self.name}.solution.yaml"

    @property
    def options(self) -> SolveOptions:
        """How to search."""
        return SolveOptions(self.time_limit, self.workers, self.seed, self.deterministic)


def run(order: Order) -> ExitCode:
    """Solve an instance and write its schedule, if it is valid."""
    began = time.perf_counter()
    _prepare(order)
    instance = load(order.instance)
    refuse_unwritable(order.target.parent)
    slots = _certifiable(order, instance)
    result = _searched(order, instance, less(order.options, time.perf_counter() - began))
    if result.status not in GOOD or result.solution is None:
        return _nothing(order, result, slots)
    write_solution(result.solution, order.target, order.instance)
    exported = _export(order, instance, result)
    if not order.quiet:
        _tell(order, instance, result, exported, began)
    return _certify(order, slots, result)


def _prepare(order: Order) -> None:
    """Let a second process with a SAT solver get ready, where one has been started."""
    if not order.deterministic:
        prepare(min(2, order.workers or os.cpu_count() or 1))


def _certifiable(order: Order, instance: Instance) -> Slotted | None:
    """Return what certificates are of, where they are asked for."""
    if not order.certify:
        return None
    from scheduler.cli.certifying import certifiable

    return certifiable(instance)


def _certify(order: Order, slots: Slotted | None, result: Result) -> ExitCode:
    """Prove again what was proven, where that is asked for."""
    if slots is None:
        return ExitCode.DONE
    from scheduler.cli.certifying import certify

    folder = order.target.with_name(f"{order.name}.certificate")
    return certify(order.instance, slots, result, folder)


def less(options: SolveOptions, spent: float) -> SolveOptions:
    """Take the time for reading off the limit, which is meant for the whole."""
    if options.time_limit is None or options.deterministic:
        return options
    return replace(options, time_limit=max(_LEAST_SECONDS, options.time_limit - spent))


def _export(order: Order, instance: Instance, result: Result) -> list[Exported]:
    """Write agendas, where they are asked for."""
    if not order.formats or result.solution is None:
        return []
    from scheduler.cli.exporting import beside, write_agendas

    return write_agendas(instance, result.solution, order.kinds, beside(order.target, order.formats))


def _tell(order: Order, instance: Instance, result: Result, exported: list[Exported], began: float) -> None:
    """Print what was found, what was written, and where the time went."""
    from scheduler.cli.summary import print_schedule

    terminal = _terminal()
    print_schedule(terminal, instance, result)
    print_files(terminal, order.target, exported)
    print_time(terminal, time.perf_counter() - began, result)


def _terminal() -> Terminal:
    from scheduler.cli.console import Terminal

    return Terminal()


def refuse_unwritable(directory: Path) -> None:
    """Refuse a folder that cannot be written to, before time is spent on what would go there.

    Raises
    ------
    Refused
        If it is no folder, or neither it nor the nearest folder above it that exists takes a file.
    """
    nearest = next(path for path in (directory, *directory.parents) if path.exists() or path.is_symlink())
    if not nearest.is_dir():
        raise Refused(f"{nearest}: is not a folder")
    try:
        trial = nearest / f".{os.getpid()}.tmp"
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise Refused(f"{nearest}: no files can be written there: {error.strerror}") from None


def _searched(order: Order, instance: Instance, options: SolveOptions) -> Result:
    """Search, and write down how it went where that is asked for."""
    if order.report is None:
        return _search(order, instance, options)
    refuse_unwritable(order.report.parent)
    diary = Diary()
    result = _search(order, instance, options, diary)
    diary.write(order.report, result)
    return result


def _search(order: Order, instance: Instance, options: SolveOptions, diary: Diary | None = None) -> Result:
    from scheduler.search.solve import solve  # not before the instance is known to be right: it is heavy

    terminal = None if order.quiet else _terminal()
    with watcher(instance, terminal) as view, stoppable(view.stopping) as stop:

        def tell(progress: Progress) -> None:
            if diary is not None:
                diary.note(progress)
            view.tell(progress)

        return solve(instance, options, tell, stop)


def _nothing(order: Order, result: Result, slots: Slotted | None) -> ExitCode:
    """Say why nothing is written."""
    terminal = errors()
    stopped = result.status is Status.INTERRUPTED
    terminal.print(words.STOPPED_EMPTY if stopped else words.RESULT[result.status], style="bold")
    for note in result.notes:
        terminal.print(words.note(note))
    if result.status is Status.INFEASIBLE:
        terminal.print(
            "Requests may be refused, so the reason lies in what must be: mandatory sessions and meetings, "
            "pinned starts, the fairness bounds, and the times and places that they leave. What of it cannot "
            f"all be had, and what would help, is told by: scheduler explain {order.instance}"
        )
    kept = " The earlier file there stays as it is." if order.target.exists() else ""
    terminal.print(f"Nothing is written to {order.target}.{kept}")
    ending = _certify(order, slots, result) if result.status is Status.INFEASIBLE else ExitCode.DONE
    return ending or ENDINGS.get(result.status, ExitCode.NOTHING_FOUND)


def print_files(terminal: Terminal, solution: Path, exported: list[Exported]) -> None:
    """Print which files were written."""
    from scheduler.cli.exporting import print_exported

    terminal.heading("Written")
    terminal.print(f"  {solution}", soft_wrap=True)
    print_exported(terminal, exported)


def print_time(terminal: Terminal, total: float, result: Result) -> None:
    """Print where the time went."""
    parts = [
        f"{what} {words.seconds(result.seconds[key])}"
        for key, what in _WHERE_TIME_WENT.items()
        if result.seconds.get(key, 0) >= _WORTH_SAYING
    ]
    terminal.print()
    terminal.print(f"Time: {words.seconds(total)}" + (f" ({', '.join(parts)})" if parts else "") + ".")
