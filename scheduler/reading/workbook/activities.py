"""Sessions, talks, meetings, tracks, their order and what is fixed, into the data of an instance."""

from __future__ import annotations

from typing import Any

from scheduler.reading.errors import Path
from scheduler.reading.workbook.drafts import Draft, Entry, Source, columns_of
from scheduler.reading.workbook.ids import Wanted, minted
from scheduler.reading.workbook.presence import common_zone, local, zone_of_programme
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.tables import Row
from scheduler.sheets import Kind
from scheduler.sheets import sheet as sheet_of

_FURTHER = (("chairs", "chair"), ("moderators", "moderator"))
"""Columns of people with one role in a session, and which."""


def know_tracks(draft: Draft) -> list[tuple[Row, str]]:
    """Let sheets name tracks; return their rows and ids, for when it is known who chairs them."""
    rows = list(draft.rows("tracks"))
    labels = [shown(row.cells.get("track", "")) for row in rows]
    wanted = [
        Wanted(draft.said(row, "id") or "", (label,), "", "track")
        for row, label in zip(rows, labels, strict=True)
    ]
    found = list(zip(rows, minted(wanted), strict=True))
    for (_, name), label in zip(found, labels, strict=True):
        draft.directory.add(Kind.TRACK, name, f"{label or name} ({name})", [label])
    return found


def add_tracks(draft: Draft, tracks: list[tuple[Row, str]]) -> None:
    """Put tracks into the data."""
    for row, name in tracks:
        entry = draft.entry(row, ("id",)) if row not in draft.trouble.refused else None
        if entry is not None:
            draft.add(("tracks",), {"id": name, **entry}, Source(row, columns_of(row.table.sheet)))


def add_sessions(draft: Draft) -> None:
    """Put sessions and their talks into the data."""
    rows = list(draft.rows("sessions"))
    for row, name, label in _named(draft, rows, "session", set()):
        entry = draft.entry(row, ("id",))
        if entry is None:
            continue
        entry.setdefault("kind", "conference")
        if speakers := [*entry.get("speakers", ()), *_further_speakers(draft, row)]:
            entry["speakers"] = speakers
        if row not in draft.trouble.refused:
            draft.add(("sessions",), {"id": name, **entry}, Source(row, columns_of(row.table.sheet)))
            draft.directory.add(Kind.SESSION, name, f"{label or name} ({name})", [label])
    _add_talks(draft)


def _further_speakers(draft: Draft, row: Row) -> list[Entry]:
    return [
        {"participant": who, "role": role}
        for column, role in _FURTHER
        for who in draft.said(row, column) or ()
    ]


def _add_talks(draft: Draft) -> None:
    at = {session["id"]: i for i, session in enumerate(draft.data.get("sessions", ()))}
    for row, name, label in _named(draft, list(draft.rows("talks")), "talk", set(at)):
        session = draft.said(row, "session")
        entry = draft.entry(row, ("id", "session"))
        if session is None and row not in draft.trouble.refused:
            draft.trouble.refuse(row, "session", "is empty: every row needs it")
        elif entry is not None and row not in draft.trouble.refused:
            path = ("sessions", at[session], "talks")
            draft.add(path, {"id": name, **entry}, Source(row, columns_of(row.table.sheet)))
            draft.directory.add(Kind.TALK, name, f"{label or name} ({name})", [label])


def _named(draft: Draft, rows: list[Row], noun: str, taken: set[str]) -> list[tuple[Row, str, str]]:
    """Return rows of activities with their ids and titles."""
    labels = [shown(row.cells.get("title", "")) for row in rows]
    wanted = [
        Wanted(draft.said(row, "id") or "", (label,), "", noun)
        for row, label in zip(rows, labels, strict=True)
    ]
    return list(zip(rows, minted(wanted, frozenset(taken)), labels, strict=True))


def add_meetings(draft: Draft) -> None:
    """Put meetings into the data that are asked for one by one; without a title their parties name them."""
    found: list[tuple[Row, Entry, str]] = []
    for row in draft.rows("meetings"):
        entry = draft.entry(row, ())
        if entry is not None:
            found.append((row, entry, entry.get("title") or "--".join(entry["parties"])))
    wanted = [Wanted(entry.pop("id", ""), (label,), "", "meeting") for _, entry, label in found]
    taken = frozenset(ids_of_activities(draft))
    columns = columns_of(sheet_of("meetings"))
    for (row, entry, _), name in zip(found, minted(wanted, taken), strict=True):
        draft.add(("meetings",), {"id": name, **entry}, Source(row, columns))
        title = entry.get("title", "")
        draft.directory.add(Kind.MEETING, name, f"{title or name} ({name})", [title])


def ids_of_activities(draft: Draft) -> dict[str, Path]:
    """Return the paths of all activities so far, by their ids."""
    found: dict[str, Path] = {}
    for key in ("sessions", "meetings"):
        for i, entry in enumerate(draft.data.get(key, ())):
            found.setdefault(entry["id"], (key, i))
            for j, talk in enumerate(entry.get("talks", ())):
                found.setdefault(talk["id"], (key, i, "talks", j))
    return found


def add_relations(draft: Draft) -> None:
    """Put what is before what, what is on one date, and an earlier schedule into the data."""
    for sheet, key in (
        ("precedences", "precedences"),
        ("day relations", "day_relations"),
        ("baseline", "baseline"),
    ):
        for row in draft.rows(sheet):
            draft.cells.lenient = key == "baseline"
            entry = draft.entry(row)
            draft.cells.lenient = False
            if entry is not None:
                if key == "baseline" and "interpreter" in entry:
                    entry["interpreter"].setdefault("unit", 1)
                draft.add((key,), entry, Source(row, columns_of(row.table.sheet)))


def add_locks(draft: Draft) -> None:
    """Put what is fixed into the activities, on the clock of the city if the room says which."""
    paths = ids_of_activities(draft)
    locked: dict[str, Row] = {}
    for row in draft.rows("locks"):
        name = draft.said(row, "activity")
        entry = draft.entry(row, ("activity",))
        if name is None or entry is None:
            if row not in draft.trouble.refused:
                draft.trouble.refuse(row, "activity", "is empty: every row needs it")
            continue
        if not entry:
            draft.trouble.refuse(row, "activity", "is said to be fixed, but not when or where")
        elif (first := locked.setdefault(name, row)) is not row:
            draft.trouble.refuse(row, "activity", f"is fixed already ({first.place})")
        else:
            _lock(draft, row, paths[name], entry["pin"])


def _lock(draft: Draft, row: Row, path: Path, pin: Entry) -> None:
    activity: Any = draft.data
    for step in path:
        activity = activity[step]
    if "start" in pin and "room" in pin:
        zone = _zone_of_room(draft, pin["room"])
        if zone is not None and zone != zone_of_programme(draft):
            pin["start"] = local(pin["start"], zone)
    known = activity.setdefault("pin", {})
    known.update({key: value for key, value in pin.items() if key not in known})
    draft.sources[(*path, "pin")] = Source(row, {(key,): key for key in pin} | {(): "activity"})


def _zone_of_room(draft: Draft, room: str) -> Any:
    for city in draft.data.get("cities", ()):
        if any(each["id"] == room for venue in city.get("venues", ()) for each in venue.get("rooms", ())):
            return common_zone(draft, [city["id"]])
    return None
