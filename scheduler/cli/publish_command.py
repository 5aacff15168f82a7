"""``scheduler publish``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scheduler.cli.choices import words
from scheduler.cli.options import KINDS, USUAL


@click.command()
@click.argument("instance", type=click.Path(path_type=Path))
@click.argument("solution", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "directory",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder of all versions.",
)
@click.option(
    "--at",
    metavar="TIME",
    help="When it is published, as 2025-03-01T18:00; later than the version before.  [default: now]",
)
@click.option(
    "--by",
    "kinds",
    type=words(*KINDS),
    metavar="KINDS",
    default=USUAL,
    show_default=True,
    help="Whose calendars to write.",
)
@click.option("--no-cancelled", is_flag=True, help="Leave what was cancelled out of the calendars.")
@click.option("--note", metavar="TEXT", default="", help="A sentence for the list of changes.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--force", is_flag=True, help="Publish even a schedule that breaks rules.")
@click.pass_context
def publish(ctx: click.Context, /, **given: Any) -> None:
    """Publish a schedule as the next version: calendars, changes, and messages to those it touches.

    To publish the same schedule twice changes nothing.
    """
    from scheduler.cli.publishing import Order, run

    ctx.exit(run(Order(**given)))
