"""A person's engagements in order of time: breaks, idle minutes, and changes of city or room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property

from scheduler.domain import BreakRule, BreakSpan
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

    def _by_time(self, time: Callable[[Engaged], int]) -> dict[int, Literal]:
        literals: dict[int, list[Literal]] = {}
        for engaged in self._engaged:
            literals.setdefault(time(engaged), []).append(engaged.literal)
        return {t: self._logic.either(literals[t]) for t in sorted(literals)}

    @cached_property
    def any(self) -> Literal:
        """Whether there is an engagement at all."""
        return self._logic.either(self.starts.values())

    def _one_task(self) -> bool:
        return len({engaged.task for engaged in self._engaged}) < 2

    def breaks(self, tolerance: int) -> Linear:
        """Return the number of breaks: blocks of engagements that follow one another, less one."""
        total = Linear()
        if self._one_task():
            return total
        for start, literal in self.starts.items():
            total.add(literal)
            total.add(self._joins(start, tolerance), -1)
        total.add(self.any, -1)
        return total

    def _joins(self, start: int, tolerance: int) -> Literal:
        """Whether an engagement starts then, at most ``tolerance`` after the end of one before it."""
        ends = [literal for end, literal in self.ends.items() if start - tolerance <= end <= start]
        if not ends:
            return self._logic.false
        return self._logic.all_of([self.starts[start], self._logic.either(ends)])

    def idle_minutes(self, tolerance: int) -> Linear:
        """Return the minutes from the first start to the last end, less those of the blocks."""
        total = Linear()
        if self._one_task():
            return total
        total.extend(self._first_to_last())
        for start, literal in self.starts.items():
            total.add(literal, start)
            total.add(self._joins(start, tolerance), -start)
        for end, literal in self.ends.items():
            total.add(literal, -end)
            total.add(self._joined(end, tolerance), end)
        return total

    def _joined(self, end: int, tolerance: int) -> Literal:
        """Whether an engagement ends then, at most ``tolerance`` before the start of the next."""
        starts = [literal for start, literal in self.starts.items() if end <= start <= end + tolerance]
        if not starts:
            return self._logic.false
        return self._logic.all_of([self.ends[end], self._logic.either(starts)])

    def _first_to_last(self) -> Linear:
        total = Linear()
        held = self._logic.false
        for start, literal in self.starts.items():
            now = self._logic.either([held, literal])
            total.add(now, -start)
            total.add(held, start)
            held = now
        held = self._logic.false
        for end, literal in reversed(self.ends.items()):
            now = self._logic.either([held, literal])
            total.add(now, end)
            total.add(held, -end)
            held = now
        return total

    def changes(self, key: Callable[[Engaged], Hashable]) -> Linear:
        """Return how often two consecutive engagements differ in a key.

        Starts that can only be of one key are taken together until another key can start; ``last``
        follows the key of the latest engagement.
        """
        total = Linear()
        steps = list(self._steps(key))
        if len({k for step in steps for k in step}) < 2:
            return total
        last: dict[Hashable, Literal] = {}
        for step in steps:
            held = self._logic.either(step.values())
            total.add(held)
            for k, literal in step.items():
                total.add(self._logic.all_of([literal, last.get(k, self._logic.false)]), -1)
            last = {
                k: self._logic.either([step.get(k, self._logic.false), self._logic.all_of([was, ~held])])
                for k, was in (dict.fromkeys(step, self._logic.false) | last).items()
            }
        total.add(self.any, -1)
        return total

    def _steps(self, key: Callable[[Engaged], Hashable]) -> Iterable[dict[Hashable, Literal]]:
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
