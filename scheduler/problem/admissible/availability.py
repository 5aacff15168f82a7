"""Rule 5, availability: of those who take part whatever is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain import Person
from scheduler.problem.clock import overlaps
from scheduler.problem.tasks import Option

if TYPE_CHECKING:
    from scheduler.problem.problem import Problem


def admits(problem: Problem, option: Option) -> bool:
    """Return whether all who must take part are available, and somebody for each choice."""
    task = option.task
    return all(is_available(problem, person, option) for person in task.takers) and all(
        any(is_available(problem, person, option) for person in choice.candidates) for choice in task.choices
    )


def is_available(problem: Problem, person: Person, option: Option) -> bool:
    """Return whether a person is there for the whole of an option."""
    clock = problem.clock
    if person.cities is not None and option.place.city.id not in person.cities:
        return False
    if person.arrival is not None and option.start < clock.minute(person.arrival):
        return False
    if person.departure is not None and option.end > clock.minute(person.departure):
        return False
    return not any(
        overlaps(option.start, option.end, clock.span((absence.start, absence.end)))
        for absence in person.absences
    )
