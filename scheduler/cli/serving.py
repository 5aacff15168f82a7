"""``scheduler serve``: settings, and what is missing for it."""

from __future__ import annotations

import os
from importlib.util import find_spec

import click

from scheduler.cli.outcome import ExitCode, Refused
from scheduler.service.settings import EngineName, Settings

_NEEDED = ("fastapi", "uvicorn", "httptools", "sqlalchemy", "alembic", "python_multipart")


def run(
    *,
    host: str,
    port: int,
    base_url: str,
    no_auth: bool,
    database: str,
    engine: str,
    ray_address: str | None,
    jobs: int | None,
    lease: float,
    niceness: int,
) -> ExitCode:
    """Serve until told to end."""
    refuse_without_extra()
    try:
        settings = Settings(
            database=database,
            host=host,
            port=port,
            base_url=base_url,
            auth=not no_auth,
            engine=EngineName(engine),
            ray_address=ray_address,
            jobs=(os.cpu_count() or 1) if jobs is None else jobs,
            lease=lease,
            heartbeat=min(2.0, lease / 5),
            niceness=niceness,
        )
    except ValueError as error:
        raise Refused(str(error)) from None
    from scheduler.service.serving import serve

    try:
        serve(settings, lambda line: click.echo(line))
    except ValueError as error:
        raise Refused(str(error)) from None
    return ExitCode.DONE


def refuse_without_extra() -> None:
    """Say what to install, if it is not there.

    Raises
    ------
    Refused
    """
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise Refused(
            f"the service needs {', '.join(missing)}: pip install 'scheduler[service]' brings all of it"
        )
