"""Random forums: small slotted problems as whole programmes."""

from __future__ import annotations

import random
from typing import Any

from support.making import away, city, hours, make, meeting
from support.slots import any_slots

from scheduler.domain import Instance
from scheduler.problem.slotted import SlotOrder, Slotted

DATES = ("2025-03-10", "2025-03-11")
_HALF_HOURS = 18


def clock(slot: int) -> str:
    """Return when a slot of a day begins."""
    return f"{(_HALF_HOURS + slot) // 2:02d}:{(_HALF_HOURS + slot) % 2 * 30:02d}"


def any_forum(seed: int) -> Instance:
    """Return a programme with the meetings, people, spans, orders and levels of a random slotted problem."""
    slots, chance = any_slots(seed), random.Random(seed)
    return make(
        *(["p-nobody"] if slots.bystanders else []),
        cities=[_city(slots)],
        delegations=[_party(slots, person, chance) for person in slots.people],
        meetings=[_meeting(slots, m) for m in range(len(slots.takers))],
        precedences=[_precedence(order) for order in slots.orders if len(slots.spans) == 1],
        fairness={} if slots.fairness is None else {"breaks": chance.choice((0, 1, 2, 3))},
        breaks={"span": "day"},
        priorities={str(worth): worth for worth in (1, 3, 9)},
        objective=_objective(slots),
    )


def _city(slots: Slotted) -> dict[str, Any]:
    opening = tuple(
        hours(clock(0), clock(len(span)), date) for span, date in zip(slots.spans, DATES, strict=False)
    )
    return city("madrid", {"id": "area", "tables": max(slots.capacity)}, opening=opening)


def _party(slots: Slotted, person: str, chance: random.Random) -> dict[str, Any]:
    if chance.random() < 0.8:
        return {"id": person}
    slot = chance.randrange(len(slots.spans[0]))
    return {"id": person, "absences": [away(clock(slot), clock(slot + 1), DATES[0])]}


def _meeting(slots: Slotted, m: int) -> dict[str, Any]:
    windows = [
        hours(clock(slot - span.start), clock(slot - span.start + 1), date)
        for span, date in zip(slots.spans, DATES, strict=False)
        for slot in span
        if slots.allowed[m] >> slot & 1
    ]
    parties = [str(slots.people[person]) for person in slots.takers[m]]
    others = [str(person) for person in slots.people if person not in parties]
    parties += others[: max(0, 2 - len(parties))]
    must = {"mandatory": True} if slots.mandatory[m] else {"priority": str(slots.worth[m])}
    everywhere = len(windows) == len(slots.starts)
    return meeting(f"m{m}", *parties, **must, **({} if everywhere else {"windows": windows}))


def _precedence(order: SlotOrder) -> dict[str, Any]:
    rule = {"before": f"m{order.before}", "after": f"m{order.after}"}
    rule |= {"min_gap": f"{30 * (order.least - 1)}min"} if order.least > 1 else {}
    return rule | ({} if order.most is None else {"max_gap": f"{30 * max(0, order.most - 1)}min"})


def _objective(slots: Slotted) -> list[dict[str, Any]]:
    terms = [("requests", level.requests, level.level) for level in slots.levels]
    terms += [("breaks", level.breaks, level.level) for level in slots.levels]
    return [{"term": term, "weight": weight, "level": level} for term, weight, level in terms if weight]
