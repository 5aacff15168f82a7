"""Agendas as the tables that Google Calendar imports.

Columns and spellings are those of Google Calendar Help, "Import events to Google Calendar": dates such as
``05/30/2020``, times such as ``10:00 AM``, ``True`` and ``False``.
"""

from __future__ import annotations

from scheduler.domain import Instance, Solution
from scheduler.exports.calendar_rows import american_date, american_time, place, subject, tables, times, told
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
    """Return one table for each agenda: ``programme.google.csv``, ``city-valencia.google.csv`` ..."""
    return tables(instance, solution, manner, "google", COLUMNS, _row)


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
