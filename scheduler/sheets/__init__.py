"""The sheets of a workbook (or the files of a folder) that describes a programme, as pure data.

``reading`` reads by this description and ``exports`` writes by it, so that what one writes the other
understands. ``docs/spreadsheets.md`` shows the same to people, and a test holds it equal.

An entry of the instance file, as far as a sheet has columns for its keys, is a row; what has no column stands
in ``more`` as YAML. What a sheet cannot say at all (a list that is empty but differs from its default) stands
in ``more`` of the sheet ``programme``, whose keys are those at the top of the instance file.
"""

from __future__ import annotations

from scheduler.sheets.activities import (
    BASELINE,
    DAY_RELATIONS,
    LOCKS,
    MEETINGS,
    PRECEDENCES,
    SESSIONS,
    TALKS,
    TRACKS,
)
from scheduler.sheets.base import Column, Kind, Path, Shape, Sheet
from scheduler.sheets.cells import folded, is_carried, is_email, joined, split
from scheduler.sheets.people import AVAILABILITY, DELEGATIONS, INTERPRETERS, NEVER, PEOPLE, WISHES
from scheduler.sheets.places import CITIES, TRANSFERS, TRAVEL, VENUES
from scheduler.sheets.programme import DAY_PARTS, OBJECTIVE, PRIORITIES, PROGRAMME

__all__ = [
    "READ_ME",
    "SHEETS",
    "Column",
    "Kind",
    "Path",
    "Shape",
    "Sheet",
    "folded",
    "is_carried",
    "is_email",
    "joined",
    "sheet",
    "split",
]

SHEETS: tuple[Sheet, ...] = (
    PROGRAMME,
    CITIES,
    VENUES,
    TRANSFERS,
    TRAVEL,
    PEOPLE,
    DELEGATIONS,
    AVAILABILITY,
    WISHES,
    NEVER,
    MEETINGS,
    SESSIONS,
    TALKS,
    TRACKS,
    LOCKS,
    PRECEDENCES,
    DAY_RELATIONS,
    INTERPRETERS,
    DAY_PARTS,
    PRIORITIES,
    OBJECTIVE,
    BASELINE,
)
"""All sheets, in the order of a template."""

READ_ME = ("read me", "readme", "instructions", "help", "about", "léeme")
"""Names of sheets for people, which nothing is read from."""


def sheet(name: str) -> Sheet:
    """Return the sheet of a name (KeyError if there is none)."""
    return _BY_NAME[name]


_BY_NAME = {each.name: each for each in SHEETS}
