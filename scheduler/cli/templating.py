"""``scheduler template``: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

from scheduler.cli import words
from scheduler.cli.console import Terminal
from scheduler.cli.outcome import ExitCode, Refused
from scheduler.exports import write_files
from scheduler.exports.workbook import UncarriedError, workbook_bytes, workbook_tables
from scheduler.reading import load

ENDING = ".xlsx"


def run(instance: Path | None, target: Path, force: bool) -> ExitCode:
    """Write a workbook or a folder of tables, and say where it is."""
    is_book = target.suffix.lower() == ENDING and not target.is_dir()
    if not is_book and (target.suffix or target.is_file()) and not target.is_dir():
        raise Refused(f"{target}: should end in {ENDING} for a workbook, or be a folder for CSV files")
    programme = load(instance) if instance is not None else None
    try:
        files = {target.name: workbook_bytes(programme)} if is_book else workbook_tables(programme)
    except UncarriedError as error:
        raise Refused(f"{instance}: {error}") from None
    folder = target.parent if is_book else target
    there = [name for name in files if (folder / name).exists()]
    if there and not force:
        raise Refused(f"{folder / there[0]}: is there already, perhaps filled in; --force writes over it")
    write_files(folder, files)
    count = "" if is_book else f" ({words.counted(len(files), 'table')})"
    Terminal().print(f"{target}{count}", soft_wrap=True)
    return ExitCode.DONE
