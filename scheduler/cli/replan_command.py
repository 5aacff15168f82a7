"""``scheduler replan``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scheduler.cli.choices import seconds, words
from scheduler.cli.commands import FORMATS, KINDS, USUAL

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
@click.option(
    "-o",
    "--output",
    "directory",
    type=_FILE,
    metavar="DIR",
    help="Where to write.  [default: solutions/<name of the instance's file>]",
)
@click.option("--time-limit", type=seconds, metavar="S", help="Stop after so many seconds.")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help="Threads.  [default: one per core]")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    metavar="N",
    default=0,
    show_default=True,
    help="Of the search.",
)
@click.option(
    "--deterministic",
    is_flag=True,
    help="One thread, and the limit in the solver's own time: the same seed gives the same schedule.",
)
@click.option(
    "--export",
    "formats",
    type=words(*FORMATS),
    metavar="FORMATS",
    help="Write agendas too: ical, csv or ical,csv.",
)
@click.option(
    "--by", "kinds", type=words(*KINDS), metavar="KINDS", help=f"Whose agendas to write.  [default: {USUAL}]"
)
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

    if given["kinds"] and not given["formats"]:
        raise click.UsageError("--by says whose agendas to write; add --export ical, csv or ical,csv.")
    given["kinds"] = given["kinds"] or words(*KINDS)(USUAL)
    ctx.exit(run(Order(**given)))
