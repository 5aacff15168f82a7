"""What can be in the way of one placement, and which of several things is named."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain import ActivityId, ReasonKind, RuleName

FULL = "all tables or the room are taken"
TABLE_TAKEN = "its table is taken"
NO_TALKS = "there is no time for its talks, or a speaker is engaged"
WORSE = "it would fit, but the schedule as a whole would be worse"
ALIKE = "it would fit, and the schedule as a whole would be no worse"

_WORDS = {
    RuleName.ROOM: FULL,
    RuleName.PERSON: "a party is engaged",
    RuleName.PLENARY: "a plenary blocks a party",
    RuleName.TRAVEL: "a party could not get there or away in time",
    RuleName.DELEGATION: "nobody of a delegation is free",
    RuleName.AVAILABILITY: "nobody suitable is available",
    RuleName.LOAD: "it would be more than a party's limits allow",
    RuleName.INTERPRETERS: "no suitable interpreter is free",
    RuleName.PRECEDENCE: "it would stand in the wrong order or on the wrong date",
    RuleName.FAIRNESS: "it would make breaks too unequal",
    RuleName.NEVER: "nobody who may meet the others is free",
}
_KINDS = {
    RuleName.ROOM: ReasonKind.TABLES_FULL,
    RuleName.PERSON: ReasonKind.NO_COMMON_TIME,
    RuleName.PLENARY: ReasonKind.NO_COMMON_TIME,
    RuleName.AVAILABILITY: ReasonKind.NO_COMMON_TIME,
    RuleName.DELEGATION: ReasonKind.NO_COMMON_TIME,
    RuleName.TRAVEL: ReasonKind.TRAVEL,
    RuleName.LOAD: ReasonKind.LOAD,
    RuleName.INTERPRETERS: ReasonKind.NO_INTERPRETER,
    RuleName.PRECEDENCE: ReasonKind.ORDER,
    RuleName.FAIRNESS: ReasonKind.FAIRNESS,
    RuleName.NEVER: ReasonKind.NO_COMMON_TIME,
}
_RANK = {kind: rank for rank, kind in enumerate(ReasonKind)}

FITS = frozenset({ReasonKind.WOULD_BE_WORSE, ReasonKind.COULD_BE_GRANTED})
"""Nothing is in the way."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What is in the way of one placement, the first thing that is found.

    Attributes
    ----------
    kind : ReasonKind
    words : str
        "X is engaged", to go on a sentence.
    blockers : tuple of ActivityId
        Activities that bar the placement by themselves, whatever else is placed; none where no few do.
    """

    kind: ReasonKind
    words: str
    blockers: tuple[ActivityId, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether nothing is in the way."""
        return self.kind in FITS


def rank(kind: ReasonKind) -> int:
    """Return the place of a kind among those of which the last is told."""
    return _RANK[kind]


def of_rules(rules: list[RuleName], blockers: tuple[ActivityId, ...] = ()) -> Obstacle:
    """Return the obstacle that some broken rules are: the one that comes first in the order of kinds."""
    rule = min(rules, key=lambda r: rank(_KINDS.get(r, ReasonKind.OTHER)))
    kind = _KINDS.get(rule, ReasonKind.OTHER)
    return Obstacle(kind, _WORDS.get(rule, f"the rule '{rule}' forbids it"), blockers)
