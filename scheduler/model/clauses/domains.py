"""The slots that are left for each meeting once the simplest consequences are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.problem.slots import Slots

Domains = list[int]
"""Per meeting the set of its slots, bit ``k`` for slot ``k``."""


def bits(mask: int) -> Iterator[int]:
    """Yield the members of a set of slots, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def narrowed(slots: Slots) -> Domains:
    """Return the slots each meeting can be in: what mandatory meetings take for certain, no other has.

    An empty set means that the meeting cannot be placed.
    """
    domains = list(slots.allowed)
    before: Domains = []
    while domains != before:
        before = list(domains)
        for person in meetings_of(slots):
            _apart(slots, person, domains)
        _in_order(slots, domains)
    return domains


def meetings_of(slots: Slots) -> tuple[tuple[int, ...], ...]:
    """Return the meetings of each of :attr:`Slots.people`."""
    found: list[list[int]] = [[] for _ in slots.people]
    for meeting, takers in enumerate(slots.takers):
        for person in takers:
            found[person].append(meeting)
    return tuple(map(tuple, found))


def _apart(slots: Slots, meetings: Sequence[int], domains: Domains) -> None:
    """Take the slots of a Hall set, as many slots as meetings, from a person's other meetings.

    Hall sets are looked for among equal domains and among all that lie inside one of the domains.
    """
    certain = [meeting for meeting in meetings if slots.mandatory[meeting]]
    for mask in {domains[meeting] for meeting in certain}:
        inside = [meeting for meeting in certain if domains[meeting] & ~mask == 0]
        if len(inside) > mask.bit_count():
            for meeting in inside:
                domains[meeting] = 0
        elif len(inside) == mask.bit_count():
            for meeting in meetings:
                if meeting not in inside:
                    domains[meeting] &= ~mask


def _in_order(slots: Slots, domains: Domains) -> None:
    """Take what is too early or too late for a mandatory meeting before or after."""
    for order in slots.orders:
        if slots.mandatory[order.before]:
            reach = _shifted(domains[order.before], order.least, order.most, len(slots.starts))
            domains[order.after] &= reach
        if slots.mandatory[order.after]:
            back = None if order.most is None else -order.most
            domains[order.before] &= _shifted(domains[order.after], back, -order.least, len(slots.starts))


def _shifted(mask: int, least: int | None, most: int | None, number: int) -> int:
    """Return the slots ``least`` to ``most`` after some slot of a set."""
    found = 0
    for slot in bits(mask):
        low = 0 if least is None else max(0, slot + least)
        high = number - 1 if most is None else min(number - 1, slot + most)
        if low <= high:
            found |= (1 << (high + 1)) - (1 << low)
    return found
