"""What a whole run costs: start, read, solve, check, export, each instance in its own process.

    python benchmarks/whole_process.py [INSTANCE.yaml ...] [--workers 2] [--runs 3]

Prints wall seconds, processor seconds and peak memory per instance (medians over the runs), with the
command's exit code.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

INSTANCES = Path(__file__).parent.parent / "instances"


class Cost(NamedTuple):
    wall: float
    processor: float
    megabytes: float
    exit_code: int


def measure(command: list[str]) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    # ru_maxrss counts kilobytes on Linux, bytes on macOS
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Cost(
        wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, os.waitstatus_to_exitcode(status)
    )


def solve_command(instance: Path, out: str, options: list[str]) -> list[str]:
    solve = [sys.executable, "-m", "scheduler", "solve", str(instance), "-o", out, "--export", "ical,csv"]
    return [*solve, "--quiet", *options]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("instances", nargs="*", type=Path, default=sorted(INSTANCES.glob("*.yaml")))
    parser.add_argument("--workers", default="2")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--deterministic", action="store_true")
    given = parser.parse_args()
    options = ["--deterministic"] if given.deterministic else ["--workers", given.workers]
    print(f"{'instance':30} {'wall s':>8} {'cpu s':>8} {'MB':>7} {'exit':>5}")
    for instance in given.instances:
        with tempfile.TemporaryDirectory() as out:
            costs = [measure(solve_command(instance, out, options)) for _ in range(given.runs)]
        median = [statistics.median(values) for values in zip(*costs, strict=True)]
        print(
            f"{instance.stem:30} {median[0]:8.2f} {median[1]:8.2f} {median[2]:7.0f} {median[3]:5.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
