"""When people are there: days that are listed, and the zone in which their times are meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.domain.times import is_zone
from scheduler.reading.errors import Path
from scheduler.reading.workbook.drafts import Draft, Entry, Source
from scheduler.reading.workbook.tables import Row
from scheduler.reading.workbook.times import at

Stretch = tuple[str, str]
"""From a moment to another one, as an instance file writes them."""


def add_days(draft: Draft, row: Row, path: Path) -> None:
    """Say of a party that it is there on some days alone, as arrival, departure and absences.

    Parameters
    ----------
    draft : Draft
    row : Row
        Of the party.
    path : Path
        Of its entry.
    """
    days = draft.said(row, "days")
    if not days:
        return
    known = sorted({o["date"] for city in draft.data.get("cities", ()) for o in city.get("opening", ())})
    strange = [day for day in days if day not in known]
    if strange and known:
        message = f"is no date of this programme: there are {', '.join(known)}"
        draft.trouble.refuse(row, "days", message, strange[0])
        return
    dates = sorted({dt.date.fromisoformat(day) for day in days})
    there = [(at(date, "00:00"), at(date, "24:00")) for date in dates]
    only_there(draft, path, there, Source(row, {(): "days"}))


def only_there(draft: Draft, path: Path, there: Iterable[Stretch], source: Source) -> None:
    """Say of a party that it is there in some stretches of time alone."""
    zone = zone_of_programme(draft)
    merged: list[list[str]] = []
    for start, end in sorted(there, key=lambda stretch: instant(stretch[0], zone)):
        if merged and instant(start, zone) <= instant(merged[-1][1], zone):
            merged[-1][1] = max(merged[-1][1], end, key=lambda moment: instant(moment, zone))
        else:
            merged.append([start, end])
    if not merged:
        return
    arrive(draft, path, "arrival", merged[0][0], source)
    arrive(draft, path, "departure", merged[-1][1], source)
    for (_, end), (start, _) in pairwise(merged):
        be_away(draft, path, (end, start), source)


def arrive(draft: Draft, path: Path, key: str, moment: str, source: Source) -> None:
    """Say when a party arrives (or departs); if that is said already, the later (earlier) moment holds."""
    entry = _entry(draft, path)
    zone = zone_of_programme(draft)
    known = entry.get(key)
    if known is not None:
        later = instant(moment, zone) > instant(known, zone)
        if later != (key == "arrival"):
            return
    entry[key] = moment
    draft.sources[(*path, key)] = source


def be_away(draft: Draft, path: Path, stretch: Stretch, source: Source) -> None:
    """Say that a party is away in a stretch of time."""
    entry = _entry(draft, path)
    absences = entry.setdefault("absences", [])
    absences.append({"from": stretch[0], "to": stretch[1]})
    draft.sources[(*path, "absences", len(absences) - 1)] = source


def _entry(draft: Draft, path: Path) -> Entry:
    found: Any = draft.data
    for step in path:
        found = found[step]
    return found  # type: ignore[no-any-return]


def zone_of_programme(draft: Draft) -> ZoneInfo | None:
    """Return the zone of moments without an offset: the programme's, else the one that all cities share."""
    named = draft.data.get("programme", {}).get("time_zone")
    return _zone(named) if named else common_zone(draft, ())


def common_zone(draft: Draft, cities: Sequence[str]) -> ZoneInfo | None:
    """Return the zone that some cities share (none named: all of them); None if they share none."""
    zones = {
        city.get("time_zone") for city in draft.data.get("cities", ()) if not cities or city["id"] in cities
    }
    return _zone(zones.pop()) if len(zones) == 1 else None


def _zone(name: object) -> ZoneInfo | None:
    return ZoneInfo(name) if isinstance(name, str) and is_zone(name) else None


def instant(moment: object, zone: ZoneInfo | None) -> float:
    """Return a moment as a number to compare; without any zone its clock has to do."""
    found = dt.datetime.fromisoformat(str(moment))
    return (found if found.tzinfo else found.replace(tzinfo=zone or dt.UTC)).timestamp()


def local(moment: str, zone: ZoneInfo) -> str:
    """Return a moment with its offset, on the clock of a zone if it had none."""
    found = dt.datetime.fromisoformat(moment)
    return (found if found.tzinfo else found.replace(tzinfo=zone)).isoformat(timespec="minutes")


def localise_parties(draft: Draft) -> None:
    """Give the moments of parties that are in one zone alone, and not the programme's, their offset."""
    whole = zone_of_programme(draft)
    for key in ("delegations", "participants"):
        for entry in draft.data.get(key, ()):
            zone = common_zone(draft, entry["cities"]) if entry.get("cities") else None
            if zone is not None and zone != whole:
                _localise(entry, zone)


def _localise(entry: Entry, zone: ZoneInfo) -> None:
    for key in ("arrival", "departure"):
        if key in entry:
            entry[key] = local(entry[key], zone)
    for absence in entry.get("absences", ()):
        for key in ("from", "to"):
            absence[key] = local(absence[key], zone)
