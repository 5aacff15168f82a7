"""A solution as a YAML file that people read and the checker reads back."""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path

from scheduler.domain import Placement, Solution, Unscheduled
from scheduler.domain.times import UTC
from scheduler.exports.writing import write_files
from scheduler.exports.yaml_text import block, flow, scalar

HEAD = "# Check it: scheduler check INSTANCE.yaml THIS-FILE"


def solution_text(solution: Solution) -> str:
    """Return a solution as YAML: one placement to a line, by start and then activity.

    Scalars are written so that a reader that keeps them as text and one that resolves them give the same
    solution; what says nothing (no table, nobody chosen) is left out. ``Solution.model_validate`` of
    what is read equals the solution with its placements in that order.
    """
    lines = [HEAD, f"programme: {scalar(solution.programme)}"]
    lines += [f"instance: {scalar(solution.instance)}"] if solution.instance else []
    lines += [f"status: {solution.status.value}"]
    lines += block("levels", (_level(level.model_dump(mode="json")) for level in solution.levels))
    lines += block("terms", (flow(term.model_dump(mode="json")) for term in solution.terms))
    in_order = sorted(solution.placements, key=lambda p: (p.start.astimezone(UTC), p.activity))
    lines += block("placements", (flow(_facts(placement)) for placement in in_order))
    lines += block("unscheduled", (flow(_reason(item)) for item in solution.unscheduled))
    return "\n".join(lines) + "\n"


def write_solution(
    solution: Solution, path: str | PathLike[str], instance: str | PathLike[str] | None = None
) -> Path:
    """Write a solution to a file, which is there whole or as it was before.

    Parameters
    ----------
    solution : Solution
        The schedule.
    path : path
        Where to.
    instance : path, optional
        The instance's file: the solution will say where it is, seen from its own folder.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    path = Path(path)
    if instance is not None:
        solution = solution.model_copy(update={"instance": _seen_from(path.parent, Path(instance))})
    (written,) = write_files(path.parent, {path.name: solution_text(solution).encode("utf-8")})
    return written


def _seen_from(folder: Path, file: Path) -> str:
    """Return the way from a folder to a file, with slashes; empty if there is none (another drive)."""
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:
        return ""


def _level(facts: dict[str, object]) -> str:
    if not facts["confirmed"]:
        del facts["confirmed"]
    return flow(facts)


def _reason(item: Unscheduled) -> dict[str, object]:
    facts: dict[str, object] = item.model_dump(mode="json", exclude_none=True)
    if not item.lost_to:
        del facts["lost_to"]
    return facts


def _facts(placement: Placement) -> dict[str, object]:
    facts: dict[str, object] = placement.model_dump(mode="json", exclude_none=True)
    if not placement.attendees:
        del facts["attendees"]
    return facts
