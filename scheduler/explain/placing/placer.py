"""Where each session or meeting of one schedule could be, and the schedule with it there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.checker import Checker, Verdict
from scheduler.domain import (
    ActivityId,
    City,
    Instance,
    LevelReport,
    RoomId,
    Solution,
    Status,
    Violation,
)
from scheduler.explain.asking import hosted
from scheduler.explain.placing.places import Place, Places, PlacingError
from scheduler.explain.placing.ways import Refused, Way, Ways
from scheduler.problem import Problem, discretise
from scheduler.problem.places import Place as Spot


class Placer:
    """A schedule in which things may be moved one at a time.

    What follows from the programme alone is worked out once; every question is about the same schedule.

    Parameters
    ----------
    instance : Instance
    solution : Solution
        A valid schedule.

    Raises
    ------
    ValueError
        If the schedule breaks a rule.
    """

    def __init__(self, instance: Instance, solution: Solution) -> None:
        self._instance = instance
        self._solution = solution
        self._checker = Checker(instance)
        if (broken := next(self._checker.violations(solution), None)) is not None:
            raise ValueError(f"the schedule breaks a rule: {broken.message}")
        self._problem: Problem = discretise(instance)

    def places(self, activity: ActivityId) -> Places:
        """Return everywhere that a session or meeting could be, all others where they are.

        Whom a party that splits sends is chosen again, and so are tables, the talks inside a session and the
        interpreter; all other meetings keep time, room, attendees and interpreter.

        Raises
        ------
        ValueError
            If there is no such session or meeting.
        """
        ways = self._ways(activity)
        return Places(
            activity, tuple(_told(ways, start, spot, moment) for start, spot, moment in self._cells())
        )

    def moved(
        self, activity: ActivityId, start: dt.datetime, room: RoomId, table: int | None = None
    ) -> Solution:
        """Return the schedule with a session or meeting somewhere else, checked.

        Tables are all alike: it is at the ``table`` that is named if that is free there.

        Raises
        ------
        PlacingError
            If it may not be there: a sentence, and all that it would break.
        ValueError
            If there is no such session or meeting, or no such room.
        """
        ways = self._ways(activity)
        way = ways.at(*self._where(start, room), table)
        if isinstance(way, Refused):
            raise PlacingError(way.words, self._breaks(ways, activity, start, room))
        again = {placement.activity: placement for placement in (*way.reseated, *way.block)}
        kept = [again.pop(p.activity, p) for p in self._solution.placements]
        changed = self._solution.model_copy(update={"placements": (*kept, *again.values())})
        verdict = self._checker.check(changed)
        if not verdict.valid:  # never seen: what is near a place was looked at, now all is
            raise PlacingError(verdict.violations[0].message, verdict.violations)
        return self._restated(changed, verdict)

    def refusal(self, activity: ActivityId, start: dt.datetime, room: RoomId) -> str:
        """Return why a session or meeting may not be somewhere, in a sentence; empty where it may."""
        way = self._ways(activity).at(*self._where(start, room))
        return way.words if isinstance(way, Refused) else ""

    def _ways(self, activity: ActivityId) -> Ways:
        hosted(self._instance, activity)
        return Ways(self._problem, self._checker, self._solution.placements, activity)

    def _where(self, start: dt.datetime, room: RoomId) -> tuple[int, Spot]:
        if not self._instance.has_room(room):
            raise ValueError(f"there is no room {room!r}")
        return self._problem.clock.minute(start), self._problem.geography.place(room)

    def _cells(self) -> Iterator[tuple[int, Spot, dt.datetime]]:
        starts = {city.id: self._starts(city) for city in self._instance.cities}
        for spot in self._problem.geography.places:
            for start, moment in starts[spot.city.id]:
                yield start, spot, moment

    def _starts(self, city: City) -> list[tuple[int, dt.datetime]]:
        """Return every minute of a city's opening hours that is on the grid."""
        clock = self._problem.clock
        grids = (clock.grid(opening, city.zone, self._problem.grid).starts for opening in city.opening)
        minutes = sorted({minute for grid in grids for minute, _ in grid})
        return [(minute, clock.moment(minute, city.zone)) for minute in minutes]

    def _breaks(
        self, ways: Ways, activity: ActivityId, start: dt.datetime, room: RoomId
    ) -> tuple[Violation, ...]:
        """Return all that something as it is now would break somewhere else."""
        now = next((p for p in self._solution.placements if p.activity == activity), None)
        if now is None:
            return ()
        there = now.model_copy(update={"start": start, "room": room})
        changed = self._solution.model_copy(update={"placements": (*ways.rest, there)})
        return tuple(v for v in self._checker.violations(changed) if activity in v.activities)

    def _restated(self, solution: Solution, verdict: Verdict) -> Solution:
        """Return a schedule with what the checker says of it; what a search has proven is not said of it."""
        placed = {placement.activity for placement in solution.placements}
        levels = tuple(
            LevelReport(level=each.level, value=each.value, bound=0, status=Status.FEASIBLE)
            for each in verdict.levels
        )
        update = {
            "status": Status.FEASIBLE,
            "levels": levels,
            "terms": verdict.terms,
            "unscheduled": tuple(u for u in solution.unscheduled if u.activity not in placed),
        }
        return solution.model_copy(update=update)


def _told(ways: Ways, start: int, spot: Spot, moment: dt.datetime) -> Place:
    found: Way | Refused = ways.at(start, spot)
    if isinstance(found, Way):
        return Place(moment, spot.room.id)
    return Place(moment, spot.room.id, found.rule, found.words)


def legal_places(instance: Instance, solution: Solution, activity: ActivityId) -> Places:
    """Return everywhere that a session or meeting could be, all others where they are.

    See :meth:`Placer.places`, which does the same for several questions about one schedule.

    Raises
    ------
    ValueError
        If there is no such session or meeting, or the schedule breaks a rule.
    """
    return Placer(instance, solution).places(activity)


def moved(
    instance: Instance, solution: Solution, activity: ActivityId, start: dt.datetime, room: RoomId
) -> Solution:
    """Return the schedule with a session or meeting somewhere else, checked (see :meth:`Placer.moved`)."""
    return Placer(instance, solution).moved(activity, start, room)
