"""``scheduler keys``: keys are made, listed and revoked in the database, whether a service runs or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from scheduler.cli.console import Sheet, Terminal
from scheduler.cli.outcome import ExitCode, Refused
from scheduler.cli.serving import refuse_without_extra

if TYPE_CHECKING:
    from scheduler.service.store import Store


def add(name: str, scope: str, programme: str | None, database: str) -> ExitCode:
    """Make a key and print it."""
    if not name.strip():
        raise Refused("a key has a name: whose it is, or what for")
    with _opened(database) as store:
        if programme is not None and store.programmes.get(programme) is None:
            raise Refused(f"there is no programme {programme!r} in this database")
        made, text = store.keys.add(name, scope, programme)
    click.echo(f"A key for {name} ({scope}), shown only now; it is listed as {made.prefix}:", err=True)
    click.echo(text)
    return ExitCode.DONE


def show(database: str) -> ExitCode:
    """Print a table of the keys."""
    sheet = Sheet("Key", "Name", "Scope", "Programme", "Made (UTC)", "Revoked", whole=("Key", "Made (UTC)"))
    with _opened(database) as store:
        keys = store.keys.all()
    for key in keys:
        made, revoked = f"{key.created:%Y-%m-%d %H:%M}", "yes" if key.revoked else ""
        sheet.add(key.prefix, key.name, key.scope, key.programme or "", made, revoked)
    if keys:
        Terminal().print(sheet)
    else:
        click.echo("There are no keys.")
    return ExitCode.DONE


def revoke(key: str, database: str) -> ExitCode:
    """Revoke a key."""
    named = key.split("_")[1] if key.startswith("sk_") else key
    with _opened(database) as store:
        if not store.keys.revoke(named):
            raise Refused(f"there is no key {named!r}; `scheduler keys list` names all")
    click.echo(f"{named} is revoked.")
    return ExitCode.DONE


@contextmanager
def _opened(database: str) -> Iterator[Store]:
    refuse_without_extra()
    from scheduler.service.store import usable_store

    try:
        store = usable_store(database)
    except ValueError as error:
        raise Refused(str(error)) from None
    try:
        yield store
    finally:
        store.close()
