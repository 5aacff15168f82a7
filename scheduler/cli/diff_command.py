"""``scheduler diff``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

FORMATS = ("text", "json", "csv")
GROUPS = ("activity", "party", "city")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--instance",
    "instances",
    type=click.Path(path_type=Path),
    metavar="FILE",
    multiple=True,
    help="The programme, where the schedules do not say; given twice: the old one's, the new one's.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option(
    "--by",
    type=click.Choice(GROUPS),
    default="activity",
    show_default=True,
    help="How text is put together.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file instead."
)
@click.pass_context
def diff(ctx: click.Context, /, **given: Any) -> None:
    """Say what moved, was added, was cancelled or has other people between two schedules.

    OLD and NEW are solution files, folders that `publish` writes to, or versions in one.
    """
    from scheduler.cli.diffing import Order, run

    ctx.exit(run(Order(**given)))
