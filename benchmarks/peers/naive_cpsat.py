"""CP-SAT on the model that comes to mind first: an integer time per meeting, and global constraints."""

from __future__ import annotations

from typing import Any

import cpsat
from common import Given, run
from ortools.sat.python import cp_model

from scheduler.benchmarking.published import FAIRNESS


def solve(given: Given) -> dict[str, Any]:
    """Model and solve."""
    forum, model = given.forum, cp_model.CpModel()
    times = [
        model.new_int_var_from_domain(cp_model.Domain.from_values(domain), f"t{meeting}")
        for meeting, domain in enumerate(forum.domains)
    ]
    intervals = [model.new_fixed_size_interval_var(time, 1, "") for time in times]
    model.add_cumulative(intervals, [1] * len(intervals), forum.tables)
    for first, later in forum.before:
        model.add(times[first] < times[later])
    everyone = forum.meetings_of()
    for meetings in everyone:
        if len(meetings) > 1:
            model.add_all_different(times[meeting] for meeting in meetings)
    at = {
        (meeting, slot): _reified(model, time, slot)
        for meeting, time in enumerate(times)
        for slot in forum.domains[meeting]
    }
    used = [_used(model, at, meetings, forum.slots) for meetings in everyone]
    cpsat.add_breaks(model, used, FAIRNESS)
    return cpsat.solve(model, given, lambda solver, meeting: solver.value(times[meeting]))


def _reified(model: cp_model.CpModel, time: cp_model.IntVar, slot: int) -> cp_model.IntVar:
    is_then = model.new_bool_var("")
    model.add(time == slot).only_enforce_if(is_then)
    model.add(time != slot).only_enforce_if(~is_then)
    return is_then


def _used(
    model: cp_model.CpModel, at: dict[tuple[int, int], cp_model.IntVar], meetings: list[int], slots: int
) -> list[cp_model.IntVar]:
    """Return whether a participant is in a meeting, for each slot."""
    used = []
    for slot in range(slots):
        busy = model.new_bool_var("")
        model.add_max_equality(busy, [at[m, slot] for m in meetings if (m, slot) in at] or [0])
        used.append(busy)
    return used


if __name__ == "__main__":
    run(solve)
