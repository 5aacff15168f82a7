"""``scheduler template``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("instance", type=_FILE, required=False)
@click.option(
    "-o",
    "--output",
    "target",
    type=_FILE,
    metavar="FILE.xlsx|DIR",
    required=True,
    help="Where to write: a workbook, or a folder of CSV files.",
)
@click.option("--force", is_flag=True, help="Write over what is there.")
@click.pass_context
def template(ctx: click.Context, /, **given: Any) -> None:
    """Write a workbook to fill in, empty or filled with a programme.

    With INSTANCE the workbook has all of that programme; `import spreadsheet` makes the same programme of it
    again.
    """
    from scheduler.cli.templating import run

    ctx.exit(run(**given))
