"""Agendas and refused requests as CSV tables (RFC 4180: CRLF, quotes only where needed; UTF-8).

No cell begins like a formula (:mod:`scheduler.exports.cells`).
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from scheduler.domain import HostedActivity, Instance, Solution, is_mandatory
from scheduler.exports.agenda import Agendas
from scheduler.exports.cells import csv_file, csv_text
from scheduler.exports.entries import Agenda, Entry
from scheduler.exports.formats import Manner
from scheduler.exports.views import PROGRAMME, By, by_named

SCHEDULE = (
    "activity",
    "kind",
    "title",
    "city",
    "venue",
    "room",
    "table",
    "start",
    "end",
    "parties",
    "attendees",
)
UNSCHEDULED = ("activity", "title", "parties", "priority", "reason")


def schedule_table(agenda: Agenda) -> pd.DataFrame:
    """Return an agenda with one row for each entry, talks and legs included, by start and then id.

    Returns
    -------
    pandas.DataFrame
        Columns ``SCHEDULE``, all text. City, venue, room, parties and attendees are ids, the last two
        joined with ``;``. ``start`` and ``end`` are ISO 8601 with the offset of their city. Of a leg
        ``city`` is the one it leaves, and ``end`` has the offset of the one it reaches.
    """
    return _table([_row(entry) for entry in agenda.entries], SCHEDULE)


def unscheduled_table(instance: Instance, solution: Solution) -> pd.DataFrame:
    """Return the sessions and meetings without a place, in the order of the instance.

    Returns
    -------
    pandas.DataFrame
        Columns ``UNSCHEDULED``, all text. ``priority`` is ``mandatory`` for what should have had a place;
        ``reason`` is empty where the solution gives none.
    """
    placed = {placement.activity for placement in solution.placements}
    reasons = {item.activity: item.reason for item in solution.unscheduled}
    rows = [
        (
            activity.id,
            activity.label,
            ";".join(activity.parties),
            "mandatory" if is_mandatory(activity) else activity.priority,
            reasons.get(activity.id, ""),
        )
        for activity in instance.activities
        if isinstance(activity, HostedActivity) and activity.id not in placed
    ]
    return _table(rows, UNSCHEDULED)


def csv_bytes(table: pd.DataFrame, bom: bool = False) -> bytes:
    """Return a table as a file's content, on request with a byte order mark."""
    return csv_file(csv_text(list(table.columns), table.itertuples(index=False, name=None)), bom=bom)


def csv_files(instance: Instance, solution: Solution, by: str, bom: bool = False) -> dict[str, bytes]:
    """Return one table for each view of a kind, by file name.

    The programme's is ``schedule.csv``, and beside it stands ``unscheduled.csv``.

    Raises
    ------
    ValueError
        If there is no such kind, or the solution does not speak of this instance.
    """
    agendas = Agendas(instance, solution)
    if by_named(by) is By.PROGRAMME:
        return {
            "schedule.csv": csv_bytes(schedule_table(agendas.of(PROGRAMME)), bom),
            "unscheduled.csv": csv_bytes(unscheduled_table(instance, solution), bom),
        }
    return {f"{agenda.view.stem}.csv": csv_bytes(schedule_table(agenda), bom) for agenda in agendas.by(by)}


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return the tables as :func:`scheduler.exports.export` asks for them."""
    return csv_files(instance, solution, manner.by, manner.bom)


def _row(entry: Entry) -> tuple[str, ...]:
    place = entry.place
    return (
        entry.id,
        str(entry.kind),
        entry.title,
        place.city.id,
        place.venue.id if place.venue else "",
        place.room.id if place.room else "",
        "" if place.table is None else str(place.table),
        entry.start.isoformat(timespec="minutes"),
        entry.end.isoformat(timespec="minutes"),
        ";".join(entry.parties),
        ";".join(attendee.person.id for attendee in entry.attendees),
    )


def _table(rows: Iterable[tuple[str, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns), dtype=object)
