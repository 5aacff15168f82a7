"""What refused rows were about: whoever names it leans on them, and is not wrong by itself."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.reading.workbook.directory import name_key
from scheduler.reading.workbook.drafts import Draft
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.tables import Row
from scheduler.sheets import Kind


class RefusedNames:
    """The names in rows that are refused, told to a directory.

    Parameters
    ----------
    draft : Draft
        The rows that it refuses, and its directory.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._told = 0

    def tell(self) -> None:
        """Tell the directory of all rows that were refused since it was last told."""
        rows = self._draft.trouble.in_turn
        for row in rows[self._told :]:
            for kind, name in names_of(row):
                self._draft.directory.refuse(kind, [name], row.place)
        self._told = len(rows)


def names_of(row: Row) -> Iterator[tuple[Kind, str]]:
    """Yield what a row defines: kinds, each with the key of a name."""
    for kind, columns in _NAMES.get(row.table.sheet.name, ()):
        for column in columns:
            if name := name_key(shown(row.cells.get(column, ""))):
                yield kind, name


def kinds_of(sheet: str) -> tuple[Kind, ...]:
    """Return the kinds of things that the rows of a sheet define."""
    return tuple(kind for kind, _ in _NAMES.get(sheet, ()))


_NAMES: dict[str, tuple[tuple[Kind, tuple[str, ...]], ...]] = {
    "cities": ((Kind.CITY, ("city", "id")),),
    "venues": (
        (Kind.CITY, ("city",)),
        (Kind.VENUE, ("venue", "venue id")),
        (Kind.ROOM, ("room", "room id")),
    ),
    "people": ((Kind.PERSON, ("email", "name", "id", "organisation")), (Kind.DELEGATION, ("delegation",))),
    "delegations": ((Kind.DELEGATION, ("delegation", "id")),),
    "interpreters": ((Kind.POOL, ("id",)),),
    "tracks": ((Kind.TRACK, ("track", "id")),),
    "sessions": ((Kind.SESSION, ("title", "id")),),
    "talks": ((Kind.TALK, ("title", "id")),),
    "meetings": ((Kind.MEETING, ("title", "id")),),
    "day parts": ((Kind.DAY_PART, ("name",)),),
    "priorities": ((Kind.PRIORITY, ("priority",)),),
}
"""What rows of some sheets are called, and in which columns."""
