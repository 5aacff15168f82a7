"""``scheduler serve``: its options."""

from __future__ import annotations

from typing import Any

import click

DATABASE = click.option(
    "--database",
    metavar="URL",
    default="sqlite:///scheduler.db",
    show_default=True,
    envvar="SCHEDULER_DATABASE",
    help="Where everything is kept: sqlite:///FILE or postgresql+psycopg://...",
)


@click.command()
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="The address to listen on."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=8000,
    show_default=True,
    help="The port; 0: any that is free.",
)
@click.option(
    "--base-url",
    metavar="URL",
    envvar="SCHEDULER_BASE_URL",
    default="",
    help="How the outside calls this service, for addresses of calendars.  [default: as requests call it]",
)
@click.option("--no-auth", is_flag=True, help="Ask for no keys; then only this machine is served.")
@DATABASE
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Where jobs run: in child processes, or on a Ray cluster.",
)
@click.option(
    "--ray-address",
    metavar="ADDRESS",
    help="Of the Ray cluster.  [default: RAY_ADDRESS, or one of this machine alone]",
)
@click.option(
    "--jobs",
    type=click.IntRange(0, 1024),
    metavar="N",
    help="So many jobs at a time; 0: none, others run them.  [default: one per core]",
)
@click.option(
    "--lease",
    type=click.FloatRange(0.5, 3600),
    metavar="S",
    default=10.0,
    show_default=True,
    help="Seconds after which the jobs of a server that does not answer are begun again.",
)
@click.option(
    "--niceness",
    type=click.IntRange(0, 19),
    metavar="N",
    default=10,
    show_default=True,
    help="How far jobs in child processes stand back behind the server.",
)
@click.pass_context
def serve(ctx: click.Context, /, **given: Any) -> None:
    """Serve programmes, solves and calendars over HTTP.

    Everything runs in this one process and its children. The first key is printed when the store is new.
    """
    from scheduler.cli.serving import run

    ctx.exit(run(**given))
