"""What a rule is to the checker."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.schedule import Schedule
from scheduler.domain import RuleName, Violation


@dataclass(frozen=True)
class Rule:
    """A hard rule.

    Attributes
    ----------
    name : RuleName
        Its name.
    alone : callable or None
        What one placement breaks whatever else is placed; asked once for each placement.
    together : callable or None
        What the schedule as a whole breaks.
    """

    name: RuleName
    alone: Callable[[Facts, Placed], Iterable[Violation]] | None = None
    together: Callable[[Schedule], Iterable[Violation]] | None = None
