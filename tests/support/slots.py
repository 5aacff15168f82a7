"""Slotted problems for tests: what a schedule of one breaks and costs, all schedules, and random ones."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from typing import Any

from scheduler.problem.slotted import SlotLevel, SlotOrder, Slotted

Slots = Sequence[int]
"""A schedule: a slot per meeting, -1 where it is not placed."""


def make_slots(
    takers: Sequence[tuple[int, ...]],
    many: int,
    *,
    tables: int | Sequence[int] = 9,
    allowed: dict[int, Sequence[int]] | None = None,
    spans: Sequence[int] | None = None,
    optional: dict[int, int] | None = None,
    **more: Any,
) -> Slotted:
    """Return a problem.

    ``allowed`` names the slots of a meeting, ``spans`` the lengths of the spans, ``optional`` what meetings
    are worth.
    """
    people = sorted({person for who in takers for person in who})
    ends = list(itertools.accumulate(spans or [many]))
    masks = {m: sum(1 << k for k in slots) for m, slots in (allowed or {}).items()}
    worth = optional or {}
    given: dict[str, Any] = {
        "tasks": (None,) * len(takers),
        "place": None,
        "starts": tuple(30 * k for k in range(many)),
        "spans": tuple(range(a, b) for a, b in itertools.pairwise([0, *ends])),
        "capacity": (tables,) * many if isinstance(tables, int) else tuple(tables),
        "allowed": tuple(masks.get(m, (1 << many) - 1) for m in range(len(takers))),
        "people": tuple(f"p{person}" for person in people),
        "takers": tuple(tuple(people.index(person) for person in who) for who in takers),
        "mandatory": tuple(m not in worth for m in range(len(takers))),
        "worth": tuple(worth.get(m, 0) for m in range(len(takers))),
        "orders": (),
        "fairness": None,
        "bystanders": False,
        "levels": (SlotLevel(1, 1, 0), SlotLevel(2, 0, 1)),
    }
    return Slotted(**(given | more))


def any_slots(seed: int) -> Slotted:
    """Return a random problem, small enough to try everything, in which everything is sometimes in play."""
    chance = random.Random(seed)
    many, people = chance.randint(3, 6), chance.randint(3, 6)
    count = chance.randint(3, 5)
    sizes = [chance.choice((2, 2, 2, 3, 1)) if chance.random() < 0.4 else 2 for _ in range(count)]
    if chance.random() < 0.5:
        sizes = [2] * count
    takers = [tuple(chance.sample(range(people), size)) for size in sizes]
    lengths = [many] if chance.random() < 0.6 else [chance.randint(1, many - 1)]
    spans = lengths if lengths == [many] else [lengths[0], many - lengths[0]]
    allowed = {
        m: chance.sample(range(many), chance.randint(1, many)) for m in range(count) if chance.random() < 0.4
    }
    pairs = list(itertools.combinations(range(count), 2))
    orders = [
        SlotOrder(*chance.sample(pair, 2), least=chance.randint(1, 2), most=chance.choice((None, None, 2, 3)))
        for pair in chance.sample(pairs, chance.choice((0, 0, 1, 2)))
    ]
    optional = {m: chance.choice((1, 3, 9)) for m in range(count) if chance.random() < 0.4}
    both = chance.random() < 0.2
    levels = [SlotLevel(1, 2, 3)] if both else [SlotLevel(1, 1, 0), SlotLevel(3, 0, 1)]
    return make_slots(
        takers,
        many,
        tables=[chance.choice((1, 2, 2, 3)) for _ in range(many)],
        allowed=allowed,
        spans=spans,
        optional=optional if chance.random() < 0.5 else {},
        orders=tuple(orders),
        fairness=chance.choice((None, None, 0, 1)),
        bystanders=chance.random() < 0.3,
        levels=tuple(levels if chance.random() < 0.8 else reversed(levels)),
    )


def breaks_of(problem: Slotted, schedule: Slots) -> list[int]:
    """Return everybody's breaks."""
    found = []
    for person in range(len(problem.people)):
        mine = {
            slot for slot, who in zip(schedule, problem.takers, strict=True) if slot >= 0 and person in who
        }
        total = 0
        for span in problem.spans:
            here = sorted(mine & set(span))
            total += sum(after - before > 1 for before, after in itertools.pairwise(here))
        found.append(total)
    return found


def value_of(problem: Slotted, schedule: Slots) -> tuple[int, ...]:
    """Return what a schedule costs per level."""
    lost = sum(worth for slot, worth in zip(schedule, problem.worth, strict=True) if slot < 0)
    breaks = sum(breaks_of(problem, schedule))
    return tuple(level.requests * lost + level.breaks * breaks for level in problem.levels)


def faults_of(problem: Slotted, schedule: Slots) -> list[str]:
    """Return what a schedule breaks."""
    found = []
    engaged = set()
    for m, slot in enumerate(schedule):
        if slot < 0:
            found += ["placement"] if problem.mandatory[m] else []
            continue
        found += [] if problem.allowed[m] >> slot & 1 else ["allowed"]
        for person in problem.takers[m]:
            found += ["person"] if (person, slot) in engaged else []
            engaged.add((person, slot))
    found += ["capacity" for slot, tables in enumerate(problem.capacity) if schedule.count(slot) > tables]
    for order in problem.orders:
        before, after = schedule[order.before], schedule[order.after]
        if before >= 0 and after >= 0:
            step = after - before
            if step < order.least or (order.most is not None and step > order.most):
                found.append("order")
    breaks = breaks_of(problem, schedule) + [0] * problem.bystanders
    if problem.fairness is not None and max(breaks) - min(breaks) > problem.fairness:
        found.append("fairness")
    return found


def all_schedules(problem: Slotted) -> Iterator[list[int]]:
    """Yield every schedule that keeps the rules."""
    choices = [
        [k for k in range(len(problem.starts)) if mask >> k & 1] + ([] if must else [-1])
        for mask, must in zip(problem.allowed, problem.mandatory, strict=True)
    ]
    for schedule in itertools.product(*choices):
        if not faults_of(problem, list(schedule)):
            yield list(schedule)


def best_value(problem: Slotted) -> tuple[int, ...] | None:
    """Return the least value of all schedules; None if there is none."""
    return min((value_of(problem, schedule) for schedule in all_schedules(problem)), default=None)
