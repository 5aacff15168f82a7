"""Our solver and others: how each is run on a case, and how what it says is read."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from scheduler.benchmarking.cases import Case, Imported
from scheduler.benchmarking.measuring import MOST_MEGABYTES, Measured
from scheduler.benchmarking.rows import OURS, Moment
from scheduler.benchmarking.suites import ROOT

PEERS = ROOT / "benchmarks" / "peers"
"""Where the scripts of other solvers lie: they are no part of the installed package."""
_CONFERENCE = "it knows no breaks, no fairness and no order (docs/benchmarks.md)"


@dataclass(frozen=True, slots=True)
class Task:
    """One run that is to be made.

    Attributes
    ----------
    case : Case
    instance : Path
        The instance's file.
    folder : Path
        Where the run may write.
    limit, workers, seed
        As the command line says.
    """

    case: Case
    instance: Path
    folder: Path
    limit: float
    workers: int
    seed: int

    @property
    def out(self) -> Path:
        """Where the outputs of the command go, without their endings."""
        return self.folder / "said"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver says of itself; nothing of it is believed before a schedule is judged.

    Attributes
    ----------
    status : str
    values, bounds : tuple of int
        Per level.
    trace : tuple of Moment
    solution, slots : Path or None
        The schedule: a solution file, or a list of slots.
    note : str
    """

    status: str
    values: tuple[int, ...] = ()
    bounds: tuple[int, ...] = ()
    trace: tuple[Moment, ...] = ()
    solution: Path | None = None
    slots: Path | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Solver:
    """A solver that can be run.

    Attributes
    ----------
    name, title : str
        For the command line, and for reports.
    needs : tuple of str
        The packages that it needs besides ours.
    stops : bool
        Whether it ends by itself when its time is over; else it is ended from outside.
    lacks : str
        Why it can express no case at all.
    """

    name: str
    title: str
    needs: tuple[str, ...] = ()
    stops: bool = True
    lacks: str = ""

    def unable(self, case: Case) -> str:
        """Return why it cannot be run on a case; nothing if it can."""
        if self.lacks:
            return f"cannot express it: {self.lacks}"
        if self.name == OURS:
            return ""
        if not isinstance(case.origin, Imported):
            return "cannot express it: it reads the published form only"
        if missing := [package for package in self.needs if not installed(package)]:
            return f"needs {', '.join(missing)} (pip install 'scheduler[benchmark]')"
        return "" if self._script.exists() else f"needs the repository's {self._script.relative_to(ROOT)}"

    def command(self, task: Task) -> list[str]:
        """Return the command that runs it."""
        means = ["--workers", str(task.workers), "--seed", str(task.seed)]
        if self.name == OURS:
            files = ["--output", str(task.folder), "--report", str(task.folder / "report.json"), "--quiet"]
            solve = [sys.executable, "-m", "scheduler", "solve", str(task.instance)]
            return [*solve, *files, "--time-limit", str(task.limit), *means]
        assert isinstance(task.case.origin, Imported)
        return [
            sys.executable,
            str(self._script),
            str(task.case.origin.path),
            "--limit",
            str(task.limit),
            *means,
        ]

    def outcome(self, task: Task, measured: Measured) -> Outcome:
        """Return what it says after a run."""
        read = _ours if self.name == OURS else _theirs
        return read(self, task, measured)

    @property
    def _script(self) -> Path:
        return PEERS / f"{self.name.replace('-', '_')}.py"


SOLVERS = {
    solver.name: solver
    for solver in (
        Solver(OURS, "this scheduler"),
        Solver("naive-cpsat", "CP-SAT, an integer time per meeting", ("ortools",)),
        Solver("linear-cpsat", "CP-SAT, Booleans and sums", ("ortools",)),
        Solver("highs", "HiGHS on a MIP model", ("highspy",)),
        Solver("rc2", "RC2 (PySAT) on MaxSAT clauses", ("python-sat",), stops=False),
        Solver("conference", "conference-scheduler", lacks=_CONFERENCE),
    )
}
"""By name; ours first."""


def installed(package: str) -> str:
    """Return the version of a package; nothing if it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _ours(solver: Solver, task: Task, measured: Measured) -> Outcome:
    """Read the report that ``scheduler solve`` has written."""
    try:
        report = json.loads((task.folder / "report.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return _ended(solver, task, measured)
    offset = dt.datetime.fromisoformat(report["began"]).timestamp() - measured.began
    solution = task.folder / f"{task.instance.stem}.solution.yaml"
    return Outcome(
        report["status"],
        tuple(level["value"] for level in report["levels"]),
        tuple(level["bound"] for level in report["levels"]),
        tuple(
            Moment(round(offset + at["seconds"], 4), at["level"], at["value"], at["bound"])
            for at in report["trace"]
        ),
        solution if solution.exists() else None,
        note="; ".join(report["notes"]),
    )


def _theirs(solver: Solver, task: Task, measured: Measured) -> Outcome:
    """Read the lines that a script has printed; the last one tells how it ended, if it came so far."""
    lines = [_object(line) for line in task.out.with_suffix(".out").read_text(errors="replace").splitlines()]
    trace = tuple(
        Moment(round(line["time"] - measured.began, 4), 1, line.get("value"), line.get("bound"))
        for line in lines
        if "time" in line
    )
    last = next((line for line in reversed(lines) if "status" in line), None)
    if last is None:
        bounds = tuple(at.bound for at in trace if at.bound is not None)
        return replace(_ended(solver, task, measured), bounds=bounds[-1:], trace=trace)
    slots = None
    if last.get("slots"):
        slots = task.folder / "slots.json"
        slots.write_text(json.dumps(last["slots"]), encoding="utf-8")
    value, bound = (() if last.get(name) is None else (last[name],) for name in ("value", "bound"))
    return Outcome(last["status"], value, bound, trace, None, slots, last.get("note", ""))


def _ended(solver: Solver, task: Task, measured: Measured) -> Outcome:
    """Return what a solver comes to that has said nothing at the end."""
    if measured.killed == "memory":
        return Outcome("killed", note=f"ended when it had taken more than {MOST_MEGABYTES / 1024:.0f} GiB")
    if measured.killed:
        return Outcome("killed" if solver.stops else "unknown", note="ended when its time was over")
    said = task.out.with_suffix(".err").read_text(errors="replace").strip().splitlines()
    return Outcome("crashed", note=said[-1] if said else f"exit code {measured.exit_code}")


def _object(line: str) -> dict[str, Any]:
    """Return the JSON object on a line; an empty one for whatever else a library prints."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
