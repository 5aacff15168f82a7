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
from scheduler.model.clauses.weighing import Charge


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
    """

    solver: str
    variables: int
    clauses: bytes
    charges: tuple[Charge, ...]


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
    from pysat.solvers import Solver

    _end_with_parent()
    job: Job = pickle.load(sys.stdin.buffer)
    formula = Formula()
    formula.variables = job.variables
    solver = Solver(name=job.solver, bootstrap_with=unpacked(job.clauses))
    search = CoreGuided(
        solver,
        formula,
        job.charges,
        lambda bound: _tell(f"bound {bound}"),
        lambda cost, model: _tell(f"model {cost} {bits_of(model):x}"),
    )
    least = search.run()
    _tell("none" if least is None else f"best {least}")


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
