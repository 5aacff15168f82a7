"""Times that are typed: on the programme's clock, unless they say otherwise."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import click

from scheduler.domain import Instance


def moment(text: str, instance: Instance, option: str) -> dt.datetime:
    """Return the time that is meant; without an offset, on the clock of the programme or of all its cities.

    Parameters
    ----------
    text : str
        What was typed: ``2025-03-01T18:00``, perhaps with an offset.
    instance : Instance
    option : str
        The option, for the error.

    Raises
    ------
    click.BadParameter
        If it is no time, or one without an offset where cities have different clocks.
    """
    try:
        found = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is no date and time such as 2025-03-01T18:00.", param_hint=f"'{option}'"
        ) from None
    if found.tzinfo is not None:
        return found
    zones = {instance.programme.time_zone} - {None} or {city.time_zone for city in instance.cities}
    if len(zones) > 1:
        raise click.BadParameter(
            f"{text!r} has no offset, and the cities have different clocks: write one, as in "
            "2025-03-01T18:00+01:00.",
            param_hint=f"'{option}'",
        )
    return found.replace(tzinfo=ZoneInfo(str(zones.pop())))
