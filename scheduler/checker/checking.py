"""The checker: the rules and terms of ``docs/meaning.md``, applied to a schedule."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.rules import RULES
from scheduler.checker.schedule import Schedule
from scheduler.checker.terms import TERMS
from scheduler.checker.verdict import LevelValue, Verdict
from scheduler.domain import Instance, Placement, RuleName, Solution, TermValue, Violation


class Checker:
    """Checks schedules of one instance; what follows from the instance alone is worked out once.

    Parameters
    ----------
    instance : Instance
        The programme.

    Notes
    -----
    A checker may be used for any number of schedules, one at a time. It shares no formula with the
    solver: it is written from ``docs/meaning.md`` and works with instants, never with grid steps.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._facts = Facts(instance)
        self._baseline = Schedule(self._facts, instance.baseline)

    def check(self, solution: Solution) -> Verdict:
        """Return every violation, and every term and level recomputed.

        Parameters
        ----------
        solution : Solution
            A schedule; only its placements are read.

        Returns
        -------
        Verdict
            Terms in the order of the instance's objective, levels ascending; values are whole
            numbers (times in minutes, shares in percent).
        """
        schedule = self._schedule(solution)
        terms = self._terms(schedule)
        return Verdict(violations=tuple(self._violations(schedule)), terms=terms, levels=_levels(terms))

    def levels(self, solution: Solution) -> tuple[LevelValue, ...]:
        """Return the value of every level, ascending, without looking for violations."""
        return _levels(self._terms(self._schedule(solution)))

    def violations(self, solution: Solution) -> Iterator[Violation]:
        """Yield every violation, in the order of the rules, without working out the terms."""
        return self._violations(self._schedule(solution))

    def alone(self, placement: Placement) -> tuple[Violation, ...]:
        """Return what one placement breaks, whatever else is placed (nothing if it names unknown things)."""
        placed = self._facts.placed(placement)
        return () if placed is None else tuple(v for found in self._alone(placed).values() for v in found)

    def _schedule(self, solution: Solution) -> Schedule:
        return Schedule(self._facts, solution.placements, self._baseline)

    def _terms(self, schedule: Schedule) -> tuple[TermValue, ...]:
        return tuple(
            TermValue(term=t.term, level=t.level, weight=t.weight, value=TERMS[t.term](schedule))
            for t in self.instance.objective
        )

    def _violations(self, schedule: Schedule) -> Iterator[Violation]:
        alone = [found for placed in schedule.placed if (found := self._alone(placed))]
        for rule in RULES:
            for found in alone:
                yield from found.get(rule.name, ())
            if rule.together is not None:
                yield from rule.together(schedule)

    def _alone(self, placed: Placed) -> dict[RuleName, tuple[Violation, ...]]:
        if placed.alone is None:
            every = {rule.name: tuple(rule.alone(self._facts, placed)) for rule in RULES if rule.alone}
            placed.alone = {name: found for name, found in every.items() if found}
        return placed.alone


def _levels(terms: tuple[TermValue, ...]) -> tuple[LevelValue, ...]:
    return tuple(
        LevelValue(level=level, value=sum(term.cost for term in terms if term.level == level))
        for level in sorted({term.level for term in terms})
    )


def check(instance: Instance, solution: Solution) -> Verdict:
    """Return every violation of a schedule, and its objective recomputed (see :class:`Checker`)."""
    return Checker(instance).check(solution)
