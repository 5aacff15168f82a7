"""A good instance file, and what is said of it once something in it is spoiled."""

from __future__ import annotations

from pathlib import Path

from scheduler.reading import InputError, load

GOOD = """\
programme:
  id: forum
  grid: 15min
cities:
  - id: madrid
    time_zone: Europe/Madrid
    opening:
      - {date: 2025-03-10, from: 09:00, to: 14:00}
    venues:
      - id: palace
        rooms:
          - {id: hall, seats: 100}
          - {id: tables, tables: 4}
  - id: seoul
    time_zone: Asia/Seoul
    opening:
      - {date: 2025-03-12, from: 09:00, to: 12:00}
    venues:
      - {id: tower, rooms: [{id: top}]}
travel:
  links:
    - {from: madrid, to: seoul, duration: 14h}
day_parts:
  morning: {from: 09:00, to: 11:00}
delegations:
  - {id: porto}
  - {id: lyon, split: members, parallel: 2}
participants:
  - id: guest
    arrival: 2025-03-10T09:00+01:00
    departure: 2025-03-11T09:00+01:00
  - {id: host, languages: [es, en]}
tracks:
  - {id: water, chairs: [host]}
sessions:
  - id: opening
    kind: conference
    duration: 1h
    speakers: [guest, {participant: host, role: chair}]
    talks:
      - {id: keynote, speaker: guest, duration: 30min}
meetings:
  - id: first
    parties: [porto, guest]
    priority: high
  - {id: second, parties: [lyon, host], duration: 45min, windows: [{from: 10:00, to: 12:00}]}
precedences:
  - {before: opening, after: first, max_gap: 2h}
load:
  meal: {from: 12:00, to: 14:00, duration: 45min}
interpreters:
  - {id: french, languages: [fr, en]}
objective:
  - {term: requests, weight: 2}
"""


def spoiled(folder: Path, old: str, new: str, text: str = GOOD) -> list[str]:
    """Return what is said of a file in which one piece is replaced, without the file's name."""
    assert text.count(old) == 1, f"{old!r} does not stand there once"
    return complaints(folder, text.replace(old, new))


def complaints(folder: Path, text: str | bytes) -> list[str]:
    """Return what is said of an instance file of some text, without the file's name."""
    file = folder / "forum.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    try:
        load(file)
    except InputError as error:
        return [line.removeprefix(f"{file}").removeprefix(":").lstrip() for line in str(error).splitlines()]
    return []
