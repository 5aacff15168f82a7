"""A small programme that has everything an export must say, and one valid schedule of it.

Lisbon on Saturday, Madrid on Sunday 30 March 2025, summer time begins in the night between. Texts hold
what formats trip over: quotes, commas, semicolons, a backslash, line breaks, Chinese, emoji.

``python -m support.hand_made`` (in ``tests``) writes the golden files anew; read the difference.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from scheduler.domain import Instance, Placement, Solution

GOLDEN = Path(__file__).parent.parent / "exports" / "golden"
"""Files that were read by a person once, and must not change unseen."""

FACTS: dict[str, Any] = {
    "programme": {
        "id": "hand-made",
        "title": 'Open cities, "by hand"',
        "organizer": {"name": 'Office "Open Cities": desk 1', "email": "office@open-cities.example"},
    },
    "cities": [
        {
            "id": "lisbon",
            "name": "Lisbon",
            "time_zone": "Europe/Lisbon",
            "opening": [{"date": "2025-03-29", "from": "09:00", "to": "20:00"}],
            "venues": [
                {
                    "id": "town-hall",
                    "name": "Paços do Concelho",
                    "address": "Praça do Município; 1100-365 Lisbon",
                    "rooms": [
                        {"id": "noble-hall", "name": "Noble hall"},
                        {"id": "lisbon-tables", "name": "Meeting area", "tables": 2},
                    ],
                }
            ],
        },
        {
            "id": "madrid",
            "name": "Madrid",
            "time_zone": "Europe/Madrid",
            "opening": [{"date": "2025-03-30", "from": "09:00", "to": "18:00"}],
            "venues": [
                {
                    "id": "centre",
                    "name": "Conference centre, east wing",
                    "rooms": [{"id": "hall"}, {"id": "madrid-tables", "name": "Tables", "tables": 1}],
                }
            ],
        },
    ],
    "travel": {
        "links": [
            {
                "from": "lisbon",
                "to": "madrid",
                "mode": "night train",
                "duration": "9h10",
                "access": "45min",
                "egress": "20min",
                "departures": [{"depart": "21:30", "arrive": "08:40"}],
            },
            {
                "from": "lisbon",
                "to": "madrid",
                "mode": "plane",
                "duration": "1h20",
                "access": "1h30",
                "egress": "45min",
                "departures": [{"depart": "13:10", "arrive": "15:30"}],
            },
        ]
    },
    "delegations": [
        {"id": "guangzhou", "name": "Guangzhou", "split": "members", "languages": ["zh"]},
        {"id": "praia", "name": "Praia, Cabo Verde", "languages": ["pt"]},
        {"id": "tallinn", "name": "Tallinn", "languages": ["en", "pt"]},
    ],
    "participants": [
        {"id": "delegate-1", "name": "代表一", "email": "delegate-1@gz.example", "delegation": "guangzhou"},
        {
            "id": "delegate-2",
            "name": 'Delegate 2, "Mobility"',
            "email": "delegate-2@gz.example",
            "delegation": "guangzhou",
            "languages": ["zh", "en"],
        },
        {
            "id": "delegate-3",
            "name": "Delegate 3",
            "email": "delegate-3@tallinn.example",
            "delegation": "tallinn",
        },
        {"id": "delegate-4", "name": "Delegate 4", "delegation": "tallinn"},
        {"id": "moderator", "name": "Moderator; of talks", "email": "moderator@open-cities.example"},
        {"id": "chair", "name": "Chair of the track"},
        {"id": "late", "name": "Late guest", "arrival": "2025-03-29T10:30+00:00"},
    ],
    "interpreters": [{"id": "chinese", "languages": ["zh", "pt"], "count": 2}],
    "tracks": [{"id": "ecosystem", "chairs": ["chair", "late"]}],
    "sessions": [
        {
            "id": "opening",
            "title": "Opening",
            "kind": "inaugural",
            "duration": "30min",
            "audience": ["all"],
            "cities": ["lisbon"],
        },
        {
            "id": "ecosystem-session",
            "title": 'Smart cities 🏙️, "the ecosystem"\nand its talks; C:\\New',
            "kind": "conference",
            "duration": "1h30",
            "track": "ecosystem",
            "speakers": [{"participant": "moderator", "role": "moderator"}],
            "parties": ["praia"],
            "audience": ["guangzhou", "tallinn"],
            "talks": [
                {"id": "talk-metro", "title": "Metro, 地铁", "speaker": "delegate-2", "duration": "30min"},
                {"id": "talk-words", "title": "Closing words", "speaker": "moderator", "duration": "30min"},
            ],
        },
        {
            "id": "visit",
            "title": "Field visit",
            "kind": "field_visit",
            "duration": "1h",
            "mandatory": False,
        },
    ],
    "meetings": [
        {"id": "islands", "title": "Ferries, islands", "parties": ["guangzhou", "praia"]},
        {"id": "untitled", "parties": ["tallinn", "praia"]},
        {
            "id": "refused",
            "title": "=Refused, sadly",
            "parties": ["guangzhou", "tallinn"],
            "priority": "low",
        },
    ],
}
"""The instance, as it is written."""

PLACEMENTS: list[dict[str, Any]] = [
    {"activity": "opening", "start": "2025-03-29T10:00+00:00", "room": "noble-hall"},
    {
        "activity": "islands",
        "start": "2025-03-29T11:00+00:00",
        "room": "lisbon-tables",
        "table": 2,
        "attendees": ["delegate-1"],
        "interpreter": {"pool": "chinese", "unit": 2},
    },
    {"activity": "untitled", "start": "2025-03-30T12:00+02:00", "room": "madrid-tables", "table": 1},
    {
        "activity": "ecosystem-session",
        "start": "2025-03-30T09:30+02:00",
        "room": "hall",
        "attendees": ["chair"],
    },
    {"activity": "talk-words", "start": "2025-03-30T10:30+02:00", "room": "hall"},
    {"activity": "talk-metro", "start": "2025-03-30T09:30+02:00", "room": "hall"},
]
"""The schedule, out of order on purpose."""


def facts() -> dict[str, Any]:
    """Return the instance as it is written, to change as one likes."""
    return copy.deepcopy(FACTS)


def hand_made() -> Instance:
    """Return the instance."""
    return Instance.model_validate(FACTS)


def solution_of(placements: list[dict[str, Any]] | list[Placement]) -> Solution:
    """Return a solution with the given placements, and all that is said of one."""
    return Solution.model_validate(
        {
            "programme": "hand-made",
            "status": "optimal",
            "levels": [
                {"level": 1, "value": 1, "bound": 1, "status": "optimal", "confirmed": True},
                {"level": 2, "value": 5, "bound": 5, "status": "optimal"},
            ],
            "terms": [
                {"term": "requests", "level": 1, "weight": 1, "value": 1},
                {"term": "breaks", "level": 2, "weight": 1, "value": 5},
            ],
            "placements": placements,
            "unscheduled": [
                {"activity": "visit", "reason": "no room is free"},
                {"activity": "refused", "reason": 'nobody speaks both; "zh", and\nin Lisbon: 没有'},
            ],
        }
    )


def hand_placed() -> Solution:
    """Return the schedule."""
    return solution_of(PLACEMENTS)


def golden() -> dict[str, bytes]:
    """Return the golden files as the exports write them now; of a workbook, what its cells hold."""
    from support.workbooks import dump

    from scheduler.exports import format_named, solution_text
    from scheduler.exports.csv_tables import csv_files
    from scheduler.exports.formats import Manner
    from scheduler.exports.ical import ical_files

    instance, solution = hand_made(), hand_placed()
    files = {"hand-made.solution.yaml": solution_text(solution).encode()}
    files |= csv_files(instance, solution, "programme") | ical_files(instance, solution, "programme")
    for format_ in ("frab-xml", "frab-json", "jsonld", "jcal", "google-csv", "outlook-csv"):
        files |= format_named(format_).files(instance, solution, Manner())
    for name in ("delegation-tallinn", "delegation-guangzhou"):
        files |= {
            f"{name}.csv": csv_files(instance, solution, "delegation")[f"{name}.csv"],
            f"{name}.ics": ical_files(instance, solution, "delegation")[f"{name}.ics"],
        }
    for name in ("participant-delegate-2", "participant-praia", "participant-late"):
        files |= {
            f"{name}.csv": csv_files(instance, solution, "participant")[f"{name}.csv"],
            f"{name}.ics": ical_files(instance, solution, "participant")[f"{name}.ics"],
        }
    workbook = format_named("xlsx").files(instance, solution, Manner())["programme.xlsx"]
    return files | {"programme.xlsx.txt": dump(workbook).encode()}


if __name__ == "__main__":
    for name, content in golden().items():
        (GOLDEN / name).write_bytes(content)
