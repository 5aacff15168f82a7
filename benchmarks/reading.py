"""How long it takes to read an instance of many meetings: from the file to the instance, faults included.

Usage: ``python benchmarks/reading.py [MEETINGS]`` (20,000 unless told otherwise). Prints seconds and the
peak memory of this process, for a good file, the same meetings in a CSV table, and a file in which every
fiftieth meeting names nobody.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from scheduler.reading import InputError, load

PEOPLE = 5000
ROOMS = 10
DAYS = 10


def programme() -> Iterator[str]:
    """Yield the lines of an instance without meetings."""
    yield "programme: {id: large, grid: 15min}"
    yield "cities:\n- id: madrid\n  time_zone: Europe/Madrid\n  opening:"
    yield from (f"  - {{date: 2025-03-{day:02d}, from: 08:00, to: 20:00}}" for day in range(1, DAYS + 1))
    yield "  venues:\n  - id: palace\n    rooms:"
    yield from (f"    - {{id: area-{i}, tables: 200}}" for i in range(ROOMS))
    yield "participants:"
    yield from (f"- {{id: p{i}, name: Delegate {i}, languages: [en, es]}}" for i in range(PEOPLE))


def parties(i: int) -> tuple[str, str]:
    """Return the two parties of a meeting."""
    one = i % PEOPLE
    return f"p{one}", f"p{(one + 1 + i // PEOPLE) % PEOPLE}"


def listed(count: int, *, wrong: bool) -> Iterator[str]:
    """Yield the lines of the meetings as YAML."""
    yield "meetings:"
    for i in range(count):
        one, other = parties(i)
        other = f"q{other}" if wrong and i % 50 == 0 else other
        yield f"- id: m{i}\n  parties: [{one}, {other}]\n  duration: 30min\n  priority: high"
        if i % 4 == 0:
            yield "  windows: [{date: 2025-03-03, from: 09:00, to: 13:00}]\n  due: 2025-03-04T12:00"


def tabled(count: int) -> Iterator[str]:
    """Yield the lines of the meetings as CSV."""
    yield "id,parties,duration,priority,windows,due"
    for i in range(count):
        rare = "2025-03-03 09:00-13:00,2025-03-04T12:00" if i % 4 == 0 else ","
        yield f"m{i},{';'.join(parties(i))},30min,high,{rare}"


def measured(name: str, read: Callable[[], str]) -> None:
    """Print how long something takes and what it says."""
    start = time.perf_counter()
    said = read()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:<12} {time.perf_counter() - start:6.2f} s   peak {peak} MB   {said}")


def outcome(path: Path) -> str:
    """Return what reading a file comes to."""
    try:
        return f"{len(load(path).meetings)} meetings"
    except InputError as error:
        return (
            f"{len(error.faults)} errors, the first: {str(error.faults[0]).removeprefix(f'{path.parent}/')}"
        )


def main() -> None:
    """Measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        good, table, bad = (Path(folder) / f"{name}.yaml" for name in ("good", "table", "bad"))
        good.write_text("\n".join([*programme(), *listed(count, wrong=False)]), encoding="utf-8")
        bad.write_text("\n".join([*programme(), *listed(count, wrong=True)]), encoding="utf-8")
        table.write_text("\n".join([*programme(), "meetings: {table: meetings.csv}"]), encoding="utf-8")
        (Path(folder) / "meetings.csv").write_text("\n".join(tabled(count)), encoding="utf-8")
        for path in (good, table, bad):
            measured(path.stem, lambda path=path: outcome(path))  # type: ignore[misc]


if __name__ == "__main__":
    main()
