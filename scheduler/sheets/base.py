"""What a sheet and a column are: names, what cells hold, which key of the instance file they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str, ...]
"""Keys of the instance file, from an entry's own top (or from the top of the file)."""


class Kind(StrEnum):
    """What a cell holds (one of it, or several with semicolons between them)."""

    TEXT = "text"
    ID = "id"
    EMAIL = "email address"
    NUMBER = "whole number"
    YES_NO = "yes or no"
    CHOICE = "one of some words"
    DATE = "date"
    TIME = "time of day"
    MOMENT = "date and time"
    DURATION = "length of time"
    ZONE = "time zone"
    PARTY = "person or delegation"
    PERSON = "person"
    DELEGATION = "delegation"
    CITY = "city"
    VENUE = "venue"
    ROOM = "room"
    TRACK = "track"
    SESSION = "session"
    TALK = "talk"
    MEETING = "meeting"
    ACTIVITY = "session, talk or meeting"
    POOL = "interpreters"
    DAY_PART = "day part"
    PRIORITY = "priority"
    WINDOW = "part of a day"
    """``2017-11-21 09:00-12:00``; without the date on each, without the times all day."""
    INTERVAL = "stretch of time"
    """``2017-11-21 09:00-12:00``, or ``2017-11-21T09:00+01:00/2017-11-22T12:00+01:00``."""
    SPEAKER = "speaker"
    """A person, with the role in brackets where it is another than speaker: ``Anna (moderator)``."""
    DEPARTURE = "departure"
    """``08:10``, ``18:10-20:05`` with the arrival, ``21:10 [2017-11-20, 2017-11-22]`` with its dates."""
    ROLES = "role asked of a party"
    """``party=role``."""
    MORE = "any other keys"
    """YAML in flow style: ``{due: 2017-11-20T12:00, attendance: 12}``; the outer braces may be left out."""


class Shape(StrEnum):
    """How a sheet is laid out."""

    ROWS = "rows"
    """The columns side by side, and a row for each thing."""
    SETTINGS = "settings"
    """The columns one below the other, each with its value beside it."""
    AVAILABILITY = "availability"
    """Rows, or a grid: a person in each row, a time at the head of each further column."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet (or one setting).

    Attributes
    ----------
    name : str
        As a template writes it.
    kind : Kind
        What its cells hold.
    path : Path or None
        The keys of an entry that it stands for; empty for the rest of an entry (``more``). None: it says
        something in another way, which ``about`` explains, and nobody who writes an instance needs it.
    about : str
        What it is for, in a sentence for an officer.
    example : str
        What may stand in a cell.
    aliases : tuple of str
        Other names that are understood; capitals, accents, spaces and punctuation never matter.
    needed : bool
        Whether each row says it.
    many : bool
        Whether a cell may hold several values.
    words : tuple of str
        The words there are, of a choice.
    """

    name: str
    kind: Kind
    path: Path | None
    about: str
    example: str = ""
    aliases: tuple[str, ...] = ()
    needed: bool = False
    many: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook (or one file of a folder).

    Attributes
    ----------
    name : str
        As a template writes it.
    about : str
        What it is for, in a sentence for an officer.
    place : Path or None
        The key of the instance file whose entries its rows are (``("travel", "links")``); None where rows
        say something of entries that other sheets define, or in another way.
    columns : tuple of Column
        In the order of a template.
    aliases : tuple of str
        Other names that are understood.
    shape : Shape
        How it is laid out.
    """

    name: str
    about: str
    place: Path | None
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    shape: Shape = Shape.ROWS

    def column(self, name: str) -> Column:
        """Return the column of a name (KeyError if there is none)."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def more(path: Path = ()) -> Column:
    """Return the last column of a sheet: whatever has no column of its own."""
    return Column(
        "more",
        Kind.MORE,
        path,
        "Rare keys, as the instance file writes them.",
        "due: 2017-11-20T12:00",
        ("other keys", "other"),
    )
