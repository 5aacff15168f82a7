"""An instance and a schedule that is its own."""

from __future__ import annotations

from pathlib import Path

from scheduler.cli.outcome import Refused
from scheduler.domain import Instance, Solution
from scheduler.reading import load, load_solution


def load_pair(instance: Path, solution: Path) -> tuple[Instance, Solution]:
    """Read an instance and a solution of it.

    Raises
    ------
    InputError
        If one of them cannot be read.
    Refused
        If the solution is of another programme.
    """
    programme = load(instance)
    schedule = load_solution(solution)
    if schedule.programme != programme.programme.id:
        raise Refused(
            f"{solution}: is a schedule of {schedule.programme!r}, but {instance} is the programme "
            f"{programme.programme.id!r}"
        )
    return programme, schedule
