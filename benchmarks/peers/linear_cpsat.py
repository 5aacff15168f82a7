"""CP-SAT on the native model: a Boolean for each meeting and slot, and sums; default parameters."""

from __future__ import annotations

from typing import Any

import cpsat
from common import Given, run
from ortools.sat.python import cp_model

from scheduler.benchmarking.published import FAIRNESS


def solve(given: Given) -> dict[str, Any]:
    """Model and solve."""
    forum, model = given.forum, cp_model.CpModel()
    at = [{slot: model.new_bool_var("") for slot in domain} for domain in forum.domains]
    for own in at:
        model.add_exactly_one(own.values())
    for slot in range(forum.slots):
        model.add(sum(own[slot] for own in at if slot in own) <= forum.tables)
    for first, later in forum.before:
        for slot, then in at[later].items():
            earlier = [literal for s, literal in at[first].items() if s < slot]
            model.add(sum(earlier) >= then)
    used = []
    for meetings in forum.meetings_of():
        busy = [model.new_bool_var("") for _ in range(forum.slots)]
        for slot in range(forum.slots):
            model.add(sum(at[m][slot] for m in meetings if slot in at[m]) == busy[slot])
        used.append(busy)
    cpsat.add_breaks(model, used, FAIRNESS)

    def slot_of(solver: cp_model.CpSolver, meeting: int) -> int:
        return next(slot for slot, literal in at[meeting].items() if solver.value(literal))

    return cpsat.solve(model, given, slot_of)


if __name__ == "__main__":
    run(solve)
