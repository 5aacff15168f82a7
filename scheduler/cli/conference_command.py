"""``scheduler import conference``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE.yaml",
    required=True,
    help="The instance file to write.",
)
@click.option(
    "--pinned/--free",
    default=True,
    show_default=True,
    help="Whether sessions stay where and when they are, or are free on their date.",
)
@click.option(
    "--time-zone", metavar="ZONE", help="Where it takes place, as Europe/Madrid.  [default: as the file says]"
)
@click.option(
    "--keep-going",
    is_flag=True,
    help="Leave out events that cannot be used, and unpin those that overlap another; say which.",
)
@click.pass_context
def conference(ctx: click.Context, /, **given: Any) -> None:
    """Import a conference schedule (schedule.json or schedule.xml, of frab, pretalx and others).

    Events become sessions with their persons as speakers.
    """
    from scheduler.cli.conference import Order, run

    ctx.exit(run(Order(**given)))
