"""The best places for a new meeting, nothing else moved, or little."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from scheduler.checker import Checker
from scheduler.domain import (
    ActivityId,
    CityId,
    Instance,
    Meeting,
    PartyId,
    Placement,
    RoomId,
    Solution,
    Value,
)
from scheduler.domain.times import UTC, PositiveDuration
from scheduler.explain.asking import faults_of
from scheduler.explain.pricing import UNCHANGED, Differences, LevelChange, compared, differences, values
from scheduler.problem import Option, Problem, Task, discretise
from scheduler.search.reasons.holding import Holder
from scheduler.search.result import SolveOptions

_NAME = "suggested"


class NewMeeting(Value):
    """A meeting that somebody would like to add.

    Attributes
    ----------
    parties : tuple of PartyId
        Two or more.
    duration : datetime.timedelta
        Or as it is written in instances, ``45min``.
    city : CityId or None
        None: any.
    """

    parties: tuple[PartyId, ...]
    duration: PositiveDuration = dt.timedelta(minutes=30)
    city: CityId | None = None


class Suggestion(Value):
    """A place for a new meeting.

    Attributes
    ----------
    placement : Placement
        Where it would be, at which table, who would come, and who would interpret.
    levels : tuple of LevelChange
        Each level before and after.
    differences : Differences
        What moves for it.
    moved_to : tuple of Placement
        Where what moves, or is granted besides, would be.
    proven : bool
        Whether no place that is not suggested before it is better, given how many may move.
    """

    placement: Placement
    levels: tuple[LevelChange, ...]
    differences: Differences = UNCHANGED
    moved_to: tuple[Placement, ...] = ()
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Places for a new meeting, the best first.

    Attributes
    ----------
    meeting : Meeting
        With an id that is not taken.
    possible : int
        How many places and times it could have if nothing else were placed.
    fitting : int or None
        At how many of them it fits with nothing moved; None when moves were allowed.
    found : tuple of Suggestion
    notes : tuple of str
        What a reader should know: what was cut short.
    """

    meeting: Meeting
    possible: int
    fitting: int | None
    found: tuple[Suggestion, ...]
    notes: tuple[str, ...] = ()


def suggest(
    instance: Instance,
    solution: Solution,
    wanted: NewMeeting,
    *,
    top: int = 5,
    moves: int = 0,
    options: SolveOptions | None = None,
    stop: threading.Event | None = None,
) -> Suggestions:
    """Return the best places for a new meeting.

    Places are compared level by level; those that cost the same, by time.

    Parameters
    ----------
    instance : Instance
    solution : Solution
        A valid schedule.
    wanted : NewMeeting
    top : int
        So many places at the most.
    moves : int
        How many other sessions and meetings may be moved to another time or room, or lose their place.
    options : SolveOptions or None
        Limits and workers, when something may be moved.
    stop : threading.Event or None
        Ends the search soon after it is set.

    Raises
    ------
    ValueError
        If a party or city is not known, or the schedule breaks a rule.
    """
    if not (verdict := Checker(instance).check(solution)).valid:
        raise ValueError(f"the schedule breaks a rule: {verdict.violations[0].message}")
    before = {level.level: level.value for level in verdict.levels}
    added = _with_meeting(instance, wanted)
    search = _Places(instance, added, solution, before, options or SolveOptions(), stop or threading.Event())
    return search.unmoved(top) if moves == 0 else search.moving(top, moves)


def _with_meeting(instance: Instance, wanted: NewMeeting) -> Instance:
    if len(set(wanted.parties)) < 2:
        raise ValueError("a meeting has two parties or more")
    meeting = Meeting(
        id=_fresh(instance),
        parties=wanted.parties,
        duration=wanted.duration,
        cities=() if wanted.city is None else (wanted.city,),
        mandatory=True,
    )
    try:
        return instance.changed(meetings=(*instance.meetings, meeting))
    except ValidationError as error:
        raise ValueError("; ".join(faults_of(error))) from None


def _fresh(instance: Instance) -> ActivityId:
    names = (_NAME if n == 1 else f"{_NAME}-{n}" for n in range(1, len(instance.meetings) + 3))
    taken = instance.has_activity
    return next(ActivityId(name) for name in names if not taken(ActivityId(name)))


class _Places:
    def __init__(
        self,
        instance: Instance,
        added: Instance,
        solution: Solution,
        before: dict[int, int],
        options: SolveOptions,
        stop: threading.Event,
    ) -> None:
        self._began = time.perf_counter()
        self._instance = instance
        self._problem: Problem = discretise(added)
        self._meeting = added.meetings[-1]
        self._task: Task = self._problem.by_id[self._meeting.id]
        self._checker = Checker(added)
        self._solution = solution
        self._before = before
        self._options = options
        self._stop = stop

    def unmoved(self, top: int) -> Suggestions:
        """Try every place with all else as it is."""
        holder = Holder(self._problem, self._checker, self._solution.placements)
        found: list[Suggestion] = []
        notes: tuple[str, ...] = ()
        for option in self._task.options:
            if self._over():
                notes = ("not all places were tried: the time was over, or it was stopped",)
                break
            ways = [self._suggestion((*self._solution.placements, *b)) for b in holder.fitting(option)]
            found += [min(ways, key=_rank)] if ways else []
        best = tuple(sorted(found, key=_rank)[:top])
        if notes:
            best = tuple(suggestion.model_copy(update={"proven": False}) for suggestion in best)
        return Suggestions(self._meeting, len(self._task.options), len(found), best, notes)

    def moving(self, top: int, moves: int) -> Suggestions:
        """Search for the best place with so many moved at the most, then for the next best."""
        from scheduler.search.staying import Staying

        near = Staying(self._problem, self._solution.placements, self._options, self._stop)
        found: list[Suggestion] = []
        notes: tuple[str, ...] = ()
        still = [suggestion.placement for suggestion in self.unmoved(top).found]
        while len(found) < top:
            given = {self._where(suggestion.placement) for suggestion in found}
            there = [placement for placement in still if self._where(placement) not in given]
            schedule = near.best(moves, (*self._solution.placements, *there[:1]) if there else ())
            if schedule is None:
                if self._over():
                    notes = ("the search was cut short: the time was over, or it was stopped",)
                break
            if self._breaks_a_rule(schedule.placements):
                notes = ("a schedule was found that fails the check, and is left out",)
                break
            suggestion = self._suggestion(schedule.placements)
            found.append(suggestion.model_copy(update={"proven": schedule.proven}))
            near.forbid(self._option_of(suggestion.placement))
        return Suggestions(
            self._meeting, len(self._task.options), None, tuple(sorted(found, key=_rank)), notes
        )

    def _over(self) -> bool:
        limit = self._options.time_limit
        return self._stop.is_set() or (limit is not None and time.perf_counter() - self._began > limit)

    def _breaks_a_rule(self, placements: Iterable[Placement]) -> bool:
        return any(self._checker.violations(self._schedule(placements)))

    def _schedule(self, placements: Iterable[Placement]) -> Solution:
        return self._solution.model_copy(update={"placements": tuple(placements)})

    def _suggestion(self, placements: tuple[Placement, ...]) -> Suggestion:
        after = values(self._checker, self._schedule(placements))
        gone = differences(self._instance, self._solution.placements, placements, self._meeting.id)
        return Suggestion(
            placement=next(p for p in placements if p.activity == self._meeting.id),
            levels=compared(self._before, after),
            differences=gone,
            moved_to=tuple(p for p in placements if p.activity in {*gone.moved, *gone.granted}),
        )

    def _where(self, placement: Placement) -> tuple[int, RoomId]:
        return self._problem.clock.minute(placement.start), placement.room

    def _option_of(self, placement: Placement) -> Option:
        here = self._where(placement)
        return next(o for o in self._task.options if (o.start, o.place.room.id) == here)


def _rank(suggestion: Suggestion) -> tuple[object, ...]:
    """Put the cheapest first, then what moves little, then the earliest."""
    gone = suggestion.differences
    start = suggestion.placement.start.astimezone(UTC)
    moved = len(gone.displaced) + len(gone.moved)
    return tuple(level.after for level in suggestion.levels), moved, start, suggestion.placement.room
