"""What a schedule costs, by the checker, and what the file says was proven."""

from __future__ import annotations

from scheduler.checker import Verdict
from scheduler.domain import Solution
from scheduler.reporting.indicators import Breach, Level, Term


def levels(verdict: Verdict, solution: Solution) -> tuple[Level, ...]:
    """Return each level as the checker finds it, beside what the solution says of it."""
    said = {report.level: report for report in solution.levels}
    found = []
    for level in verdict.levels:
        claim = said.get(level.level)
        if claim is None:
            found.append(Level(level.level, level.value))
        else:
            found.append(
                Level(level.level, level.value, claim.bound, claim.status, claim.confirmed, claim.value)
            )
    return tuple(found)


def terms(verdict: Verdict) -> tuple[Term, ...]:
    """Return the terms of the objective."""
    return tuple(Term(term.term, term.level, term.weight, term.value) for term in verdict.terms)


def breaches(verdict: Verdict) -> tuple[Breach, ...]:
    """Return what is broken, in the order of the rules."""
    return tuple(Breach(violation.rule, violation.message) for violation in verdict.violations)
