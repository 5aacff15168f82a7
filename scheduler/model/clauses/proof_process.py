"""CaDiCaL in a process of its own, writing a proof: ``python -m`` this module.

Reads a pickled pair, the name of a solver and packed clauses; writes the lemmas of a proof, packed as clauses
are, or nothing when the clauses can be satisfied. Deletions are left out: a lemma that follows without what
was deleted follows with it as well.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable

from scheduler.model.clauses.packing import packed, unpacked


def lemmas(lines: Iterable[str]) -> list[list[int]]:
    """Return the lemmas of a DRUP proof, the last one empty."""
    found = [[int(word) for word in line.split()[:-1]] for line in lines if not line.startswith("d")]
    return found if found and not found[-1] else [*found, []]


def main() -> None:
    """Prove what stands on the input."""
    from pysat.solvers import Solver

    name, clauses = pickle.load(sys.stdin.buffer)
    solver = Solver(name=name, with_proof=True)
    for clause in unpacked(clauses):
        solver.add_clause(clause)
    if not solver.solve():
        sys.stdout.buffer.write(packed(lemmas(solver.get_proof() or ())))


if __name__ == "__main__":
    main()
