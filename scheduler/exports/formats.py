"""The formats that agendas are written in: one line for each, and a module that writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from scheduler.domain import Instance, Solution
from scheduler.exports.views import By


@dataclass(frozen=True, slots=True)
class Manner:
    """How agendas are to be written; each format takes from it what it has a use for."""

    by: By = By.PROGRAMME
    """What to make an agenda for each of."""
    stamp: dt.datetime | None = None
    """When the schedule was last changed, with a time zone; None: a moment that follows from the instance."""
    sequence: int = 0
    """How many times the schedule was changed since it was first given out."""
    bom: bool = False
    """Whether tables begin with a byte order mark, by which Excel knows UTF-8."""
    address: str = ""
    """Where on the web a site will be found (``https://forum.example/2026/``); empty: not known."""


Files = dict[str, bytes]
"""Contents by name; a name may have folders in it (``assets/site.css``)."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of :func:`scheduler.exports.export`."""

    name: str
    home: str
    """The module of this package that has ``files(instance, solution, manner) -> Files``."""
    called: str
    """What a reader calls one of its files."""
    whole: bool = False
    """Whether it is one set of files for the whole programme, whatever agendas are asked for."""

    def files(self, instance: Instance, solution: Solution, manner: Manner) -> Files:
        """Return the files of a schedule; the module that writes them is imported now.

        Raises
        ------
        ValueError
            If the solution does not speak of this instance.
        """
        write: Callable[[Instance, Solution, Manner], Files]
        write = import_module(f"scheduler.exports.{self.home}").files
        return write(instance, solution, manner)


KNOWN = (
    Format("ical", "ical", "calendar"),
    Format("csv", "csv_tables", "table"),
    Format("frab-xml", "frab_xml", "schedule", whole=True),
    Format("frab-json", "frab_json", "schedule", whole=True),
    Format("jsonld", "jsonld", "document"),
    Format("jcal", "jcal", "calendar"),
    Format("google-csv", "google_csv", "table"),
    Format("outlook-csv", "outlook_csv", "table"),
    Format("gantt", "gantt", "picture"),
    Format("gantt-svg", "gantt.svg", "picture"),
    Format("site", "site", "file", whole=True),
    Format("xlsx", "schedule_workbook", "workbook", whole=True),
)
BY_NAME = {format_.name: format_ for format_ in KNOWN}
FORMATS = tuple(BY_NAME)
"""The formats that :func:`scheduler.exports.export` knows."""


def format_named(name: str) -> Format:
    """Return the format of a name.

    Raises
    ------
    ValueError
        If there is none; the message lists those that there are.
    """
    if name not in BY_NAME:
        raise ValueError(f"the formats are {', '.join(BY_NAME)}; there is none called {name!r}")
    return BY_NAME[name]
