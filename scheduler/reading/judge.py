"""From plain data to an instance or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scheduler.domain import Fault, Instance
from scheduler.domain.faults import Doubt, faults
from scheduler.domain.faults.doubt import LEFT_OUT
from scheduler.domain.times import known_zones
from scheduler.reading.errors import Path
from scheduler.reading.mend import Cuts, what_to_cut
from scheduler.reading.messages import Finding, finding, findings
from scheduler.reading.names import Names
from scheduler.reading.shape import value_at

_MOST_ROUNDS = 12
"""Each round of mending cuts out more; deeper than this nothing is nested."""


class Losses(NamedTuple):
    """What is missing from data for reasons that are told elsewhere.

    Attributes
    ----------
    keys : set of str
        Top-level keys whose tables or files could not be read.
    places : set of Path
        Where something stood that was refused.
    partly : set of str
        Top-level keys of whose tables some columns or rows could not be used.
    """

    keys: frozenset[str] = frozenset()
    places: frozenset[Path] = frozenset()
    partly: frozenset[str] = frozenset()


NOTHING_LOST = Losses()


def judge(data: object, losses: Losses = NOTHING_LOST) -> tuple[Instance | None, list[Finding]]:
    """Return the instance that data means, and what is wrong with it.

    Parameters
    ----------
    data : object
        Plain dicts, lists and scalars, tables and baseline read in.
    losses : Losses
        What is missing from it for reasons that are told elsewhere.

    Returns
    -------
    tuple of Instance or None, list of Finding
        The instance, when nothing is lost or wrong; else None and all that is wrong.
    """
    found: list[Fault] = []
    zone = zone_of(data)
    try:
        instance = _validated(data, zone, found)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        shape = [f for f in findings(details, data, Instance) if not _is_lost(f.path, losses)]
        return None, shape + _mended_findings(data, details, losses, zone)
    if losses != NOTHING_LOST:
        return None, _mended_findings(data, [], losses, zone)
    return (None if found else instance), [_finding(fault, data) for fault in found]


def zone_of(data: object) -> ZoneInfo | None:
    """Return the zone of times without an offset: the programme's, else the one that all cities share.

    Where no zone is right any will do: that is told already, and no time is to blame for it.
    """
    named = value_at(data, ("programme", "time_zone"))
    if named is None:
        cities = value_at(data, ("cities",))
        zones = [value_at(city, ("time_zone",)) for city in cities] if isinstance(cities, list) else []
        right = [zone for zone in zones if isinstance(zone, str) and zone in known_zones()]
        if any(zone != right[0] for zone in right):
            return None
        named = right[0] if right else None
    return ZoneInfo(named if isinstance(named, str) and named in known_zones() else "UTC")


def _validated(data: object, zone: ZoneInfo | None, found: list[Fault]) -> Instance:
    context = {"time_zone": zone, "faults": found}
    return Instance.model_validate(data, context=context, by_alias=True, by_name=False)


def _is_lost(path: Path, losses: Losses) -> bool:
    return any(
        path[:i] in losses.places or (path[:i] and path[i - 1] in losses.keys) for i in range(len(path) + 1)
    )


def _finding(fault: Fault, data: object) -> Finding:
    written = value_at(data, fault.path)
    scalar = isinstance(written, str | int | float)
    return Finding(fault.path, written if scalar else fault.value, fault.message)


def _mended_findings(
    data: object, details: Iterable[ErrorDetails], losses: Losses, zone: ZoneInfo | None
) -> list[Finding]:
    """Return what else is wrong with data once its misshapen parts are left out."""
    more: list[Finding] = []
    cut, filled = what_to_cut(details, Cuts(data, ()))
    cut |= losses.places
    for _ in range(_MOST_ROUNDS):
        if () in cut:
            break
        left = Cuts(data, cut, filled)
        try:
            instance = _validated(left.data, zone, [])
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
            more += _uncovered(details, left)
            cut, filled = what_to_cut(details, left)
        else:
            return [*more, *_faults_of(instance, data, left, losses)]
    return more


def _uncovered(details: Iterable[ErrorDetails], left: Cuts) -> Iterator[Finding]:
    """Yield what the checks of a whole part say once its misshapen values are out of their way."""
    for detail in details:
        said = finding(detail, left.data, Instance)
        path = left.original(said.path)
        if detail["type"] == "value_error" and said.value and not left.covers(path):
            yield said._replace(path=path)


def _faults_of(instance: Instance, data: object, left: Cuts, losses: Losses) -> Iterator[Finding]:
    names = Names(data, losses.keys)
    doubtful = left.doubted() | {(key, LEFT_OUT) for key in losses.keys} | {(key,) for key in losses.partly}
    for fault in faults(instance, Doubt(names.known, frozenset(names.unread), doubtful)):
        path = left.original(fault.path)
        if not left.covers(path):
            yield _finding(fault._replace(path=path), data)
