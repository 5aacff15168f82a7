"""Which activities cannot all be placed: a first guess, read off the solver."""

from __future__ import annotations

import threading
from collections.abc import Callable

from scheduler.domain import ActivityId
from scheduler.model.build import build
from scheduler.model.engine import Configuration, EngineStatus, run
from scheduler.problem import Problem, Task

_CLAUSES = Configuration(1, second_opinion=True, relaxation=False)
_RELAXED = Configuration(1, second_opinion=True, strong=True)


def core(
    problem: Problem,
    tasks: list[Task],
    *,
    limit: float | None = None,
    stop: threading.Event | None = None,
    go_on: Callable[[], None] = lambda: None,
) -> list[ActivityId] | None:
    """Return some optional tasks that cannot all be placed, as far as one run of the solver says.

    Each is assumed to be placed; what the solver names as sufficient for there to be no schedule is a guess
    to be verified: presolve may name the wrong ones (google/or-tools issue 5141; it is off here), and the set
    is seldom irreducible.

    Parameters
    ----------
    problem : Problem
    tasks : list of Task
        Which to assume placed; none of them is mandatory.

    Returns
    -------
    list of ActivityId or None
        None if the solver came to no end, or all can be placed.
    """
    context = build(problem, go_on).context
    cp = context.logic.cp
    placed = [context.placed(task) for task in tasks]
    by_index = {literal.index: task for literal, task in zip(placed, tasks, strict=True)}
    cp.add_assumptions(placed)
    for way, share in ((_CLAUSES, 0.2), (_RELAXED, 0.8)):
        outcome = run(cp, None, way, limit=None if limit is None else limit * share, stop=stop)
        if outcome.status is EngineStatus.INFEASIBLE:
            return [by_index[index].activity.id for index in outcome.core if index in by_index]
        if outcome.values is not None:
            break
    return None
