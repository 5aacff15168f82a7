"""The decision variables, behind typed accessors; only admissible placements have one."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain import InterpreterPool, ParticipantId, Person
from scheduler.model.logic import Literal, Logic
from scheduler.problem import Engagement, Option, Problem, Task


@dataclass(frozen=True, eq=False, slots=True)
class Engaged:
    """A literal that, when true, has a person at an option."""

    literal: Literal
    option: Option
    attends: bool = False

    @property
    def task(self) -> Task:
        """The task that engages the person."""
        return self.option.task


@dataclass(frozen=True, eq=False, slots=True)
class Interpreting:
    """A literal that, when true, has an interpreter of a pool at an option.

    Attributes
    ----------
    unit : int or None
        Which interpreter; None where the pool is only counted and units are handed out afterwards.
    """

    literal: Literal
    option: Option
    pool: InterpreterPool
    unit: int | None


@dataclass(frozen=True, eq=False, slots=True)
class Seated:
    """A literal that, when true, has a meeting at one table that somebody has pinned."""

    literal: Literal
    option: Option
    table: int


class Variables:
    """All decisions: where each task is placed, who is chosen, which table, which interpreter.

    Tables are decisions only where one is pinned, interpreters only where a meeting may need one:
    rules add these as they are built.
    """

    def __init__(self, problem: Problem, logic: Logic) -> None:
        self._logic = logic
        self._at = {
            option: logic.literal(f"{task.activity.id}@{option.start}@{option.place.room.id}")
            for task in problem.tasks
            for option in task.options
        }
        self._chosen: dict[tuple[Task, ParticipantId], Literal] = {}
        self._chosen_at: dict[tuple[ParticipantId, Option], Literal] = {}
        for task in problem.tasks:
            for person in task.candidates:
                self._choose(task, person)
        self.seated: list[Seated] = []
        self.interpreting: list[Interpreting] = []
        self._engaged = {
            person.id: [self._engage(e) for e in problem.engagements[person.id]] for person in problem.people
        }

    def _choose(self, task: Task, person: Person) -> None:
        self._chosen[task, person.id] = self._logic.literal(f"{person.id}>{task.activity.id}")
        able = task.able[person.id]
        for option in task.options:
            if option in able:
                self._chosen_at[person.id, option] = self._logic.literal()

    def _engage(self, engagement: Engagement) -> Engaged:
        option, person = engagement.option, engagement.person
        if engagement.chosen:
            literal = self.chosen_at(person, option)
        elif engagement.unless is not None:
            literal = self._logic.all_of([self.at(option), ~self.chosen(engagement.unless, person)])
        else:
            literal = self.at(option)
        return Engaged(literal, option, engagement.attends)

    def at(self, option: Option) -> Literal:
        """Whether the option's task is placed there."""
        return self._at[option]

    def placed(self, task: Task) -> list[Literal]:
        """Exclusive literals, one of which is true exactly when the task is placed."""
        return [self._at[option] for option in task.options]

    def chosen(self, task: Task, person: Person) -> Literal:
        """Whether a person is chosen for a task (false for those who are no candidates)."""
        return self._chosen.get((task, person.id), self._logic.false)

    def chosen_at(self, person: Person, option: Option) -> Literal:
        """Whether a person is chosen for a task and it is placed there."""
        return self._chosen_at.get((person.id, option), self._logic.false)

    def engaged(self, person: Person) -> list[Engaged]:
        """Everything that may engage a person; nothing twice for one option."""
        return self._engaged[person.id]
