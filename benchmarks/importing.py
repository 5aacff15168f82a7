"""How long `scheduler import spreadsheet` takes for a large workbook, and how much memory: the whole process.

Makes a workbook of 2,000 people with an availability grid and 20,000 wishes (some of them mutual, a few
`never`), then the same with 500 spoiled rows, imports each in a process of its own, and writes
`benchmarks/results/import.md` with what it took and what was counted:

    .venv/bin/python benchmarks/importing.py [--people 2000] [--wishes 20000]
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from scheduler.benchmarking.machine import machine
from scheduler.reading import load

RESULTS = Path(__file__).parent / "results" / "import.md"
CITIES = ("Valencia", "Madrid", "Bilbao", "Sevilla")
FIRST = ("Anna", "Ben", "王伟", "김민준", "José", "Łucja", "Omar", "Saoirse", "Yuki", "محمد")
LAST = ("García", "Li", "O'Neill", "Nowak", "Müller", "Tanaka", "Okafor", "da Silva", "Park", "Haddad")
LIMIT_SECONDS, LIMIT_MB = 10, 500


@dataclass(frozen=True)
class Measured:
    """One import: what it was of, and what it took."""

    case: str
    seconds: float
    megabytes: float
    last_line: str


def sheets(people: int, wishes: int, spoiled: int) -> dict[str, list[list[Any]]]:
    """Return the rows of a workbook, always the same; ``spoiled`` wishes name nobody that there is."""
    chance = random.Random(1)
    rows: list[list[Any]] = [
        ["email", "name", "organisation", "delegation", "role", "languages", "most meetings", "notes"]
    ]
    for n in range(people):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        group, speaks = f"Delegation {n % 150}", "en; es" if n % 3 else "en"
        rows.append(
            [f"p{n}@org{n % 400}.example", name, f"Organisation {n % 400}", group, "trade", speaks, 20, "x"]
        )
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < wishes:
        one, other = chance.randrange(people), chance.randrange(people)
        if one != other:
            pairs[one, other] = None
            if chance.random() < 0.2:
                pairs[other, one] = None
    asked = [["from", "to", "wish"]]
    for n, (one, other) in enumerate(list(pairs)[:wishes]):
        word = chance.choices(("must", "like", "neutral", "never"), (20, 70, 8, 2))[0]
        to = f"nobody{other}@org.example" if n < spoiled else f"p{other}@org{other % 400}.example"
        asked.append([f"p{one}@org{one % 400}.example", to, word])
    days = [dt.datetime(2025, 5, 12 + day, 9) for day in range(3)]
    slots = [day + dt.timedelta(minutes=30 * k) for day in days for k in range(16)]
    grid: list[list[Any]] = [["person", *slots]]
    grid += ([row[0], *("x" if chance.random() < 0.9 else None for _ in slots)] for row in rows[1:])
    return {
        "programme": [
            ["setting", "value"], ["name", "A large forum"], ["time zone", "Europe/Madrid"],
            ["dates", "2025-05-12; 2025-05-13; 2025-05-14"], ["closes", "17:00"], ["grid", "30min"],
        ],
        "venues": [["city", "venue", "room", "tables"], *([c, f"Hall {c}", "Tables", 60] for c in CITIES)],
        "travel": [
            ["from", "to", "duration", "both ways"],
            *([CITIES[0], city, "2h", "yes"] for city in CITIES[1:]),
        ],
        "people": rows,
        "availability": grid,
        "wishes": asked,
    }  # fmt: skip


def write(path: Path, pages: dict[str, list[list[Any]]]) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for title, rows in pages.items():
            page = book.add_worksheet(title)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)


def measured(case: str, source: Path, target: Path, *more: str) -> Measured:
    """Import in a process of its own; its largest resident size is what the system says of it."""
    command = [
        sys.executable,
        "-m",
        "scheduler",
        "import",
        "spreadsheet",
        str(source),
        "-o",
        str(target),
        *more,
    ]
    probe = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
        "print((done.stdout.splitlines() or [''])[-2])\n"
        "sys.exit(done.returncode)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", probe, *command], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - start
    size, line = done.stdout.splitlines()[-2:]
    return Measured(case, seconds, int(size) / 1024, line.partition(" (see")[0])


def report(found: list[Measured], people: int, wishes: int, contents: str) -> str:
    lines = [
        "# Importing a large workbook",
        "",
        f"{people:,} people, a grid of 48 slots for each, and {wishes:,} wishes; the whole process, from its "
        "start to the written instance file. Made by `benchmarks/importing.py`.",
        "",
        *(f"- {line}" for line in machine(())),
        "",
        f"| workbook | seconds | MB | it says | under {LIMIT_SECONDS} s and {LIMIT_MB} MB |",
        "|---|--:|--:|---|---|",
        *(
            f"| {m.case} | {m.seconds:.1f} | {m.megabytes:.0f} | {m.last_line} "
            f"| {'yes' if m.seconds < LIMIT_SECONDS and m.megabytes < LIMIT_MB else 'no'} |"
            for m in found
        ),
        "",
        contents,
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--people", type=int, default=2000)
    asked.add_argument("--wishes", type=int, default=20_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole, spoiled = Path(folder) / "whole.xlsx", Path(folder) / "spoiled.xlsx"
        write(whole, sheets(given.people, given.wishes, 0))
        write(spoiled, sheets(given.people, given.wishes, 500))
        target = Path(folder) / "programme.yaml"
        found = [
            measured("all rows right", whole, target),
            measured(
                "500 wishes name nobody, --keep-going", spoiled, Path(folder) / "rest.yaml", "--keep-going"
            ),
        ]
        instance = load(target)
        size = sum(path.stat().st_size for path in Path(folder).glob("programme*"))
        contents = (
            f"The instance has {len(instance.participants):,} people, {len(instance.meetings):,} requests "
            f"and {len(instance.never):,} pairs that never meet; its files have "
            f"{size / 1e6:.1f} MB."
        )
    text = report(found, given.people, given.wishes, contents)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
