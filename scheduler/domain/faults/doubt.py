"""What is not to be relied on in an instance that was mended to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

Path = tuple[str | int, ...]

LEFT_OUT = "left out"
"""Stands in a path for the position of an entry that is no longer there."""


class Kind(StrEnum):
    """The kinds of name, as messages call them."""

    CITY = "city"
    VENUE = "venue"
    ROOM = "room"
    DELEGATION = "delegation"
    PARTICIPANT = "participant"
    PARTY = "party"
    TRACK = "track"
    ACTIVITY = "activity"
    DAY_PART = "day part"
    PRIORITY = "priority"


@dataclass(frozen=True)
class Doubt:
    """Parts of an instance that a reader had to leave out or mend.

    Attributes
    ----------
    names : mapping of Kind to set of str
        Names of things that were left out: they exist, but cannot be looked at.
    unread : set of Kind
        Kinds of which not all names are known: none is called unknown.
    paths : set of Path
        Where the instance is not as it was written; an entry that was left out of a list or mapping
        has :data:`LEFT_OUT` as its position.
    """

    names: Mapping[Kind, frozenset[str]] = field(default_factory=dict)
    unread: frozenset[Kind] = frozenset()
    paths: frozenset[Path] = frozenset()

    def touches(self, *part: str | int) -> bool:
        """Return whether anything at, above or below a part of the instance is in doubt."""
        if not self.paths:
            return False
        return part in self._above or any(part[:i] in self.paths for i in range(len(part)))

    @cached_property
    def _above(self) -> frozenset[Path]:
        return frozenset(path[:i] for path in self.paths for i in range(len(path) + 1))


NO_DOUBT = Doubt()
