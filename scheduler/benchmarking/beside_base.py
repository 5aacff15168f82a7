"""Programmes that change others, set beside these: what a misfortune costs, level by level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.benchmarking.cases import Case
from scheduler.benchmarking.rows import OURS, Row
from scheduler.benchmarking.summary import typical


@dataclass(frozen=True, slots=True)
class Beside:
    """A case and what it changes.

    Attributes
    ----------
    case, base : str
    said : str
        What happens in it.
    before : tuple of int
        The base's value per level, of its run or else the best that is known; empty if there is none.
    after : tuple of int
        The case's; empty if it has no schedule.
    status : str
        How the run of the case ended.
    """

    case: str
    base: str
    said: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    status: str

    @property
    def differences(self) -> tuple[int, ...]:
        """By how much each level is worse (below 0: better); empty where the levels are not the same."""
        if len(self.before) != len(self.after):
            return ()
        return tuple(after - before for before, after in zip(self.before, self.after, strict=True))


def beside_base(cases: Sequence[Case], rows: Sequence[Row]) -> Iterator[Beside]:
    """Yield the cases that change others and were run, in their order."""
    runs = typical(rows, OURS)
    known = {case.name: case.best.values for case in cases if case.best is not None}
    for case in cases:
        if case.base is not None and (run := runs.get(case.name)) is not None:
            name = case.base.name
            before = runs[name].values if name in runs else known.get(name, ())
            yield Beside(case.name, name, case.base.said, before, run.values, run.status)
