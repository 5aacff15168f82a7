"""Why a request has no place, or not that one; and what it would cost to grant it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import ValidationError

from scheduler.checker import Checker
from scheduler.domain import (
    ActivityId,
    CityId,
    Instance,
    InstanceError,
    LevelReport,
    Placement,
    ReasonKind,
    RoomId,
    Solution,
    Status,
    Value,
)
from scheduler.domain.times import UTC, Moment
from scheduler.explain.asking import faults_of, hosted, with_activity
from scheduler.explain.by_hand import put_in
from scheduler.explain.conflict import Conflict, find_conflict
from scheduler.explain.pricing import UNCHANGED, Differences, LevelChange, compared, differences, values
from scheduler.problem import Problem, discretise
from scheduler.search.reasons.holding import Holder
from scheduler.search.result import Result, SolveOptions
from scheduler.search.solve import solve

if TYPE_CHECKING:
    from scheduler.search.staying import Staying

_LOOK_SECONDS = 5.0
"""What looking at all places may take; then what has been seen is told."""
_SHARE = 0.5
"""Of the time that is left, for the search of the whole; the rest is for what is near the given schedule."""
_NEAR_SHARE = 0.7
_NEAR_SECONDS = 20.0
"""What looking for a schedule nearer to the given one may take."""
_FEW = 4
"""So many more than have to may move to make a schedule better."""
_MOST_PLACEMENTS = 60_000
"""Beyond so many nothing nearer is looked for: the model would be too large."""


class Asked(Value):
    """What is asked for.

    Attributes
    ----------
    activity : ActivityId
        A meeting, or a session.
    at : datetime or None
        When it should start; None: whenever.
    city : CityId or None
        Where it should be; None: wherever.
    """

    activity: ActivityId
    at: Moment | None = None
    city: CityId | None = None


class InTheWay(Value):
    """What is in the way at one place and time, in the schedule as it stands.

    Attributes
    ----------
    kind : ReasonKind
    words : str
    blockers : tuple of ActivityId
        What bars the place by itself.
    """

    start: Moment
    room: RoomId
    kind: ReasonKind
    words: str
    blockers: tuple[ActivityId, ...] = ()


class Outcome(StrEnum):
    """What came of the question."""

    HAS_IT = "has it"
    """The schedule grants it already."""
    PRICED = "priced"
    """It can be granted, at the price that is told."""
    IMPOSSIBLE = "impossible"
    """No schedule grants it."""
    UNKNOWN = "unknown"
    """No schedule that grants it was found, and none is proven not to exist."""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a request has no place, and what it would cost.

    Attributes
    ----------
    asked : Asked
    outcome : Outcome
    status : Status
        How the search for the best schedule that grants it ended.
    in_the_way : tuple of InTheWay
        For each place and time it could have, by time: what is in the way now.
    all_seen : bool
        Whether there was time to look at all of them.
    levels : tuple of LevelChange
        The price: each level before and after.
    differences : Differences
        Who gives way.
    fewest : bool
        Whether no schedule of that price moves or displaces fewer.
    given_is_best : bool
        Whether the given schedule comes with the claim that none is better, and has the values claimed.
    solution : Solution or None
        The schedule that grants it.
    because : tuple of str
        Why it cannot be granted, where that needs no search.
    conflict : Conflict or None
        What cannot be had together with it.
    notes : tuple of str
    """

    asked: Asked
    outcome: Outcome
    status: Status = Status.UNKNOWN
    in_the_way: tuple[InTheWay, ...] = ()
    all_seen: bool = True
    levels: tuple[LevelChange, ...] = ()
    differences: Differences = UNCHANGED
    fewest: bool = False
    given_is_best: bool = False
    solution: Solution | None = None
    because: tuple[str, ...] = ()
    conflict: Conflict | None = None
    notes: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether the price is proven: no schedule that grants it costs less."""
        return self.status is Status.OPTIMAL


def why_not(
    instance: Instance,
    solution: Solution,
    asked: Asked,
    options: SolveOptions | None = None,
    stop: threading.Event | None = None,
) -> WhyNot:
    """Say what stands in the way of a meeting, and what granting it would cost.

    The price is what the best schedule of the programme with the meeting mandatory (at that time, in that
    city) costs more than the given one. Of the schedules of that price one is looked for that moves little.

    Parameters
    ----------
    instance : Instance
    solution : Solution
        A valid schedule.
    asked : Asked
        The meeting may have a place already, where another time or city is asked for.
    options : SolveOptions or None
        Limits and workers for the whole.
    stop : threading.Event or None
        Ends the search soon after it is set; what is not proven by then is said not to be.

    Raises
    ------
    ValueError
        If the instance has no such session, meeting or city, or the schedule breaks a rule.
    """
    return _Question(instance, solution, asked, options or SolveOptions(), stop or threading.Event()).answer()


class _Question:
    def __init__(
        self,
        instance: Instance,
        solution: Solution,
        asked: Asked,
        options: SolveOptions,
        stop: threading.Event,
    ) -> None:
        self._began = time.perf_counter()
        self._instance = instance
        self._solution = solution
        self._asked = asked
        self._options = options
        self._stop = stop
        self._checker = Checker(instance)
        self._activity = hosted(instance, asked.activity)
        if asked.city is not None and asked.city not in {city.id for city in instance.cities}:
            raise ValueError(f"there is no city {asked.city!r}")
        verdict = self._checker.check(solution)
        if not verdict.valid:
            raise ValueError(f"the schedule breaks a rule: {verdict.violations[0].message}")
        self._before = {level.level: level.value for level in verdict.levels}

    def answer(self) -> WhyNot:
        if (placed := self._placed()) is not None and self._grants(placed):
            return WhyNot(self._asked, Outcome.HAS_IT, Status.OPTIMAL, given_is_best=self._given_is_best())
        cities = self._cities()
        if cities is None:
            allowed = ", ".join(self._instance.city(city).label for city in self._activity.cities)
            because = f"it may only be in {allowed}"
            return WhyNot(self._asked, Outcome.IMPOSSIBLE, Status.INFEASIBLE, because=(because,))
        try:
            forced = self._forced(cities)
        except (ValidationError, InstanceError) as error:
            return WhyNot(self._asked, Outcome.IMPOSSIBLE, Status.INFEASIBLE, because=faults_of(error))
        problem = discretise(forced)
        seen, all_seen = self._in_the_way(problem)
        return replace(
            self._searched(forced, problem),
            in_the_way=seen,
            all_seen=all_seen,
            given_is_best=self._given_is_best(),
        )

    # -- what is asked ---------------------------------------------------------------------------

    def _placed(self) -> Placement | None:
        mine = (p for p in self._solution.placements if p.activity == self._asked.activity)
        return next(mine, None)

    def _grants(self, placement: Placement) -> bool:
        at, city = self._asked.at, self._asked.city
        then = at is None or at.astimezone(UTC) == placement.start.astimezone(UTC)
        return then and city in (None, self._instance.city_of(placement.room).id)

    def _cities(self) -> tuple[CityId, ...] | None:
        """Return the cities that are left to it; None: there is none."""
        own, city = self._activity.cities, self._asked.city
        if city is None:
            return own
        return (city,) if not own or city in own else None

    def _forced(self, cities: tuple[CityId, ...]) -> Instance:
        """Return the programme in which what is asked must be."""
        at = self._asked.at
        pin = self._activity.pin if at is None else self._activity.pin.model_copy(update={"start": at})
        changes = {"mandatory": True, "cities": cities, "pin": pin}
        return with_activity(self._instance, self._activity.model_copy(update=changes))

    def _given_is_best(self) -> bool:
        claims = {level.level: level for level in self._solution.levels}
        return set(claims) == set(self._before) and all(
            claim.status is Status.OPTIMAL and claim.value == claim.bound == self._before[level]
            for level, claim in claims.items()
        )

    # -- what is in the way ----------------------------------------------------------------------

    def _in_the_way(self, problem: Problem) -> tuple[tuple[InTheWay, ...], bool]:
        task = problem.by_id[self._asked.activity]
        own = {task.activity.id, *(talk.activity.id for talk in task.talks)}
        others = [p for p in self._solution.placements if p.activity not in own]
        holder = Holder(problem, Checker(problem.instance), others)
        until = time.perf_counter() + _LOOK_SECONDS
        found: list[InTheWay] = []
        for option in task.options:
            if self._stop.is_set() or time.perf_counter() > until:
                return tuple(found), False
            obstacle = holder.obstacle(option)
            found.append(
                InTheWay(
                    start=problem.clock.moment(option.start, option.place.zone),
                    room=option.place.room.id,
                    kind=obstacle.kind,
                    words=obstacle.words,
                    blockers=obstacle.blockers,
                )
            )
        return tuple(sorted(found, key=lambda way: way.start.astimezone(UTC))), True

    # -- the price -------------------------------------------------------------------------------

    def _searched(self, forced: Instance, problem: Problem) -> WhyNot:
        if not problem.by_id[self._asked.activity].options:
            return self._impossible(forced, ())
        result = solve(forced, self._left(_SHARE), None, self._stop)
        if result.status is Status.INFEASIBLE:
            return self._impossible(forced, result.notes)
        if result.status is Status.OPTIMAL and result.solution is not None:
            return self._priced(problem, result)
        return self._at_least(problem, result)

    def _at_least(self, problem: Problem, result: Result) -> WhyNot:
        """Price what is not proven, by the best of what was found and of what is near the schedule."""
        found = None if result.solution is None else values(self._checker, result.solution)
        best = found
        for near in (self._by_hand, self._improved):
            schedule = near(problem)
            after = {} if schedule is None else values(self._checker, schedule)
            if schedule is not None and (best is None or list(after.values()) < list(best.values())):
                best = after
                result = replace(result, solution=schedule)
        if result.solution is None or best is None:
            return WhyNot(self._asked, Outcome.UNKNOWN, result.status, notes=result.notes)
        if best is not found:
            status = Status.FEASIBLE if result.status is Status.UNKNOWN else result.status
            result = replace(result, status=status, levels=_bounds(result.levels, found, best))
        return self._priced(problem, result)

    def _by_hand(self, problem: Problem) -> Solution | None:
        """Return the best schedule that comes of putting it in, and taking out what is in the way."""
        until = time.perf_counter() + _LOOK_SECONDS
        return put_in(
            problem,
            self._solution.placements,
            self._asked.activity,
            lambda: self._stop.is_set() or time.perf_counter() > until,
        )

    def _improved(self, problem: Problem) -> Solution | None:
        """Return the best schedule that moves few, where one is found."""
        if self._stop.is_set() or _is_large(problem):
            return None
        near = self._staying(problem)
        found = near.fewest()
        if found is None:
            return None
        closest, moved = found
        better = near.best(moved + _FEW, closest.placements) or closest
        solution = self._solution.model_copy(update={"placements": better.placements})
        return solution if Checker(problem.instance).check(solution).valid else None

    def _impossible(self, forced: Instance, notes: tuple[str, ...]) -> WhyNot:
        conflict = find_conflict(forced, self._left(), self._stop)
        if conflict.status is not Status.INFEASIBLE:  # the search and this disagree, or the time is over
            notes = (*notes, "what it cannot be had together with was not found within the time")
            return WhyNot(self._asked, Outcome.IMPOSSIBLE, Status.INFEASIBLE, notes=notes)
        return WhyNot(self._asked, Outcome.IMPOSSIBLE, Status.INFEASIBLE, conflict=conflict, notes=notes)

    def _priced(self, problem: Problem, result: Result) -> WhyNot:
        assert result.solution is not None
        after = values(self._checker, result.solution)
        placements, fewest = self._nearest(problem, result.solution.placements, after)
        solution = result.solution.model_copy(update={"placements": placements, "unscheduled": ()})
        changes = compared(self._before, after, result.levels, self._solution.levels)
        return WhyNot(
            self._asked,
            Outcome.PRICED,
            result.status,
            levels=changes,
            differences=self._differences(placements),
            fewest=fewest,
            solution=solution,
            notes=result.notes,
        )

    def _nearest(
        self, problem: Problem, found: tuple[Placement, ...], after: dict[int, int]
    ) -> tuple[tuple[Placement, ...], bool]:
        """Return a schedule of the same price that moves little, and whether none moves less."""
        if self._stop.is_set() or _is_large(problem):
            return found, False
        if not self._moves(found):
            return found, True
        near = self._staying(problem).closest(after, found)
        if near is None or not self._is_as_good(problem, near.placements, after):
            return found, False
        if self._moves(near.placements) > self._moves(found):
            return found, False
        return near.placements, near.proven

    def _staying(self, problem: Problem) -> Staying:
        from scheduler.search.staying import Staying

        apart = self._asked.activity
        return Staying(problem, self._solution.placements, self._for_near(), self._stop, apart=apart)

    def _is_as_good(self, problem: Problem, placements: Iterable[Placement], after: dict[int, int]) -> bool:
        near = self._solution.model_copy(update={"placements": tuple(placements)})
        verdict = Checker(problem.instance).check(near)
        return verdict.valid and {level.level: level.value for level in verdict.levels} == after

    def _differences(self, placements: tuple[Placement, ...]) -> Differences:
        return differences(self._instance, self._solution.placements, placements, self._asked.activity)

    def _moves(self, placements: tuple[Placement, ...]) -> int:
        found = self._differences(placements)
        return len(found.displaced) + len(found.moved)

    # -- time ------------------------------------------------------------------------------------

    def _left(self, share: float = 1.0) -> SolveOptions:
        limit = self._options.time_limit
        if limit is None or self._options.deterministic:
            return self._options
        left = limit - (time.perf_counter() - self._began)
        return replace(self._options, time_limit=max(0.1, share * left))

    def _for_near(self) -> SolveOptions:
        left = self._left(_NEAR_SHARE).time_limit
        limit = _NEAR_SECONDS if left is None else min(_NEAR_SECONDS, left)
        return replace(self._options, time_limit=limit)


def _is_large(problem: Problem) -> bool:
    return sum(len(task.options) for task in problem.hosted) > _MOST_PLACEMENTS


def _bounds(
    reports: tuple[LevelReport, ...], found: dict[int, int] | None, after: dict[int, int]
) -> tuple[LevelReport, ...]:
    """Return what the search has proven of a schedule that is better than what it found.

    The bound of a level holds where all earlier levels are as they were found.
    """
    kept: list[LevelReport] = []
    for report in reports:
        if found is None:
            break
        value = after[report.level]
        kept.append(report.model_copy(update={"value": value, "status": Status.FEASIBLE}))
        if value != found[report.level]:
            break
    return tuple(kept)
