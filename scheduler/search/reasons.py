"""Why a request stands in no schedule: computed from the schedule, place by place."""

from __future__ import annotations

from collections import Counter

from scheduler.checker import Checker
from scheduler.domain import (
    ActivityId,
    Instance,
    InterpreterSeat,
    ParticipantId,
    PartyId,
    Placement,
    RuleName,
    Solution,
)
from scheduler.problem import Option, Problem, Task
from scheduler.problem.clock import overlaps

_FULL = "all tables or the room are taken"
_WORDS = {
    RuleName.ROOM: _FULL,
    RuleName.PERSON: "a party is engaged",
    RuleName.PLENARY: "a plenary blocks a party",
    RuleName.TRAVEL: "a party could not get there or away in time",
    RuleName.DELEGATION: "nobody of a delegation is free",
    RuleName.AVAILABILITY: "nobody suitable is available",
    RuleName.LOAD: "it would be more than a party's daily limits allow",
    RuleName.INTERPRETERS: "no suitable interpreter is free",
    RuleName.PRECEDENCE: "it would stand in the wrong order or on the wrong date",
    RuleName.FAIRNESS: "it would make breaks too unequal",
}
_FITS = "it would fit, but the schedule as a whole would be worse"


def why_unscheduled(problem: Problem, solution: Solution) -> dict[ActivityId, str]:
    """Return a true sentence for each activity without a place.

    Every admissible placement is held against the schedule as it stands: the reason counts what is in
    the way. Nothing is said about schedules in which other activities move.
    """
    schedule = _Schedule(problem, solution)
    placed = {placement.activity for placement in solution.placements}
    return {
        task.activity.id: _reason(schedule, task) for task in problem.hosted if task.activity.id not in placed
    }


def _reason(schedule: _Schedule, task: Task) -> str:
    if not task.options:
        return (
            "there is no place and time at all: its windows, the rooms and "
            "everybody's availability have nothing in common"
        )
    counted = Counter(schedule.obstacle(option) for option in task.options)
    ways = sum(counted.values())
    if len(counted) == 1:
        return f"at each of its {ways} possible places and times {next(iter(counted))}"
    parts = ", ".join(f"at {count} {obstacle}" for obstacle, count in counted.most_common())
    return f"of its {ways} possible places and times, {parts}"


class _Schedule:
    """A schedule, to hold placements against."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self._instance: Instance = problem.instance
        self._problem = problem
        self._checker = Checker(problem.instance)
        self._solution = solution
        self._busy: dict[ParticipantId, list[tuple[int, int]]] = {}
        self._seated = [
            (
                problem.clock.minute(p.start),
                problem.clock.minute(p.start) + problem.by_id[p.activity].duration,
                p.room,
                p.table,
            )
            for p in solution.placements
        ]
        chosen = {p.activity: set(p.attendees) for p in solution.placements}
        at = {p.activity: (problem.clock.minute(p.start), p.room) for p in solution.placements}
        for person in problem.people:
            self._busy[person.id] = [
                (e.option.start, e.option.end)
                for e in problem.engagements[person.id]
                if at.get(e.option.task.activity.id) == (e.option.start, e.option.place.room.id)
                and (not e.chosen or person.id in chosen[e.option.task.activity.id])
            ]

    def obstacle(self, option: Option) -> str:
        """Return what is in the way of one placement, cheapest test first."""
        for person in option.task.takers:
            if self._is_busy(person.id, option):
                return f"{person.name} is engaged"
        attendees: list[ParticipantId] = []
        for choice in option.task.choices:
            free = [
                person.id
                for person in choice.candidates
                if option in option.task.able[person.id] and not self._is_busy(person.id, option)
            ]
            if not free:
                return f"nobody suitable of {self._choice_label(choice.party)} is free"
            attendees.append(free[0])
        return self._checked(option, attendees)

    def _choice_label(self, party: PartyId | None) -> str:
        return "the track's chairs" if party is None else self._instance.party_label(party)

    def _is_busy(self, person: ParticipantId, option: Option) -> bool:
        return any(overlaps(option.start, option.end, span) for span in self._busy[person])

    def _checked(self, option: Option, attendees: list[ParticipantId]) -> str:
        """Let the checker say what the placement breaks, whatever table and interpreter it takes."""
        found: list[RuleName] = []
        for table in self._tables(option):
            for seat in self._seats(option):
                placement = Placement(
                    activity=option.task.activity.id,
                    start=self._problem.clock.moment(option.start, option.place.zone),
                    room=option.place.room.id,
                    table=table,
                    attendees=tuple(attendees),
                    interpreter=seat,
                )
                rules = self._broken(placement)
                if not rules:
                    return _FITS
                found = min(found or rules, rules, key=len)
        return _WORDS.get(found[0], f"the rule '{found[0]}' forbids it") if found else _FULL

    def _broken(self, placement: Placement) -> list[RuleName]:
        placements = (*self._solution.placements, placement)
        extended = self._solution.model_copy(update={"placements": placements})
        return [violation.rule for violation in self._checker.violations(extended)]

    def _tables(self, option: Option) -> list[int | None]:
        """Return the first table that is free (all are alike), the pinned one, or that it takes none."""
        room = option.place.room
        if room.tables is None:
            return [None]
        pinned = option.task.activity.pin.table
        taken = {
            table
            for start, end, at, table in self._seated
            if at == room.id and overlaps(option.start, option.end, (start, end))
        }
        wanted = range(1, room.tables + 1) if pinned is None else [pinned]
        free: list[int | None] = [table for table in wanted if table not in taken]
        return free[:1]

    def _seats(self, option: Option) -> list[InterpreterSeat | None]:
        seats = [
            InterpreterSeat(pool=pool.id, unit=unit)
            for pool in self._instance.interpreters
            if option.task.is_meeting and pool.city in (None, option.place.city.id)
            for unit in range(1, pool.count + 1)
        ]
        return [None, *seats]
