"""A solution as a YAML file that people read and the checker reads back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path

from scheduler.domain import Placement, Solution
from scheduler.domain.times import UTC
from scheduler.exports.writing import write_files

HEAD = "# Check it: scheduler check INSTANCE.yaml THIS-FILE"

_PLAIN = re.compile(
    r"[A-Za-z][A-Za-z0-9._-]*|[1-9][0-9]{0,15}|0|\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d(:\d\d)?"
)
_RESERVED = frozenset({"y", "yes", "n", "no", "on", "off", "true", "false", "null"})
"""What some YAML reader takes for something else than a text."""


def solution_text(solution: Solution) -> str:
    """Return a solution as YAML: one placement to a line, by start and then activity.

    Scalars are written so that a reader that keeps them as text and one that resolves them give the same
    solution; what says nothing (no table, nobody chosen) is left out. ``Solution.model_validate`` of
    what is read equals the solution with its placements in that order.
    """
    lines = [HEAD, f"programme: {_scalar(solution.programme)}", f"status: {solution.status.value}"]
    lines += _block("levels", (_level(level.model_dump(mode="json")) for level in solution.levels))
    lines += _block("terms", (_flow(term.model_dump(mode="json")) for term in solution.terms))
    in_order = sorted(solution.placements, key=lambda p: (p.start.astimezone(UTC), p.activity))
    lines += _block("placements", (_flow(_facts(placement)) for placement in in_order))
    lines += _block("unscheduled", (_flow(item.model_dump(mode="json")) for item in solution.unscheduled))
    return "\n".join(lines) + "\n"


def write_solution(solution: Solution, path: str | PathLike[str]) -> Path:
    """Write a solution to a file, which is there whole or as it was before.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    path = Path(path)
    (written,) = write_files(path.parent, {path.name: solution_text(solution).encode("utf-8")})
    return written


def _block(name: str, items: Iterable[str]) -> Iterator[str]:
    found = [f"  - {item}" for item in items]
    if not found:
        yield f"{name}: []"
        return
    yield f"{name}:"
    yield from found


def _level(facts: dict[str, object]) -> str:
    if not facts["confirmed"]:
        del facts["confirmed"]
    return _flow(facts)


def _facts(placement: Placement) -> dict[str, object]:
    facts: dict[str, object] = placement.model_dump(mode="json", exclude_none=True)
    if not placement.attendees:
        del facts["attendees"]
    return facts


def _flow(value: object) -> str:
    """Return a value in YAML's flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _scalar(str(value))


def _scalar(text: str) -> str:
    """Return a text plainly where no reader can take it for anything else, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    return "\\n" if char == "\n" else f"\\U{ord(char):08x}"
