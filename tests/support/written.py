"""A small programme as it is written, for tests that change one thing in it."""

from __future__ import annotations

from typing import Any

from scheduler.domain import Fault, Instance
from scheduler.domain.faults import NO_DOUBT, Doubt, faults

DATE = "2025-03-10"


def programme(**more: Any) -> dict[str, Any]:
    """Return a programme with a bit of everything, nothing of which contradicts the rest.

    Two cities, Madrid (with a hall and an area of four tables) and Valencia (with a room and another
    area); a delegation that travels together (``porto``, named members), one without members
    (``turin``), one that splits (``lyon``, two members) and one that splits into teams (``graz``);
    a track, a session with talks, a plenary and two meetings.
    """
    return {
        "programme": {"id": "forum"},
        "cities": [
            {
                "id": "madrid",
                "time_zone": "Europe/Madrid",
                "opening": [{"date": DATE, "from": "09:00", "to": "14:00"}],
                "venues": [
                    {"id": "palace", "rooms": [{"id": "hall"}, {"id": "tables", "tables": 4}]},
                    {"id": "annex", "rooms": [{"id": "study"}]},
                ],
                "transfers": [{"from": "palace", "to": "annex", "duration": "10min"}],
            },
            {
                "id": "valencia",
                "time_zone": "Europe/Madrid",
                "opening": [{"date": "2025-03-11", "from": "09:00", "to": "12:00"}],
                "venues": [{"id": "port", "rooms": [{"id": "dock"}, {"id": "quay", "tables": 2}]}],
            },
        ],
        "travel": {"links": [{"id": "rail", "from": "madrid", "to": "valencia", "duration": "2h"}]},
        "day_parts": {"morning": {"from": "09:00", "to": "11:00"}},
        "delegations": [
            {"id": "porto"},
            {"id": "turin"},
            {"id": "lyon", "split": "members"},
            {"id": "graz", "split": "members", "parallel": 2},
        ],
        "participants": [
            {"id": "porto-1", "delegation": "porto"},
            {"id": "lyon-1", "delegation": "lyon", "roles": ["water"]},
            {"id": "lyon-2", "delegation": "lyon", "roles": ["energy"]},
            {"id": "guest"},
        ],
        "interpreters": [{"id": "french", "languages": ["fr", "en"], "city": "madrid"}],
        "tracks": [{"id": "cities", "chairs": ["guest", "lyon-1"]}],
        "sessions": [
            {
                "id": "forum-session",
                "kind": "conference",
                "duration": "1h30",
                "track": "cities",
                "speakers": [{"participant": "guest", "role": "moderator"}],
                "talks": [
                    {"id": "talk-1", "speaker": "lyon-1", "duration": "30min"},
                    {"id": "talk-2", "speaker": "turin", "duration": "45min", "track": "cities"},
                ],
            },
            {"id": "plenary", "kind": "inaugural", "duration": "1h", "audience": ["all"]},
        ],
        "meetings": [
            {"id": "m1", "parties": ["porto", "lyon"], "roles": {"lyon": "water"}, "priority": "high"},
            {"id": "m2", "parties": ["turin", "guest"]},
        ],
        "precedences": [{"before": "plenary", "after": "m1"}],
        "day_relations": [{"activities": ["m1", "m2"], "day": "different"}],
        "never": [["lyon-2", "guest"]],
    } | more


def at(data: Any, *path: str | int, value: Any) -> dict[str, Any]:
    """Return data with a value at a path (at the end of a list: one more entry); None takes the key away.

    Lists and mappings on the way are made where there are none.
    """
    step, *rest = path
    copy = dict(data) if isinstance(data, dict) else list(data)
    if isinstance(copy, list) and step == len(copy):
        copy.append(value)
    elif rest:
        nothing: Any = [] if isinstance(rest[0], int) else {}
        inside: Any = copy[step] if isinstance(copy, list) else copy.get(step, nothing)
        copy[step] = at(inside, *rest, value=value)
    elif value is None:
        del copy[step]
    else:
        copy[step] = value
    return copy


def faults_of(data: dict[str, Any], doubt: Doubt = NO_DOUBT) -> list[Fault]:
    """Return what does not fit together in an instance."""
    return faults(Instance.model_validate(data, context={"faults": []}), doubt)


def said(data: dict[str, Any], doubt: Doubt = NO_DOUBT) -> list[str]:
    """Return what does not fit together, each thing on a line: path, value, message."""
    return [f"{'.'.join(map(str, f.path))}: {f.value} {f.message}" for f in faults_of(data, doubt)]
