"""From a set that leaves no schedule to one of which nothing is superfluous."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scheduler.explain.questions import Answer
from scheduler.explain.requirements import Requirement

Items = Sequence[Requirement]
Ask = Callable[[Items], Answer]
"""Whether there is a schedule that keeps some requirements (and whatever else is fixed)."""


@dataclass(slots=True)
class Shrunk:
    """What is left of a set.

    Attributes
    ----------
    needed : list of Requirement
        Without any one of these there is a schedule, or it is not known.
    unknown : list of Requirement
        Those of them of which it is not known.
    """

    needed: list[Requirement] = field(default_factory=list)
    unknown: list[Requirement] = field(default_factory=list)


def shrunk(groups: Sequence[Items], ask: Ask) -> Shrunk:
    """Return an irreducible part of requirements that leave no schedule together.

    Whole groups are taken back at once; where that makes a schedule, halves of them, down to single ones
    (deletion by halves; the idea of QuickXplain, Junker 2004). Asking about what is nearly the whole keeps
    the instances tight, and these are quickest to solve.

    Parameters
    ----------
    groups : sequence of sequences of Requirement
        What is likely to be superfluous together; the last ones are tried first.
    ask : callable
        Must answer "no" for all of them together.
    """
    left = [_Part(tuple(group)) for group in groups if group]
    result = Shrunk()
    while left:
        part = left.pop()
        if len(part.items) > 1 and part.is_needed:
            left += part.halves()
            continue
        answer = ask([*result.needed, *(item for other in left for item in other.items)])
        if answer is Answer.NO:
            if part.sibling_is_needed and left:
                left[-1].is_needed = True
        elif len(part.items) > 1:
            left += part.halves()
        else:
            result.needed += part.items
            result.unknown += part.items if answer is Answer.UNKNOWN else ()
    return result


@dataclass(slots=True)
class _Part:
    """Some requirements that may be superfluous.

    Attributes
    ----------
    is_needed : bool
        Whether it is known that not all of them are.
    sibling_is_needed : bool
        Whether the part below it on the heap is needed once this one is taken back.
    """

    items: tuple[Requirement, ...]
    is_needed: bool = False
    sibling_is_needed: bool = False

    def halves(self) -> list[_Part]:
        """Return both halves; of these not both are superfluous."""
        middle = len(self.items) // 2
        return [_Part(self.items[:middle]), _Part(self.items[middle:], sibling_is_needed=True)]
