"""Agendas as the tables that Outlook imports.

Columns, their order and the spellings are those of the table that Outlook for Windows itself exports from a
calendar in English: dates such as ``5/30/2020``, times such as ``10:00:00 AM``, ``True`` and ``False``.
"""

from __future__ import annotations

from scheduler.domain import Instance, Person, Solution
from scheduler.exports.calendar_rows import american_date, american_time, place, subject, tables, times, told
from scheduler.exports.entries import TRAVEL, Agenda, Entry
from scheduler.exports.formats import Manner

COLUMNS = (
    "Subject",
    "Start Date",
    "Start Time",
    "End Date",
    "End Time",
    "All day event",
    "Reminder on/off",
    "Reminder Date",
    "Reminder Time",
    "Meeting Organizer",
    "Required Attendees",
    "Optional Attendees",
    "Meeting Resources",
    "Billing Information",
    "Categories",
    "Description",
    "Location",
    "Mileage",
    "Priority",
    "Private",
    "Sensitivity",
    "Show time as",
)
"""To the letter."""

_BUSY, _FREE = "2", "3"


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return one table for each agenda: ``programme.outlook.csv``, ``city-valencia.outlook.csv`` ..."""
    return tables(instance, solution, manner, "outlook", COLUMNS, _row)


def _row(instance: Instance, agenda: Agenda, entry: Entry) -> tuple[str, ...]:
    start, end = times(entry)
    cells = {
        "Subject": subject(instance, agenda, entry),
        "Start Date": american_date(start, padded=False),
        "Start Time": american_time(start, padded=False, seconds=True),
        "End Date": american_date(end, padded=False),
        "End Time": american_time(end, padded=False, seconds=True),
        "All day event": "False",
        "Reminder on/off": "False",
        "Required Attendees": ";".join(_listed(attendee.person) for attendee in entry.attendees),
        "Optional Attendees": ";".join(map(_listed, entry.listeners)),
        "Categories": entry.kind,
        # A cell's line ends are those of the file.
        "Description": told(instance, agenda, entry).replace("\n", "\r\n"),
        "Location": place(entry),
        "Priority": "Normal",
        "Private": "False",
        "Sensitivity": "Normal",
        "Show time as": _BUSY if agenda.is_busy else _FREE,
    }
    organizer = instance.programme.organizer
    if organizer is not None and entry.kind != TRAVEL:
        cells["Meeting Organizer"] = " ".join(organizer.name.split())
    return tuple(cells.get(column, "") for column in COLUMNS)


def _listed(person: Person) -> str:
    """Return a name as it can stand in a list: a semicolon would end it."""
    return " ".join(person.name.replace(";", ",").split())
