"""Why a request stands in no schedule: computed from the schedule, place by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, product

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
from scheduler.problem.admissible.placement import contains
from scheduler.problem.clock import overlaps

_FULL = "all tables or the room are taken"
_TABLE = "its table is taken"
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
_WORSE = "it would fit, but the schedule as a whole would be worse"
_ALIKE = "it would fit, and the schedule as a whole would be no worse"
_NO_TALKS = "there is no time for its talks, or a speaker is engaged"
_MOST_TALKS = 20
"""So many ways to hold a session's talks are looked at."""

Block = tuple[Placement, ...]
"""What is placed together: a meeting, or a session with its talks."""


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
        pools: list[list[ParticipantId]] = []
        for choice in option.task.choices:
            free = [
                person.id
                for person in choice.candidates
                if option in option.task.able[person.id] and not self._is_busy(person.id, option)
            ]
            if not free:
                return f"nobody suitable of {self._choice_label(choice.party)} is free"
            pools.append(free)
        return self._checked(option, pools)

    def _choice_label(self, party: PartyId | None) -> str:
        return "the track's chairs" if party is None else self._instance.party_label(party)

    def _is_busy(self, person: ParticipantId, option: Option) -> bool:
        return any(overlaps(option.start, option.end, span) for span in self._busy[person])

    def _checked(self, option: Option, pools: list[list[ParticipantId]]) -> str:
        """Let the checker say what the placement breaks, whoever is chosen and whatever else it takes."""
        told = list(islice(self._talks(option, option.task.talks), _MOST_TALKS))
        if not told:
            return _NO_TALKS
        least: list[RuleName] = []
        for placement, talks in product(self._placements(option, pools), told):
            extended = self._with((placement, *talks))
            rules = [violation.rule for violation in self._checker.violations(extended)]
            if not rules:
                return _WORSE if self._levels(extended) > self._levels(self._solution) else _ALIKE
            least = min(least or rules, rules, key=_in_the_way)
        if not least:
            return _FULL if option.task.activity.pin.table is None else _TABLE
        return _WORDS.get(least[0], f"the rule '{least[0]}' forbids it")

    def _with(self, block: Block) -> Solution:
        placements = (*self._solution.placements, *block)
        return self._solution.model_copy(update={"placements": placements})

    def _levels(self, solution: Solution) -> tuple[int, ...]:
        return tuple(level.value for level in self._checker.levels(solution))

    def _placements(self, option: Option, pools: list[list[ParticipantId]]) -> Iterator[Placement]:
        ways = product(product(*pools), self._tables(option), self._seats(option))
        for attendees, table, seat in ways:
            yield self._placement(option, tuple(dict.fromkeys(attendees)), table, seat)

    def _placement(
        self,
        option: Option,
        attendees: tuple[ParticipantId, ...] = (),
        table: int | None = None,
        seat: InterpreterSeat | None = None,
    ) -> Placement:
        return Placement(
            activity=option.task.activity.id,
            start=self._problem.clock.moment(option.start, option.place.zone),
            room=option.place.room.id,
            table=table,
            attendees=attendees,
            interpreter=seat,
        )

    def _talks(
        self, session: Option, talks: Sequence[Task], told: tuple[Option, ...] = ()
    ) -> Iterator[Block]:
        """Yield the ways to hold talks inside a placement of their session (for none: one way)."""
        if not talks:
            yield tuple(self._placement(talk) for talk in told)
            return
        for option in talks[0].options:
            apart = all(not overlaps(option.start, option.end, (o.start, o.end)) for o in told)
            free = not any(self._is_busy(person.id, option) for person in talks[0].takers)
            if apart and free and contains(session, option):
                yield from self._talks(session, talks[1:], (*told, option))

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


def _in_the_way(rules: list[RuleName]) -> tuple[bool, int]:
    """Put what hangs on the interpreter last: another one, or none, is tried as well."""
    return RuleName.INTERPRETERS in rules, len(rules)
