"""A SAT solver in a process of its own, which can be ended at any moment: ``python -m`` this module.

Reads pickled jobs (:class:`~scheduler.model.clauses.job.Job`) one after the other, and writes a line for each
thing it learns: ``bound N``, ``slots N S S ...`` (the cost, and the slot of each meeting), and at the end of
each job ``best N`` or ``none``. Needs PySAT (``python-sat``), and loads hardly anything else.
"""

from __future__ import annotations

import gc
import pickle
import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from scheduler.model.clauses.build import ClauseModel, build
from scheduler.model.clauses.core_guided import CoreGuided
from scheduler.model.clauses.formula import Formula
from scheduler.model.clauses.timetable import Tables
from scheduler.model.clauses.weighing import Charge, cost_at_most

if TYPE_CHECKING:
    from scheduler.model.clauses.job import Job


def main() -> None:
    """Answer what stands on the input, until it ends."""
    gc.disable()  # clauses are many small objects, and none is let go before the end
    _end_with_parent()
    import pysat.solvers

    import scheduler.model.clauses.job  # these take a while, and the input may come later
    import scheduler.problem.slots  # noqa: F401

    assert pysat.solvers
    while True:
        try:
            job: Job = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        least = _Question(job).answer()
        _tell("none" if least is None else f"best {least}")


@lru_cache(maxsize=1)
def _model(slots: bytes, tables: Tables, fixed: tuple[int, ...]) -> ClauseModel:
    """Return the clauses: a second question about the same problem does not make them anew."""
    model = build(pickle.loads(slots), tables)
    for level, value in enumerate(fixed):
        model.limit(level, value)
    return model


class _Question:
    """One job, and the clauses that it is about."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._model = _model(job.slots, job.tables, job.fixed)
        level = len(job.fixed)
        self._charges: tuple[Charge, ...] = self._model.charges[level] if self._model.charges else ()

    def answer(self) -> int | None:
        """Return the least cost, or that of the schedule that was asked for; None if there is none."""
        if self._job.most is not None:
            return self._job.most if self._within(self._job.most) else None
        return self._by_cores() if self._job.least is None else self._upwards(self._job.least)

    def _by_cores(self) -> int | None:
        from pysat.solvers import Solver

        solver = Solver(name=self._job.solver, bootstrap_with=self._model.formula.clauses)
        return CoreGuided(
            solver, self._further(), self._charges, lambda bound: _tell(f"bound {bound}"), self._tell_model
        ).run()

    def _upwards(self, least: int) -> int | None:
        """Ask for ever higher costs, each with a new solver, which can use that the limit is certain."""
        asked = False
        for most in range(least, sum(weight for weight, _ in self._charges) + 1):
            if self._within(most):
                return most
            if not asked and not self._has_any():
                return None
            asked = True
            _tell(f"bound {most + 1}")
        return None

    def _within(self, most: int) -> bool:
        """Return whether there is a schedule that costs at most so much, and tell of it."""
        from pysat.solvers import Solver

        limits = self._further()
        cost_at_most(limits, self._charges, most)
        with Solver(name=self._job.solver, bootstrap_with=self._model.formula.clauses) as solver:
            solver.append_formula(limits.clauses)
            if found := bool(solver.solve()):
                self._tell_model(most, solver.get_model())
            return found

    def _has_any(self) -> bool:
        """Return whether there is any schedule, whatever it costs."""
        from pysat.solvers import Solver

        with Solver(name=self._job.solver, bootstrap_with=self._model.formula.clauses) as solver:
            return bool(solver.solve())

    def _further(self) -> Formula:
        """Return an empty formula for clauses of its own, with variables after the model's."""
        formula = Formula()
        formula.variables = self._model.formula.variables
        return formula

    def _tell_model(self, cost: int, model: Sequence[int]) -> None:
        schedule = self._model.schedule(set(model))
        _tell(f"slots {cost} {' '.join(map(str, schedule))}")


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """Where the system can, have this process ended when its parent ends without a word."""
    import ctypes
    import signal

    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    except (AttributeError, OSError, TypeError):
        return


if __name__ == "__main__":
    main()
