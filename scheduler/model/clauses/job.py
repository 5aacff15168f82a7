"""What a process with a SAT solver is asked."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.model.clauses.timetable import Tables


@dataclass(frozen=True, slots=True)
class Job:
    """One question about a problem of equal slots.

    Attributes
    ----------
    solver : str
        PySAT's name of it.
    slots : bytes
        The pickled :class:`~scheduler.problem.slots.Slots`: the clauses are made where they are solved.
    tables : Tables
        How tables are counted.
    fixed : tuple of int
        Values of the earlier levels, which are kept; the question is about the level after them.
    least : int or None
        Ask from this cost upwards whether it is possible; None: be guided by cores.
    most : int or None
        Ask for any schedule of at most this cost, and nothing else.
    """

    solver: str
    slots: bytes
    tables: Tables
    fixed: tuple[int, ...] = ()
    least: int | None = None
    most: int | None = None
