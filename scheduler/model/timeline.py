"""A person's engagements in order of time: breaks, idle minutes, and changes of city or room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from itertools import pairwise

from scheduler.domain import BreakRule, BreakSpan
from scheduler.model.course import Course
from scheduler.model.logic import Linear, Literal, Logic
from scheduler.model.variables import Engaged

_MINUTE = dt.timedelta(minutes=1)


class Timeline:
    """What follows from one person's engagements; everything is made once, when first asked for."""

    def __init__(self, logic: Logic, engaged: list[Engaged]) -> None:
        self._logic = logic
        self.engaged = sorted(engaged, key=lambda e: (e.option.start, e.option.end))
        self._breaks: dict[BreakRule, Linear] = {}

    @cached_property
    def _by_date(self) -> list[Stretch]:
        dates = sorted({e.option.date for e in self.engaged})
        return [Stretch(self._logic, [e for e in self.engaged if e.option.date == date]) for date in dates]

    @cached_property
    def _whole(self) -> list[Stretch]:
        return [Stretch(self._logic, self.engaged)] if self.engaged else []

    def stretches(self, span: BreakSpan) -> list[Stretch]:
        """Return the engagements by date, or all of them as one stretch."""
        return self._by_date if span is BreakSpan.DAY else self._whole

    def breaks(self, rule: BreakRule) -> Linear:
        """Return the number of breaks."""
        if rule not in self._breaks:
            total = Linear()
            for stretch in self.stretches(rule.span):
                total.extend(stretch.breaks(int(rule.tolerance / _MINUTE)))
            self._breaks[rule] = total
        return self._breaks[rule]

    def idle_minutes(self, rule: BreakRule) -> Linear:
        """Return the total length of the breaks."""
        total = Linear()
        for stretch in self.stretches(rule.span):
            total.extend(stretch.idle_minutes(int(rule.tolerance / _MINUTE)))
        return total

    def changes(self, span: BreakSpan, key: Callable[[Engaged], Hashable]) -> Linear:
        """Return how often two consecutive engagements of a span differ in a key."""
        total = Linear()
        for stretch in self.stretches(span):
            total.extend(stretch.changes(key))
        return total


class Stretch:
    """Engagements among which breaks and changes are counted: those of a date, or of the programme."""

    def __init__(self, logic: Logic, engaged: list[Engaged]) -> None:
        self._logic = logic
        self._engaged = engaged
        self.starts = self._by_time(lambda e: e.option.start)
        self.ends = self._by_time(lambda e: e.option.end)
        self._countable = len({e.task for e in engaged}) > 1
        self._courses: dict[int, Course] = {}

    def _by_time(self, time: Callable[[Engaged], int]) -> dict[int, Literal]:
        literals: dict[int, list[Literal]] = {}
        for engaged in self._engaged:
            literals.setdefault(time(engaged), []).append(engaged.literal)
        return {t: self._logic.one_of(literals[t]) for t in sorted(literals)}

    def breaks(self, tolerance: int) -> Linear:
        """Return the number of breaks."""
        total = Linear()
        if self._countable:
            for literal in self._course(tolerance).resumes.values():
                total.add(literal)
        return total

    def idle_minutes(self, tolerance: int) -> Linear:
        """Return the minutes of the breaks."""
        total = Linear()
        if self._countable:
            course = self._course(tolerance)
            for begin, end in pairwise(course.moments):
                total.add(course.waits[end], end - begin)
        return total

    def _course(self, tolerance: int) -> Course:
        if tolerance not in self._courses:
            self._courses[tolerance] = Course(self._logic, self.starts, self.ends, tolerance)
        return self._courses[tolerance]

    def changes(self, key: Callable[[Engaged], Hashable]) -> Linear:
        """Return how often two consecutive engagements differ in a key.

        Starts that can only be of one key are taken together until another key can start; ``last``
        follows the key of the latest engagement.
        """
        total, logic = Linear(), self._logic
        last: dict[Hashable, Literal] = {}
        for step in self._steps(key):
            for k, literal in step.items():
                others = [was for other, was in last.items() if other != k]
                total.add(logic.all_of([literal, logic.either(others)]))
            held = logic.either(step.values())
            staying = {k: logic.all_of([was, ~held]) for k, was in last.items()}
            last = {
                k: logic.either([step.get(k, logic.false), staying.get(k, logic.false)])
                for k in (step | last)  # in an order that is the same in every process
            }
        return total

    def _steps(self, key: Callable[[Engaged], Hashable]) -> Iterator[dict[Hashable, Literal]]:
        by_start: dict[int, dict[Hashable, list[Literal]]] = {}
        for engaged in self._engaged:
            keyed = by_start.setdefault(engaged.option.start, {})
            keyed.setdefault(key(engaged), []).append(engaged.literal)
        steps: list[dict[Hashable, list[Literal]]] = []
        for _, keyed in sorted(by_start.items()):
            if steps and len(keyed) == 1 and steps[-1].keys() == keyed.keys():
                for k, literals in keyed.items():
                    steps[-1][k] += literals
            else:
                steps.append(keyed)
        for step in steps:
            yield {k: self._logic.either(literals) for k, literals in step.items()}
