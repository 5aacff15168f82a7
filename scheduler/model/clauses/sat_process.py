"""A SAT solver in a process of its own, which can be ended at any moment: ``python -m`` this module.

Reads a pickled :class:`Job` from its input, and writes a line for each thing it learns: ``bound N``,
``model N BITS`` (the cost, and the variables that are true as a hexadecimal number), and at last ``best N``
or ``none``. Needs PySAT (``python-sat``), and loads hardly anything else.
"""

from __future__ import annotations

import pickle
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.model.clauses.core_guided import CoreGuided
from scheduler.model.clauses.formula import Formula
from scheduler.model.clauses.weighing import Charge, cost_at_most


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be solved.

    Attributes
    ----------
    solver : str
        PySAT's name of it.
    clauses : bytes
        Literals, each clause closed by a 0.
    charges : tuple of Charge
        Empty: any solution will do.
    least : int or None
        Ask from this cost upwards whether it is possible; None: be guided by cores.
    """

    solver: str
    variables: int
    clauses: bytes
    charges: tuple[Charge, ...]
    least: int | None = None


def packed(clauses: Iterable[Iterable[int]]) -> bytes:
    """Return clauses as bytes."""
    flat = array("i")
    for clause in clauses:
        flat.extend(clause)
        flat.append(0)
    return flat.tobytes()


def unpacked(data: bytes) -> Iterator[list[int]]:
    """Yield the clauses that :func:`packed` has packed."""
    flat = array("i")
    flat.frombytes(data)
    clause: list[int] = []
    for literal in flat:
        if literal:
            clause.append(literal)
        else:
            yield clause
            clause = []


def bits_of(model: Iterable[int]) -> int:
    """Return a number with a one for each variable that is true."""
    true = [literal for literal in model if literal > 0]
    digits = bytearray(max(true, default=0) // 8 + 1)
    for literal in true:
        digits[literal >> 3] |= 1 << (literal & 7)
    return int.from_bytes(digits, "little")


def main() -> None:
    """Solve what stands on the input."""
    _end_with_parent()
    import pysat.solvers  # noqa: F401  (it takes a while, and the input may come later)

    job: Job = pickle.load(sys.stdin.buffer)
    least = _by_cores(job) if job.least is None else _upwards(job, job.least)
    _tell("none" if least is None else f"best {least}")


def _by_cores(job: Job) -> int | None:
    from pysat.solvers import Solver

    formula = Formula()
    formula.variables = job.variables
    solver = Solver(name=job.solver, bootstrap_with=unpacked(job.clauses))
    return CoreGuided(
        solver,
        formula,
        job.charges,
        lambda bound: _tell(f"bound {bound}"),
        lambda cost, model: _tell(f"model {cost} {bits_of(model):x}"),
    ).run()


def _upwards(job: Job, least: int) -> int | None:
    """Ask for ever higher costs, each with a solver of its own, which can use that the limit is certain."""
    from pysat.solvers import Solver

    asked = False
    for most in range(least, sum(weight for weight, _ in job.charges) + 1):
        formula = Formula()
        formula.variables = job.variables
        cost_at_most(formula, job.charges, most)
        with Solver(name=job.solver, bootstrap_with=unpacked(job.clauses)) as solver:
            solver.append_formula(formula.clauses)
            if solver.solve():
                _tell(f"model {most} {bits_of(solver.get_model()):x}")
                return most
        if not asked and not _has_any(job):
            return None
        asked = True
        _tell(f"bound {most + 1}")
    return None


def _has_any(job: Job) -> bool:
    """Return whether there is any solution, whatever it costs."""
    from pysat.solvers import Solver

    with Solver(name=job.solver, bootstrap_with=unpacked(job.clauses)) as solver:
        return bool(solver.solve())


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
