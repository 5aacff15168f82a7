"""``scheduler export``: the agendas of a schedule as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scheduler.checker import check
from scheduler.cli import words
from scheduler.cli.console import Terminal
from scheduler.cli.outcome import Broken, ExitCode, Refused
from scheduler.cli.pairing import load_pair
from scheduler.domain import Instance, Solution
from scheduler.exports import export

_CALLED = {"ical": "calendar", "csv": "table"}


class Exported(NamedTuple):
    """The files of one format."""

    format: str
    directory: Path
    files: int


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of ``export``; the command line's options, one to one."""

    instance: Path
    solution: Path
    formats: tuple[str, ...]
    kinds: tuple[str, ...]
    directory: Path | None = None
    force: bool = False


def run(order: Order) -> ExitCode:
    """Write agendas of a schedule that keeps the rules (or of any, by force)."""
    instance, solution = load_pair(order.instance, order.solution)
    broken = len(check(instance, solution).violations)
    if broken and not order.force:
        raise _broken(order, broken)
    if order.directory is None:
        exported = write_agendas(instance, solution, order.formats, order.kinds, order.solution.parent)
    else:
        exported = [
            _write(instance, solution, format_, order.kinds, order.directory) for format_ in order.formats
        ]
    print_exported(Terminal(), exported)
    return ExitCode.BROKEN if broken else ExitCode.DONE


def write_agendas(
    instance: Instance, solution: Solution, formats: Sequence[str], kinds: Sequence[str], beside: Path
) -> list[Exported]:
    """Write agendas, each format into a folder of its name."""
    return [_write(instance, solution, format_, kinds, beside / format_) for format_ in formats]


def print_exported(terminal: Terminal, exported: Sequence[Exported]) -> None:
    """Print where the files are."""
    for item in exported:
        count = words.counted(item.files, _CALLED[item.format])
        terminal.print(f"  {item.directory}/  ({count})", soft_wrap=True)


def _write(
    instance: Instance, solution: Solution, format_: str, kinds: Sequence[str], directory: Path
) -> Exported:
    try:
        written = [path for kind in kinds for path in export(instance, solution, format_, kind, directory)]
    except ValueError as error:
        raise Refused(str(error)) from None
    return Exported(format_, directory, len(written))


def _broken(order: Order, count: int) -> Broken:
    return Broken(
        f"{order.solution}: the schedule breaks the rules in {words.counted(count, 'place')}, so no agendas "
        f"are written. `scheduler check {order.instance} {order.solution}` names them; --force writes all "
        "the same."
    )
