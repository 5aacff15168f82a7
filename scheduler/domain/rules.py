"""The names of the hard rules (charter, section 2), in their order."""

from __future__ import annotations

from enum import StrEnum


class RuleName(StrEnum):
    """A hard rule: a schedule that breaks one is invalid."""

    PLACEMENT = "placement"
    WINDOWS = "windows"
    ROOM = "room"
    PERSON = "person"
    AVAILABILITY = "availability"
    DELEGATION = "delegation"
    TRAVEL = "travel"
    PLENARY = "plenary"
    PRECEDENCE = "precedence"
    PINS = "pins"
    LOAD = "load"
    INTERPRETERS = "interpreters"
    FAIRNESS = "fairness"
    NEVER = "never"
