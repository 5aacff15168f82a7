"""From a solution to what people use: calendars, tables, the solution file; and an instance as a file.

Every format is written from one neutral view, the :class:`~scheduler.exports.entries.Agenda`. Modules are
imported when they are used, and with them pandas and icalendar.
"""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.domain import Instance, Solution
from scheduler.exports.solution_file import solution_text, write_solution
from scheduler.exports.views import PROGRAMME, By, View, by_named, view_of_party, views
from scheduler.exports.writing import write_files

if TYPE_CHECKING:
    from scheduler.exports.agenda import Agendas, agenda_of
    from scheduler.exports.changes import Change, ChangeKind, Changes, Edition, changes_between, diff
    from scheduler.exports.entries import TRAVEL, Agenda, Attendee, Entry, Part
    from scheduler.exports.formats import FORMATS, Format, format_named
    from scheduler.exports.instance_file import instance_text, write_instance
    from scheduler.exports.instance_tables import instance_files
    from scheduler.exports.workbook import UncarriedError, workbook_bytes, workbook_tables, write_workbook

__all__ = [
    "FORMATS",
    "PROGRAMME",
    "TRAVEL",
    "Agenda",
    "Agendas",
    "Attendee",
    "By",
    "Change",
    "ChangeKind",
    "Changes",
    "Edition",
    "Entry",
    "Format",
    "Part",
    "UncarriedError",
    "View",
    "agenda_of",
    "changes_between",
    "diff",
    "export",
    "format_named",
    "instance_files",
    "instance_text",
    "solution_text",
    "view_of_party",
    "views",
    "workbook_bytes",
    "workbook_tables",
    "write_files",
    "write_instance",
    "write_solution",
    "write_workbook",
]


_HOMES = {
    "agenda": ("Agendas", "agenda_of"),
    "changes": ("Change", "ChangeKind", "Changes", "Edition", "changes_between", "diff"),
    "entries": ("TRAVEL", "Agenda", "Attendee", "Entry", "Part"),
    "formats": ("FORMATS", "Format", "format_named"),
    "instance_file": ("instance_text", "write_instance"),
    "instance_tables": ("instance_files",),
    "workbook": ("UncarriedError", "workbook_bytes", "workbook_tables", "write_workbook"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import what is asked for: who writes a solution needs no agendas."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def export(
    instance: Instance,
    solution: Solution,
    format: str,  # noqa: A002 - the word of the command line
    by: str = "programme",
    directory: str | PathLike[str] = ".",
    *,
    stamp: dt.datetime | None = None,
    sequence: int = 0,
    bom: bool = False,
    address: str = "",
) -> list[Path]:
    """Write the agendas of a schedule to files; the same schedule always gives the same bytes.

    Parameters
    ----------
    instance : Instance
        The programme.
    solution : Solution
        One of its schedules. It need not keep the rules, but must speak of this programme.
    format : str
        One of :data:`FORMATS`.
        ``ical``: iCalendar (RFC 5545), one ``.ics`` for each agenda. ``csv``: RFC 4180, one ``.csv`` for
        each agenda; the programme's is ``schedule.csv``, with ``unscheduled.csv`` beside it. ``frab-xml``,
        ``frab-json``: the schedule format of frab and pretalx, one file for the programme and, where there
        are several cities, one for each. ``jsonld``: events of schema.org. ``jcal``: RFC 7265, as ``ical``.
        ``gantt``: pictures against time, as SVG and PNG; ``gantt-svg``: as SVG alone.
        ``site``: a web site, whatever ``by`` says; its first page is ``index.html``.
        ``google-csv``, ``outlook-csv``: tables that these calendars import. ``xlsx``: a workbook,
        whatever ``by`` says, ``programme.xlsx``.
    by : {"programme", "city", "venue", "room", "delegation", "participant"}
        What to make an agenda for each of. Files are called ``city-valencia.ics`` and so on.
    directory : path
        Where to write; it is made if need be.
    stamp : datetime, optional
        For calendars: when the schedule was last changed, with a time zone. Not given: a moment that
        follows from the instance.
    sequence : int, optional
        For calendars: how many times the schedule was changed since it was first given out.
    bom : bool
        For tables: begin with a byte order mark, by which Excel knows UTF-8.
    address : str
        For a site: where on the web it will be found, for QR codes and subscriptions to its calendars.

    Returns
    -------
    list of pathlib.Path
        The files written, in the order of the instance.

    Raises
    ------
    ValueError
        If there is no such format or kind of agenda (the message names those that there are), or the
        solution does not speak of this instance. Nothing is written then.
    OSError
        If the directory cannot be written to. Every file is then whole: as it was, or new.
    """
    from scheduler.exports.formats import Manner, format_named

    manner = Manner(by_named(by), stamp, sequence, bom, address)
    return write_files(Path(directory), format_named(format).files(instance, solution, manner))
