"""Rule 14, never: who cannot be sent to a meeting because of those who are there or are sent by others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.domain import ActivityId, Instance, Meeting, ParticipantId, Person
from scheduler.problem.admissible.availability import is_available
from scheduler.problem.tasks import Option, Task

if TYPE_CHECKING:
    from scheduler.problem.problem import Problem


def admits(problem: Problem, option: Option) -> bool:
    """Return whether some who are available can be sent together."""
    task, apart = option.task, problem.apart
    if not apart.pairs(task):
        return True
    return any(
        all(is_available(problem, person, option) for person in sent) for sent in apart.selections(task)
    )


class Apart:
    """Who is never together with whom in a meeting."""

    def __init__(self, instance: Instance) -> None:
        self._sides: dict[ParticipantId, set[tuple[int, int]]] = {}
        for number, pair in enumerate(instance.never):
            for side, party in enumerate(pair):
                for person in instance.people_of(party):
                    self._sides.setdefault(person.id, set()).add((number, side))
        self._pairs: dict[ActivityId, tuple[tuple[Person, Person], ...]] = {}

    def never_meet(self, one: Person, others: Iterable[Person]) -> bool:
        """Return whether a person is never to meet one of some others."""
        wrong = {(number, 1 - side) for number, side in self._sides.get(one.id, ())}
        return bool(wrong) and any(not wrong.isdisjoint(self._sides.get(p.id, ())) for p in others)

    def pairs(self, task: Task) -> tuple[tuple[Person, Person], ...]:
        """Return those whom different parties of a meeting may send, but not both."""
        if not (self._sides and len(task.choices) > 1 and isinstance(task.activity, Meeting)):
            return ()
        if task.activity.id not in self._pairs:
            self._pairs[task.activity.id] = tuple(self._apart(task))
        return self._pairs[task.activity.id]

    def _apart(self, task: Task) -> Iterator[tuple[Person, Person]]:
        for one, other in combinations(task.choices, 2):
            for person in one.candidates:
                yield from ((person, p) for p in other.candidates if self.never_meet(person, [p]))

    def selections(self, task: Task, sent: tuple[Person, ...] = ()) -> Iterator[tuple[Person, ...]]:
        """Yield whom the parties of a meeting that split may send together, in the order of its choices."""
        if len(sent) == len(task.choices):
            yield sent
            return
        for person in task.choices[len(sent)].candidates:
            if not self.never_meet(person, sent):
                yield from self.selections(task, (*sent, person))
