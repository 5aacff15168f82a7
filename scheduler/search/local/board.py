"""A problem as arrays of whole numbers: what the kernel for programmes that travel works on.

Sessions stand where they have been placed before; meetings are what is searched. Bodies are people and
interpreters, in this order. Times are minutes since the first start of all, and lie on ticks. Lists of lists
are two arrays: the items one after the other, and where each list begins (``<name>_first``).
"""

from __future__ import annotations

import datetime as dt
import math
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate

from scheduler.domain import (
    ActivityId,
    BreakSpan,
    DayRule,
    InterpreterSeat,
    Load,
    Meeting,
    ParticipantId,
    PartyId,
    Person,
    Placement,
    Split,
    TermName,
    Window,
)
from scheduler.problem import Option, Problem, Task
from scheduler.problem.cells import Cells, CellSet, members
from scheduler.problem.charges import late, missed
from scheduler.problem.clock import overlaps
from scheduler.problem.handing_out import hand_out
from scheduler.problem.problem import engagements_of

_MINUTE = dt.timedelta(minutes=1)
NONE = -1
NEVER = 2**31 - 1
_MOST_CHOICES = 4
_MOST_LANGUAGES = 30
_MOST_LEVELS = 8
_WORD = 32

_Test = Callable[[int, int, dt.date], bool]
"""Whether a start, an end and a date will do."""


class UnsupportedError(Exception):
    """The kernel does not know something that the problem asks for; the text says what."""


@dataclass(frozen=True, slots=True)
class Held:
    """A session or talk that stands: where it is, and who was chosen for it."""

    option: Option
    chosen: frozenset[ParticipantId]


@dataclass(frozen=True, slots=True)
class Found:
    """A schedule as the kernel returns it.

    Attributes
    ----------
    value : tuple of int
        What is broken of the rules (0: nothing), then the value of each level as far as the kernel knows it.
    cells, interpreters : array of int
        Per meeting; -1 for none.
    chosen : array of int
        Per choice of each meeting in turn.
    """

    value: tuple[int, ...]
    cells: Sequence[int]
    chosen: Sequence[int]
    interpreters: Sequence[int]


class Board:
    """Meetings to place around what stands.

    Attributes
    ----------
    tasks : tuple of Task
        The meetings, in the order of the arrays.
    dates : tuple of datetime.date
        The dates of the arrays' days.
    """

    def __init__(
        self, problem: Problem, held: Iterable[Held] = (), go_on: Callable[[], None] = lambda: None
    ) -> None:
        self.problem = problem
        self._held = tuple(held)
        self._go_on = go_on
        self.tasks = problem.meetings
        refuse_unsupported(problem)
        self.cells = Cells(problem, self.tasks, go_on)
        self._bodies = _Bodies(problem)
        self._places = {place: number for number, place in enumerate(problem.geography.places)}
        self._cities = {city.id: number for number, city in enumerate(problem.instance.cities)}
        self.dates = tuple(sorted({c.date for c in self.cells.cells} | {h.option.date for h in self._held}))
        starts = [c.start for c in self.cells.cells] + [h.option.start for h in self._held]
        self._base = min(starts, default=0)
        self._durations = sorted({task.duration for task in self.tasks})
        lengths = [*self._durations, *(h.option.end - h.option.start for h in self._held)]
        self._tick = math.gcd(*(start - self._base for start in starts), *lengths) or 1
        last = max((c.start + max(self._durations, default=0) for c in self.cells.cells), default=self._base)
        last = max([last, *(h.option.end for h in self._held)])
        self._ticks = (last - self._base) // self._tick + 1
        self._masks: dict[CellSet, int] = {}
        self._rooms_taken: dict[int, CellSet] = {}

    @cached_property
    def day_of_cell(self) -> list[int]:
        """The position of each cell's date in ``dates``."""
        day = {date: number for number, date in enumerate(self.dates)}
        return [day[cell.date] for cell in self.cells.cells]

    @cached_property
    def first_choice(self) -> list[int]:
        """Where the choices of each meeting begin, and where the last ones end."""
        return list(accumulate((len(task.choices) for task in self.tasks), initial=0))

    def unit(self, level: int) -> float:
        """Return the least that a level charges for anything at all.

        Parameters
        ----------
        level : int
            Position in the objective; -1 (what rules ask): little, so that nothing else suffers much.
        """
        if level < 0:
            return 0.05
        instance, number = self.problem.instance, self.levels[level]
        worth = [self.problem.instance.priorities[p] for p in self._priorities]
        least = {TermName.REQUESTS: min(worth, default=1), TermName.IDLE_MINUTES: self._tick}
        return min(t.weight * least.get(t.term, 1) for t in instance.objective if t.level == number)

    @cached_property
    def _priorities(self) -> set[str]:
        return {task.activity.priority for task in self.tasks if isinstance(task.activity, Meeting)}

    # -- to the kernel ---------------------------------------------------------------------------

    def arrays(self) -> dict[str, array[int]]:
        """Return everything the kernel is given."""
        found = self._map() | self._people() | self._standing() | self._meetings() | self._between()
        found |= self._objective()
        words = len(self.cells.cells) // _WORD + 1
        found["masks"] = array(
            "I", [(mask >> (_WORD * k)) & 0xFFFFFFFF for mask in self._masks for k in range(words)]
        )
        instance, rule = self.problem.instance, self.problem.instance.breaks
        found["sizes"] = array(
            "i",
            [
                *(self._tick, self._ticks, len(self.dates), len(self._cities), len(self.levels)),
                *(rule.span is BreakSpan.PROGRAMME, int(rule.tolerance / _MINUTE)),
                *(NONE if instance.fairness.breaks is None else instance.fairness.breaks, words),
            ],
        )
        return found

    @property
    def levels(self) -> tuple[int, ...]:
        """The numbers of the objective's levels."""
        return tuple(sorted({term.level for term in self.problem.instance.objective}))

    def _map(self) -> dict[str, array[int]]:
        """Cells, places, and the ways between them."""
        geography = self.problem.geography
        places = geography.places
        cities = [city.id for city in self.problem.instance.cities]
        return {
            "cell_place": _ints(self._places[c.place] for c in self.cells.cells),
            "cell_start": _ints(c.start - self._base for c in self.cells.cells),
            "cell_day": _ints(self.day_of_cell),
            "place_city": _ints(self._cities[p.city.id] for p in places),
            "place_capacity": _ints(min(p.room.tables or 1, 65_000) for p in places),
            "walk": _ints(geography.walk(a, b) if a.city is b.city else 0 for a in places for b in places),
            "arrival": _ints(
                self._arrival(a, b, tick) for a in cities for b in cities for tick in range(self._ticks)
            )
            if len(cities) > 1
            else array("i", [0] * self._ticks),
        }

    def _arrival(self, here: str, there: str, tick: int) -> int:
        from scheduler.domain import CityId

        at = self._base + tick * self._tick
        ready = self.problem.geography.arrival(CityId(here), at, CityId(there))
        return NEVER if ready is None else min(ready - self._base, NEVER)

    def _people(self) -> dict[str, array[int]]:
        """Bodies, what they bear in a day, and pools."""
        bodies, instance = self._bodies, self.problem.instance
        loads: dict[Load, int] = {}
        no_limit = Load()
        load_of = [
            NONE if person.load == no_limit else loads.setdefault(person.load, len(loads))
            for person in self.problem.people
        ] + [NONE] * bodies.interpreters
        meals = [
            self._meal(load, city.id, date)
            for load in loads
            for city in instance.cities
            for date in self.dates
        ]
        pools = instance.interpreters
        return {
            "body_counted": _ints([1] * len(self.problem.people) + [0] * bodies.interpreters),
            "body_languages": _ints(
                [bodies.spoken(person.languages) for person in self.problem.people]
                + [0] * bodies.interpreters
            ),
            "body_load": _ints(load_of),
            "load_daily": _ints(_or_none(load.meetings_per_day) for load in loads),
            "load_row": _ints(_or_none(load.in_a_row) for load in loads),
            "load_rest": _ints(
                self.problem.grid if load.rest is None else int(load.rest / _MINUTE) for load in loads
            ),
            "load_meal": _ints(
                NONE if load.meal is None else int(load.meal.duration / _MINUTE) for load in loads
            ),
            "meal_start": _ints(start for start, _ in meals),
            "meal_end": _ints(end for _, end in meals),
            "pool_languages": _ints(bodies.spoken(pool.languages) for pool in pools),
            "pool_city": _ints(NONE if pool.city is None else self._cities[pool.city] for pool in pools),
            **_lists("pool_units", [bodies.units(pool.id) for pool in pools]),
            **_lists("pool_masks", [self._pool_masks(pool.available) for pool in pools]),
        }

    def _pool_masks(self, available: Sequence[object]) -> list[int]:
        if not available:
            return [NONE] * len(self._durations)
        spans = [self.problem.clock.span((i.start, i.end)) for i in available]  # type: ignore[attr-defined]
        return [
            self._mask(
                sum(
                    1 << number
                    for number, c in enumerate(self.cells.cells)
                    if any(first <= c.start and c.start + duration <= last for first, last in spans)
                )
            )
            for duration in self._durations
        ]

    def _meal(self, load: Load, city: str, date: dt.date) -> tuple[int, int]:
        if load.meal is None:
            return NONE, NONE
        zone = next(c.zone for c in self.problem.instance.cities if c.id == city)
        span = self.problem.clock.window(Window(start=load.meal.start, end=load.meal.end), date, zone)
        return (NONE, NONE) if span is None else (span[0] - self._base, span[1] - self._base)

    def _standing(self) -> dict[str, array[int]]:
        """Who is engaged or blocked by what stands."""
        day = {date: n for n, date in enumerate(self.dates)}
        fixed: list[tuple[int, int, int, int, int]] = []
        blocked: list[tuple[int, int, int]] = []
        for held in self._held:
            option = held.option
            times = option.start - self._base, option.end - self._base
            for e in engagements_of(option.task):
                here = e.option.start == option.start and e.option.place is option.place
                if here and self._is_engaged(e.person.id, held, chosen=e.chosen, unless=e.unless):
                    body = self._bodies.person(e.person.id)
                    fixed.append((body, *times, self._places[option.place], day[option.date]))
            blocked += [(self._bodies.person(person.id), *times) for person in option.task.audience]
        columns = list(zip(*fixed, strict=True)) or [()] * 5
        names = ("fixed_body", "fixed_start", "fixed_end", "fixed_place", "fixed_day")
        found = {name: _ints(column) for name, column in zip(names, columns, strict=True)}
        columns = list(zip(*blocked, strict=True)) or [()] * 3
        names_of_blocked = ("blocked_body", "blocked_start", "blocked_end")
        return found | {n: _ints(column) for n, column in zip(names_of_blocked, columns, strict=True)}

    def _is_engaged(self, person: ParticipantId, held: Held, *, chosen: bool, unless: Task | None) -> bool:
        if chosen:
            return person in held.chosen
        if unless is None:
            return True
        return all(person not in other.chosen for other in self._held if other.option.task is unless)

    def _meetings(self) -> dict[str, array[int]]:
        """What each meeting needs, and where it may be."""
        instance, bodies = self.problem.instance, self._bodies
        choices: list[list[int]] = []
        candidates: list[list[int]] = []
        masks: list[list[int]] = []
        party_choice: list[list[int]] = []
        party_languages: list[list[int]] = []
        classes: dict[CellSet, int] = {}
        cells_of: list[int] = []
        worth: list[int] = []
        spoken = any(person.languages for person in self.problem.people)
        for task in self.tasks:
            activity = task.activity
            assert isinstance(activity, Meeting)
            first = len(candidates)
            choices.append(list(range(first, first + len(task.choices))))
            for choice in task.choices:
                candidates.append([bodies.person(p.id) for p in choice.candidates])
                masks.append([self._mask(self.cells.available(p, task.duration)) for p in choice.candidates])
            split = {choice.party: n for n, choice in enumerate(task.choices)}
            party_choice.append([split.get(party, NONE) for party in activity.parties] if spoken else [])
            party_languages.append([bodies.languages(party) for party in activity.parties] if spoken else [])
            allowed = self.cells.admissible(task) & ~self._taken(task.duration) & ~self._out_of_order(task)
            cells_of.append(classes.setdefault(allowed, len(classes)))
            worth.append(instance.priorities[activity.priority])
        durations = {duration: n for n, duration in enumerate(self._durations)}
        return {
            "duration": _ints(task.duration for task in self.tasks),
            "duration_index": _ints(durations[task.duration] for task in self.tasks),
            "worth": _ints(worth),
            "mandatory": _ints(task.mandatory for task in self.tasks),
            "cells_of": _ints(cells_of),
            **_lists("takers", [[bodies.person(p.id) for p in task.takers] for task in self.tasks]),
            **_lists("choices", choices),
            **_lists("candidates", candidates),
            **_lists("candidate_masks", masks),
            **_lists("party_choice", party_choice),
            **_lists("party_languages", party_languages),
            **_lists("classes", [members(cells) for cells in classes]),
        }

    def _mask(self, cells: CellSet) -> int:
        return self._masks.setdefault(cells, len(self._masks))

    def _taken(self, duration: int) -> CellSet:
        """Return the cells whose room something that stands has, for a meeting of a length."""
        if duration not in self._rooms_taken:
            rooms = [
                h.option for h in self._held if not h.option.place.room.is_area and not h.option.task.is_talk
            ]
            self._rooms_taken[duration] = sum(
                1 << number
                for number, c in enumerate(self.cells.cells)
                if any(
                    o.place is c.place and overlaps(c.start, c.start + duration, (o.start, o.end))
                    for o in rooms
                )
            )
        return self._rooms_taken[duration]

    def _out_of_order(self, task: Task) -> CellSet:
        """Return the cells that are too early or too late, or on a wrong date, for what stands."""
        tests = self._tests.get(task.activity.id)
        if not tests:
            return 0
        return sum(
            1 << number
            for number, c in enumerate(self.cells.cells)
            if not all(test(c.start, c.start + task.duration, c.date) for test in tests)
        )

    @cached_property
    def _tests(self) -> dict[ActivityId, list[_Test]]:
        """What a meeting's start, end and date must satisfy because of what stands."""
        standing = {held.option.task.activity.id: held.option for held in self._held}
        tests: dict[ActivityId, list[_Test]] = {}
        for order in self.problem.instance.precedences:
            least, most = _gaps(order.min_gap, order.max_gap)
            if (before := standing.get(order.before)) is not None:
                tests.setdefault(order.after, []).append(partial(_follows, before.end, least, most))
            if (after := standing.get(order.after)) is not None:
                tests.setdefault(order.before, []).append(partial(_leads, after.start, least, most))
        for relation in self.problem.instance.day_relations:
            same = relation.day is DayRule.SAME
            for activity in relation.activities:
                tests.setdefault(activity, []).extend(
                    partial(_on_day, standing[other].date, same)
                    for other in relation.activities
                    if other in standing
                )
        return tests

    def _between(self) -> dict[str, array[int]]:
        """What rules say of several meetings together."""
        number = {task.activity.id: n for n, task in enumerate(self.tasks)}
        instance = self.problem.instance
        orders = [
            (number[o.before], number[o.after], *_gaps(o.min_gap, o.max_gap))
            for o in instance.precedences
            if o.before in number and o.after in number
        ]
        relations = [
            (number[a], number[b], relation.day is DayRule.SAME)
            for relation in instance.day_relations
            for k, a in enumerate(relation.activities)
            for b in relation.activities[k + 1 :]
            if a in number and b in number
        ]
        order_columns = list(zip(*orders, strict=True)) or [()] * 4
        relation_columns = list(zip(*relations, strict=True)) or [()] * 3
        order_names = ("order_before", "order_after", "order_least", "order_most")
        relation_names = ("relation_a", "relation_b", "relation_same")
        return (
            {n: _ints(column) for n, column in zip(order_names, order_columns, strict=True)}
            | {n: _ints(column) for n, column in zip(relation_names, relation_columns, strict=True)}
            | self._capped()
            | self._shares()
        )

    def _capped(self) -> dict[str, array[int]]:
        """Delegations that hold only so many meetings at a time; their sessions count as always running."""
        capped = {
            d.id: n
            for n, d in enumerate(
                d
                for d in self.problem.instance.delegations
                if d.split is Split.MEMBERS and d.parallel is not None and not self._bodies.stands_in(d.id)
            )
        }
        capacity = []
        for party in capped:
            sessions = [h for h in self._held if party in getattr(h.option.task.activity, "parties", ())]
            most = self.problem.instance.delegation(party)
            assert most is not None
            capacity.append(max(0, (most.parallel or 0) - len(sessions)))
        named = [
            [capped[party] for party in getattr(task.activity, "parties", ()) if party in capped]
            for task in self.tasks
        ]
        return {"resource_capacity": _ints(capacity), **_lists("resources", named)}

    def _shares(self) -> dict[str, array[int]]:
        """The meetings each party must be granted at the least."""
        percent = self.problem.instance.fairness.granted_percent
        if not percent:
            return {"party_need": array("i"), **_lists("parties", [[] for _ in self.tasks])}
        numbers: dict[PartyId, int] = {}
        parties = [
            [
                numbers.setdefault(p, len(numbers))
                for p in dict.fromkeys(getattr(task.activity, "parties", ()))
            ]
            for task in self.tasks
        ]
        total = [0] * len(numbers)
        for named in parties:
            for party in named:
                total[party] += 1
        return {"party_need": _ints(-(-percent * n // 100) for n in total), **_lists("parties", parties)}

    def _objective(self) -> dict[str, array[int]]:
        """Weights per level, and what options cost by themselves."""
        objective, levels = self.problem.instance.objective, self.levels
        weights = {
            name: _ints(
                sum(t.weight for t in objective if t.level == level and t.term is term) for level in levels
            )
            for name, term in (
                ("w_requests", TermName.REQUESTS),
                ("w_breaks", TermName.BREAKS),
                ("w_idle", TermName.IDLE_MINUTES),
                ("w_city", TermName.CITY_CHANGES),
                ("w_room", TermName.ROOM_CHANGES),
            )
        }
        charges = [
            (levels.index(t.level), t.weight, missed if t.term is TermName.PREFERENCES else late)
            for t in objective
            if t.term in (TermName.PREFERENCES, TermName.LATENESS)
        ]
        known: dict[tuple[object, ...], int] = {}
        costs = array("i")
        costs_of = []
        for task in self.tasks:
            a = task.activity
            if not charges or (a.due is None and not (a.prefer.windows or a.prefer.cities or a.prefer.rooms)):
                costs_of.append(NONE)
                continue
            key = (a.prefer, a.due, task.duration)
            if key not in known:
                known[key] = len(known)
                for level in range(len(levels)):
                    costs.extend(
                        sum(
                            weight
                            * charge(
                                self.problem, Option(task, c.start, c.start + task.duration, c.place, c.date)
                            )
                            for at, weight, charge in charges
                            if at == level
                        )
                        for c in self.cells.cells
                    )
            costs_of.append(known[key])
        return weights | {"costs": costs, "costs_of": _ints(costs_of)}

    # -- and back --------------------------------------------------------------------------------

    def placements(self, found: Found) -> tuple[Placement, ...]:
        """Return the placements of the kernel's schedule and of what stands, in the order of the instance."""
        placed = {
            task.activity.id: _Seated(number, cell.start, cell.start + task.duration)
            for number, task in enumerate(self.tasks)
            if found.cells[number] != NONE
            for cell in [self.cells.cells[found.cells[number]]]
        }
        tables = self._tables(placed.values(), found)
        meetings: list[Placement] = []
        for number, task in enumerate(self.tasks):
            chosen = found.chosen[self.first_choice[number] : self.first_choice[number + 1]]
            seated = placed.get(task.activity.id)
            if seated is not None:
                meetings.append(self._placement(task, seated, chosen, found, tables))
        return (*self._placed_before(), *meetings)

    def _placement(
        self, task: Task, seated: _Seated, chosen: Sequence[int], found: Found, tables: dict[_Seated, int]
    ) -> Placement:
        cell = self.cells.cells[found.cells[seated.number]]
        interpreter = found.interpreters[seated.number]
        return Placement.model_construct(
            activity=task.activity.id,
            start=self.problem.clock.moment(cell.start, cell.place.zone),
            room=cell.place.room.id,
            table=tables.get(seated),
            attendees=tuple(self._bodies.id(body) for body in dict.fromkeys(chosen)),
            interpreter=None if interpreter == NONE else self._bodies.seat(interpreter),
        )

    def _tables(self, placed: Iterable[_Seated], found: Found) -> dict[_Seated, int]:
        by_place: dict[int, list[_Seated]] = {}
        for seated in placed:
            place = self.cells.cells[found.cells[seated.number]].place
            if place.room.tables is not None:
                by_place.setdefault(self._places[place], []).append(seated)
        given: dict[_Seated, int] = {}
        for place_number, here in by_place.items():
            tables = self.problem.geography.places[place_number].room.tables or 0
            given |= hand_out(here, list(range(1, tables + 1)))
        return given

    def _placed_before(self) -> list[Placement]:
        order = {task.activity.id: n for n, task in enumerate(self.problem.tasks)}
        standing = sorted(self._held, key=lambda held: order[held.option.task.activity.id])
        return [
            Placement(
                activity=held.option.task.activity.id,
                start=self.problem.clock.moment(held.option.start, held.option.place.zone),
                room=held.option.place.room.id,
                attendees=tuple(p.id for p in held.option.task.candidates if p.id in held.chosen),
            )
            for held in standing
        ]


@dataclass(frozen=True, slots=True)
class _Seated:
    """When a meeting is."""

    number: int
    start: int
    end: int


class _Bodies:
    """People and interpreters by number."""

    def __init__(self, problem: Problem) -> None:
        self._instance = problem.instance
        self._ids = [person.id for person in problem.people]
        self._number = {person: n for n, person in enumerate(self._ids)}
        self._seats = [
            InterpreterSeat(pool=pool.id, unit=unit)
            for pool in problem.instance.interpreters
            for unit in range(1, pool.count + 1)
        ]
        self._languages: dict[str, int] = {}

    @property
    def interpreters(self) -> int:
        """How many interpreters there are."""
        return len(self._seats)

    def person(self, person: ParticipantId) -> int:
        """Return the number of a person."""
        return self._number[person]

    def id(self, body: int) -> ParticipantId:
        """Return the id of a person's number."""
        return self._ids[body]

    def seat(self, body: int) -> InterpreterSeat:
        """Return the pool and unit of an interpreter's number."""
        return self._seats[body - len(self._ids)]

    def units(self, pool: str) -> list[int]:
        """Return the numbers of a pool's interpreters."""
        return [len(self._ids) + n for n, seat in enumerate(self._seats) if seat.pool == pool]

    def spoken(self, languages: Iterable[str]) -> int:
        """Return languages as a set of bits."""
        bits = 0
        for language in sorted(languages):
            bits |= 1 << self._languages.setdefault(language, len(self._languages))
        return bits

    def languages(self, party: PartyId) -> int:
        """Return what the people behind a party speak between them."""
        bits = 0
        for person in self._people_of(party):
            bits |= self.spoken(person.languages)
        return bits

    def _people_of(self, party: PartyId) -> tuple[Person, ...]:
        return self._instance.people_of(party)

    def stands_in(self, party: PartyId) -> bool:
        """Return whether a delegation names no members: then its teams are as many as may meet at a time."""
        return all(person.stand_in for person in self._instance.people_of(party))


def refuse_unsupported(problem: Problem) -> None:
    """Refuse what the kernel does not know.

    Raises
    ------
    UnsupportedError
    """
    for task in problem.meetings:
        if len(task.choices) > _MOST_CHOICES:
            raise UnsupportedError(f"more than {_MOST_CHOICES} parties that split at one meeting")
        if task.activity.pin.table is not None:
            raise UnsupportedError("pinned tables")
        if task.stay is not None:
            raise UnsupportedError("meetings that have taken place")
    if len({language for p in problem.people for language in p.languages}) > _MOST_LANGUAGES:
        raise UnsupportedError(f"more than {_MOST_LANGUAGES} languages")
    if len({term.level for term in problem.instance.objective}) > _MOST_LEVELS:
        raise UnsupportedError(f"more than {_MOST_LEVELS} levels")


def held_sessions(problem: Problem, placements: Iterable[Placement]) -> list[Held]:
    """Return the sessions and talks of a schedule as what stands."""
    by_id: dict[ActivityId, Placement] = {p.activity: p for p in placements}
    found = []
    for task in problem.tasks:
        placement = by_id.get(task.activity.id)
        if task.is_meeting or placement is None:
            continue
        start = problem.clock.minute(placement.start)
        option = next(o for o in task.options if (o.start, o.place.room.id) == (start, placement.room))
        found.append(Held(option, frozenset(placement.attendees)))
    return found


def _gaps(least: dt.timedelta, most: dt.timedelta | None) -> tuple[int, int]:
    return int(least / _MINUTE), NEVER if most is None else int(most / _MINUTE)


def _follows(end: int, least: int, most: int, start: int, _: int, __: dt.date) -> bool:
    return least <= start - end <= most


def _leads(start: int, least: int, most: int, _: int, end: int, __: dt.date) -> bool:
    return least <= start - end <= most


def _on_day(other: dt.date, same: bool, _: int, __: int, date: dt.date) -> bool:
    return (date == other) is same


def _or_none(number: int | None) -> int:
    return NONE if number is None else number


def _ints(values: Iterable[int]) -> array[int]:
    return array("i", [int(value) for value in values])


def _lists(name: str, items: Sequence[Sequence[int]]) -> dict[str, array[int]]:
    flat = array("i")
    for each in items:
        flat.extend(each)
    return {name: flat, f"{name}_first": array("i", accumulate((len(each) for each in items), initial=0))}
