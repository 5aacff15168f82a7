"""Rule 10: of the past, those chosen stay too. (Start, room and table: each placement by itself.)"""

from __future__ import annotations

from scheduler.model.context import Context
from scheduler.problem import Problem


def applies(problem: Problem) -> bool:
    """Where somebody was chosen for something that is past."""
    return any(task.stay is not None for task in problem.tasks)


def add(context: Context) -> None:
    """Choose again exactly those who were chosen. (Interpreters: in that rule's file.)"""
    logic = context.logic
    for task in context.problem.tasks:
        if task.stay is None:
            continue
        chosen = set(task.stay.attendees)
        candidates = {person.id: person for person in task.candidates}
        if not chosen <= candidates.keys():
            logic.impossible()
        for person in candidates.values():
            literal = context.variables.chosen(task, person)
            logic.require(literal if person.id in chosen else ~literal)
