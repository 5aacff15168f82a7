"""``scheduler explain``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scheduler.cli.choices import seconds


@click.command()
@click.argument("instance", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--time-limit", type=seconds, metavar="S", help="Stop after so many seconds.")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help="Threads.  [default: one per core]")
@click.option(
    "--repairs",
    type=click.IntRange(0, 20),
    metavar="N",
    default=3,
    show_default=True,
    help="How many different repairs to look for.",
)
@click.pass_context
def explain(ctx: click.Context, /, **given: Any) -> None:
    """Say why there is no schedule, and what would help.

    Of a programme that leaves none: requirements that cannot all be had, each where it is written, none of
    them superfluous, and the cheapest repairs.
    """
    from scheduler.cli.explaining import Order, run

    ctx.exit(run(Order(**given)))
