"""What the checker says of a schedule."""

from __future__ import annotations

from scheduler.domain import TermValue, Value, Violation


class LevelValue(Value):
    """The value of one objective level: the weighted sum of its terms."""

    level: int
    value: int


class Verdict(Value):
    """Every breach of a hard rule, and every objective term, recomputed from the schedule alone."""

    violations: tuple[Violation, ...] = ()
    """In the order of the rules; empty for a valid schedule."""
    terms: tuple[TermValue, ...] = ()
    """One for each entry of the instance's objective, in its order."""
    levels: tuple[LevelValue, ...] = ()
    """In ascending order of level."""

    @property
    def valid(self) -> bool:
        """Whether the schedule keeps every hard rule."""
        return not self.violations
