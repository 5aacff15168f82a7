"""The best schedule of a tiny instance, found by trying them all through the checker.

Every activity is tried at every start on the grid, in every room (or at every table), with everybody who
could be chosen for it and with every interpreter, and unplaced. Two things are left out, neither of which
can lose a schedule:

- a placement that breaks a rule by itself, and a pair of placements of which some rule says that no third
  placement mends it (:data:`FOREVER`);
- the tables of an area where no table is pinned or frozen: tables are alike, so meetings are seated first
  come, first served, which never takes more tables than there are meetings at a time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product
from math import prod
from typing import NamedTuple

from scheduler.checker import Checker
from scheduler.domain import (
    Activity,
    ActivityId,
    City,
    HostedActivity,
    Instance,
    InterpreterSeat,
    Meeting,
    Placement,
    Room,
    RoomId,
    RuleName,
    Session,
    Solution,
    Talk,
    is_mandatory,
)
from scheduler.domain.times import MINUTE, UTC, later

FOREVER = frozenset(
    {
        RuleName.ROOM,
        RuleName.PERSON,
        RuleName.DELEGATION,
        RuleName.PLENARY,
        RuleName.PRECEDENCE,
        RuleName.LOAD,
    }
)
"""Rules of which a breach by some placements stays a breach whatever else is placed.

Availability, windows and pins concern one placement each. Not here: what is missing can still be placed
(1, 13), and between two engagements of one city somebody might be quicker through another city (7, 12).
"""

Block = tuple[Placement, ...]
"""What is placed together: a meeting, or a session with its talks; empty: unplaced."""


class Optimum(NamedTuple):
    """The best that an instance allows."""

    levels: tuple[int, ...]
    """The value of each level, ascending; compared one after the other."""
    solution: Solution
    """A schedule that reaches it."""


def best(instance: Instance) -> Optimum | None:
    """Return the lexicographically best schedule, or None if there is no valid one."""
    return _Search(instance).run()


def schedules(instance: Instance) -> int:
    """Return how many schedules there are to try, when only single activities have been looked at."""
    return prod(len(blocks) for blocks in _Search(instance).blocks)


class Places:
    """Where one activity of an instance could be, whatever else is placed."""

    def __init__(self, instance: Instance, activity: ActivityId) -> None:
        self._search = _Search(instance)
        self.blocks = [b for b in self._search._blocks(instance.activity(activity)) if b]

    def rules(self, block: Block, placements: tuple[Placement, ...]) -> set[RuleName] | None:
        """Return what a block breaks beside some placements (None: there are too few tables)."""
        own = {placement.activity for placement in block}
        solution = self._search._solution(placements, block)
        if solution is None:
            return None
        found = self._search.checker.violations(solution)
        return {v.rule for v in found if own.intersection(v.activities) or v.rule is RuleName.FAIRNESS}


class _Search:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.checker = Checker(instance)
        self.tables = _Tables(instance)
        self.starts = {city.id: _grid_starts(city, instance.programme.grid) for city in instance.cities}
        self.best: Optimum | None = None
        self._fit: dict[tuple[int, int, int, int], bool] = {}
        self.blocks = [list(self._blocks(a)) for a in (*instance.sessions, *instance.meetings)]

    def run(self) -> Optimum | None:
        # Few choices first, so that what does not fit is seen early.
        self.blocks.sort(key=len)
        self._extend([], 0)
        return self.best

    def _extend(self, chosen: list[int], depth: int) -> None:
        if depth == len(self.blocks):
            self._evaluate([self.blocks[a][n] for a, n in enumerate(chosen)])
            return
        for n in range(len(self.blocks[depth])):
            if all(self._compatible(a, m, depth, n) for a, m in enumerate(chosen)):
                self._extend([*chosen, n], depth + 1)

    def _evaluate(self, blocks: list[Block]) -> None:
        solution = self._solution(*blocks)
        if solution is None:
            return
        levels = tuple(level.value for level in self.checker.levels(solution))
        better = self.best is None or levels < self.best.levels
        if better and next(self.checker.violations(solution), None) is None:
            self.best = Optimum(levels, solution)

    def _compatible(self, a: int, m: int, b: int, n: int) -> bool:
        key = (a, m, b, n)
        if key not in self._fit:
            solution = self._solution(self.blocks[a][m], self.blocks[b][n])
            self._fit[key] = solution is not None and not any(
                violation.rule in FOREVER for violation in self.checker.violations(solution)
            )
        return self._fit[key]

    def _solution(self, *blocks: Block) -> Solution | None:
        """Return the schedule of some blocks, seated (None if an area has too few tables)."""
        seated = self.tables.seat([placement for block in blocks for placement in block])
        if seated is None:
            return None
        return Solution.model_construct(programme=self.instance.programme.id, placements=tuple(seated))

    # -- what one activity can be ----------------------------------------------------------------

    def _blocks(self, activity: Session | Meeting) -> Iterator[Block]:
        if not is_mandatory(activity):
            yield ()
        for placement in self._placements(activity):
            talks = activity.talks if isinstance(activity, Session) else ()
            for block in self._with_talks(placement, activity, talks):
                if self._may_stand(block):
                    yield block

    def _with_talks(
        self, placement: Placement, session: Activity, talks: tuple[Talk, ...]
    ) -> Iterator[Block]:
        # In UTC: two datetimes of one zone are compared by their clocks, which a change of time turns round.
        begin = placement.start.astimezone(UTC)
        end = later(begin, session.duration)
        told = [
            [
                talked
                for talked in self._placements(talk, placement.room)
                if begin <= talked.start.astimezone(UTC)
                and later(talked.start.astimezone(UTC), talk.duration) <= end
            ]
            for talk in talks
        ]
        for chosen in product(*told):
            yield (placement, *chosen)

    def _may_stand(self, block: Block) -> bool:
        """Return whether a block is right in itself."""
        solution = self._solution(block)
        mine = {placement.activity for placement in block}
        return solution is not None and not any(
            v.rule in FOREVER or (v.rule is RuleName.PLACEMENT and mine.issuperset(v.activities))
            for v in self.checker.violations(solution)
        )

    def _placements(self, activity: Activity, room: RoomId | None = None) -> Iterator[Placement]:
        """Yield the placements of an activity that break nothing by themselves."""
        rooms = self.instance.rooms if room is None else (self.instance.room(room),)
        people = list(self._attendees(activity))
        seats = list(self._seats(activity))
        for place in rooms:
            for start in self.starts[self.instance.city_of(place.id).id]:
                for table, attendees, seat in product(self.tables.choices(activity, place), people, seats):
                    placement = Placement.model_construct(
                        activity=activity.id,
                        start=start,
                        room=place.id,
                        table=table,
                        attendees=attendees,
                        interpreter=seat,
                    )
                    if not self.checker.alone(placement):
                        yield placement

    def _attendees(self, activity: Activity) -> Iterator[tuple[str, ...]]:
        """Yield every choice of one person for each party that splits, and of a chair."""
        choices: list[list[str]] = []
        if isinstance(activity, HostedActivity):
            splitting = [party for party in activity.parties if self.instance.splits(party)]
            choices = [[person.id for person in self.instance.people_of(party)] for party in splitting]
        if isinstance(activity, Session) and activity.track is not None:
            chairs = list(self.instance.track(activity.track).chairs)
            choices += [chairs] if chairs else []
        yield from dict.fromkeys(tuple(sorted(set(chosen))) for chosen in product(*choices))

    def _seats(self, activity: Activity) -> Iterator[InterpreterSeat | None]:
        yield None
        if isinstance(activity, Meeting):
            for pool in self.instance.interpreters:
                for unit in range(1, pool.count + 1):
                    yield InterpreterSeat(pool=pool.id, unit=unit)


def _grid_starts(city: City, grid: dt.timedelta) -> list[dt.datetime]:
    """Return each minute of a city's openings that lies on the grid of its clock."""
    starts: dict[dt.datetime, dt.datetime] = {}
    for opening in city.opening:
        moment, end = (instant.astimezone(UTC) for instant in opening.instants(city.zone))
        while moment < end:
            local = moment.astimezone(city.zone)
            if not dt.timedelta(hours=local.hour, minutes=local.minute) % grid:
                starts[moment] = local
            moment += MINUTE
    return list(starts.values())


class _Tables:
    """Who sits where in meeting areas."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        pinned = any(meeting.pin.table is not None for meeting in instance.meetings)
        frozen = instance.programme.now is not None and any(p.table is not None for p in instance.baseline)
        self.told_apart = pinned or frozen

    def choices(self, activity: Activity, room: Room) -> list[int | None]:
        """Return the tables to try for an activity in a room."""
        if room.tables is None or not isinstance(activity, Meeting):
            return [None]
        # Unless tables are told apart, 1 stands for the one that will be free.
        return list(range(1, room.tables + 1)) if self.told_apart else [1]

    def seat(self, placements: list[Placement]) -> list[Placement] | None:
        """Return placements with tables handed out (None if there are too few)."""
        if self.told_apart:
            return placements
        taken: dict[RoomId, list[tuple[dt.datetime, int]]] = {}
        seated = []
        for placement in sorted(placements, key=lambda p: p.start.timestamp()):
            tables = self.instance.room(placement.room).tables
            if tables is None or placement.table is None:
                seated.append(placement)
                continue
            start = placement.start.astimezone(UTC)
            busy = [(end, n) for end, n in taken.get(placement.room, []) if end > start]
            free = next((n for n in range(1, tables + 1) if n not in {n for _, n in busy}), None)
            if free is None:
                return None
            end = later(start, self._duration(placement.activity))
            taken[placement.room] = [*busy, (end, free)]
            seated.append(placement.model_copy(update={"table": free}) if free > 1 else placement)
        return seated

    def _duration(self, activity: ActivityId) -> dt.timedelta:
        return self.instance.activity(activity).duration
