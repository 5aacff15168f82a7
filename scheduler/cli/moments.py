"""Times that are typed: on the programme's clock, unless they say otherwise."""

from __future__ import annotations

import datetime as dt

import click

from scheduler.domain import Instance
from scheduler.reading.moments import moment_of


def moment(text: str, instance: Instance, option: str, city: str | None = None) -> dt.datetime:
    """Return the time that is meant; without an offset, on the clock of the programme or of all its cities.

    Parameters
    ----------
    text : str
        What was typed: ``2025-03-01T18:00``, perhaps with an offset.
    instance : Instance
    option : str
        The option, for the error.
    city : str or None
        The id of a city whose clock it is on.

    Raises
    ------
    click.BadParameter
        If it is no time, or one without an offset where cities have different clocks.
    """
    try:
        return moment_of(text, instance, city)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=f"'{option}'") from None
