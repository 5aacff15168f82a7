"""Bounds of slotted problems that need no search: each person's fewest breaks, and plain impossibilities."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from scheduler.problem.slots import Slots

_FAR = 1 << 30


class _Duty(NamedTuple):
    """What one person has to do: for each meeting its slots, and how many of them must be placed."""

    musts: tuple[int, ...]
    mays: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        return self.musts + self.mays


@lru_cache(maxsize=2)
def fewest_breaks(slots: Slots, everything: bool = False) -> tuple[int, ...]:
    """Return for each person a number of breaks that no schedule goes below.

    Parameters
    ----------
    slots : Slots
    everything : bool
        Whether optional meetings are placed as well; else any of them may be.

    Returns
    -------
    tuple of int
        In the order of ``slots.people``. Each person is looked at alone, through a dynamic programme over
        the slots: how many meetings are placed so far must be at least the number of those that can only be
        so early, and at most the number of those that can be so early at all. Where what a person's meetings
        allow are intervals, the bound is what this person could have alone (Hall's condition for intervals).
    """
    known: dict[_Duty, int] = {}
    return tuple(_least(duty, slots, known) for duty in _duties(slots, everything))


def _duties(slots: Slots, everything: bool) -> list[_Duty]:
    musts: list[list[int]] = [[] for _ in slots.people]
    mays: list[list[int]] = [[] for _ in slots.people]
    for mask, must, who in zip(slots.allowed, slots.mandatory, slots.takers, strict=True):
        for person in who:
            (musts if must or everything else mays)[person].append(mask)
    return [_Duty(tuple(sorted(a)), tuple(sorted(b))) for a, b in zip(musts, mays, strict=True)]


def _least(duty: _Duty, slots: Slots, known: dict[_Duty, int]) -> int:
    if len(duty.musts) < 2 or _fits_in_one_run(duty, slots.spans):
        return 0
    if duty not in known:
        known[duty] = _fewest_runs(duty, slots)
    return known[duty]


def _fits_in_one_run(duty: _Duty, spans: tuple[range, ...]) -> bool:
    """Return whether all that must be placed has room side by side, in any order."""
    common = -1
    for mask in duty.musts:
        common &= mask
    return any(_longest(common >> s.start & (1 << len(s)) - 1) >= len(duty.musts) for s in spans)


def _longest(mask: int) -> int:
    """Return the length of the longest run of members."""
    length = 0
    while mask:
        mask &= mask >> 1
        length += 1
    return length


def _fewest_runs(duty: _Duty, slots: Slots) -> int:
    """Return the fewest breaks, over all ways to engage somebody in enough slots (0 if there is no way)."""
    union, forced = 0, 0
    for mask in duty.all:
        union |= mask
    for mask in duty.musts:
        forced |= mask if mask & mask - 1 == 0 else 0
    least, most = _limits(duty, len(slots.starts))
    firsts = {span.start for span in slots.spans}
    # Breaks by number of slots taken: engaged in the last slot; idle, engaged earlier in the span; neither.
    many = len(duty.all)
    on, off, new = [_FAR] * (many + 1), [_FAR] * (many + 1), [0] + [_FAR] * many
    for k in range(len(slots.starts)):
        if k in firsts:
            new = [min(three) for three in zip(on, off, new, strict=True)]
            on, off = [_FAR] * (many + 1), [_FAR] * (many + 1)
        taken = [_FAR] * (many + 1)
        if union >> k & 1:
            taken[1:] = [min(a, b + 1, c) for a, b, c in zip(on, off, new, strict=True)][:-1]
        if forced >> k & 1:
            off, new = [_FAR] * (many + 1), [_FAR] * (many + 1)
        else:
            off = [min(a, b) for a, b in zip(on, off, strict=True)]
        on = taken
        for lane in (on, off, new):
            lane[: least[k]] = [_FAR] * min(least[k], many + 1)
            lane[most[k] + 1 :] = [_FAR] * (many - most[k])
    found = min(min(on), min(off), min(new))
    return 0 if found >= _FAR else found


def _limits(duty: _Duty, many: int) -> tuple[list[int], list[int]]:
    """Return the least and the most that can be placed up to each slot."""
    least, most = [], []
    for k in range(many):
        early = (2 << k) - 1
        least.append(sum(1 for mask in duty.musts if not mask & ~early))
        most.append(sum(1 for mask in duty.all if mask & early))
    return least, most
