"""Tables of a meeting area handed out again, so that one more meeting finds one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.problem.clock import Span, overlaps
from scheduler.problem.handing_out import hand_out

_MOST_STEPS = 20_000
"""So often a table is tried where some meetings have to keep theirs; then there is none."""


@dataclass(frozen=True, slots=True)
class Seated:
    """A meeting in an area.

    Attributes
    ----------
    key : int
        Tells meetings of the same time apart.
    start, end : int
        Minutes.
    table : int or None
        The table it has.
    stays : bool
        Whether it has to keep that.
    """

    key: int
    start: int
    end: int
    table: int | None
    stays: bool = False

    @property
    def span(self) -> Span:
        """From when to when."""
        return self.start, self.end


def seat(newcomer: Seated, others: Sequence[Seated], tables: int) -> dict[int, int] | None:
    """Return the tables of a newcomer and of those who have to move for it, by key.

    The table that the newcomer names is taken if it is free, else the first that is. Where none is, the
    meetings that hang together with it in time are seated again: this never fails where no more meetings run
    at once than there are tables, unless some have to keep theirs.

    Parameters
    ----------
    newcomer : Seated
    others : sequence of Seated
        All other meetings of the area, at tables.
    tables : int

    Returns
    -------
    dict or None
        None where the area has too few tables.
    """
    beside = [other for other in others if overlaps(*newcomer.span, other.span)]
    if newcomer.stays and any(other.stays and other.table == newcomer.table for other in beside):
        return None
    taken = {other.table for other in beside}
    wished = [newcomer.table] if newcomer.table else []
    tried = wished if newcomer.stays else [*wished, *range(1, tables + 1)]
    free = next((table for table in tried if table not in taken), None)
    if free is not None:
        return {newcomer.key: free}
    return _again([newcomer, *_hanging_together(newcomer, others)], tables)


def _hanging_together(newcomer: Seated, others: Sequence[Seated]) -> list[Seated]:
    """Return the meetings that overlap the newcomer, or one that does, and so on."""
    found: list[Seated] = []
    left, reached = list(others), [newcomer]
    while reached:
        one = reached.pop()
        near = [other for other in left if overlaps(*one.span, other.span)]
        left = [other for other in left if not overlaps(*one.span, other.span)]
        found += near
        reached += near
    return found


def _again(meetings: list[Seated], tables: int) -> dict[int, int] | None:
    if _crowd(meetings) > tables:
        return None
    if not any(meeting.stays for meeting in meetings):
        return {one.key: table for one, table in hand_out(meetings, list(range(1, tables + 1))).items()}
    return _Beside(meetings, tables).seated()


def _crowd(meetings: Sequence[Seated]) -> int:
    """Return how many run at once, at the most: somewhere one of them begins then."""
    return max(sum(o.start <= one.start < o.end for o in meetings) for one in meetings)


class _Beside:
    """Meetings to be seated beside those that stay, by trying."""

    def __init__(self, meetings: list[Seated], tables: int) -> None:
        self._tables = tables
        self._given = {one.key: one.table for one in meetings if one.stays and one.table is not None}
        self._meetings = sorted((one for one in meetings if not one.stays), key=lambda one: one.span)
        self._all = meetings
        self._steps = 0

    def seated(self) -> dict[int, int] | None:
        return dict(self._given) if self._seat(0) else None

    def _seat(self, position: int) -> bool:
        if position == len(self._meetings):
            return True
        meeting = self._meetings[position]
        near = (o for o in self._all if o.key in self._given and overlaps(*meeting.span, o.span))
        taken = {self._given[other.key] for other in near}
        for table in range(1, self._tables + 1):
            self._steps += 1
            if table in taken or self._steps > _MOST_STEPS:
                continue
            self._given[meeting.key] = table
            if self._seat(position + 1):
                return True
            del self._given[meeting.key]
        return False
