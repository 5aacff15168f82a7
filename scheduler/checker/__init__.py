"""Verifies a schedule and recomputes its objective: ``docs/meaning.md`` as a program."""

from scheduler.checker.checking import Checker, check
from scheduler.checker.verdict import LevelValue, Verdict

__all__ = ["Checker", "LevelValue", "Verdict", "check"]
