"""What a suite's runs come to, solver by solver."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from scheduler.benchmarking.rows import OURS, Row


@dataclass(frozen=True, slots=True)
class Standing:
    """One solver over the cases of a suite.

    Attributes
    ----------
    solver : str
    cases : int
        Cases that it was run on; of several runs of a case, the one of median time counts.
    proven, equal, better, worse : int
        Cases that it has settled; and cases in which it has the best known value, more, or less.
    wrong : int
        Runs with a fault.
    worst, mean : float
        Seconds by the clock, the longest and the geometric mean; what it has not settled counts as its limit.
    times_ours : float or None
        Geometric mean of its time over ours, case by case, over the cases that both were run on.
    """

    solver: str
    cases: int
    proven: int
    equal: int
    better: int
    worse: int
    wrong: int
    worst: float
    mean: float
    times_ours: float | None


def standings(rows: Sequence[Row]) -> tuple[Standing, ...]:
    """Return how each solver that was run stands, ours first."""
    ours = typical(rows, OURS)
    names = list(dict.fromkeys(row.key.solver for row in rows if row.ran))
    return tuple(_standing(name, rows, ours) for name in sorted(names, key=lambda name: (name != OURS, name)))


def typical(rows: Iterable[Row], solver: str) -> dict[str, Row]:
    """Return for each case the run of a solver whose time is the median (the longer of two)."""
    by_case: dict[str, list[Row]] = {}
    for row in rows:
        if row.key.solver == solver and row.ran:
            by_case.setdefault(row.key.case, []).append(row)
    return {case: sorted(found, key=seconds_to_settle)[len(found) // 2] for case, found in by_case.items()}


def seconds_to_settle(row: Row) -> float:
    """Return the time that a case took, at least the limit where it was not settled."""
    return row.wall if row.proven else max(row.key.limit, row.wall)


def geometric_mean(lengths: Iterable[float]) -> float:
    """Return the geometric mean of lengths of time; nothing counts as less than a millisecond."""
    logs = [math.log(max(length, 0.001)) for length in lengths]
    return math.exp(sum(logs) / len(logs)) if logs else math.nan


def _standing(solver: str, rows: Sequence[Row], ours: dict[str, Row]) -> Standing:
    cases = typical(rows, solver)
    found = list(cases.values())
    shared = [case for case in cases if case in ours]
    ratios = [seconds_to_settle(cases[case]) / max(seconds_to_settle(ours[case]), 0.001) for case in shared]
    return Standing(
        solver,
        len(found),
        sum(row.proven for row in found),
        sum(row.agrees == "equal" for row in found),
        sum(row.agrees == "better" for row in found),
        sum(row.agrees == "worse" for row in found),
        sum(row.wrong for row in rows if row.key.solver == solver),
        max(map(seconds_to_settle, found)),
        geometric_mean(map(seconds_to_settle, found)),
        geometric_mean(ratios) if shared and solver != OURS else None,
    )


def spread(rows: Iterable[Row], solver: str) -> float:
    """Return how far runs of one case are apart at most: the longest over the median."""
    by_case: dict[str, list[float]] = {}
    for row in rows:
        if row.key.solver == solver and row.ran:
            by_case.setdefault(row.key.case, []).append(max(seconds_to_settle(row), 0.001))
    return max((max(lengths) / median(lengths) for lengths in by_case.values()), default=1.0)
