"""A proof with hints, checked without any search: unit propagation along the hints and nothing else.

This is the whole of what has to be trusted besides the clauses: no solver, no compiled code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Clause = Sequence[int]


@dataclass(frozen=True, slots=True)
class Step:
    """A lemma that follows, and the clauses and lemmas from which it follows.

    Attributes
    ----------
    number : int
        Its own number; the clauses of the formula are numbered from 1, lemmas further on.
    lemma : tuple of int
        Empty: a contradiction.
    hints : tuple of int
        Numbers, in the order in which propagation uses them; the last one becomes false.
    """

    number: int
    lemma: tuple[int, ...]
    hints: tuple[int, ...]


class RefusedError(ValueError):
    """The proof does not prove what it says."""


def check(clauses: Sequence[Clause], steps: Iterable[Step]) -> int:
    """Check that clauses cannot all be true, and return how many steps it took.

    Raises
    ------
    RefusedError
        If a step does not follow, or none is a contradiction.
    """
    known: dict[int, Clause] = dict(enumerate(clauses, start=1))
    for count, step in enumerate(steps, start=1):
        if step.number in known or not _follows(known, step):
            raise RefusedError(f"step {step.number} does not follow from its hints")
        known[step.number] = step.lemma
        if not step.lemma:
            return count
    raise RefusedError("the proof does not end in a contradiction")


def _follows(known: Mapping[int, Clause], step: Step) -> bool:
    """Suppose the lemma false, and see whether its hints, one by one, leave no way out."""
    false = set(step.lemma)
    for hint in step.hints:
        clause = known.get(hint)
        if clause is None:
            return False
        left = [literal for literal in clause if literal not in false]
        if not left:
            return True
        if len(left) > 1:
            return False
        false.add(-left[0])
    return False
