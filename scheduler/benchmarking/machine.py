"""On what machine, with what versions, and when."""

from __future__ import annotations

import datetime as dt
import os
import platform
from pathlib import Path

from scheduler.benchmarking.solvers import SOLVERS, installed
from scheduler.domain.times import UTC

_LIBRARIES = ("ortools", "pydantic")


def machine(solvers: tuple[str, ...]) -> tuple[str, ...]:
    """Return lines that say it, in Markdown's plain text."""
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {installed(name)}" for name in _LIBRARIES if installed(name)]
    for name in solvers:
        versions += [f"{name} {installed(name)}" for name in SOLVERS[name].needs if installed(name)]
    return (
        f"{dt.datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"{_cores()} cores of {_processor()}, {_memory()}, {platform.system()} {platform.release()}",
        ", ".join(dict.fromkeys(versions)),
    )


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return "memory unknown"
    return f"{size / 2**30:.0f} GiB"
