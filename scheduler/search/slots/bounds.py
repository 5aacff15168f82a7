"""Bounds that need no search, and a second look at them by other means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.problem.slot_bounds import fewest_breaks
from scheduler.problem.slots import Slots

_MOST_PATTERNS = 20_000
"""A person whose patterns are more is not looked at again."""


def breaks_bound(slots: Slots, *, everything: bool) -> tuple[int, ...]:
    """Return for each person the fewest breaks; with ``everything`` all their meetings are placed."""
    return fewest_breaks(slots, everything)


def holds(slots: Slots, fewest: Sequence[int], *, everything: bool) -> bool:
    """Return whether each person's bound is seen again by trying everything, within reason.

    Where the bound is b, all sets of slots with fewer than b breaks are tried, and for each whether the
    person's meetings can be matched to it. Nothing is shared with the dynamic programme that found the bound.
    """
    return all(
        _needs(slots, person, breaks, everything=everything) for person, breaks in enumerate(fewest) if breaks
    )


def _needs(slots: Slots, person: int, breaks: int, *, everything: bool) -> bool:
    own = [m for m, takers in enumerate(slots.takers) if person in takers]
    musts = [slots.allowed[m] for m in own if everything or slots.mandatory[m]]
    patterns = _patterns(slots.spans, breaks - 1, range(len(musts), len(own) + 1))
    for tried, pattern in enumerate(patterns):
        if tried >= _MOST_PATTERNS or _matched([mask & pattern for mask in musts]):
            return False
    return True


def _patterns(spans: Sequence[range], breaks: int, sizes: range) -> Iterator[int]:
    """Yield the sets of slots with at most so many breaks and a size within limits (the last one is not)."""
    if not spans:
        if sizes.start <= 0 < sizes.stop:
            yield 0
        return
    for mask, cost, size in _within(spans[0], breaks, sizes.stop - 1):
        for rest in _patterns(spans[1:], breaks - cost, range(sizes.start - size, sizes.stop - size)):
            yield mask | rest


def _within(span: range, breaks: int, most: int) -> Iterator[tuple[int, int, int]]:
    """Yield the sets of slots of one span with few breaks, their breaks, and their sizes."""
    yield 0, 0, 0
    for start in span:
        for size in range(1, min(most, span.stop - start) + 1):
            run = (1 << start + size) - (1 << start)
            yield run, 0, size
            after = range(start + size + 1, span.stop)
            if breaks and after:
                for mask, cost, more in _within(after, breaks - 1, most - size):
                    if mask:
                        yield run | mask, cost + 1, size + more


def _matched(domains: Sequence[int]) -> bool:
    """Return whether each set can be given a member of its own (augmenting paths)."""
    owner: dict[int, int] = {}
    return all(_give(number, domains, owner, set()) for number in range(len(domains)))


def _give(number: int, domains: Sequence[int], owner: dict[int, int], tried: set[int]) -> bool:
    mask = domains[number]
    while mask:
        slot = mask.bit_length() - 1
        mask ^= 1 << slot
        if slot not in tried:
            tried.add(slot)
            if slot not in owner or _give(owner[slot], domains, owner, tried):
                owner[slot] = number
                return True
    return False
