"""``scheduler publish``: the next version of a schedule, and what is new in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click

from scheduler.cli import words
from scheduler.cli.console import Terminal
from scheduler.cli.diffing import print_changes
from scheduler.cli.moments import moment
from scheduler.cli.outcome import Broken, ExitCode, Refused
from scheduler.cli.pairing import load_pair
from scheduler.publishing import BrokenScheduleError, BusyError, Published, publish

_SHOWN = 30
"""So many changes are printed; the list of changes has all."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of ``publish``; the command line's options, one to one."""

    instance: Path
    solution: Path
    directory: Path
    at: str | None = None
    kinds: tuple[str, ...] = ()
    no_cancelled: bool = False
    note: str = ""
    as_json: bool = False
    force: bool = False


def run(order: Order) -> ExitCode:
    """Publish a schedule that keeps the rules (or any, by force), if there is anything new in it."""
    instance, solution = load_pair(order.instance, order.solution)
    at = None if order.at is None else moment(order.at, instance, "--at")
    try:
        published = publish(
            instance,
            solution,
            order.directory,
            at=at,
            by=order.kinds,
            cancelled=not order.no_cancelled,
            note=order.note,
            force=order.force,
        )
    except BrokenScheduleError as error:
        raise _refusal(order, error.count) from None
    except BusyError:
        raise Refused(
            f"{order.directory}: somebody else is publishing there just now; try again after that"
        ) from None
    except ValueError as error:
        raise Refused(str(error)) from None
    if order.as_json:
        click.echo(json.dumps(published.data(), ensure_ascii=False, indent=2))
    else:
        _tell(Terminal(), published)
    return ExitCode.BROKEN if published.is_new and published.version.broken else ExitCode.DONE


def _tell(terminal: Terminal, published: Published) -> None:
    version = published.version
    if not published.is_new:
        terminal.print(
            f"Nothing is new: this schedule is already published, as version {version.version} of "
            f"{version.published:%Y-%m-%d %H:%M} UTC. No file was touched.",
            style="bold",
        )
        return
    terminal.print(f"Published as version {version.version}.", style="bold")
    if version.version > 1:
        terminal.print()
        _print_changes(terminal, published)
    terminal.print()
    _print_messages(terminal, published)
    for note in published.notes:
        terminal.print(f"Note: {note}")
    terminal.print()
    terminal.print(f"Written\n  {published.path}/", soft_wrap=True)
    terminal.print(f"    calendars/  ({words.counted(len(version.calendars), 'calendar')})")
    if published.letters:
        terminal.print(f"    messages/   ({words.counted(len(published.letters), 'file')})")
    terminal.print("    CHANGES.md")


def _print_changes(terminal: Terminal, published: Published) -> None:
    changes = published.changes
    if len(changes.changes) <= _SHOWN:
        print_changes(terminal, changes)
        return
    shown = changes.model_copy(update={"changes": changes.changes[:_SHOWN]})
    print_changes(terminal, shown, told_of=changes)
    terminal.print(f"... and {len(changes.changes) - _SHOWN} more; CHANGES.md has all.")


def _print_messages(terminal: Terminal, published: Published) -> None:
    """Print to how many people something is to be sent."""
    addresses = {letter.messages[0].address.casefold() for letter in published.letters}
    if not addresses:
        terminal.print("Nobody has to be told: there are no messages to send.")
        return
    counts = published.version.messages
    told = [
        f"{counts[method]} {what}"
        for method, what in (("REQUEST", "with what is new or changed"), ("CANCEL", "with what fell away"))
        if counts[method]
    ]
    terminal.print(
        f"To be sent to {words.counted(len(addresses), 'address', 'addresses')}: {' and '.join(told)}. "
        "messages.json says what goes to whom."
    )


def _refusal(order: Order, count: int) -> Broken:
    return Broken(
        f"{order.solution}: the schedule breaks the rules in {words.counted(count, 'place')}, so it is not "
        f"published. `scheduler check {order.instance} {order.solution}` names them; --force publishes it "
        "all the same."
    )
