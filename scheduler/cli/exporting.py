"""``scheduler export``: the agendas of a schedule as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from scheduler.checker import check
from scheduler.cli import words
from scheduler.cli.console import Terminal
from scheduler.cli.outcome import Broken, ExitCode, Refused
from scheduler.cli.pairing import load_pair
from scheduler.domain import Instance, Solution
from scheduler.exports import Format, export, format_named


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
    sequence: int = 0
    bom: bool = False
    address: str = ""
    force: bool = False

    @property
    def directories(self) -> dict[str, Path]:
        """Where each format goes."""
        if self.directory is not None:
            return dict.fromkeys(self.formats, self.directory)
        return beside(self.solution, self.formats)


def beside(solution: Path, formats: Sequence[str]) -> dict[str, Path]:
    """Return where each format goes unless something else is said: a folder of its name."""
    return {format_: solution.parent / format_ for format_ in formats}


def run(order: Order) -> ExitCode:
    """Write agendas of a schedule that keeps the rules (or of any, by force)."""
    instance, solution = load_pair(order.instance, order.solution)
    broken = len(check(instance, solution).violations)
    if broken and not order.force:
        raise _refusal(order, broken)
    exported = write_agendas(
        instance,
        solution,
        order.kinds,
        order.directories,
        sequence=order.sequence,
        bom=order.bom,
        address=order.address,
    )
    print_exported(Terminal(), exported)
    return ExitCode.BROKEN if broken else ExitCode.DONE


def write_agendas(
    instance: Instance,
    solution: Solution,
    kinds: Sequence[str],
    directories: Mapping[str, Path],
    **manner: Any,
) -> list[Exported]:
    """Write agendas of some kinds, each format into its directory; ``manner`` is what ``export`` takes.

    Raises
    ------
    Refused
        If the solution does not speak of this instance.
    """
    exported = []
    for format_, directory in directories.items():
        count = 0
        for kind in _asked(format_named(format_), kinds):
            try:
                count += len(export(instance, solution, format_, kind, directory, **manner))
            except ValueError as error:
                raise Refused(str(error)) from None
        exported.append(Exported(format_, directory, count))
    return exported


def _asked(format_: Format, kinds: Sequence[str]) -> Sequence[str]:
    """Return what agendas to ask of a format; one that is of the whole programme is written once."""
    return ("programme",) if format_.whole else kinds


def print_exported(terminal: Terminal, exported: Sequence[Exported]) -> None:
    """Print where the files are."""
    for item in exported:
        count = words.counted(item.files, format_named(item.format).called)
        terminal.print(f"  {item.directory}/  ({count})", soft_wrap=True)


def _refusal(order: Order, count: int) -> Broken:
    return Broken(
        f"{order.solution}: the schedule breaks the rules in {words.counted(count, 'place')}, so no agendas "
        f"are written. `scheduler check {order.instance} {order.solution}` names them; --force writes all "
        "the same."
    )
