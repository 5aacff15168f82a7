"""Changes between two schedules as JSON, CSV and Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from scheduler.domain import ActivityKind
from scheduler.exports.cells import csv_text
from scheduler.exports.changes import Aspect, Change, ChangeKind, Changes, Group, Named, Spot
from scheduler.exports.in_words import short_date

_SPOT = ("start", "end", "city", "room", "table", "attendees", "interpreter")
COLUMNS = (
    "kind",
    "activity",
    "title",
    "type",
    "what",
    "parties",
    *(f"old_{name}" for name in _SPOT),
    *(f"new_{name}" for name in _SPOT),
)
"""Of the table of changes."""

KINDS = {
    ChangeKind.MOVED: "moved",
    ChangeKind.ADDED: "added",
    ChangeKind.CANCELLED: "cancelled",
    ChangeKind.PEOPLE: "with other people",
}
"""What became of activities, in words."""


def changes_data(changes: Changes) -> dict[str, Any]:
    """Return changes as plain data, with counts, and the activities of each party and city.

    Returns
    -------
    dict
        ``programme``, ``title``, ``counts`` (by kind, and ``unchanged``), ``changes`` (see
        :class:`~scheduler.exports.changes.Change`), ``parties``, ``cities`` (``id``, ``name``,
        ``activities``).
    """
    counts = {kind.value: count for kind, count in changes.counts().items()}
    data = changes.model_dump(mode="json", exclude={"unchanged"})
    return {
        "programme": data["programme"],
        "title": data["title"],
        "counts": {**counts, "unchanged": changes.unchanged},
        "changes": data["changes"],
        "parties": [group.model_dump(mode="json") for group in changes.by_party()],
        "cities": [group.model_dump(mode="json") for group in changes.by_city()],
    }


def changes_json(changes: Changes) -> str:
    """Return changes as a JSON file (see :func:`changes_data`)."""
    return json.dumps(changes_data(changes), ensure_ascii=False, indent=2) + "\n"


def changes_csv(changes: Changes) -> str:
    """Return changes as a table (RFC 4180): one row for each, columns ``COLUMNS``, ids joined with ``;``.

    No cell begins like a formula (:mod:`scheduler.exports.cells`).
    """
    return csv_text(COLUMNS, map(_row, changes.changes))


def _row(change: Change) -> list[str]:
    facts = [
        change.kind.value,
        change.activity,
        change.title,
        change.type.value if change.type else "",
        ";".join(aspect.value for aspect in change.what),
        _ids(change.parties),
    ]
    return [*facts, *_cells(change.before), *_cells(change.after)]


def _cells(spot: Spot | None) -> list[str]:
    if spot is None:
        return [""] * len(_SPOT)
    return [
        spot.start.isoformat(timespec="minutes"),
        spot.end.isoformat(timespec="minutes") if spot.end else "",
        spot.city.id if spot.city else "",
        spot.room.id,
        "" if spot.table is None else str(spot.table),
        _ids(spot.attendees),
        spot.interpreter or "",
    ]


def _ids(named: Iterable[Named]) -> str:
    return ";".join(each.id for each in named)


# -- Markdown ------------------------------------------------------------------------------------------


def changes_markdown(changes: Changes) -> str:
    """Return changes for people to read: what differs, and for each party which of it concerns them."""
    lines = [f"{counted(changes)}.", ""]
    for kind, name in KINDS.items():
        found = [change for change in changes.of(kind) if not change.with_session]
        if found:
            lines += [f"### {name[:1].upper()}{name[1:]}", "", *map(_item, found), ""]
    if changes:
        lines += ["### For each party", "", *_parties(changes), ""]
    return "\n".join(lines)


def counted(changes: Changes) -> str:
    """Return how many activities were moved, added and so on: ``2 moved, 1 added; 40 as before``."""
    told = [f"{count} {KINDS[kind]}" for kind, count in changes.counts().items() if count]
    return f"{', '.join(told) or 'nothing changed'}; {changes.unchanged} as before"


def named(change: Change) -> str:
    """Return the title of an activity, of a meeting with whom, and the id where that says more."""
    title = " ".join(change.title.split())
    titles = [] if title == change.activity else [title]
    if change.type in (ActivityKind.MEETING, None) and change.between:
        titles.append(" - ".join(party.name for party in change.between))
    return f"{': '.join(titles)} ({change.activity})" if titles else title


def was_and_is(change: Change) -> tuple[str, str]:
    """Return when and where an activity was and is, as far as that differs (empty: nowhere)."""
    with_place = change.kind is not ChangeKind.PEOPLE
    before, after = change.before, change.after
    return _told(before, after, change, with_place), _told(after, before, change, with_place)


def _told(spot: Spot | None, other: Spot | None, change: Change, with_place: bool) -> str:
    if spot is None:
        return ""
    told = [place_and_time(spot)] if with_place else []
    if Aspect.ATTENDEES in change.what and other is not None:
        alone = [person.name for person in spot.attendees if person not in other.attendees]
        told += [f"with {'; '.join(alone)}"] if alone else []
    if Aspect.INTERPRETER in change.what:
        told.append(f"interpreter {spot.interpreter}" if spot.interpreter else "no interpreter")
    return ", ".join(told)


def place_and_time(spot: Spot) -> str:
    """Return when and where: ``Mon 10 Mar 11:00-11:30, Meeting area, table 1, Valencia``."""
    end = f"-{spot.end:%H:%M}" if spot.end else ""
    where = [spot.room.name]
    where += [f"table {spot.table}"] if spot.table is not None else []
    where += [spot.city.name] if spot.city else []
    return ", ".join([f"{short_date(spot.start.date())} {spot.start:%H:%M}{end}", *where])


def _item(change: Change) -> str:
    before, after = was_and_is(change)
    then = f"{before} → {after}" if before and after else before or after
    return f"- {_plain(named(change))}: {_plain(then)}"


def _parties(changes: Changes) -> Iterator[str]:
    by_id = {change.activity: change for change in changes.changes}
    for group in changes.by_party():
        found = [by_id[activity] for activity in group.activities]
        told = [f"{named(change)} {KINDS[change.kind]}" for change in found if not change.with_session]
        if told:
            yield f"- {_plain(_whole(group))}: {_plain('; '.join(told))}"


def _whole(group: Group) -> str:
    return group.name if group.name == group.id else f"{group.name} ({group.id})"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in flat)
