"""Rule 5, availability: of those who take part whatever is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain import CityId, Person
from scheduler.problem.clock import Clock, Span, overlaps
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
    return problem.presence(person).allows(option.start, option.end, option.place.city.id)


class Presence(NamedTuple):
    """When and where a person can be engaged, in minutes; people who are alike in this have equal ones.

    Attributes
    ----------
    arrival, departure : int or None
    absences : tuple of Span
    cities : tuple of CityId or None
        None: all.
    """

    arrival: int | None
    departure: int | None
    absences: tuple[Span, ...]
    cities: tuple[CityId, ...] | None

    def allows(self, start: int, end: int, city: CityId) -> bool:
        """Return whether somebody is there for the whole of a stretch of time."""
        return (
            (self.cities is None or city in self.cities)
            and (self.arrival is None or start >= self.arrival)
            and (self.departure is None or end <= self.departure)
            and not any(overlaps(start, end, absence) for absence in self.absences)
        )


def presence_of(clock: Clock, person: Person) -> Presence:
    """Return when and where a person can be engaged."""
    return Presence(
        arrival=None if person.arrival is None else clock.minute(person.arrival),
        departure=None if person.departure is None else clock.minute(person.departure),
        absences=tuple(clock.span((absence.start, absence.end)) for absence in person.absences),
        cities=person.cities,
    )
