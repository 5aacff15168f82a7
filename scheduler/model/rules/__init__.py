"""The hard rules, one file each, in the charter's order.

What a single placement can break by itself never gets a variable (``problem/admissible``, the same file
names); here is what rules say of several placements at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, cast

from scheduler.domain import RuleName
from scheduler.model.context import Context
from scheduler.model.rules import (
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
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Rule:
    """A hard rule as the model knows it.

    Attributes
    ----------
    applies : callable
        Whether the rule can make a difference in a problem.
    add : callable
        Adds its constraints.
    """

    name: RuleName
    applies: Callable[[Problem], bool]
    add: Callable[[Context], None]


def _rule(name: RuleName, module: ModuleType) -> Rule:
    functions = cast("Any", module)
    return Rule(name, functions.applies, functions.add)


RULES: tuple[Rule, ...] = (
    _rule(RuleName.PLACEMENT, placement),
    _rule(RuleName.WINDOWS, windows),
    _rule(RuleName.ROOM, room),
    _rule(RuleName.PERSON, person),
    _rule(RuleName.AVAILABILITY, availability),
    _rule(RuleName.DELEGATION, delegation),
    _rule(RuleName.TRAVEL, travel),
    _rule(RuleName.PLENARY, plenary),
    _rule(RuleName.PRECEDENCE, precedence),
    _rule(RuleName.PINS, pins),
    _rule(RuleName.LOAD, load),
    _rule(RuleName.INTERPRETERS, interpreters),
    _rule(RuleName.FAIRNESS, fairness),
    _rule(RuleName.NEVER, never),
)
