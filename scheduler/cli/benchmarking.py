"""``scheduler benchmark``: run suites, tell how it goes, write reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scheduler.benchmarking.beside_base import Beside, beside_base
from scheduler.benchmarking.cases import Suite
from scheduler.benchmarking.plots import write_plots
from scheduler.benchmarking.reporting import listed, signed, write_reports
from scheduler.benchmarking.rows import Row
from scheduler.benchmarking.running import Order, run_suite
from scheduler.benchmarking.suites import SUITES
from scheduler.benchmarking.summary import standings
from scheduler.cli import words
from scheduler.cli.choices import hint
from scheduler.cli.console import Sheet, Terminal
from scheduler.cli.outcome import ExitCode, Refused
from scheduler.cli.solving import refuse_unwritable


def run(names: Sequence[str], order: Order) -> ExitCode:
    """Run suites; the ending says whether anything was wrong, not how quick it was."""
    suites = [_suite(name) for name in names]
    refuse_unwritable(order.results)
    _refuse_nothing(suites, order)
    terminal = Terminal()
    done: dict[str, tuple[Row, ...]] = {}
    written: list[Path] = []
    for suite in suites:
        terminal.heading(f"{suite.name}: {suite.purpose}")
        found = run_suite(suite, order, Teller(terminal))
        done[suite.name] = found
        _print_summary(terminal, found)
        cases = suite.cases(order.data)
        _print_beside_base(terminal, [*beside_base(cases, found)])
        written += write_reports(suite, found, order.results, cases)
    # Pictures come last: a process that has drawn is large, and so begin the processes that it starts.
    for name, found in done.items():
        written += write_plots(name, found, order.results)
    terminal.heading("Written")
    for path in written:
        terminal.print(f"  {path}", soft_wrap=True)
    return ExitCode.BROKEN if any(row.wrong for found in done.values() for row in found) else ExitCode.DONE


def _suite(name: str) -> Suite:
    if name not in SUITES:
        near = hint(name, SUITES) or f" (there are {', '.join(SUITES)})"
        raise Refused(f"there is no suite {name!r}{near}.")
    return SUITES[name]


def _refuse_nothing(suites: Sequence[Suite], order: Order) -> None:
    """Refuse what would run nothing, before anything runs."""
    if order.data is not None and not order.data.is_dir():
        raise Refused(f"{order.data}: is not a folder")
    for suite in suites:
        if suite.needs_data and order.data is None:
            raise Refused(
                f"the suite {suite.name} needs the published instances: "
                "name their folder with --data or SCHEDULER_DATA (docs/benchmarks.md says where they are)."
            )
        if not order.cases(suite):
            known = ", ".join(case.name for case in suite.cases(order.data))
            raise Refused(f"no case of {suite.name} is called {order.pattern!r} (there are {known}).")


class Teller:
    """Prints a line for each run, and why a solver was not run: once for each reason."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._told: set[tuple[str, str]] = set()

    def __call__(self, row: Row, old: bool) -> None:
        """Print it."""
        if row.ran:
            style = "red" if row.wrong else "dim" if old else ""
            self._print(f"{row.key.case}  {row.key.solver}  {_said(row, old)}", style)
        elif (row.key.solver, row.note) not in self._told:
            self._told.add((row.key.solver, row.note))
            self._print(f"{row.key.solver}  not run: {row.note}", "dim")

    def _print(self, text: str, style: str) -> None:
        self._terminal.print(f"  {text}", style=style, soft_wrap=True)


def _said(row: Row, old: bool) -> str:
    parts = [row.status, *([", ".join(map(str, row.values))] if row.values else [])]
    parts += [words.seconds(row.wall), f"{row.megabytes:.0f} MB"]
    if row.wrong:
        parts.append(row.verdict if row.verdict not in ("", "valid") else row.agrees or row.note)
    return "  ".join(parts) + ("  (done before)" if old else "")


def _print_summary(terminal: Terminal, rows: Sequence[Row]) -> None:
    numbers = ("Cases", "Proven", "As known", "Wrong", "Longest", "Mean", "x ours")
    made = Sheet("Solver", *numbers, right=numbers, whole=("Solver",))
    for one in standings(rows):
        counts = (one.cases, one.proven, one.equal, one.wrong)
        ratio = "" if one.times_ours is None else f"{one.times_ours:.2f}"
        means = (words.seconds(one.worst), f"{one.mean:.2f} s", ratio)
        made.add(one.solver, *map(str, counts), *means, style="red" if one.wrong else "")
    terminal.print()
    terminal.print(made)


def _print_beside_base(terminal: Terminal, found: Sequence[Beside]) -> None:
    """Print what happens in the cases that change others, and what it costs per level."""
    if not found:
        return
    made = Sheet("Case", "What happens", "Changes", "There", "Here", "Worse by", whole=("Case",))
    for one in found:
        here = listed(one.after) or one.status
        made.add(one.case, one.said, one.base, listed(one.before), here, signed(one.differences))
    terminal.print()
    terminal.print(made)
