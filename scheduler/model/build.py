"""Problem -> model: all rules that apply, and one exact sum per objective level."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.model import symmetry
from scheduler.model.context import Context
from scheduler.model.logic import Linear
from scheduler.model.rules import RULES
from scheduler.model.terms import TERMS
from scheduler.problem import Problem


class ScheduleModel:
    """The rules of a problem, and its objective level by level.

    A level's terms are added only when it is asked for: until then the search need not carry their
    variables.

    Attributes
    ----------
    context : Context
    levels : tuple of int
        The levels' numbers, in lexicographic order.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self._objective = context.problem.instance.objective
        self.levels = tuple(sorted({term.level for term in self._objective}))
        self._costs: dict[int, Linear] = {}

    def cost(self, level: int) -> Linear:
        """Return what a level minimises; its variables are added on the first call."""
        if level not in self._costs:
            cost = self._costs[level] = Linear()
            for term in self._objective:
                if term.level == level:
                    cost.extend(TERMS[term.term](self.context), term.weight)
        return self._costs[level]


def build(problem: Problem, go_on: Callable[[], None] = lambda: None) -> ScheduleModel:
    """Return the model of a problem: all rules that apply.

    Parameters
    ----------
    problem : Problem
    go_on : callable
        Called all along while the model is built, and while a level's terms are added; what it raises
        ends that.
    """
    context = Context(problem, go_on)
    for rule in RULES:
        if rule.applies(problem):
            rule.add(context)
    symmetry.add(context)
    return ScheduleModel(context)
