"""Whether there is a schedule: asked of many instances that are nearly alike, each answer checked."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from scheduler.checker import Checker
from scheduler.domain import Instance, Placement, Solution
from scheduler.model.build import build
from scheduler.model.engine import Configuration, EngineStatus, run
from scheduler.model.extract import placements
from scheduler.problem import Problem, discretise
from scheduler.search.result import SolveOptions

_SHORT_SECONDS = 0.5
"""What the first way to search has: most of what is asked takes less."""
_MOST_SECONDS = 20.0
"""What a question has at the most."""
_REMEMBERED = 40
"""So many schedules are held against a question before it is searched."""


_CLAUSES = Configuration(1, second_opinion=True, relaxation=False)
_PLAIN = Configuration(1, second_opinion=True, strong=True)
_PRESOLVED = Configuration(1, strong=True)


class _OverError(Exception):
    """The time is over, or somebody has stopped it, while a model is built."""


class Answer(Enum):
    """Whether there is a schedule."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to search, and with how many threads.

    Attributes
    ----------
    until : float or None
        When it ends, by ``time.perf_counter``.
    """

    until: float | None
    workers: int | None
    stop: threading.Event

    @classmethod
    def of(cls, options: SolveOptions | None, stop: threading.Event | None) -> Limits:
        """Return limits that begin now."""
        options = options or SolveOptions()
        until = None if options.time_limit is None else time.perf_counter() + options.time_limit
        return cls(until, options.workers, stop or threading.Event())

    @property
    def left(self) -> float | None:
        """Seconds that are left; None: no limit is set."""
        return None if self.until is None else self.until - time.perf_counter()

    @property
    def over(self) -> bool:
        """Whether the time is over, or somebody has stopped it."""
        left = self.left
        return self.stop.is_set() or (left is not None and left <= 0)

    def at_most(self, seconds: float) -> float:
        """Return so many seconds, or what is left if that is less."""
        left = self.left
        return seconds if left is None else max(0.0, min(seconds, left))


class Questions:
    """Asks whether there is a schedule, and remembers schedules: one often answers the next question too.

    Attributes
    ----------
    asked, searched : int
        How many questions there were, and how many took a search.
    notes : list of str
        What a reader should know: engines that contradict each other.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.asked = 0
        self.searched = 0
        self.notes: list[str] = []
        self._known: deque[tuple[Placement, ...]] = deque(maxlen=_REMEMBERED)

    def ask(self, instance: Instance, *, patient: bool = False) -> Answer:
        """Return whether an instance has a schedule: yes, with one that the checker accepts, or no.

        Nothing of what an instance charges matters; it should charge nothing. With patience, the search only
        ends when the time for the whole is over.
        """
        self.asked += 1
        if self.remembers(instance):
            return Answer.YES
        problem = discretise(instance)
        if any(task.mandatory and not task.options for task in problem.tasks if task.session is None):
            return Answer.NO
        if self.limits.over:
            return Answer.UNKNOWN
        self.searched += 1
        return self._search(problem, patient=patient)

    def remembers(self, instance: Instance) -> bool:
        """Return whether one of the schedules that were found is one of an instance, too."""
        checker = Checker(instance)
        for known in self._known:
            there = tuple(p for p in known if instance.has_activity(p.activity))
            if _keeps_all(checker, there):
                self._known.remove(known)
                self._known.appendleft(known)
                return True
        return False

    def confirm(self, instance: Instance) -> list[Answer]:
        """Return what two runs say that are set up differently, whatever is remembered.

        As clauses, by linear relaxations, and with presolve and symmetry detection: wrong answers of OR-Tools
        came with the latter. Those two count that come to an end first.
        """
        problem, answers = discretise(instance), list[Answer]()
        ways = [_CLAUSES, _PLAIN, _PRESOLVED]
        for seconds in (_SHORT_SECONDS, _MOST_SECONDS):
            for way in tuple(ways):
                answer = self._searched(problem, ((way, seconds),)) if len(answers) < 2 else Answer.UNKNOWN
                if answer is not Answer.UNKNOWN:
                    ways.remove(way)
                    answers.append(answer)
        if len(set(answers)) > 1:
            self.notes.append("one run proves that there is no schedule, another finds one")
        return answers

    def _search(self, problem: Problem, *, patient: bool) -> Answer:
        """Search in one way after the other, the quickest for what is small first."""
        return self._searched(problem, self._ways(patient=patient))

    def _ways(self, *, patient: bool) -> Iterator[tuple[Configuration, float]]:
        """Yield how to search, and for how many seconds; with patience, again and again for longer."""
        everybody = replace(_PRESOLVED, workers=self.limits.workers or os.cpu_count() or 1)
        yield from (
            (_CLAUSES, _SHORT_SECONDS),
            (_PLAIN, 2 * _SHORT_SECONDS),
            (_PRESOLVED, 8 * _SHORT_SECONDS),
        )
        seconds = _MOST_SECONDS
        yield from ((_CLAUSES, seconds / 4), (everybody, seconds))
        while patient:
            seconds *= 2
            yield from ((_CLAUSES, seconds / 2), (everybody, seconds))

    def _searched(self, problem: Problem, ways: Iterable[tuple[Configuration, float]]) -> Answer:
        try:
            model = build(problem, self._go_on).context
        except _OverError:
            return Answer.UNKNOWN
        for configuration, seconds in ways:
            limit, stop = self.limits.at_most(seconds), self.limits.stop
            outcome = run(model.logic.cp, None, configuration, limit=limit, stop=stop)
            if outcome.status is EngineStatus.INFEASIBLE:
                return Answer.NO
            if outcome.values is not None:
                found = placements(problem, model.variables, outcome.values)
                return self._checked(problem.instance, found)
            if self.limits.over:
                break
        return Answer.UNKNOWN

    def _go_on(self) -> None:
        if self.limits.over:
            raise _OverError

    def _checked(self, instance: Instance, found: tuple[Placement, ...]) -> Answer:
        if not _keeps_all(Checker(instance), found):
            self.notes.append("the search has returned a schedule that the checker refuses")
            return Answer.UNKNOWN
        self._known.appendleft(found)
        return Answer.YES

    def schedule(self, instance: Instance) -> Solution | None:
        """Return a schedule of an instance among those that are remembered."""
        checker = Checker(instance)
        for known in self._known:
            there = tuple(p for p in known if instance.has_activity(p.activity))
            if _keeps_all(checker, there):
                return Solution(programme=instance.programme.id, placements=there)
        return None


def _keeps_all(checker: Checker, placements: tuple[Placement, ...]) -> bool:
    solution = Solution(programme=checker.instance.programme.id, placements=placements)
    return next(checker.violations(solution), None) is None
