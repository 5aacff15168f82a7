"""Ways for one session or meeting to be at a place, everything else as it is; or what is in its way there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from scheduler.checker import Checker
from scheduler.domain import (
    ActivityId,
    InterpreterSeat,
    ParticipantId,
    Placement,
    RoomId,
    RuleName,
    Solution,
    Violation,
)
from scheduler.explain.placing.seating import Seated, seat
from scheduler.problem import Option, Problem, Task
from scheduler.problem.admissible.placement import contains
from scheduler.problem.clock import overlaps
from scheduler.problem.places import Place
from scheduler.search.reasons.standing import Entry, Standing

_MOST_TALKS = 40
"""So many ways to hold a session's talks are looked at, the one that it has first."""
_MOST_CHOICES = 60
"""So many choices of attendees are looked at, those who come now first."""

Block = tuple[Placement, ...]
"""What is placed together: a meeting, or a session with its talks."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to be somewhere.

    Attributes
    ----------
    block : tuple of Placement
        What is placed.
    reseated : tuple of Placement
        Other meetings of the area that change their table for it.
    """

    block: Block
    reseated: tuple[Placement, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """What is in the way: the first rule that is broken, and a sentence."""

    rule: RuleName
    words: str


class Ways:
    """Ways for one session or meeting to be somewhere in a schedule.

    Parameters
    ----------
    problem : Problem
    checker : Checker
        Of the problem's instance.
    placements : sequence of Placement
        A valid schedule.
    activity : ActivityId
        A session or meeting; where it is now, with its talks, is left aside.
    """

    def __init__(
        self, problem: Problem, checker: Checker, placements: Sequence[Placement], activity: ActivityId
    ) -> None:
        self._problem = problem
        self._checker = checker
        self.task: Task = problem.by_id[activity]
        own = {activity, *(talk.activity.id for talk in self.task.talks)}
        self.rest = tuple(p for p in placements if p.activity not in own)
        self._now = {p.activity: p for p in placements if p.activity in own}
        self._standing = Standing(problem, self.rest)
        self._kin = [entry.placement for entry in self._standing.kin(self.task)]
        self._options = {(o.start, o.place): o for o in self.task.options}
        self._table: int | None = None
        self._said: dict[tuple[int, ActivityId], Refused] = {}

    def at(self, start: int, place: Place, table: int | None = None) -> Way | Refused:
        """Return a way to start at a minute in a place, at a table if that is free; or what is in the way."""
        self._table = table
        option = self._options.get((start, place))
        return self._by_itself(start, place) if option is None else self._beside_others(option)

    # -- by itself -------------------------------------------------------------------------------

    def _by_itself(self, start: int, place: Place) -> Refused:
        """Say what forbids a place whatever else is placed, of the first person who could be sent."""
        table = self._wished_table() or 1 if place.room.is_area and self.task.is_meeting else None
        pools = [[p.id for p in choice.candidates or choice.pool] for choice in self.task.choices]
        attendees = next(self._chosen(pools), ())
        found = self._checker.alone(self._placement(self.task, start, place, attendees, table))
        if not found:
            return Refused(RuleName.AVAILABILITY, "Nobody who could be sent can be there then")
        return _said_of(found)

    def _wished_table(self) -> int | None:
        now = self._now.get(self.task.activity.id)
        return self.task.activity.pin.table or self._table or (now.table if now else None)

    # -- beside the others -----------------------------------------------------------------------

    def _beside_others(self, option: Option) -> Way | Refused:
        for person in self.task.takers:
            if entry := self._standing.engagement(person.id, option):
                return self._engaged(option, entry, person.name)
        pools = self._pools(option)
        if isinstance(pools, Refused):
            return pools
        tables = self._tables(option)
        if isinstance(tables, Refused):
            return tables
        return self._first(option, pools, tables)

    def _engaged(self, option: Option, entry: Entry, name: str) -> Refused:
        """Say what engages somebody: the checker's first sentence about the two alone."""
        key = (option.start, entry.id)
        if key not in self._said:
            block = (self._placement(self.task, option.start, option.place, (), None),)
            them = [each.placement for each in self._standing.with_talks(entry)] or [entry.placement]
            among = (RuleName.PERSON, RuleName.PLENARY)
            found = [v for v in self._broken(them, block) if v.rule in among]
            words = found[0].message if found else f"{name} is engaged then"
            self._said[key] = Refused(found[0].rule if found else RuleName.PERSON, words)
        return self._said[key]

    def _pools(self, option: Option) -> list[list[ParticipantId]] | Refused:
        """Return who is free of each party that splits, or that nobody is."""
        pools: list[list[ParticipantId]] = []
        for choice in self.task.choices:
            able = [person for person in choice.candidates if option in self.task.able[person.id]]
            free = [person.id for person in able if not self._standing.engagement(person.id, option)]
            if not free:
                label = (
                    self._problem.instance.party_label(choice.party) if choice.party else "the track's chairs"
                )
                return Refused(RuleName.DELEGATION, f"Nobody of {label} who could come is free then")
            pools.append(free)
        return pools

    def _first(
        self, option: Option, pools: list[list[ParticipantId]], tables: dict[int, int]
    ) -> Way | Refused:
        """Return the first way that breaks nothing, or what the first of all ways breaks."""
        reseated = self._reseated(tables)
        again = {placement.activity: placement for placement in reseated}
        near = [again.get(p.activity, p) for p in self._near(option)]
        told = list(islice(self._talks(option), _MOST_TALKS))
        if not told:
            words = "There is no time for its talks, or a speaker is engaged"
            return Refused(RuleName.PLACEMENT, words)
        refused: Violation | None = None
        for attendees, talks in islice(product(self._chosen(pools), told), _MOST_CHOICES):
            for seat_ in self._seats(option):
                placement = self._placement(
                    self.task, option.start, option.place, attendees, tables.get(_NEWCOMER), seat_
                )
                block = (placement, *talks)
                found = self._first_broken(near, reseated, block)
                if found is None:
                    return Way(block, reseated)
                refused = refused or found
                if found.rule is not RuleName.INTERPRETERS:
                    break  # another interpreter mends nothing else
        assert refused is not None
        return Refused(refused.rule, refused.message)

    def _near(self, option: Option) -> list[Placement]:
        near = dict.fromkeys(self._standing.beside(option))
        for entry in tuple(near):
            near |= dict.fromkeys(self._standing.with_talks(entry))
        kin = {placement.activity for placement in self._kin}
        return [*self._kin, *(e.placement for e in near if e.id not in kin)]

    def _first_broken(self, near: Sequence[Placement], reseated: Block, block: Block) -> Violation | None:
        """Return the first thing that a block breaks, fairness of breaks included."""
        found = next(self._broken(near, block), None)
        if found is None and self._problem.instance.fairness.breaks is not None:
            again = {placement.activity for placement in reseated}
            rest = [p for p in self.rest if p.activity not in again]
            whole = self._checker.violations(self._schedule((*rest, *reseated, *block)))
            found = next((v for v in whole if v.rule is RuleName.FAIRNESS), None)
        return found

    def _broken(self, near: Sequence[Placement], block: Block) -> Iterator[Violation]:
        own = {placement.activity for placement in block}
        for violation in self._checker.violations(self._schedule((*near, *block))):
            if own.intersection(violation.activities):
                yield violation

    def _schedule(self, placements: Block) -> Solution:
        return Solution.model_construct(programme=self._problem.instance.programme.id, placements=placements)

    # -- what it takes there ---------------------------------------------------------------------

    def _tables(self, option: Option) -> dict[int, int] | Refused:
        """Return the tables handed out again (empty where it takes none), or that there are too few."""
        room = option.place.room
        if room.tables is None:
            return {}
        tables = seat(self._newcomer(option), self._seated(room.id), room.tables)
        if tables is not None:
            return tables
        block = (self._placement(self.task, option.start, option.place, (), self._wished_table() or 1),)
        beside = [entry.placement for entry in self._standing.beside(option)]
        found = [v for v in self._broken(beside, block) if v.rule is RuleName.ROOM]
        return _said_of(found) if found else Refused(RuleName.ROOM, f"{room.label} has no table free then")

    def _newcomer(self, option: Option) -> Seated:
        pin = self.task.activity.pin.table
        return Seated(_NEWCOMER, option.start, option.end, self._wished_table(), stays=pin is not None)

    def _seated(self, room: RoomId) -> list[Seated]:
        return [
            Seated(
                number,
                entry.start,
                entry.end,
                entry.placement.table,
                stays=entry.task.activity.pin.table is not None or entry.task.stay is not None,
            )
            for number, entry in enumerate(self._standing.entries)
            if entry.placement.room == room and entry.placement.table is not None
        ]

    def _reseated(self, tables: dict[int, int]) -> Block:
        moved = ((self._standing.entries[n].placement, t) for n, t in tables.items() if n != _NEWCOMER)
        return tuple(p.model_copy(update={"table": table}) for p, table in moved if p.table != table)

    def _chosen(self, pools: Sequence[Sequence[ParticipantId]]) -> Iterator[tuple[ParticipantId, ...]]:
        """Yield choices of one of each pool, those who come now first."""
        now = self._now.get(self.task.activity.id)
        coming = now.attendees if now else ()
        sorted_ = [sorted(pool, key=lambda person: person not in coming) for pool in pools]
        for chosen in product(*sorted_):
            yield tuple(dict.fromkeys(chosen))

    def _seats(self, option: Option) -> list[InterpreterSeat | None]:
        """Return whom it could take as interpreter: nobody, then who works at it now, then all others."""
        if not self.task.is_meeting:
            return [None]
        now = self._now.get(self.task.activity.id)
        seats = [
            InterpreterSeat(pool=pool.id, unit=unit)
            for pool in self._problem.instance.interpreters
            if pool.city in (None, option.place.city.id)
            for unit in range(1, pool.count + 1)
        ]
        return [None, *sorted(seats, key=lambda s: now is None or s != now.interpreter)]

    def _talks(self, session: Option) -> Iterator[Block]:
        """Yield ways to hold its talks (for none: one way), first as long after its start as they are now."""
        if as_now := self._talks_as_now(session):
            yield as_now
        yield from self._talks_anew(session, self.task.talks, ())

    def _talks_as_now(self, session: Option) -> Block:
        now = self._now.get(self.task.activity.id)
        if now is None or not self.task.talks:
            return ()
        later = session.start - self._problem.clock.minute(now.start)
        told = [
            (talk, self._problem.clock.minute(self._now[talk.activity.id].start) + later)
            for talk in self.task.talks
            if talk.activity.id in self._now
        ]
        possible = {(o.task.activity.id, o.start) for t in self.task.talks for o in self._inside(session, t)}
        if any((talk.activity.id, start) not in possible for talk, start in told):
            return ()
        return tuple(self._placement(talk, start, session.place) for talk, start in told)

    def _talks_anew(
        self, session: Option, talks: Sequence[Task], told: tuple[Option, ...]
    ) -> Iterator[Block]:
        if not talks:
            yield tuple(self._placement(talk.task, talk.start, talk.place) for talk in told)
            return
        for option in self._inside(session, talks[0]):
            if all(not overlaps(option.start, option.end, (o.start, o.end)) for o in told):
                yield from self._talks_anew(session, talks[1:], (*told, option))

    def _inside(self, session: Option, talk: Task) -> Iterator[Option]:
        """Yield where a talk could be inside its session, its speaker being free."""
        for option in talk.options:
            free = not any(self._standing.engagement(person.id, option) for person in talk.takers)
            if free and contains(session, option):
                yield option

    def _placement(
        self,
        task: Task,
        start: int,
        place: Place,
        attendees: tuple[ParticipantId, ...] = (),
        table: int | None = None,
        interpreter: InterpreterSeat | None = None,
    ) -> Placement:
        # Nothing here can be wrong in itself, and to have it looked at would take most of the time.
        return Placement.model_construct(
            activity=task.activity.id,
            start=self._problem.clock.moment(start, place.zone),
            room=place.room.id,
            table=table,
            attendees=attendees,
            interpreter=interpreter,
        )


_NEWCOMER = -1


def _said_of(violations: Iterable[Violation]) -> Refused:
    first = next(iter(violations))
    return Refused(first.rule, first.message)
