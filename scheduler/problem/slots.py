"""A problem whose meetings differ in time alone, as numbers: what every search of it starts from.

Nothing here knows what a programme is, so that a process which only solves loads nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scheduler.domain import ParticipantId


class SlotOrder(NamedTuple):
    """One meeting after another: ``least`` to ``most`` slots later (None: however much later).

    Attributes
    ----------
    before, after : int
        Positions of meetings. Holds when both are placed.
    """

    before: int
    after: int
    least: int = 1
    most: int | None = None


class SlotLevel(NamedTuple):
    """What one objective level charges.

    Attributes
    ----------
    requests : int
        Weight of the worth of what is not granted.
    breaks : int
        Weight of the number of breaks of all people.
    """

    level: int
    requests: int = 0
    breaks: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class Slots:
    """Meetings, people and slots; positions in these tuples stand for them.

    Attributes
    ----------
    starts : tuple of int
        Minute in which each slot starts, ascending; slots do not overlap.
    spans : tuple of range
        The slots of each span over which breaks are counted, in order; together all slots. Inside a span an
        idle slot between two engaged ones makes a break, and a step to the next slot makes none.
    capacity : tuple of int
        Tables, per slot.
    allowed : tuple of int
        Per meeting the set of its slots, bit ``k`` for slot ``k``. Windows, pins and everybody's
        availability are in it.
    people : tuple of ParticipantId
        Those who are in some meeting.
    takers : tuple of tuple of int
        Per meeting the positions of its people.
    mandatory : tuple of bool
        Per meeting.
    worth : tuple of int
        Per meeting what it costs not to grant it (0 where it is mandatory).
    orders : tuple of SlotOrder
        Precedences.
    fairness : int or None
        The most by which the breaks of any two people of the *programme* may differ.
    bystanders : bool
        Whether somebody of the programme is in no meeting, and so has no break.
    levels : tuple of SlotLevel
        The objective, in lexicographic order.
    """

    starts: tuple[int, ...]
    spans: tuple[range, ...]
    capacity: tuple[int, ...]
    allowed: tuple[int, ...]
    people: tuple[ParticipantId, ...]
    takers: tuple[tuple[int, ...], ...]
    mandatory: tuple[bool, ...]
    worth: tuple[int, ...]
    orders: tuple[SlotOrder, ...]
    fairness: int | None
    bystanders: bool
    levels: tuple[SlotLevel, ...]

    @property
    def places(self) -> int:
        """In how many places single meetings can be."""
        return sum(mask.bit_count() for mask in self.allowed)

    def numbers(self) -> Slots:
        """Return this alone, without what else is known of the problem."""
        return Slots(**{field.name: getattr(self, field.name) for field in fields(Slots)})
