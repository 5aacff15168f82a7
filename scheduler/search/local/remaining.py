"""The cells that what stands leaves to meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from scheduler.domain import ActivityId, DayRule
from scheduler.problem import Task
from scheduler.problem.cells import CellSet
from scheduler.problem.clock import overlaps
from scheduler.search.local.numbers import NEVER, minutes

if TYPE_CHECKING:
    from scheduler.search.local.board import Board

_Test = Callable[[int, int, dt.date], bool]
"""Whether a start, an end and a date will do."""


class Remaining:
    """Admissible cells beside what stands: other rooms, and in the order and on the dates that rules ask."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._taken_for: dict[int, CellSet] = {}

    def cells(self, task: Task) -> CellSet:
        """Return the cells of a meeting."""
        return self._board.cells.admissible(task) & ~self._taken(task.duration) & ~self._out_of_order(task)

    def _taken(self, duration: int) -> CellSet:
        """Return the cells whose room something that stands has, for a meeting of a length."""
        if duration not in self._taken_for:
            rooms = [
                held.option
                for held in self._board.held
                if not held.option.place.room.is_area and not held.option.task.is_talk
            ]
            self._taken_for[duration] = self._board.cells_where(
                lambda cell: any(
                    o.place is cell.place and overlaps(cell.start, cell.start + duration, (o.start, o.end))
                    for o in rooms
                )
            )
        return self._taken_for[duration]

    def _out_of_order(self, task: Task) -> CellSet:
        """Return the cells that are too early or too late, or on a wrong date."""
        tests = self._tests.get(task.activity.id)
        if not tests:
            return 0
        return self._board.cells_where(
            lambda cell: not all(test(cell.start, cell.start + task.duration, cell.date) for test in tests)
        )

    @cached_property
    def _tests(self) -> dict[ActivityId, list[_Test]]:
        """What a meeting's start, end and date must satisfy because of what stands."""
        tests: dict[ActivityId, list[_Test]] = {}
        self._add_orders(tests)
        self._add_days(tests)
        return tests

    def _add_orders(self, tests: dict[ActivityId, list[_Test]]) -> None:
        standing = {held.id: held.option for held in self._board.held}
        for order in self._board.problem.instance.precedences:
            least, most = gaps(order.min_gap, order.max_gap)
            if (before := standing.get(order.before)) is not None:
                tests.setdefault(order.after, []).append(partial(_follows, before.end, least, most))
            if (after := standing.get(order.after)) is not None:
                tests.setdefault(order.before, []).append(partial(_leads, after.start, least, most))

    def _add_days(self, tests: dict[ActivityId, list[_Test]]) -> None:
        standing = {held.id: held.option for held in self._board.held}
        for relation in self._board.problem.instance.day_relations:
            same = relation.day is DayRule.SAME
            for activity in relation.activities:
                tests.setdefault(activity, []).extend(
                    partial(_on_day, standing[other].date, same)
                    for other in relation.activities
                    if other in standing
                )


def gaps(least: dt.timedelta, most: dt.timedelta | None) -> tuple[int, int]:
    """Return the least and the most minutes between two activities."""
    return minutes(least), NEVER if most is None else minutes(most)


def _follows(end: int, least: int, most: int, start: int, _: int, __: dt.date) -> bool:
    return least <= start - end <= most


def _leads(start: int, least: int, most: int, _: int, end: int, __: dt.date) -> bool:
    return least <= start - end <= most


def _on_day(other: dt.date, same: bool, _: int, __: int, date: dt.date) -> bool:
    return (date == other) is same
