"""HiGHS on a mixed-integer model in the manner of the paper's: sums, and the starts of runs of meetings.

A participant's breaks are the runs of meetings less one; s(p, t) = 1 where a run of p begins in slot t.
"""

from __future__ import annotations

import math
from typing import Any

import highspy
import numpy as np
from common import Given, run, tell

from scheduler.benchmarking.published import FAIRNESS, Forum

INFINITY = highspy.kHighsInf


class Rows:
    """A model row by row; every column is a whole number from 0 to its upper bound."""

    def __init__(self) -> None:
        self.upper: list[float] = []
        self.cost: list[float] = []
        self._starts = [0]
        self._columns: list[int] = []
        self._factors: list[float] = []
        self._least: list[float] = []
        self._most: list[float] = []

    def column(self, upper: float = 1.0, cost: float = 0.0) -> int:
        """Add a column, and return its number."""
        self.upper.append(upper)
        self.cost.append(cost)
        return len(self.upper) - 1

    def row(self, terms: dict[int, float], least: float = -INFINITY, most: float = INFINITY) -> None:
        """Add ``least <= sum of factor x column <= most``."""
        self._columns += terms.keys()
        self._factors += terms.values()
        self._starts.append(len(self._columns))
        self._least.append(least)
        self._most.append(most)

    def lp(self, constant: float) -> highspy.HighsLp:
        """Return the model."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.upper), len(self._least)
        lp.col_cost_ = np.array(self.cost)
        lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.array(self.upper)
        lp.row_lower_, lp.row_upper_ = np.array(self._least), np.array(self._most)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self._starts)
        lp.a_matrix_.index_ = np.array(self._columns)
        lp.a_matrix_.value_ = np.array(self._factors)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
        lp.offset_ = constant
        return lp


def solve(given: Given) -> dict[str, Any]:
    """Model and solve."""
    forum, rows = given.forum, Rows()
    if not all(forum.domains):
        return {"status": "infeasible"}
    at = [{slot: rows.column() for slot in domain} for domain in forum.domains]
    _place(forum, rows, at)
    present = _breaks(forum, rows, at)
    solver = highspy.Highs()
    options = {
        "output_flag": False,
        "time_limit": given.limit,
        "threads": given.workers,
        "random_seed": given.seed,
        "mip_rel_gap": 0.0,
    }
    for name, setting in options.items():
        solver.setOptionValue(name, setting)
    solver.cbMipImprovingSolution += lambda event: tell(
        event.data_out.objective_function_value, event.data_out.mip_dual_bound
    )
    solver.passModel(rows.lp(-float(present)))
    solver.run()
    return _said(solver, at)


def _place(forum: Forum, rows: Rows, at: list[dict[int, int]]) -> None:
    """Place every meeting once, with a table, and in order."""
    for own in at:
        rows.row(dict.fromkeys(own.values(), 1.0), 1, 1)
    for slot in range(forum.slots):
        rows.row({own[slot]: 1.0 for own in at if slot in own}, most=forum.tables)
    for first, later in forum.before:
        for slot in range(forum.slots):
            # by the time the later one has been, the first one was in an earlier slot
            terms = {column: -1.0 for s, column in at[later].items() if s <= slot}
            terms |= {column: 1.0 for s, column in at[first].items() if s < slot}
            rows.row(terms, least=0)


def _breaks(forum: Forum, rows: Rows, at: list[dict[int, int]]) -> int:
    """Count runs of meetings, hold them together, and return how many participants have meetings."""
    everyone = [meetings for meetings in forum.meetings_of() if meetings]
    # Who has no meetings has no breaks: then nobody has more than the fairness bound.
    fewest = rows.column(0 if len(everyone) < forum.participants else forum.slots)
    for meetings in everyone:
        used = [rows.column() for _ in range(forum.slots)]
        begins = [rows.column(cost=1.0) for _ in range(forum.slots)]
        for slot in range(forum.slots):
            terms = {at[m][slot]: 1.0 for m in meetings if slot in at[m]}
            rows.row(terms | {used[slot]: -1.0}, 0, 0)
            before = {used[slot - 1]: 1.0} if slot else {}
            rows.row({begins[slot]: 1.0, used[slot]: -1.0, **before}, least=0)
            rows.row({begins[slot]: 1.0, used[slot]: -1.0}, most=0)
            if slot:
                rows.row({begins[slot]: 1.0, used[slot - 1]: 1.0}, most=1)
        runs = dict.fromkeys(begins, 1.0)
        rows.row(runs | {fewest: -1.0}, 1, 1 + FAIRNESS)
    return len(everyone)


def _said(solver: highspy.Highs, at: list[dict[int, int]]) -> dict[str, Any]:
    """Return how the search ended."""
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return {"status": "infeasible"}
    said: dict[str, Any] = {"status": "unknown"}
    if math.isfinite(info.mip_dual_bound):
        said["bound"] = max(0, math.ceil(info.mip_dual_bound - 1e-6))
    if solver.getSolution().value_valid:
        optimal = status == highspy.HighsModelStatus.kOptimal
        values = solver.getSolution().col_value
        said["status"] = "optimal" if optimal else "feasible"
        said["value"] = round(info.objective_function_value)
        said["slots"] = [max(own, key=lambda slot: values[own[slot]]) for own in at]
    return said


if __name__ == "__main__":
    run(solve)
