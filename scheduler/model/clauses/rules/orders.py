"""One meeting after another."""

from __future__ import annotations

from scheduler.model.clauses.formula import FALSE
from scheduler.model.clauses.timetable import Timetable
from scheduler.problem.slots import SlotOrder


def add(timetable: Timetable) -> None:
    """Add the rule to the timetable's formula, by way of "placed in this slot or before"."""
    by: dict[int, list[int]] = {}
    for order in timetable.slots.orders:
        if order.before not in by:
            by[order.before] = _by(timetable, order.before)
        _add(timetable, order, by[order.before])


def _by(timetable: Timetable, meeting: int) -> list[int]:
    """Return per slot whether the meeting is in it or an earlier one."""
    found: list[int] = []
    for slot in range(len(timetable.slots.starts)):
        here = timetable.here(meeting, slot)
        found.append(timetable.formula.any_of([found[-1] if found else FALSE, here]))
    return found


def _add(timetable: Timetable, order: SlotOrder, by: list[int]) -> None:
    placed = timetable.placed[order.before]
    for slot, after in timetable.at[order.after].items():
        timetable.formula.add(-after, -placed, _until(by, slot - order.least))
        if order.most is not None:
            timetable.formula.add(-after, -_until(by, slot - order.most - 1))


def _until(by: list[int], slot: int) -> int:
    return FALSE if slot < 0 else by[min(slot, len(by) - 1)]
