"""Times that people write down: on the programme's clock, unless they say otherwise."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from scheduler.domain import Instance


def moment_of(text: str, instance: Instance, city: str | None = None) -> dt.datetime:
    """Return the time that is meant; without an offset, on the clock of the programme or of all its cities.

    Parameters
    ----------
    text : str
        ``2025-03-01T18:00``, perhaps with an offset.
    instance : Instance
    city : str or None
        The id of a city whose clock it is on, if it is one of the programme's.

    Raises
    ------
    ValueError
        If it is no time, or one without an offset where cities have different clocks.
    """
    try:
        found = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is no date and time such as 2025-03-01T18:00.") from None
    if found.tzinfo is not None:
        return found
    own = {str(each.id): each.time_zone for each in instance.cities}
    if city in own:
        return found.replace(tzinfo=ZoneInfo(str(own[city])))
    zones = {instance.programme.time_zone} - {None} or set(own.values())
    if len(zones) > 1:
        raise ValueError(
            f"{text!r} has no offset, and the cities have different clocks: write one, as in "
            "2025-03-01T18:00+01:00."
        )
    return found.replace(tzinfo=ZoneInfo(str(zones.pop())))
