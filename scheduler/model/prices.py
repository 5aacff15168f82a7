"""Prices of capacities: the dual of a linear programme, solved with Glop.

Nothing that is claimed rests on this: whatever prices come out,
:meth:`~scheduler.problem.request_bound.Relaxation.refused_at_least` proves what they prove, in whole numbers.
"""

from __future__ import annotations

from ortools.linear_solver import pywraplp

from scheduler.problem.request_bound import Relaxation


def prices(relaxation: Relaxation, seconds: float | None = None) -> list[float]:
    """Return prices for the capacities of a relaxation.

    Parameters
    ----------
    relaxation : Relaxation
    seconds : float or None
        The most time to spend; when it is over, the prices are zero and prove little.

    Returns
    -------
    list of float, length capacities
    """
    solver = pywraplp.Solver.CreateSolver("GLOP")
    if seconds is not None:
        solver.SetTimeLimit(max(1, int(1000 * seconds)))
    infinity = solver.infinity()
    held = [solver.Constraint(-infinity, most) for most in relaxation.capacity]
    worth = solver.Objective()
    worth.SetMaximization()
    for number, value in enumerate(relaxation.worth):
        must = relaxation.mandatory[number]
        once = solver.Constraint(1 if must else -infinity, 1)
        for way in relaxation.ways(number):
            variable = solver.NumVar(0, infinity, "")
            once.SetCoefficient(variable, 1)
            if not must:
                worth.SetCoefficient(variable, value)
            for row in relaxation.uses(way):
                held[row].SetCoefficient(variable, held[row].GetCoefficient(variable) + 1)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return [0.0] * len(held)
    return [constraint.dual_value() for constraint in held]
