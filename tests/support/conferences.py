"""Conference schedules made up, in the shapes in which programs write them."""

from __future__ import annotations

import copy
import json
from typing import Any

FRAB: dict[str, Any] = {
    "schedule": {
        "version": "2.1",
        "base_url": "https://talks.example/2024/",
        "conference": {
            "acronym": "WaterDays",
            "title": "Water Days 2024",
            "start": "2024-05-02",
            "end": "2024-05-03",
            "daysCount": 2,
            "timeslot_duration": "00:15",
            "time_zone_name": "Europe/Madrid",
            "days": [
                {
                    "index": 1,
                    "date": "2024-05-02",
                    "day_start": "2024-05-02T09:00:00+02:00",
                    "day_end": "2024-05-03T04:00:00+02:00",
                    "rooms": {
                        "Main hall": [
                            {
                                "id": 11,
                                "guid": "a0a0fcfe-b7fb-46e3-84b6-97a5406016b4",
                                "date": "2024-05-02T10:00:00+02:00",
                                "start": "10:00",
                                "duration": "00:30",
                                "room": "Main hall",
                                "slug": "WaterDays-11-opening",
                                "title": "Opening",
                                "subtitle": "",
                                "track": None,
                                "type": "opening",
                                "language": "en",
                                "abstract": "",
                                "description": "",
                                "persons": [],
                                "links": [],
                            },
                            {
                                "id": 12,
                                "guid": "c9edea6f-1da1-4772-a0a9-6dd4e33f11bb",
                                "date": "2024-05-02T11:00:00+02:00",
                                "start": "11:00",
                                "duration": "00:45",
                                "room": "Main hall",
                                "slug": "WaterDays-12-rivers_and_cities",
                                "title": "Rivers & cities, 河流",
                                "subtitle": "",
                                "track": "Rivers",
                                "type": "lecture",
                                "language": "en",
                                "persons": [
                                    {"id": 7, "public_name": "Speaker Seven"},
                                    {"id": 8, "public_name": "王 八"},
                                ],
                            },
                        ],
                        "Annex": [
                            {
                                "id": 13,
                                "guid": "24b58c74-2bba-412e-84ac-c206f714f0b7",
                                "date": "2024-05-03T00:15:00+02:00",
                                "start": "00:15",
                                "duration": "01:00",
                                "room": "Annex",
                                "slug": "WaterDays-13-night_walk",
                                "title": "Night walk",
                                "track": "Rivers",
                                "type": "excursion",
                                "persons": [{"id": 9, "public_name": "Guide Nine"}],
                            }
                        ],
                    },
                },
                {
                    "index": 2,
                    "date": "2024-05-03",
                    "day_start": "2024-05-03T09:00:00+02:00",
                    "day_end": "2024-05-03T18:00:00+02:00",
                    "rooms": {
                        "Annex": [
                            {
                                "id": 21,
                                "guid": "0a99f1db-dfad-4534-888c-bd98acc576b3",
                                "date": "2024-05-03T10:00:00+02:00",
                                "start": "10:00",
                                "duration": "02:00",
                                "room": "Annex",
                                "slug": "WaterDays-21-pumps",
                                "title": "Pumps, hands-on",
                                "track": "Machines",
                                "type": "Workshop",
                                "persons": [{"id": 7, "public_name": "Speaker Seven"}],
                            }
                        ]
                    },
                },
            ],
        },
    }
}
"""As frab writes it: people have a number and a ``public_name``."""


def frab() -> dict[str, Any]:
    """Return the schedule as frab writes it, to change as one likes."""
    return copy.deepcopy(FRAB)


def facts(document: dict[str, Any]) -> dict[str, Any]:
    """Return the ``conference`` of a schedule."""
    return document["schedule"]["conference"]  # type: ignore[no-any-return]


def events(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the events of a schedule in their order."""
    return [e for day in facts(document)["days"] for found in day["rooms"].values() for e in found]


def pretalx() -> dict[str, Any]:
    """Return the schedule as pretalx writes it: rooms and tracks listed, people with a code and a name."""
    found = frab()
    found["$schema"] = "https://c3voc.de/schedule/schema.json"
    found["generator"] = {"name": "pretalx", "version": "2025.1.0"}
    found["schedule"]["url"] = "https://talks.example/2024/schedule/"
    conference = facts(found)
    conference["rooms"] = [
        {
            "name": "Main hall",
            "slug": "1-main-hall",
            "guid": "b379c473",
            "description": None,
            "capacity": 300,
        },
        {"name": "Annex", "slug": "2-annex", "guid": None, "description": None, "capacity": None},
        {"name": "Garden", "slug": "3-garden", "guid": None, "description": None, "capacity": 40},
    ]
    conference["tracks"] = [
        {"name": "Rivers", "slug": "1-rivers", "color": "#0084b0"},
        {"name": "Machines", "slug": "2-machines", "color": "#44357e"},
    ]
    for day in conference["days"]:
        day["day_start"] = f"{day['date']}T04:00:00+02:00"
        day["day_end"] = day["day_end"].replace("18:00", "23:59")
    for event in events(found):
        event["code"] = f"CODE{event['id']}"
        event["persons"] = [
            {
                "code": f"PERSON{person['id']}",
                "name": person["public_name"],
                "public_name": person["public_name"],
                "guid": f"00000000-0000-5000-8000-00000000000{person['id']}",
                "avatar": None,
                "biography": "Long\nstory",
            }
            for person in event["persons"]
        ]
        event["url"] = f"https://talks.example/2024/talk/{event['code']}/"
        event["attachments"] = []
    return found


def flat() -> dict[str, Any]:
    """Return the schedule with its events in one list, as the second version of the format has it."""
    found = pretalx()
    schedule, conference = found["schedule"], facts(found)
    schedule["events"] = []
    for event in events(found):
        length = {"00:30": 30, "00:45": 45, "01:00": 60, "02:00": 120}[event["duration"]]
        hour, minute = divmod(int(event["start"][:2]) * 60 + int(event["start"][3:]) + length, 60)
        schedule["events"].append(
            {
                "type": event["type"],
                "guid": event["guid"],
                "start": event["date"],
                "end": f"{event['date'][:10]}T{hour:02}:{minute:02}:00+02:00",
                "room": {"name": event["room"], "guid": "b379c473"},
                "slug": event["slug"],
                "title": event["title"],
                "track": {"slug": {"Rivers": "1-rivers", "Machines": "2-machines"}[event["track"]]}
                if event["track"]
                else None,
                "participants": [
                    {"guid": p["guid"], "name": p["name"], "role": "moderator"} for p in event["persons"]
                ],
            }
        )
    for day in conference["days"]:
        del day["rooms"]
    return found


XML = """<?xml version='1.0' encoding='utf-8' ?>
<!-- made up -->
<schedule>
  <generator name="pretalx" version="2025.1.0" />
  <version>2.1</version>
  <conference>
    <title>Water Days 2024</title>
    <acronym>WaterDays</acronym>
    <start>2024-05-02</start>
    <end>2024-05-03</end>
    <days>2</days>
    <timeslot_duration>00:15</timeslot_duration>
    <time_zone_name>Europe/Madrid</time_zone_name>
    <track name="Rivers" slug="1-rivers" color="#0084b0" />
  </conference>
  <day index='1' date='2024-05-02' start='2024-05-02T04:00:00+02:00' end='2024-05-03T03:59:00+02:00'>
    <room name='Main hall' guid='b379c473-93b9-4eae-9a09-d482e86cede3'>
      <event guid='c9edea6f-1da1-4772-a0a9-6dd4e33f11bb' id='12'>
        <room>Main hall</room>
        <title>Rivers &amp; cities, 河流</title>
        <type>Talk</type>
        <date>2024-05-02T11:00:00+02:00</date>
        <start>11:00</start>
        <duration>00:45</duration>
        <slug>WaterDays-12-rivers</slug>
        <track>Rivers</track>
        <persons>
          <person id='7'>Speaker Seven</person><person id='8'>王 八</person>
        </persons>
        <recording><license></license><optout>false</optout></recording>
      </event>
    </room>
    <room name='Annex'>
    </room>
  </day>
</schedule>
"""
"""As pretalx writes it."""


def spot(document: dict[str, Any], number: int, field: str = "") -> str:
    """Return line and column of an event in what :func:`written` returns, or of one of its fields."""
    lines = written(document).decode().splitlines()
    wanted = f'"id": {number},'
    at = next(n for n, line in enumerate(lines) if line.strip() == wanted)
    if not field:
        return f"{at}:{len(lines[at - 1]) - len(lines[at - 1].lstrip()) + 1}"
    at = next(n for n in range(at, len(lines)) if lines[n].strip().startswith(f'"{field}": '))
    return f"{at + 1}:{lines[at].index(': ') + 3}"


def written(document: dict[str, Any]) -> bytes:
    """Return a schedule as a file's content, a value to a line."""
    return json.dumps(document, indent=1).encode()
