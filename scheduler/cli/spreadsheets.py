"""``scheduler import spreadsheet``: a workbook or a folder of tables, written as an instance file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from scheduler.cli.console import Terminal
from scheduler.cli.importing import refuse_same
from scheduler.cli.outcome import ExitCode
from scheduler.cli.words import counted, seen
from scheduler.domain import Instance
from scheduler.exports import instance_files, write_files, write_instance
from scheduler.exports.instance_tables import fits_tables
from scheduler.exports.refused_rows import refused_rows_table
from scheduler.reading import ImportReport, WorkbookError, load_workbook

_LARGE = 5000
"""With more people and requests than this, they stand in tables beside the instance file."""
_ERROR_ROWS = "error_rows.csv"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of ``import spreadsheet``; the command line's options, one to one."""

    source: Path
    output: Path | None = None
    dry_run: bool = False
    keep_going: bool = False
    error_rows: Path | None = None


def run(order: Order) -> ExitCode:
    """Import a workbook, and say what became of its rows."""
    if order.output is None and not order.dry_run:
        raise click.UsageError("Missing option '-o' / '--output' (or --dry-run, to look for errors alone).")
    if order.output is not None:
        refuse_same(order.source, order.output)
    try:
        found = load_workbook(order.source, keep_going=order.keep_going)
    except WorkbookError as error:
        _tell(order, error.report, list(map(str, error.faults)))
        return ExitCode.BAD_INPUT
    _tell(order, found.report, list(map(str, found.faults)))
    if order.dry_run:
        return ExitCode.BAD_INPUT if found.faults else ExitCode.DONE
    assert order.output is not None
    beside = _write(found.instance, order.output, f"Imported from {order.source.name}.")
    tables = f" and {counted(beside, 'table')} beside it" if beside else ""
    Terminal().print(f"{order.output}{tables}: {_contents(found.instance)}", soft_wrap=True)
    return ExitCode.DONE


def _write(instance: Instance, target: Path, head: str) -> int:
    """Write an instance, a large one with tables beside it; return how many these are."""
    large = len(instance.participants) + len(instance.meetings) > _LARGE
    if not (large and target.suffix == ".yaml" and fits_tables(instance)):
        write_instance(instance, target, head)
        return 0
    return len(write_files(target.parent, instance_files(instance, target.stem, head))) - 1


def _tell(order: Order, report: ImportReport, faults: list[str]) -> None:
    """Say what is wrong, what is not read, and what became of the rows; write those that are refused."""
    for line in faults:
        click.echo(seen(line), err=True)
    follow = len({(row.file, row.sheet, row.row) for row in report.refused if row.follows})
    if follow:
        click.echo(f"{counted(follow, 'row')} besides cannot be used because of these.", err=True)
    for note in report.notes:
        click.echo(seen(f"Note: {note}."), err=True)
    written = _write_refused(order, report)
    terminal = Terminal(errors=bool(faults) and not order.keep_going)
    for count in report.counts:
        terminal.print(f"{count.sheet}: {_counts(count.read, count.used)}", soft_wrap=True)
    where = f" (see {written})" if written else ""
    terminal.print(f"In all {_counts(report.read, report.used)}{where}", soft_wrap=True)
    if faults:
        click.echo(f"{counted(len(faults), 'error')} found.", err=True)


def _counts(read: int, used: int) -> str:
    return f"{counted(read, 'row')} read, {used} used, {read - used} refused"


def _write_refused(order: Order, report: ImportReport) -> Path | None:
    """Write the rows that are refused, if there are any and something is to be written at all."""
    if order.dry_run or not report.refused:
        return None
    assert order.output is not None
    target = order.error_rows or order.output.with_name(_ERROR_ROWS)
    write_files(target.parent, {target.name: refused_rows_table(report.refused)})
    return target


def _contents(instance: Instance) -> str:
    return ", ".join(
        (
            counted(len(instance.cities), "city", "cities"),
            counted(len(instance.rooms), "room"),
            counted(len(instance.participants), "person", "people"),
            counted(len(instance.sessions), "session"),
            counted(len(instance.meetings), "meeting request"),
        )
    )
