"""What the checker says of placements, in a form that tests compare."""

from __future__ import annotations

from support.making import schedule

from scheduler.checker import check
from scheduler.domain import Instance, Placement, Violation


def violations(instance: Instance, *placements: Placement) -> tuple[Violation, ...]:
    """Return everything that is wrong with a schedule of these placements."""
    return check(instance, schedule(*placements)).violations


def said(instance: Instance, *placements: Placement) -> list[str]:
    """Return the rule and the sentence of every violation."""
    return [f"{v.rule.value}: {v.message}" for v in violations(instance, *placements)]


def rules(instance: Instance, *placements: Placement) -> list[str]:
    """Return the rule of every violation."""
    return [v.rule.value for v in violations(instance, *placements)]


def value(instance: Instance, *placements: Placement) -> int:
    """Return the value of the instance's only objective term."""
    (term,) = check(instance, schedule(*placements)).terms
    return term.value
