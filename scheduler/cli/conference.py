"""``scheduler import conference``: a conference schedule, written as an instance file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from scheduler.cli.console import Terminal
from scheduler.cli.importing import refuse_same
from scheduler.cli.outcome import ExitCode
from scheduler.cli.words import counted
from scheduler.domain import Instance
from scheduler.exports import write_instance
from scheduler.reading import ImportedConference, import_conference


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of ``import conference``; the command line's options, one to one."""

    file: Path
    output: Path
    pinned: bool = True
    time_zone: str | None = None
    keep_going: bool = False


def run(order: Order) -> ExitCode:
    """Import a conference schedule, and say what became of its events."""
    refuse_same(order.file, order.output)
    found = import_conference(
        order.file, pinned=order.pinned, time_zone=order.time_zone, keep_going=order.keep_going
    )
    write_instance(found.instance, order.output, f"Imported from {order.file.name}.")
    for line in _told(found):
        click.echo(line, err=True)
    Terminal().print(f"{order.output}: {_counts(order, found)}", soft_wrap=True)
    return ExitCode.DONE


def _told(found: ImportedConference) -> Iterable[str]:
    """Yield what is to be known besides, a line each."""
    yield from map(str, found.refused)
    yield from (f"{fault}; it is not pinned" for fault in found.loose)
    yield from (f"Note: {note}." for note in found.notes)


def _counts(order: Order, found: ImportedConference) -> str:
    """Return the closing line: nothing is lost without a word."""
    refused = found.read - found.used
    events = f"{counted(found.read, 'event')} read, {found.used} used, {refused} refused"
    held = found.used - len(found.loose) if order.pinned else 0
    return f"{events}; {_contents(found.instance)}; {held} pinned, {found.used - held} free"


def _contents(instance: Instance) -> str:
    dates = {opening.date for city in instance.cities for opening in city.opening}
    return ", ".join(
        (
            counted(len(instance.rooms), "room"),
            counted(len(instance.participants), "person", "people"),
            counted(len(instance.tracks), "track"),
            counted(len(dates), "date"),
        )
    )
