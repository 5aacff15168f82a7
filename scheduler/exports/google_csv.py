"""Agendas as the tables that Google Calendar imports.

Columns and spellings are those of Google Calendar Help, "Import events to Google Calendar": dates such as
``05/30/2020``, times such as ``10:00 AM``, ``True`` and ``False``.
"""

from __future__ import annotations

from scheduler.domain import Instance, Solution
from scheduler.exports.agenda import Agendas
from scheduler.exports.calendar_rows import american_date, american_time, place, subject, times, told
from scheduler.exports.cells import csv_file, csv_text
from scheduler.exports.entries import Agenda, Entry
from scheduler.exports.formats import Manner

COLUMNS = (
    "Subject",
    "Start Date",
    "Start Time",
    "End Date",
    "End Time",
    "All Day Event",
    "Description",
    "Location",
    "Private",
)
"""To the letter."""


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return one table for each agenda: ``programme.google.csv``, ``city-valencia.google.csv`` ...

    A session's talks are told in its description, as in calendars.
    """
    found = {}
    for agenda in Agendas(instance, solution).by(manner.by):
        rows = (_row(instance, agenda, entry) for entry in agenda.events)
        table = csv_text(COLUMNS, rows, all_quoted=True)
        found[f"{agenda.view.stem}.google.csv"] = csv_file(table, bom=manner.bom)
    return found


def _row(instance: Instance, agenda: Agenda, entry: Entry) -> tuple[str, ...]:
    start, end = times(entry)
    return (
        subject(instance, agenda, entry),
        american_date(start, padded=True),
        american_time(start, padded=True, seconds=False),
        american_date(end, padded=True),
        american_time(end, padded=True, seconds=False),
        "False",
        told(instance, agenda, entry),
        place(entry),
        "False",
    )
