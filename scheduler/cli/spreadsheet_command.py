"""``scheduler import spreadsheet``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("source", type=_FILE, metavar="FILE.xlsx|DIR")
@click.option("-o", "--output", type=_FILE, metavar="FILE.yaml", help="The instance file to write.")
@click.option("--dry-run", is_flag=True, help="Say what is wrong, and write nothing.")
@click.option(
    "--keep-going", is_flag=True, help="Leave out rows that cannot be used, with all that name them."
)
@click.option(
    "--error-rows",
    type=_FILE,
    metavar="FILE.csv",
    help="Where rows go that cannot be used.  [default: error_rows.csv, beside the output]",
)
@click.pass_context
def spreadsheet(ctx: click.Context, /, **given: Any) -> None:
    """Import a programme from a workbook or a folder of CSV files.

    `scheduler template` writes an empty one. Everything that is wrong is told at once, each thing as
    file:sheet:row:column. The exit code is 0 if the instance was written (with --dry-run: if nothing is
    wrong), else 2.
    """
    from scheduler.cli.spreadsheets import Order, run

    ctx.exit(run(Order(**given)))
