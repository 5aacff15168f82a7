"""``scheduler keys``: its commands and their options."""

from __future__ import annotations

from typing import Any

import click

from scheduler.cli.serve_command import DATABASE

SCOPES = ("read", "plan", "admin")


@click.group()
def keys() -> None:
    """Keys of the service: make, list and revoke them."""


@keys.command()
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice(SCOPES),
    required=True,
    help="What it allows; each allows what those before it do.",
)
@click.option("--programme", metavar="ID", help="The only programme that it is for.  [default: all]")
@DATABASE
@click.pass_context
def add(ctx: click.Context, /, **given: Any) -> None:
    """Make a key for NAME. It is printed this once, alone on the output; all else is on the errors."""
    from scheduler.cli.keys import add

    ctx.exit(add(**given))


@keys.command(name="list")
@DATABASE
@click.pass_context
def list_(ctx: click.Context, database: str) -> None:
    """List the keys, the newest first; their texts are kept nowhere."""
    from scheduler.cli.keys import show

    ctx.exit(show(database))


@keys.command()
@click.argument("key")
@DATABASE
@click.pass_context
def revoke(ctx: click.Context, key: str, database: str) -> None:
    """Revoke a key, named as the list has it, or by its text. It opens nothing from now on."""
    from scheduler.cli.keys import revoke

    ctx.exit(revoke(key, database))
