"""What of a baseline can be kept, and what every closest schedule keeps: known before the search."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.domain import ActivityId, FairnessBound, Instance, Placement
from scheduler.model.build import build
from scheduler.model.engine import Configuration, CpModel, EngineStatus, Outcome, Values, run
from scheduler.model.extract import placements
from scheduler.model.hint import hint
from scheduler.model.logic import Linear, Literal
from scheduler.problem.narrowing import Spot, only_at
from scheduler.search.budget import Budget

_CONFIRM_SECONDS = 5.0
_LEAST_SECONDS = 0.05
_SHARE, _MOST_SECONDS = 0.3, 60.0
"""Of the time that is left, for one run; and never more than this."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a baseline can be kept.

    Attributes
    ----------
    moved : int
        So many of its sessions and meetings must be moved or dropped, at the least.
    proven : bool
        Whether ``moved`` is the least that what is kept allows: with fewer, two would be in each other's way.
    confirmed : bool
        Whether a second, differently configured run has shown the same.
    solid : frozenset of ActivityId
        Those that stay where they are in every schedule that moves no more than ``moved``.
    placements : tuple of Placement
        A largest part of the baseline that can be kept, as a schedule (not a whole one: mandatory activities
        may be missing); empty when none was found.
    impossible : bool
        Proven: not even nothing of the baseline can be kept, so there is no schedule at all.
    """

    moved: int
    proven: bool = False
    confirmed: bool = False
    solid: frozenset[ActivityId] = frozenset()
    placements: tuple[Placement, ...] = ()
    impossible: bool = False


def keep(
    instance: Instance,
    spots: Mapping[ActivityId, Spot],
    configuration: Configuration,
    budget: Budget,
    stop: threading.Event,
    *,
    placing: bool = False,
) -> Kept:
    """Work out how much of a baseline can be kept, and what of it is kept in any case.

    The programme is relaxed: everything is where the baseline has it, or nowhere, and nothing needs to be
    placed. Whatever a schedule keeps of the baseline is a schedule of the relaxed programme (of fairness
    only nothing is asked), so the fewest that are lost here are the fewest that any schedule moves. And what
    no schedule of the relaxed programme can lose, when it loses no more than these, is where it was in
    every schedule that moves no more.

    Parameters
    ----------
    placing : bool
        Whether what is mandatory is placed as well, wherever that is possible, and pushes aside what it must.
        This takes longer, and gives the fewest moves there are, where no fairness is asked for: to move
        what is optional costs no less than to drop it.
    """
    return _Keeping(instance, spots, configuration, budget, stop, placing=placing).run()


class _Keeping:
    def __init__(
        self,
        instance: Instance,
        spots: Mapping[ActivityId, Spot],
        configuration: Configuration,
        budget: Budget,
        stop: threading.Event,
        *,
        placing: bool,
    ) -> None:
        self._problem = only_at(instance.changed(fairness=FairnessBound()), spots, placing=placing)
        # 0.3 s for 1,700 meetings, where CP-SAT's two default workers found no proof in 60 s.
        self._configuration = replace(configuration, linear=True)
        self._budget = budget
        self._stop = stop
        self._model = build(self._problem)
        self._cp = self._model.context.logic.cp
        at = self._model.context.variables.at
        hint(self._model.context, instance.baseline)
        self._spots = len(spots)
        self._here: dict[ActivityId, Literal] = {
            task.activity.id: at(option)
            for task in self._problem.hosted
            for option in task.options
            if spots.get(task.activity.id) == (option.start, option.place.room.id)
        }

    def run(self) -> Kept:
        """Find the fewest losses, then what is never lost."""
        lost = Linear(self._spots)
        for literal in self._here.values():
            lost.add(literal, -1)
        outcome = self._run(lost)
        if outcome.status is EngineStatus.INFEASIBLE:
            return Kept(0, impossible=self._refuted(self._cp, outcome))
        bound = max(0, outcome.bound or 0, self._spots - len(self._here))
        if outcome.values is None:
            return Kept(bound)
        found = placements(self._problem, self._model.context.variables, outcome.values)
        moved = outcome.values.value(lost)
        if outcome.status is not EngineStatus.OPTIMAL:
            return Kept(min(bound, moved), placements=found)
        confirmed = moved == self._spots - len(self._here) or self._cannot_be_fewer(lost, moved, outcome)
        if not lost.is_constant:
            self._cp.add(lost.expression() <= moved)
        return Kept(moved, True, confirmed, self._solid(outcome.values), found)

    def _cannot_be_fewer(self, lost: Linear, moved: int, outcome: Outcome) -> bool:
        fewer = self._cp.clone()
        fewer.add(lost.expression() <= moved - 1)
        return self._refuted(fewer, outcome)

    def _solid(self, values: Values) -> frozenset[ActivityId]:
        """Return what no schedule with the fewest losses loses: of what one keeps, lose what can be lost."""
        solid = {activity: literal for activity, literal in self._here.items() if values[literal]}
        while solid and not self._budget.over:
            kept = Linear()
            for literal in solid.values():
                kept.add(literal)
            outcome = self._run(kept)
            if outcome.values is None:
                break
            left = {a: literal for a, literal in solid.items() if outcome.values[literal]}
            if len(left) == len(solid):
                return self._if_sure(solid, outcome)
            solid = left
        return frozenset()

    def _if_sure(self, solid: dict[ActivityId, Literal], outcome: Outcome) -> frozenset[ActivityId]:
        """Return them if two runs have shown that none of them can be lost."""
        if outcome.status is not EngineStatus.OPTIMAL:
            return frozenset()
        losing = self._cp.clone()
        losing.add_bool_or([~literal for literal in solid.values()])
        return frozenset(solid) if self._refuted(losing, outcome) else frozenset()

    def _refuted(self, cp: CpModel, first: Outcome) -> bool:
        """Return whether a run that is set up differently finds no solution either, and proves it."""
        spent = first.effort if self._configuration.deterministic else first.seconds
        limit = max(_CONFIRM_SECONDS, spent)
        second = run(
            cp,
            None,
            replace(self._configuration, linear=False, second_opinion=True),
            limit=min(limit, self._limit()),
            stop=self._stop,
        )
        self._budget.count(second.effort)
        return second.status is EngineStatus.INFEASIBLE

    def _run(self, objective: Linear) -> Outcome:
        outcome = run(self._cp, objective, self._configuration, limit=self._limit(), stop=self._stop)
        self._budget.count(outcome.effort)
        return outcome

    def _limit(self) -> float:
        """Return the time for one run: a share of what is left, and never very long."""
        left = self._budget.left
        return _MOST_SECONDS if left is None else max(_LEAST_SECONDS, min(_MOST_SECONDS, _SHARE * left))
