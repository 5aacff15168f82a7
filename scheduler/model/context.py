"""What a rule or a term is given: the problem, the variables, and what is derived from them once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from scheduler.domain import ActivityId, Person
from scheduler.model.logic import Literal, Logic
from scheduler.model.timeline import Timeline
from scheduler.model.variables import Variables
from scheduler.problem import Problem, Task


class Context:
    """A model in the making."""

    def __init__(self, problem: Problem, go_on: Callable[[], None] = lambda: None) -> None:
        self.problem = problem
        self.logic = Logic(go_on)
        self.variables = Variables(problem, self.logic)
        self._timelines: dict[tuple[tuple[int, int], ...], Timeline] = {}
        self._starts: dict[ActivityId, dict[int, Literal]] = {}

    def placed(self, task: Task) -> Literal:
        """Whether a task is placed."""
        return self.logic.true if task.mandatory else self.logic.one_of(self.variables.placed(task))

    def starts(self, task: Task) -> dict[int, Literal]:
        """Whether a task starts at a minute, in whatever room; in order of time."""
        if task.activity.id not in self._starts:
            by_start: dict[int, list[Literal]] = {}
            for option in task.options:
                by_start.setdefault(option.start, []).append(self.variables.at(option))
            self._starts[task.activity.id] = {
                start: self.logic.one_of(literals) for start, literals in sorted(by_start.items())
            }
        return self._starts[task.activity.id]

    def timeline(self, person: Person) -> Timeline:
        """Return a person's timeline; people who are always engaged together share one."""
        engaged = self.variables.engaged(person)
        key = tuple(sorted((e.literal.index, id(e.option)) for e in engaged))
        if key not in self._timelines:
            self._timelines[key] = Timeline(self.logic, engaged)
        return self._timelines[key]

    @cached_property
    def timelines(self) -> list[Timeline]:
        """The timeline of each person, in the order of the instance."""
        return [self.timeline(person) for person in self.problem.people]
