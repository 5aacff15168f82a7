"""What both CP-SAT models share: running them, and telling how they go."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from common import Given, tell
from ortools.sat.python import cp_model

_WORDS = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}


class _Teller(cp_model.CpSolverSolutionCallback):
    def on_solution_callback(self) -> None:
        tell(self.objective_value, self.best_objective_bound)


def add_breaks(model: cp_model.CpModel, used: Sequence[Sequence[Any]], fairness: int) -> None:
    """Minimise breaks, and hold those of any two participants together.

    Parameters
    ----------
    used : for each participant with meetings, a Boolean for each slot
        Whether they are in a meeting then.
    """
    counts = []
    for own in used:
        resumed = []
        held = own[0]
        for before, now in pairwise(own):
            # held: some meeting before this slot; a break ends where a meeting follows an idle slot
            ends = model.new_bool_var("")
            model.add_bool_and(held, ~before, now).only_enforce_if(ends)
            model.add_bool_or(ends, ~held, before, ~now)
            resumed.append(ends)
            so_far = model.new_bool_var("")
            model.add_max_equality(so_far, [held, now])
            held = so_far
        counts.append(sum(resumed))
    fewest, most = (model.new_int_var(0, len(used[0]), name) for name in ("fewest", "most"))
    for count in counts:
        model.add(count >= fewest)
        model.add(count <= most)
    model.add(most <= fewest + fairness)
    model.minimize(sum(counts))


def solve(model: cp_model.CpModel, given: Given, slot_of: Any) -> dict[str, Any]:
    """Solve a model with CP-SAT's own parameters.

    Parameters
    ----------
    slot_of : callable
        Returns the slot of a meeting, given the solver and the meeting's number.
    """
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = given.limit
    solver.parameters.num_workers = given.workers
    solver.parameters.random_seed = given.seed
    solver.best_bound_callback = lambda bound: tell(None, bound)
    status = solver.solve(model, _Teller())
    said: dict[str, Any] = {"status": _WORDS.get(status, "unknown")}
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        said["value"] = round(solver.objective_value)
        said["slots"] = [slot_of(solver, meeting) for meeting in range(len(given.forum.pairs))]
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
        said["bound"] = max(0, math.ceil(solver.best_objective_bound - 1e-6))
    return said
