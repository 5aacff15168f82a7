"""What a schedule of equal slots costs, counted from the schedule itself."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.problem.slots import Slots

_NO_SLOT = -1


def costs(slots: Slots, schedule: Sequence[int]) -> tuple[int, ...]:
    """Return what a schedule costs on each level.

    Parameters
    ----------
    slots : Slots
    schedule : sequence of int
        The slot of each meeting, -1 where it is not placed.
    """
    unplaced = sum(worth for worth, slot in zip(slots.worth, schedule, strict=True) if slot == _NO_SLOT)
    engaged = [0] * len(slots.people)
    for takers, slot in zip(slots.takers, schedule, strict=True):
        for person in takers:
            engaged[person] |= 1 << slot if slot != _NO_SLOT else 0
    breaks = sum(_breaks(mask, span) for mask in engaged for span in slots.spans)
    return tuple(level.requests * unplaced + level.breaks * breaks for level in slots.levels)


def _breaks(engaged: int, span: range) -> int:
    """Return the idle stretches between engaged slots of a span."""
    inside = engaged >> span.start & (1 << len(span)) - 1
    runs = (inside & ~(inside << 1)).bit_count()
    return max(0, runs - 1)
