"""Options that several commands have: how to search, and what to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from scheduler.cli.choices import seconds, words

FORMATS = (
    "ical",
    "csv",
    "frab-xml",
    "frab-json",
    "jsonld",
    "jcal",
    "google-csv",
    "outlook-csv",
    "gantt",
    "gantt-svg",
    "site",
    "xlsx",
)
KINDS = ("programme", "city", "venue", "room", "delegation", "participant")
"""What agendas are made for."""
USUAL = "programme,city,delegation,participant"
"""The kinds that are written unless told otherwise."""

_Command = TypeVar("_Command", bound=Callable[..., Any])

_SEARCHING = (
    click.option(
        "-o",
        "--output",
        "directory",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Where to write.  [default: solutions/<name of the instance's file>]",
    ),
    click.option("--time-limit", type=seconds, metavar="S", help="Stop after so many seconds."),
    click.option(
        "--workers", type=click.IntRange(1, 256), metavar="N", help="Threads.  [default: one per core]"
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, 2**31 - 1),
        metavar="N",
        default=0,
        show_default=True,
        help="Of the search.",
    ),
    click.option(
        "--deterministic",
        is_flag=True,
        help="One thread, and the limit in the solver's own time: the same seed gives the same schedule.",
    ),
    click.option(
        "--export",
        "formats",
        type=words(*FORMATS),
        metavar="FORMATS",
        help=f"Write agendas too: one or more of {', '.join(FORMATS)}.",
    ),
    click.option(
        "--by",
        "kinds",
        type=words(*KINDS),
        metavar="KINDS",
        help=f"Whose agendas to write.  [default: {USUAL}]",
    ),
)


def searching(command: _Command) -> _Command:
    """Give a command the options of a search that writes its schedule."""
    for option in reversed(_SEARCHING):
        command = option(command)
    return command


def settle_kinds(given: dict[str, Any]) -> None:
    """Fill in whose agendas are written where nobody said so.

    Raises
    ------
    click.UsageError
        If somebody said so, and asks for no agendas.
    """
    if given["kinds"] and not given["formats"]:
        raise click.UsageError("--by says whose agendas to write; add --export and a format, such as ical.")
    given["kinds"] = given["kinds"] or words(*KINDS)(USUAL)
