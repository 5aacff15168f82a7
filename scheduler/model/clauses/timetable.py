"""The literals of a timetable: which meeting in which slot, who is engaged when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from scheduler.model.clauses.domains import bits, meetings_of, narrowed
from scheduler.model.clauses.formula import FALSE, TRUE, Formula
from scheduler.problem.slots import Slots

_TIGHT = 0.15
"""With at most this part of the tables to spare, counting everybody (``PAIRS``) is the quicker way."""


class Tables(Enum):
    """How the tables that are taken in a slot are counted.

    ``HOSTS``: a few people are chosen who between them are in all meetings; as the meetings of one exclude
    each other, it is these who are counted. ``PAIRS``: where all meetings are of two, everybody is counted,
    and twice as many are engaged as tables are taken: the network that sorts who is engaged has each output
    twice, and every second one counts tables. It is the larger network, and the one that shows that slots
    which are to be full cannot be.
    """

    HOSTS = "hosts"
    PAIRS = "pairs"


def suited(slots: Slots) -> Tables:
    """Return the way to count tables that has been quicker on problems like this one."""
    room = sum(slots.capacity)
    return Tables.PAIRS if room - sum(slots.mandatory) <= _TIGHT * room else Tables.HOSTS


@dataclass(frozen=True, eq=False, slots=True)
class Timetable:
    """The literals that every rule speaks of.

    Attributes
    ----------
    at : tuple of dict of int to int
        Per meeting the literal of each slot it can be in.
    placed : tuple of int
        Per meeting whether it is in some slot.
    used : tuple of tuple of int
        Per person and slot whether the person is engaged.
    held : tuple of tuple of int
        Per person and slot whether the person is engaged in it, or earlier in its span.
    meetings : tuple of tuple of int
        Per person their meetings.
    """

    slots: Slots
    tables: Tables
    formula: Formula
    at: tuple[dict[int, int], ...]
    placed: tuple[int, ...]
    used: tuple[tuple[int, ...], ...]
    held: tuple[tuple[int, ...], ...]
    meetings: tuple[tuple[int, ...], ...]

    def here(self, meeting: int, slot: int) -> int:
        """Return the literal of a meeting in a slot: false where it cannot be."""
        return self.at[meeting].get(slot, FALSE)


def timetable(slots: Slots, formula: Formula, tables: Tables, *, narrow: bool = True) -> Timetable:
    """Return a timetable's literals, and let each say what it stands for."""
    domains = narrowed(slots) if narrow else list(slots.allowed)
    at = tuple(
        _at(formula, domain, certain) for domain, certain in zip(domains, slots.mandatory, strict=True)
    )
    placed = tuple(formula.any_of(literals.values()) for literals in at)
    meetings = meetings_of(slots)
    used = tuple(
        tuple(
            formula.any_of(at[meeting].get(slot, FALSE) for meeting in own)
            for slot in range(len(slots.starts))
        )
        for own in meetings
    )
    held = tuple(_held(formula, own, slots.spans) for own in used)
    return Timetable(slots, tables, formula, at, placed, used, held, meetings)


def _held(formula: Formula, used: Sequence[int], spans: Sequence[range]) -> tuple[int, ...]:
    """Return for each slot whether any up to it in its span is used."""
    found: list[int] = []
    for span in spans:
        for slot in span:
            earlier = found[-1] if slot > span.start else FALSE
            found.append(formula.any_of((earlier, used[slot])))
    return tuple(found)


def _at(formula: Formula, domain: int, certain: bool) -> dict[int, int]:
    """Return a literal per slot; a mandatory meeting with one slot left is there for certain."""
    if certain and domain.bit_count() == 1:
        return dict.fromkeys(bits(domain), TRUE)
    return {slot: formula.new() for slot in bits(domain)}
