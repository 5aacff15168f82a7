"""Runs a suite: each case with each solver, in processes of their own, and what they say judged."""

from __future__ import annotations

import compileall
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from scheduler.benchmarking.cases import Case, Imported, Suite, Written
from scheduler.benchmarking.measuring import Measured, measure
from scheduler.benchmarking.rows import OURS, Key, Log, Row
from scheduler.benchmarking.solvers import PEERS, SOLVERS, Outcome, Solver, Task, installed
from scheduler.benchmarking.suites import PACKAGE, ROOT

_GRACE, _GRACE_SHARE = 15.0, 0.25
"""How much longer than its limit a process may take that ends by itself: seconds, and share of the limit."""
_MATTERS = ("scheduler", "instances", "benchmarks/peers", "pyproject.toml")
"""What a run depends on; a change of anything else makes no other version."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be run, and how.

    Attributes
    ----------
    results : Path
        Where reports go, and the file of runs that are done.
    data : Path or None
        The folder of published instances.
    pattern : str
        Of the names of cases, with ``*`` and ``?``.
    smallest : bool
        Only the smallest case of each suite.
    limit : float or None
        Seconds for each search; None: what the case says.
    runs : int
        How often each case is run with each solver.
    peers : tuple of str
        Other solvers.
    workers, seed : int
    fresh : bool
        Whether runs that are done are done again.
    """

    results: Path
    data: Path | None = None
    pattern: str = "*"
    smallest: bool = False
    limit: float | None = None
    runs: int = 1
    peers: tuple[str, ...] = ()
    workers: int = 2
    seed: int = 0
    fresh: bool = False

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """Ours, and those that are asked for."""
        return tuple(solver for solver in SOLVERS.values() if solver.name in (OURS, *self.peers))

    def cases(self, suite: Suite) -> tuple[Case, ...]:
        """Return the cases of a suite that are asked for.

        Raises
        ------
        FileNotFoundError
            If its instances are not there.
        """
        return tuple(
            case
            for case in suite.cases(self.data)
            if fnmatch(case.name, self.pattern) and (case.smallest or not self.smallest)
        )


class PreparationError(Exception):
    """An instance could not be imported or generated."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A case whose instance is there, and how long that took."""

    case: Case
    instance: Path
    seconds: float


def run_suite(suite: Suite, order: Order, tell: Callable[[Row, bool], None]) -> tuple[Row, ...]:
    """Run the cases of a suite, and return all their rows: solvers by turns, case by case.

    Parameters
    ----------
    tell : callable
        Called with each row, and whether it was there already.

    Raises
    ------
    FileNotFoundError
        If the suite's instances are not there.
    """
    _compile()
    log = Log(order.results / f"{suite.name}.jsonl", fresh=order.fresh)
    now = version()
    rows = []
    for case in order.cases(suite):
        with tempfile.TemporaryDirectory(prefix="scheduler-benchmark-") as folder:
            for row, old in _run_case(suite.name, case, order, log, now, Path(folder)):
                rows.append(row)
                tell(row, old)
    return tuple(rows)


def _compile() -> None:
    """Have Python's bytecode there before anything is measured, as it is of an installed package."""
    for folder in (PACKAGE, PEERS):
        compileall.compile_dir(folder, quiet=2)


def _run_case(
    suite: str, case: Case, order: Order, log: Log, now: str, folder: Path
) -> Iterator[tuple[Row, bool]]:
    """Yield the rows of a case, and whether each was done before; the instance is made when it is needed."""
    ready: _Ready | None = None
    limit = order.limit or case.limit
    for number in range(1, order.runs + 1):
        for solver in order.solvers if number % 2 else reversed(order.solvers):
            key = Key(suite, case.name, solver.name, number, now, limit, order.workers, order.seed)
            if (row := log.get(key)) is not None:
                yield row, True
                continue
            if reason := solver.unable(case):
                yield _row(key, case, "skipped", note=reason), False
                continue
            try:
                ready = ready or _prepared(case, folder)
            except PreparationError as error:
                yield _row(key, case, "crashed", note=str(error)), False
                return
            row = _run(solver, ready, key, folder / f"{solver.name}-{number}")
            log.add(row)
            yield row, False


def _row(key: Key, case: Case, status: str, note: str = "") -> Row:
    best, source = (str(case.best), case.best.source) if case.best else ("", "")
    return Row(key, status, best, source, note=note)


def _prepared(case: Case, folder: Path) -> _Ready:
    """Come by the file of an instance."""
    began = time.perf_counter()
    origin = case.origin
    if isinstance(origin, Written):
        return _Ready(case, origin.path, 0.0)
    made = folder / "instance"
    made.mkdir()
    if isinstance(origin, Imported):
        _scheduler("import", "b2b", str(origin.path), "-o", str(made / f"{case.name}.yaml"))
    else:
        _scheduler("generate", *origin.arguments, "-o", str(made))
    (instance,) = made.glob("*.yaml")
    return _Ready(case, instance, time.perf_counter() - began)


def _scheduler(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scheduler", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PreparationError(f"scheduler {' '.join(arguments)}: {done.stderr.strip()}")


def _run(solver: Solver, ready: _Ready, key: Key, folder: Path) -> Row:
    """Run a solver on a case, and judge what it says."""
    folder.mkdir()
    task = Task(ready.case, ready.instance, folder, key.limit, key.workers, key.seed)
    hard = key.limit + max(_GRACE, _GRACE_SHARE * key.limit) if solver.stops else key.limit
    measured = measure(solver.command(task), hard, task.out)
    outcome = solver.outcome(task, measured)
    judged = _judged(task, outcome)
    return _told(_row(key, ready.case, outcome.status), ready, measured, outcome, judged)


def _told(row: Row, ready: _Ready, measured: Measured, outcome: Outcome, judged: dict[str, Any]) -> Row:
    """Return a row with what was measured, said and judged."""
    values = tuple(judged.get("values", ()))
    faults = [*judged.get("faults", ()), *_false_claims(outcome, values, judged)]
    has_schedule = bool(outcome.solution or outcome.slots)
    row = replace(
        row,
        activities=judged.get("activities", 0),
        people=judged.get("people", 0),
        values=values,
        bounds=outcome.bounds,
        wall=round(measured.wall, 4),
        processor=round(measured.processor, 3),
        megabytes=round(measured.megabytes, 1),
        first=next((at.seconds for at in outcome.trace if at.value is not None), None),
        preparing=round(ready.seconds, 3),
        verdict="; ".join(faults) or ("valid" if has_schedule else ""),
        note=outcome.note,
        trace=outcome.trace,
    )
    return replace(row, agrees=agreement(row, ready.case))


def _judged(task: Task, outcome: Outcome) -> dict[str, Any]:
    """Have the schedule judged in a process of its own."""
    command = [sys.executable, "-m", "scheduler.benchmarking.judge", str(task.instance)]
    for option, path in (("--solution", outcome.solution), ("--slots", outcome.slots)):
        if path is not None:
            command += [option, str(path)]
    if isinstance(task.case.origin, Imported):
        command += ["--published", str(task.case.origin.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        return {"faults": [f"cannot be judged: {said[-1] if said else done.returncode}"]}
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def _false_claims(outcome: Outcome, values: Sequence[int], judged: dict[str, Any]) -> Iterator[str]:
    """Yield where a solver says something else than its schedule."""
    if not values:
        return
    if outcome.values and tuple(outcome.values) != tuple(values):
        yield f"it claims {_listed(outcome.values)}, the checker says {_listed(values)}"
    if judged.get("breaks", values[0]) != values[0]:
        yield f"the published definition counts {judged['breaks']} breaks, the checker {values[0]}"
    # Only the first level: bounds of later ones hold for the values of the levels before them.
    if outcome.bounds and values[0] < outcome.bounds[0]:
        yield f"it claims that nothing is below {outcome.bounds[0]}, and has {values[0]}"


def _listed(values: Sequence[int]) -> str:
    return ", ".join(map(str, values))


def agreement(row: Row, case: Case) -> str:
    """Return what a run says of the best that was known, as :attr:`Row.agrees` has it."""
    best = case.best
    if best is None or not (row.values or row.status == "infeasible"):
        return ""
    if best.infeasible or row.status == "infeasible":
        return "equal" if best.infeasible and row.status == "infeasible" else "contradicts"
    if row.values == best.values:
        return "equal"
    if row.values < best.values:
        return "contradicts" if best.proven else "better"
    return "contradicts" if row.status == "optimal" else "worse"


def version() -> str:
    """Return what is run: the version, the commit, and whether files have been changed since."""
    commit = _git("rev-parse", "--short=10", "HEAD")
    if not commit:
        return installed("scheduler")
    changed = (
        "+" if _git("status", "--porcelain", "--untracked-files=no", "--", "scheduler", "benchmarks") else ""
    )
    return f"{installed('scheduler')} {commit}{changed}"


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""  # there is no git
    return done.stdout.strip() if done.returncode == 0 else ""
