"""``scheduler report``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("instance", type=_FILE)
@click.argument("solution", type=_FILE)
@click.option(
    "--compare",
    "others",
    type=_FILE,
    metavar="SOLUTION",
    multiple=True,
    help="Set another schedule beside it; may be given several times.",
)
@click.option(
    "-o",
    "--output",
    type=_FILE,
    metavar="FILE.html",
    help="The page to write.  [default: report.html beside the solution, unless --json is given]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the same figures as JSON.")
@click.pass_context
def report(ctx: click.Context, /, **given: Any) -> None:
    """Write a page on how good a schedule is: what is granted, waiting, rooms, travel, fairness.

    Everything is worked out from the schedule alone; several schedules stand side by side.
    """
    from scheduler.cli.reporting import Order, run

    ctx.exit(run(Order(**given)))
