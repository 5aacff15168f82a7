"""Problem -> model: all rules that apply, and one exact sum per objective level."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.model import symmetry
from scheduler.model.context import Context
from scheduler.model.logic import Linear
from scheduler.model.rules import RULES
from scheduler.model.terms import TERMS
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the objective, to be minimised."""

    number: int
    cost: Linear


@dataclass(frozen=True, slots=True)
class ScheduleModel:
    """A complete model.

    Attributes
    ----------
    context : Context
    levels : tuple of Level
        In lexicographic order.
    """

    context: Context
    levels: tuple[Level, ...]


def build(problem: Problem) -> ScheduleModel:
    """Return the model of a problem."""
    context = Context(problem)
    for rule in RULES:
        if rule.applies(problem):
            rule.add(context)
    symmetry.add(context)
    return ScheduleModel(context, _levels(context))


def _levels(context: Context) -> tuple[Level, ...]:
    costs: dict[int, Linear] = {}
    for term in context.problem.instance.objective:
        cost = costs.setdefault(term.level, Linear())
        cost.extend(TERMS[term.term](context), term.weight)
    return tuple(Level(number, costs[number]) for number in sorted(costs))
