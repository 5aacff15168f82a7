"""Placements held against a schedule, one at a time, the checker having the last word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, product
from typing import NamedTuple

from scheduler.checker import Checker
from scheduler.domain import (
    ActivityId,
    InterpreterSeat,
    ParticipantId,
    PartyId,
    Placement,
    ReasonKind,
    RuleName,
    Solution,
    Violation,
)
from scheduler.problem import Option, Problem, Task
from scheduler.problem.admissible.placement import contains
from scheduler.problem.clock import overlaps
from scheduler.search.reasons.obstacles import (
    ALIKE,
    FULL,
    NO_TALKS,
    TABLE_TAKEN,
    WORSE,
    Obstacle,
    of_rules,
)
from scheduler.search.reasons.standing import Standing

_MOST_TALKS = 20
"""So many ways to hold a session's talks are looked at."""

Block = tuple[Placement, ...]
"""What is placed together: a meeting, or a session with its talks."""


class _Free(NamedTuple):
    """Who is free for a placement: of each choice, and what engages those who are not."""

    pools: list[list[ParticipantId]]
    away: tuple[ActivityId, ...]


class Holder:
    """A schedule, to hold placements against.

    Parameters
    ----------
    problem : Problem
    checker : Checker
        Of the problem's instance.
    placements : iterable of Placement
        A valid schedule, or a part of one.
    """

    def __init__(self, problem: Problem, checker: Checker, placements: Iterable[Placement]) -> None:
        self._problem = problem
        self._checker = checker
        self._standing = Standing(problem, placements)
        self._empty = Solution(programme=problem.instance.programme.id)

    def obstacle(self, option: Option) -> Obstacle:
        """Return the first thing in the way of a placement, cheapest test first."""
        free = self._free(option)
        return free if isinstance(free, Obstacle) else self._checked(option, free)

    def fitting(self, option: Option) -> Iterator[Block]:
        """Yield the ways to place something at an option that break nothing, with what they take."""
        free = self._free(option)
        if isinstance(free, Obstacle):
            return
        near = self._near(option)
        told = list(islice(self._talks(option, option.task.talks), _MOST_TALKS))
        for block in self._blocks(option, free.pools, told):
            if not self.breaches(near, block):
                yield block

    def _free(self, option: Option) -> Obstacle | _Free:
        """Return who is free for an option, or that somebody it needs is not."""
        for person in option.task.takers:
            if entry := self._standing.engagement(person.id, option):
                return Obstacle(ReasonKind.NO_COMMON_TIME, f"{person.name} is engaged", (entry.id,))
        pools: list[list[ParticipantId]] = []
        away: dict[ActivityId, None] = {}
        for choice in option.task.choices:
            able = [person.id for person in choice.candidates if option in option.task.able[person.id]]
            busy = {person: entry for person in able if (entry := self._standing.engagement(person, option))}
            engaging = dict.fromkeys(entry.id for entry in busy.values())
            if len(busy) == len(able):
                words = f"nobody suitable of {self._choice_label(choice.party)} is free"
                return Obstacle(ReasonKind.NO_COMMON_TIME, words, tuple(engaging))
            away |= engaging
            pools.append([person for person in able if person not in busy])
        return _Free(pools, tuple(away))

    def _near(self, option: Option) -> list[Placement]:
        return [entry.placement for entry in self._standing.near(option)]

    def _choice_label(self, party: PartyId | None) -> str:
        return "the track's chairs" if party is None else self._problem.instance.party_label(party)

    # -- the checker's word ----------------------------------------------------------------------

    def _checked(self, option: Option, free: _Free) -> Obstacle:
        """Let the checker say what the placement breaks, whoever is chosen and whatever else it takes."""
        told = list(islice(self._talks(option, option.task.talks), _MOST_TALKS))
        if not told:
            return Obstacle(ReasonKind.TALKS, NO_TALKS)
        near = self._near(option)
        least: list[Violation] = []
        bars = dict.fromkeys(free.away)
        for block in self._blocks(option, free.pools, told):
            violations = self.breaches(near, block)
            if not violations:
                return self._fitting(block)
            bars |= dict.fromkeys(_others(violations, block))
            least = min(least or violations, violations, key=_in_the_way)
        if not least:
            return self._no_table(option)
        return of_rules([violation.rule for violation in least], tuple(bars) if _closed(least) else ())

    def breaches(self, near: Sequence[Placement], block: Block) -> list[Violation]:
        """Return what a block breaks beside what is near, or where it makes breaks too unequal."""
        own = {placement.activity for placement in block}
        found = [v for v in self._violations((*near, *block)) if own.intersection(v.activities)]
        if not found and self._problem.instance.fairness.breaks is not None:
            whole = self._violations((*self._standing.placements, *block))
            found = [v for v in whole if v.rule is RuleName.FAIRNESS]
        return found

    def _violations(self, placements: Block) -> Iterator[Violation]:
        return self._checker.violations(self._schedule(placements))

    def _schedule(self, placements: Block) -> Solution:
        return self._empty.model_copy(update={"placements": placements})

    def _fitting(self, block: Block) -> Obstacle:
        if self._levels(block) > self._now:
            return Obstacle(ReasonKind.WOULD_BE_WORSE, WORSE)
        return Obstacle(ReasonKind.COULD_BE_GRANTED, ALIKE)

    @cached_property
    def _now(self) -> tuple[int, ...]:
        return self._levels(())

    def _levels(self, block: Block) -> tuple[int, ...]:
        whole = self._schedule((*self._standing.placements, *block))
        return tuple(level.value for level in self._checker.levels(whole))

    def _no_table(self, option: Option) -> Obstacle:
        pinned = option.task.activity.pin.table
        there = self._standing.beside(option)
        if pinned is not None:
            there = [entry for entry in there if entry.placement.table == pinned]
        blockers = tuple(entry.id for entry in there)
        return Obstacle(ReasonKind.TABLES_FULL, FULL if pinned is None else TABLE_TAKEN, blockers)

    # -- ways to place ---------------------------------------------------------------------------

    def _blocks(self, option: Option, pools: list[list[ParticipantId]], told: list[Block]) -> Iterator[Block]:
        for placement, talks in product(self._placements(option, pools), told):
            yield placement, *talks

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
            free = not any(self._standing.engagement(person.id, option) for person in talks[0].takers)
            if apart and free and contains(session, option):
                yield from self._talks(session, talks[1:], (*told, option))

    def _tables(self, option: Option) -> list[int | None]:
        """Return the first table that is free (all are alike), the pinned one, or that it takes none."""
        room = option.place.room
        if room.tables is None:
            return [None]
        pinned = option.task.activity.pin.table
        taken = {entry.placement.table for entry in self._standing.beside(option)}
        wanted = range(1, room.tables + 1) if pinned is None else [pinned]
        free: list[int | None] = [table for table in wanted if table not in taken]
        return free[:1]

    def _seats(self, option: Option) -> list[InterpreterSeat | None]:
        seats = [
            InterpreterSeat(pool=pool.id, unit=unit)
            for pool in self._problem.instance.interpreters
            if option.task.is_meeting and pool.city in (None, option.place.city.id)
            for unit in range(1, pool.count + 1)
        ]
        return [None, *seats]


def _others(violations: Iterable[Violation], block: Block) -> list[ActivityId]:
    """Return what else stands in some violations."""
    own = {placement.activity for placement in block}
    return [a for v in violations for a in v.activities if a not in own]


def _closed(violations: Iterable[Violation]) -> bool:
    """Return whether it is other activities, and not the schedule as a whole, that are in the way."""
    return all(violation.rule is not RuleName.FAIRNESS for violation in violations)


def _in_the_way(violations: list[Violation]) -> tuple[bool, int]:
    """Put what hangs on the interpreter last: another one, or none, is tried as well."""
    return any(v.rule is RuleName.INTERPRETERS for v in violations), len(violations)
