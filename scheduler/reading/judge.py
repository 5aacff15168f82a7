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
from scheduler.domain.times import is_zone
from scheduler.reading.errors import Path
from scheduler.reading.mend import Cuts, shortened, what_to_cut
from scheduler.reading.messages import Finding, details_of, finding
from scheduler.reading.names import Names
from scheduler.reading.shape import starts_in, value_at

MAX_FAULTS = 50_000
"""Where more is wrong, only the beginning of each list is told of."""

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
    lacking : set of str
        Top-level keys of lists that lack entries, while those that are there are whole.
    """

    keys: frozenset[str] = frozenset()
    places: frozenset[Path] = frozenset()
    partly: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()


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
        if error.error_count() > MAX_FAULTS:
            return None, _first_findings(data, zone)
        return None, _all_findings(data, details_of(error), losses, zone)
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
        right = [zone for zone in zones if isinstance(zone, str) and is_zone(zone)]
        if any(zone != right[0] for zone in right):
            return None
        named = right[0] if right else None
    return ZoneInfo(named if isinstance(named, str) and is_zone(named) else "UTC")


def _validated(data: object, zone: ZoneInfo | None, found: list[Fault]) -> Instance:
    context = {"time_zone": zone, "faults": found}
    return Instance.model_validate(data, context=context, by_alias=True, by_name=False)


def _all_findings(
    data: object, details: list[ErrorDetails], losses: Losses, zone: ZoneInfo | None
) -> list[Finding]:
    lost = losses.places | {(key,) for key in losses.keys}
    shape = (finding(detail, data, Instance) for detail in details)
    return [
        *(found for found in shape if not starts_in(found.path, lost)),
        *_mended_findings(data, details, losses, zone),
    ]


def _first_findings(data: object, zone: ZoneInfo | None) -> list[Finding]:
    """Return some of the findings when there are too many to be of use (or to be kept)."""
    for most in (1000, 100, 10):
        try:
            _validated(shortened(data, most), zone, [])
        except ValidationError as error:
            if error.error_count() <= MAX_FAULTS:
                rest = Finding((), None, f"more than {MAX_FAULTS} things are wrong: the first are listed")
                return [rest, *(finding(detail, data, Instance) for detail in details_of(error))]
    return [Finding((), None, f"more than {MAX_FAULTS} things are wrong: this is no instance")]


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
            details = details_of(error)
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
    doubtful = left.doubted() | {(key,) for key in losses.partly}
    doubtful |= {(key, LEFT_OUT) for key in losses.keys | losses.lacking}
    for fault in faults(instance, Doubt(names.known, frozenset(names.unread), doubtful)):
        path = left.original(fault.path)
        if not left.covers(path):
            yield _finding(fault._replace(path=path), data)
