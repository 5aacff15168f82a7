"""What the tables that calendar programs import say of an entry: subject, place, times without a zone.

Such tables know no time zones: their times are taken for those of whoever imports them. They are written on
the clock of the entry's city, and the description says which clock that is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from scheduler.domain import Instance, Solution
from scheduler.domain.times import elapsed
from scheduler.exports.agenda import Agendas
from scheduler.exports.cells import csv_file, csv_text
from scheduler.exports.entries import TRAVEL, Agenda, Entry
from scheduler.exports.formats import Files, Manner
from scheduler.exports.in_words import utc_offset
from scheduler.exports.wording import description, location, summary


def tables(
    instance: Instance,
    solution: Solution,
    manner: Manner,
    program: str,
    columns: Sequence[str],
    row: Callable[[Instance, Agenda, Entry], Sequence[str]],
) -> Files:
    """Return one table for each agenda: ``programme.<program>.csv``, ``city-valencia.<program>.csv`` ...

    A session's talks are told in its description, as in calendars.
    """
    found = {}
    for agenda in Agendas(instance, solution).by(manner.by):
        table = csv_text(columns, (row(instance, agenda, entry) for entry in agenda.events), all_quoted=True)
        found[f"{agenda.view.stem}.{program}.csv"] = csv_file(table, bom=manner.bom)
    return found


def subject(instance: Instance, agenda: Agenda, entry: Entry) -> str:
    """Return what the entry is called, on one line."""
    return _one_line(summary(instance, agenda, entry))


def place(entry: Entry) -> str:
    """Return where the entry is, on one line."""
    return _one_line(location(entry))


def times(entry: Entry) -> tuple[dt.datetime, dt.datetime]:
    """Return start and end on the clock of the entry's city (of a leg: the one it leaves), without a zone.

    Where that clock is put back between them, so that it shows the end before the start, the end is as much
    later as the entry is long.
    """
    zone = entry.place.city.zone
    start, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (entry.start, entry.end))
    return start, end if end > start else start + elapsed(entry.start, entry.end)


def told(instance: Instance, agenda: Agenda, entry: Entry) -> str:
    """Return on which clock the times are, and the description."""
    return "\n".join(filter(None, (clock(entry), description(instance, agenda, entry))))


def clock(entry: Entry) -> str:
    """Return a sentence that says whose clock the times are on, and how it differs from UTC."""
    city = entry.place.city
    start, end = (utc_offset(moment.astimezone(city.zone)) for moment in (entry.start, entry.end))
    offset = start if start == end else f"{start}, at the end {end}"
    leaves = " (the city it leaves)" if entry.kind == TRAVEL else ""
    return f"Times are those of {_one_line(city.label)}{leaves}: {city.time_zone}, {offset}."


def american_date(moment: dt.datetime, *, padded: bool) -> str:
    """Return month, day and year: ``05/30/2020``, or ``5/30/2020``."""
    return f"{moment:%m/%d/%Y}" if padded else f"{moment.month}/{moment.day}/{moment.year}"


def american_time(moment: dt.datetime, *, padded: bool, seconds: bool) -> str:
    """Return a time of day of twelve hours: ``09:00 AM``, or ``9:00:00 AM``."""
    # Not %p, which is empty in many languages.
    hour = moment.hour % 12 or 12
    half = "AM" if moment.hour < 12 else "PM"
    clock_hour = f"{hour:02d}" if padded else str(hour)
    return f"{clock_hour}:{moment:%M:%S} {half}" if seconds else f"{clock_hour}:{moment:%M} {half}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
