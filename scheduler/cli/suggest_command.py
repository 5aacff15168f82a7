"""``scheduler suggest``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scheduler.cli.choices import seconds

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("instance", type=_FILE)
@click.argument("solution", type=_FILE)
@click.option("--parties", metavar="A,B", required=True, help="Who meets: ids, joined with commas.")
@click.option("--duration", metavar="LENGTH", default="30min", show_default=True, help="How long.")
@click.option("--in", "city", metavar="CITY", help="Only in this city.")
@click.option(
    "--top", type=click.IntRange(1, 100), metavar="N", default=5, show_default=True, help="So many places."
)
@click.option(
    "--moves",
    type=click.IntRange(0, 100),
    metavar="K",
    default=0,
    show_default=True,
    help="How many others may be moved, or lose their place.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--time-limit", type=seconds, metavar="S", help="Stop after so many seconds.")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help="Threads.  [default: one per core]")
@click.pass_context
def suggest(ctx: click.Context, /, **given: Any) -> None:
    """Find the best places for a new meeting, moving nothing else, or little.

    Each place is told with its effect on every level of the objective, and with what moves.
    """
    from scheduler.cli.suggesting import Order, run

    ctx.exit(run(Order(**given)))
