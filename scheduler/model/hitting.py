"""The cheapest choice that takes something of each set: a minimum hitting set."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence

from ortools.sat.python import cp_model

from scheduler.model.engine import Configuration, EngineStatus, run
from scheduler.model.logic import Linear


def cheapest_choice(
    costs: Sequence[int],
    sets: Sequence[Collection[int]],
    blocked: Sequence[Sequence[Collection[int]]] = (),
    *,
    limit: float | None = None,
    stop: threading.Event | None = None,
) -> tuple[EngineStatus, list[int]]:
    """Return the cheapest items of which each set has at least one.

    Parameters
    ----------
    costs : sequence of int
        Of each item, above 0.
    sets : sequence of collections of int
        Each must be hit.
    blocked : sequence of sequences of collections of int
        Choices not to be made again: of each, one collection at least must not be hit.
    limit : float or None
        Seconds.

    Returns
    -------
    EngineStatus, list of int
        ``OPTIMAL`` with the choice, ``INFEASIBLE`` when there is none, anything else when time was over.
    """
    cp = cp_model.CpModel()
    taken = [cp.new_bool_var("") for _ in costs]
    for hit in sets:
        cp.add_bool_or([taken[item] for item in hit])
    for choice in blocked:
        missed = []
        for group in choice:
            literal = cp.new_bool_var("")
            for item in group:
                cp.add_implication(literal, ~taken[item])
            missed.append(literal)
        cp.add_bool_or(missed)
    total = Linear()
    for literal, cost in zip(taken, costs, strict=True):
        total.add(literal, cost)
    outcome = run(cp, total, Configuration(1), limit=limit, stop=stop)
    if outcome.values is None:
        return outcome.status, []
    values = outcome.values
    return outcome.status, [item for item, literal in enumerate(taken) if values[literal]]
