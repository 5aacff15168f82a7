"""From files to instances and solutions."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path as FilePath
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from scheduler.domain import Instance, Solution
from scheduler.reading.errors import InputError, InputFault
from scheduler.reading.text import read_text
from scheduler.reading.yaml_data import parse


def load(path: str | PathLike[str]) -> Instance:
    """Read an instance from a YAML file."""
    name = str(path)
    parsed = parse(read_text(FilePath(path), name), name)
    if parsed.faults:
        raise InputError(parsed.faults)
    try:
        return Instance.model_validate(parsed.data, context={"time_zone": zone_of(parsed.data)})
    except ValidationError as error:
        raise InputError(InputFault(name, 0, 0, e["loc"], None, e["msg"]) for e in error.errors()) from None


def load_solution(path: str | PathLike[str]) -> Solution:
    """Read a solution from a YAML file."""
    name = str(path)
    parsed = parse(read_text(FilePath(path), name), name)
    if parsed.faults:
        raise InputError(parsed.faults)
    try:
        return Solution.model_validate(parsed.data)
    except ValidationError as error:
        raise InputError(InputFault(name, 0, 0, e["loc"], None, e["msg"]) for e in error.errors()) from None


def zone_of(data: object) -> ZoneInfo | None:
    """Return the zone of times without an offset: the programme's, else the one that all cities share."""
    if not isinstance(data, Mapping):
        return None
    programme = data.get("programme")
    named = programme.get("time_zone") if isinstance(programme, Mapping) else None
    if named is None:
        cities = data.get("cities")
        found = (
            [c.get("time_zone") for c in cities if isinstance(c, Mapping)] if isinstance(cities, list) else []
        )
        named = found[0] if found and all(zone == found[0] for zone in found) else None
    try:
        return ZoneInfo(named) if isinstance(named, str) else None
    except (KeyError, ValueError, OSError):
        return None
