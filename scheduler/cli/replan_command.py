"""``scheduler replan``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scheduler.cli.options import searching, settle_kinds

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("instance", type=_FILE)
@click.option(
    "--baseline", type=_FILE, metavar="SOLUTION", required=True, help="The schedule to stay close to."
)
@click.option(
    "--now",
    metavar="TIME",
    help="What the baseline starts before this time stays, and nothing else starts before it.  "
    "[default: as the instance says]",
)
@click.option(
    "--pin", "pins", metavar="ID", multiple=True, help="This activity stays where it is. May be repeated."
)
@click.option(
    "--free", metavar="ID", multiple=True, help="This activity may move at no charge. May be repeated."
)
@click.option(
    "--weight-moves",
    type=click.IntRange(1, 1_000_000),
    metavar="W",
    help="A move costs W on the first level of the objective.  [default: moves count before all else]",
)
@searching
@click.option("--json", "as_json", is_flag=True, help="Print what it came to as JSON, and nothing else.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def replan(ctx: click.Context, /, **given: Any) -> None:
    """Plan a changed programme again, moving as little as possible of an earlier schedule.

    INSTANCE is the programme as it is now. First the schedule is valid; then as few sessions and meetings as
    possible are moved or dropped, then as few people as possible are affected, and then the programme's own
    objective counts. An objective that says itself what moves cost is taken as it is.
    """
    from scheduler.cli.replanning import Order, run

    settle_kinds(given)
    ctx.exit(run(Order(**given)))
