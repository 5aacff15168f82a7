"""How long hostile uploads keep the service at work, and what others notice of it.

Starts a server on 127.0.0.1 with the limits that it usually has, sends it one upload after another that is as
large as it may be and made to be slow to read, and asks for something small all the while. Says of each
upload how it was answered, after how long, and how long the others waited in the meantime.

    python benchmarks/hostile.py [NAME ...]
"""

from __future__ import annotations

import io
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.forum import served  # noqa: E402

MOST = 10 * 1024 * 1024
YAML, ZIP = "application/yaml", "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def full(unit: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """Return as many of a piece as an upload may have."""
    room = MOST - len(before) - len(after)
    return before + (unit * (room // len(unit) + 1))[:room] + after


def many(line: str, count: int, before: bytes = b"") -> bytes:
    """Return numbered lines."""
    return (before + "".join(line.format(n) for n in range(count)).encode())[:MOST]


def packed(**files: bytes) -> bytes:
    """Return a ZIP of CSV files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.csv", content)
    return held.getvalue()


UPLOADS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "brackets": (YAML, lambda: full(b"[")),
    "colons": (YAML, lambda: full(b"a: ")),
    "one long word": (YAML, lambda: full(b"x", b"a: ")),
    "digits": (YAML, lambda: full(b"9", b"a: ")),
    "keys": (YAML, lambda: many("k{}: 1\n", 800_000)),
    "one key": (YAML, lambda: full(b"a: 1\n")),
    "aliases": (YAML, lambda: full(b"*a,", b"x: &a 1\ny: [", b"]")),
    "tags": (YAML, lambda: full(b"!a b,", b"[", b"]")),
    "empty entries": (YAML, lambda: full(b"- {}\n", b"participants:\n")),
    "meetings of nobody": (
        YAML,
        lambda: many("- {{id: m{0}, parties: [x{0}, y]}}\n", 300_000, b"meetings:\n"),
    ),
    "long tables": (ZIP, lambda: packed(people=many("p{0},zz{0}\n", 300_000, b"name,party\n"))),
    "tables of nobody": (
        ZIP,
        lambda: packed(
            people=many("p{},\n", 20_000, b"name,city\n"), meetings=many("p{0},q{0}\n", 50_000, b"with,who\n")
        ),
    ),
    "a bomb": (ZIP, lambda: packed(people=b"\0" * 1_000_000_000)),
    "no workbook": (XLSX, lambda: full(b"PK\3\4")),
}


@contextmanager
def asking(address: str) -> Iterator[list[float]]:
    """Ask for something small again and again; give the list of how long each time was waited for."""
    waits: list[float] = []
    over = threading.Event()

    def ask() -> None:
        with httpx.Client(timeout=60) as client:
            while not over.is_set():
                began = time.perf_counter()
                client.get(f"{address}/api/v1/programmes").raise_for_status()
                waits.append(time.perf_counter() - began)
                time.sleep(0.01)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield waits
    finally:
        over.set()
        thread.join()


def main() -> None:
    names = sys.argv[1:] or list(UPLOADS)
    print(f"{'upload':<20} {'MB':>6} {'status':>6} {'seconds':>8} {'others: median, most (ms)':>26}  answer")
    with TemporaryDirectory() as folder, served(Path(folder)) as server, httpx.Client(timeout=300) as client:
        for name in names:
            kind, make = UPLOADS[name]
            content = make()
            with asking(server.address) as waits:
                time.sleep(0.1)
                waits.clear()
                began = time.perf_counter()
                answer = client.post(
                    f"{server.address}/api/v1/programmes/validate",
                    content=content,
                    headers={"Content-Type": kind},
                )
                took = time.perf_counter() - began
                time.sleep(0.02)
                waited = sorted(waits) or [0.0]
            others = f"{waited[len(waited) // 2] * 1000:.0f}, {waited[-1] * 1000:.0f}"
            print(
                f"{name:<20} {len(content) / 1e6:>6.1f} {answer.status_code:>6} {took:>8.2f} {others:>26}  "
                f"{answer.json()['detail'][:60]}",
                flush=True,
            )


if __name__ == "__main__":
    main()
