"""What one schedule comes to beside another: level by level, and who has to give way."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.checker import Checker
from scheduler.domain import (
    ActivityId,
    HostedActivity,
    Instance,
    LevelReport,
    Placement,
    Solution,
    Status,
    Value,
)
from scheduler.domain.times import UTC


class LevelChange(Value):
    """One objective level before and after.

    Attributes
    ----------
    before, after : int
        What the checker says of either schedule.
    bound : int or None
        No schedule with what is asked has less here, all earlier levels as they are in ``after``; None
        where nothing is proven.
    proven : bool
        Whether ``after`` is proven to be the least; ``confirmed``: twice, in different ways.
    known : int or None
        The proven bound of the programme as it is, without what is asked, where the schedule it came with
        states one: what the schedule before might still be improved to.
    """

    level: int
    before: int
    after: int
    bound: int | None = None
    proven: bool = False
    confirmed: bool = False
    known: int | None = None

    @property
    def change(self) -> int:
        """How much more the level costs."""
        return self.after - self.before


class Differences(Value):
    """Which sessions and meetings are not as they were.

    Attributes
    ----------
    displaced : tuple of ActivityId
        They had a place and have none.
    moved : tuple of ActivityId
        They start at another time, or are in another room.
    granted : tuple of ActivityId
        They had no place and have one.
    """

    displaced: tuple[ActivityId, ...] = ()
    moved: tuple[ActivityId, ...] = ()
    granted: tuple[ActivityId, ...] = ()


UNCHANGED = Differences()
"""All is as it was."""


def values(checker: Checker, solution: Solution) -> dict[int, int]:
    """Return the value of each level."""
    return {level.level: level.value for level in checker.levels(solution)}


def compared(
    before: dict[int, int],
    after: dict[int, int],
    reports: Iterable[LevelReport] = (),
    given: Iterable[LevelReport] = (),
) -> tuple[LevelChange, ...]:
    """Return what changes on each level.

    Parameters
    ----------
    before, after : dict
        Values by level.
    reports : iterable of LevelReport
        What is proven of the schedule after.
    given : iterable of LevelReport
        What was claimed of the schedule before; what contradicts its values is left out.
    """
    proven = {report.level: report for report in reports}
    known = {report.level: report.bound for report in given if report.value == before.get(report.level)}
    return tuple(
        LevelChange(
            level=level,
            before=before[level],
            after=value,
            bound=proven[level].bound if level in proven else None,
            proven=level in proven and proven[level].status is Status.OPTIMAL,
            confirmed=level in proven and proven[level].confirmed,
            known=known.get(level),
        )
        for level, value in after.items()
    )


def differences(
    instance: Instance, old: Iterable[Placement], new: Iterable[Placement], apart: ActivityId
) -> Differences:
    """Return which sessions and meetings are not where they were, one of them left out."""
    before = {p.activity: _where(p) for p in old if p.activity != apart}
    after = {p.activity: _where(p) for p in new if p.activity != apart}
    hosted = [a.id for a in instance.activities if isinstance(a, HostedActivity)]
    return Differences(
        displaced=tuple(a for a in hosted if a in before and a not in after),
        moved=tuple(a for a in hosted if a in before and a in after and before[a] != after[a]),
        granted=tuple(a for a in hosted if a in after and a not in before),
    )


def _where(placement: Placement) -> tuple[object, ...]:
    return placement.start.astimezone(UTC), placement.room
