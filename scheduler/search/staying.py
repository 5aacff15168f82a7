"""Schedules near a given one: the fewest activities moved, or the best with so many moved at the most."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scheduler.domain import ActivityId, Placement
from scheduler.model.build import build
from scheduler.model.engine import Configuration, EngineStatus, Values, run
from scheduler.model.extract import placements as extracted
from scheduler.model.hint import hint
from scheduler.model.logic import Linear
from scheduler.problem import Option, Problem
from scheduler.search.result import SolveOptions

_LEAST_SECONDS = 0.05
_COMPLETE_SECONDS = 10.0
"""What is given to work out the rest of a schedule of which the decisions are known."""
_SHARE = 0.5
"""Of the time that is left, for each level but the last."""


@dataclass(frozen=True, slots=True)
class Near:
    """A schedule near another.

    Attributes
    ----------
    proven : bool
        Whether nothing better was shown to exist: fewer moves, or lower levels.
    """

    placements: tuple[Placement, ...]
    proven: bool


class Staying:
    """The model of a problem, and how much of a given schedule it keeps.

    A session or meeting of the given schedule is kept when it is placed, at its start and in its room.

    Parameters
    ----------
    problem : Problem
    given : iterable of Placement
        The schedule to stay close to; what the problem does not know is left out of account.
    apart : ActivityId or None
        An activity that may be moved freely.
    """

    def __init__(
        self,
        problem: Problem,
        given: Iterable[Placement],
        options: SolveOptions,
        stop: threading.Event | None = None,
        *,
        apart: ActivityId | None = None,
    ) -> None:
        self._began = time.perf_counter()
        self._problem = problem
        self._options = options
        self._stop = stop or threading.Event()
        self._model = build(problem)
        self._cp = self._model.context.logic.cp
        workers = 1 if options.deterministic else options.workers or os.cpu_count() or 1
        self._configuration = Configuration(workers, options.seed, deterministic=options.deterministic)
        self._given = tuple(given)
        self._moved = self._sum_of_moved(self._given, apart)

    def _sum_of_moved(self, given: tuple[Placement, ...], apart: ActivityId | None) -> Linear:
        moved = Linear()
        for placement in given:
            task = self._problem.by_id.get(placement.activity)
            if task is None or task.is_talk or placement.activity == apart:
                continue
            here = self._problem.clock.minute(placement.start), placement.room
            moved.constant += 1
            for option in task.options:
                if (option.start, option.place.room.id) == here:
                    moved.add(self._model.context.variables.at(option), -1)
        return moved

    def forbid(self, option: Option) -> None:
        """Leave a placement out from here on."""
        self._model.context.logic.require(~self._model.context.variables.at(option))

    def closest(self, most: Mapping[int, int], start: Iterable[Placement]) -> Near | None:
        """Return a schedule with the fewest moved of those that cost at most so much on each level.

        Parameters
        ----------
        most : mapping
            By level.
        start : iterable of Placement
            A schedule that does.
        """
        for level, value in most.items():
            cost = self._model.cost(level)
            if not cost.is_constant:
                self._cp.add(cost.expression() <= value)
        hint(self._model.context, start)
        outcome = run(self._cp, self._moved, self._configuration, limit=self._left(), stop=self._stop)
        return self._near(outcome.values, proven=outcome.status is EngineStatus.OPTIMAL)

    def fewest(self) -> tuple[Near, int] | None:
        """Return a schedule with the fewest moved, whatever it costs, and how many that are."""
        hint(self._model.context, self._given)
        left = self._left()
        limit = None if left is None else _SHARE * left
        outcome = run(self._cp, self._moved, self._configuration, limit=limit, stop=self._stop)
        near = self._near(outcome.values, proven=outcome.status is EngineStatus.OPTIMAL)
        return None if near is None or outcome.value is None else (near, outcome.value)

    def best(self, most: int, start: Iterable[Placement] = ()) -> Near | None:
        """Return the best schedule of those that move so many at the most, level by level.

        Parameters
        ----------
        most : int
        start : iterable of Placement
            A schedule to begin with, if there is one.
        """
        for level in self._model.levels:
            self._model.cost(level)  # its variables are made in the model that is shared by all calls
        values = self._completed(tuple(start))
        proven = True
        model = self._cp.clone()
        if not self._moved.is_constant:
            model.add(self._moved.expression() <= most)
        for level in self._model.levels:
            cost = self._model.cost(level)
            if values is not None:
                values.hint(model)
            outcome = run(model, cost, self._configuration, limit=self._share(level, values), stop=self._stop)
            proven = proven and outcome.status is EngineStatus.OPTIMAL
            values = outcome.values or values
            if values is None:
                return None
            if not cost.is_constant:
                model.add(cost.expression() <= values.value(cost))
        if not self._model.levels:
            values = run(model, None, self._configuration, limit=self._left(), stop=self._stop).values
        return self._near(values, proven=proven)

    def _completed(self, start: tuple[Placement, ...]) -> Values | None:
        """Return a schedule with the values of everything that follows from it."""
        if not start:
            return None
        hint(self._model.context, start)
        left = self._left()
        limit = _COMPLETE_SECONDS if left is None else min(_COMPLETE_SECONDS, _SHARE * left)
        hinted = replace(self._configuration, hinted=True)
        return run(self._cp, None, hinted, limit=limit, stop=self._stop).values

    def _share(self, level: int, values: Values | None) -> float | None:
        """Return the time for a level: all for the last, and until there is a schedule."""
        left = self._left()
        if left is None or values is None or level == self._model.levels[-1]:
            return left
        return max(_LEAST_SECONDS, _SHARE * left)

    def _near(self, values: Values | None, *, proven: bool) -> Near | None:
        if values is None:
            return None
        return Near(extracted(self._problem, self._model.context.variables, values), proven)

    def _left(self) -> float | None:
        if self._options.time_limit is None:
            return None
        spent = 0.0 if self._options.deterministic else time.perf_counter() - self._began
        return max(_LEAST_SECONDS, self._options.time_limit - spent)
