"""A problem whose meetings differ in time alone: equal slots, interchangeable tables, nobody chosen.

Many programmes of bilateral meetings are of this kind, and so is what is published as the
Business-to-Business Meeting Scheduling Problem (Bofill et al., JAIR 74, 2022, 263-301). What is said here
is all there is to such a problem: a schedule is a slot for each meeting.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from itertools import pairwise, product
from operator import or_
from typing import NamedTuple

from scheduler.domain import BreakSpan, HostedActivity, Precedence, TermName
from scheduler.problem.cells import Cells, members
from scheduler.problem.clock import Span
from scheduler.problem.places import Place
from scheduler.problem.problem import Problem
from scheduler.problem.slot_conditions import (
    breaks_matter,
    loads_never_bind,
    nobody_interprets,
    only_plain_meetings,
    only_requests_and_breaks,
    only_simple_relations,
    quotas_never_bind,
)
from scheduler.problem.slots import SlotLevel, SlotOrder, Slots
from scheduler.problem.tasks import Task

_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, eq=False, slots=True)
class Slotted(Slots):
    """A problem as meetings, people and slots, and what they stand for.

    Attributes
    ----------
    tasks : tuple of Task
        All tasks of the problem: meetings without choices.
    place : Place
        The one meeting area.
    """

    tasks: tuple[Task, ...]
    place: Place


def slotted(problem: Problem) -> Slotted | None:
    """Return a problem as meetings, people and slots, or None if there is more to it than that.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Slotted or None
        Never an approximation: a slot for each meeting keeps its rules exactly when the schedule is valid,
        and costs the same.

    Notes
    -----
    Where even a step to the next start makes a break, over lunch or night, a slot without tables stands
    between the two, so that the step leaves out a slot as every break does.
    """
    conditions = (
        only_plain_meetings,
        only_simple_relations,
        only_requests_and_breaks,
        quotas_never_bind,
        nobody_interprets,
    )
    if not all(holds(problem) for holds in conditions):
        return None
    place, starts, masks = _admissible(problem)
    if place is None:
        return None
    grid = _grid(problem, place, starts, masks)
    if grid is None or not loads_never_bind(problem, place, grid.real):
        return None
    orders = _orders(problem, grid)
    return None if orders is None else _whole(problem, place, grid, orders)


def _admissible(problem: Problem) -> tuple[Place | None, list[int], list[int]]:
    """Return the one area where all meetings may be, the starts, and for each meeting the set of its starts.

    The place is None when there are several, or none.
    """
    cells = Cells(problem, problem.tasks)
    masks = [cells.admissible(task) for task in problem.tasks]
    numbers = members(reduce(or_, masks))
    places = {cells.cells[number].place for number in numbers}
    place = next(iter(places)) if len(places) == 1 else None
    if place is None or not place.room.is_area:
        return None, [], []
    return place, [cells.cells[number].start for number in numbers], _renumbered(masks, numbers)


def _renumbered(masks: Iterable[int], numbers: Iterable[int]) -> list[int]:
    """Return sets in which each of some numbers is called by its position among them."""
    position = {number: k for k, number in enumerate(numbers)}
    renumber = cache(lambda mask: sum(1 << position[number] for number in members(mask)))
    return [renumber(mask) for mask in masks]


class _Grid(NamedTuple):
    """The slots, with those that stand for pauses (``tables`` false), and what each meeting may take."""

    starts: tuple[int, ...]
    tables: tuple[bool, ...]
    length: int
    spans: tuple[range, ...]
    allowed: tuple[int, ...]

    @property
    def real(self) -> list[Span]:
        """Those in which meetings may run, as stretches of time."""
        return [(s, s + self.length) for s, real in zip(self.starts, self.tables, strict=True) if real]


def _grid(problem: Problem, place: Place, starts: list[int], masks: list[int]) -> _Grid | None:
    """Lay out the slots; None if they overlap, or if their gaps do not tell breaks from steps."""
    length = problem.tasks[0].duration
    if any(after - before < length for before, after in pairwise(starts)):
        return None
    rule = problem.instance.breaks
    days = rule.span is BreakSpan.DAY
    dates = [problem.clock.date(start, place.zone) if days else None for start in starts]
    tolerance = int(rule.tolerance / _MINUTE) if breaks_matter(problem) else None
    laid = _with_pauses(starts, dates, length, tolerance)
    if laid is None:
        return None
    slots, tables, spans = laid
    if not all(tables):
        moved = [k for k, real in enumerate(tables) if real]
        spread = cache(lambda mask: sum(1 << moved[k] for k in members(mask)))
        masks = [spread(mask) for mask in masks]
    return _Grid(tuple(slots), tuple(tables), length, spans, tuple(masks))


def _with_pauses(
    starts: list[int], dates: list[dt.date | None], length: int, tolerance: int | None
) -> tuple[list[int], list[bool], tuple[range, ...]] | None:
    """Return slots with pauses between those that are a break apart, and the spans.

    None if some slot can be left out without a break. With ``tolerance`` None breaks do not matter.
    """
    slots, tables, firsts = [starts[0]], [True], [0]
    for k in range(1, len(starts)):
        one_day = dates[k] == dates[k - 1]
        gap = starts[k] - starts[k - 1] - length
        if not one_day:
            firsts.append(len(slots))
        elif tolerance is not None and gap > tolerance:
            slots.append(starts[k] - gap)
            tables.append(False)
        if tolerance is not None and k > 1 and dates[k] == dates[k - 2]:
            left_out = starts[k] - starts[k - 2] - length
            if left_out <= tolerance:
                return None
        slots.append(starts[k])
        tables.append(True)
    ends = [*firsts[1:], len(slots)]
    return slots, tables, tuple(range(a, b) for a, b in zip(firsts, ends, strict=True))


def _orders(problem: Problem, grid: _Grid) -> tuple[SlotOrder, ...] | None:
    """Return the precedences in slots; None if one cannot be said so."""
    position = {task.activity.id: n for n, task in enumerate(problem.tasks)}
    steps: dict[tuple[Precedence, int, int], tuple[int, int | None] | None] = {}
    found = []
    for rule in problem.instance.precedences:
        before, after = position[rule.before], position[rule.after]
        asks = rule.model_copy(update={"before": "", "after": ""})  # the same for all pairs alike
        key = (asks, grid.allowed[before], grid.allowed[after])
        if key not in steps:
            steps[key] = _steps(grid, *key)
        limits = steps[key]
        if limits is None:
            return None
        found.append(SlotOrder(before, after, *limits))
    return tuple(found)


def _steps(grid: _Grid, rule: Precedence, before: int, after: int) -> tuple[int, int | None] | None:
    """Return the least and the most slots between two meetings, if these say what a precedence says."""
    good: set[int] = set()
    bad: set[int] = set()
    least, most = rule.min_gap / _MINUTE, None if rule.max_gap is None else rule.max_gap / _MINUTE
    for i, j in product(members(before), members(after)):
        gap = grid.starts[j] - grid.starts[i] - grid.length
        holds = least <= gap and (most is None or gap <= most)
        (good if holds else bad).add(j - i)
    if not good:
        return len(grid.starts), None  # never both
    low, high = min(good), max(good)
    if good & bad or any(low < step < high for step in bad):
        return None
    return low, (high if any(step > high for step in bad) else None)


def _whole(problem: Problem, place: Place, grid: _Grid, orders: tuple[SlotOrder, ...]) -> Slotted:
    engaged = {person.id for task in problem.tasks for person in task.takers}
    people = tuple(person.id for person in problem.people if person.id in engaged)
    number = {person: n for n, person in enumerate(people)}
    worth = problem.instance.priorities
    tables = place.room.tables or 0
    return Slotted(
        tasks=problem.tasks,
        place=place,
        starts=grid.starts,
        spans=grid.spans,
        capacity=tuple(tables if real else 0 for real in grid.tables),
        allowed=grid.allowed,
        people=people,
        takers=tuple(tuple(number[person.id] for person in task.takers) for task in problem.tasks),
        mandatory=tuple(task.mandatory for task in problem.tasks),
        worth=tuple(
            0 if task.mandatory else worth[task.activity.priority]
            for task in problem.tasks
            if isinstance(task.activity, HostedActivity)
        ),
        orders=orders,
        fairness=problem.instance.fairness.breaks,
        bystanders=len(people) < len(problem.people),
        levels=_levels(problem),
    )


def _levels(problem: Problem) -> tuple[SlotLevel, ...]:
    weights: dict[int, Counter[TermName]] = {}
    for entry in problem.instance.objective:
        weights.setdefault(entry.level, Counter())[entry.term] += entry.weight
    return tuple(
        SlotLevel(level, found[TermName.REQUESTS], found[TermName.BREAKS])
        for level, found in sorted(weights.items())
    )
