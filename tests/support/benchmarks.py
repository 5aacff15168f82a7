"""Runs of a benchmark, made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.benchmarking.rows import OURS, Key, Row


def key(case: str = "one", solver: str = OURS, **how: Any) -> Key:
    """Return a key; what is not given is as usual."""
    return replace(Key("suite", case, solver, 1, "0.1.0 abc", 60.0, 2, 0), **how)


def row(of: Key | None = None, **facts: Any) -> Row:
    """Return a run that was proven in a second, with some facts changed."""
    usual = Row(
        of or key(), "optimal", "5", "somebody", "equal", 100, 20, (5,), (5,), 1.0, 1.5, 90.0, verdict="valid"
    )
    return replace(usual, **facts)
