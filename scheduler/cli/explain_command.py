"""``scheduler explain``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scheduler.cli.choices import seconds


@click.command()
@click.argument("instance", type=click.Path(path_type=Path))
@click.argument("solution", type=click.Path(path_type=Path), required=False)
@click.option(
    "--why-not", metavar="MEETING", help="Of SOLUTION: why this meeting has no place, or not that one."
)
@click.option("--at", metavar="TIME", help="With --why-not: the start that is asked for.")
@click.option("--in", "city", metavar="CITY", help="With --why-not: the city that is asked for.")
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
    """Say why there is no schedule, or why a meeting has no place, and what would help.

    Of a programme that leaves none: requirements that cannot all be had, each where it is written, none of
    them superfluous, and the cheapest repairs.

    With SOLUTION and --why-not: what stands in the way of a meeting, and the price of granting it: what the
    best schedule that does costs more, and who gives way.
    """
    if _asks_why_not(given):
        from scheduler.cli.why_not import Order as Question
        from scheduler.cli.why_not import run as answer

        del given["repairs"]
        ctx.exit(answer(Question(**given)))
    from scheduler.cli.explaining import Order, run

    asked = ("instance", "as_json", "time_limit", "workers", "repairs")
    ctx.exit(run(Order(**{name: given[name] for name in asked})))


def _asks_why_not(given: dict[str, Any]) -> bool:
    """Return whether the question is about one meeting.

    Raises
    ------
    click.UsageError
        If half of the question is missing.
    """
    solution, why_not = given["solution"], given["why_not"]
    if (solution is None) is not (why_not is None):
        raise click.UsageError("SOLUTION and --why-not go together.")
    if why_not is None and (given["at"] is not None or given["city"] is not None):
        raise click.UsageError("--at and --in go with --why-not.")
    return why_not is not None
