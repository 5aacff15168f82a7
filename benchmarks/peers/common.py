"""What the scripts of other solvers share: their options, and the lines of JSON that they print.

    python benchmarks/peers/NAME.py FILE.dzn [--limit S] [--workers N] [--seed N]

Lines with ``time`` (seconds since the epoch), ``value`` and ``bound`` tell how a search goes; the last line
has ``status``, ``value``, ``bound``, ``slots`` (of each meeting, from 0) and ``note``, as far as they are
known.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from scheduler.benchmarking.published import Forum, read


class Given(NamedTuple):
    """The options of a script."""

    forum: Forum
    limit: float
    workers: int
    seed: int


def run(solve: Callable[[Given], dict[str, Any]]) -> None:
    """Read the file, solve it, and print how that ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    print(
        json.dumps(solve(Given(read(given.file), given.limit, given.workers, given.seed))),
        flush=True,
    )


def tell(value: float | None, bound: float | None) -> None:
    """Print a moment of the search."""
    said = {"time": time.time(), "value": _whole(value), "bound": _whole(bound)}
    print(json.dumps(said), flush=True)


def _whole(number: float | None) -> int | None:
    return None if number is None or not math.isfinite(number) else round(number)
