"""The hard rules, one file each."""

from scheduler.checker.rules import (
    availability,
    delegation,
    fairness,
    interpreters,
    load,
    never,
    person,
    pins,
    placement,
    plenary,
    precedence,
    room,
    travel,
    windows,
)
from scheduler.checker.rules.base import Rule

RULES: tuple[Rule, ...] = (
    placement.RULE,
    windows.RULE,
    room.RULE,
    person.RULE,
    availability.RULE,
    delegation.RULE,
    travel.RULE,
    plenary.RULE,
    precedence.RULE,
    pins.RULE,
    load.RULE,
    interpreters.RULE,
    fairness.RULE,
    never.RULE,
)
"""In the order of ``docs/meaning.md``."""

__all__ = ["RULES", "Rule"]
