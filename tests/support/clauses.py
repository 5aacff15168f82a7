"""What clauses allow, found without any solver: by unit propagation and trying."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.model.clauses.formula import FALSE, TRUE, Formula


def extensions(
    formula: Formula, literals: Sequence[int], true: Sequence[int], of: Sequence[int] = ()
) -> set[tuple[bool, ...]]:
    """Return the values that ``of`` can have when of ``literals`` just those in ``true`` are true."""
    fixed = {one if one in true else -one for one in literals if one not in (TRUE, FALSE)}
    return {tuple(one in found for one in of) for found in solutions(formula, fixed)}


def solutions(formula: Formula, fixed: set[int]) -> list[set[int]]:
    """Return all sets of true literals that keep the clauses."""
    known = _propagated(formula, fixed)
    if known is None:
        return []
    open_one = next((v for v in range(1, formula.variables + 1) if v not in known and -v not in known), None)
    if open_one is None:
        return [known]
    return [*solutions(formula, known | {open_one}), *solutions(formula, known | {-open_one})]


def _propagated(formula: Formula, fixed: set[int]) -> set[int] | None:
    known = set(fixed)
    changed = True
    while changed:
        changed = False
        for clause in formula.clauses:
            if any(one in known for one in clause):
                continue
            left = [one for one in clause if -one not in known]
            if not left:
                return None
            if len(left) == 1:
                known.add(left[0])
                changed = True
    return known
