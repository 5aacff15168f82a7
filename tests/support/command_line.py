"""Commands run as somebody types them, on files written for the test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from support.hand_made import facts, hand_placed

from scheduler import search
from scheduler.checker import check
from scheduler.cli.commands import cli
from scheduler.domain import Instance, LevelReport, Solution, Status
from scheduler.exports import write_solution
from scheduler.search import Progress

INSTANCES = Path(__file__).parents[2] / "instances"
TINY = INSTANCES / "tiny.yaml"


def run(*arguments: object, columns: int = 100) -> Result:
    """Run a command in this process; its output is no terminal."""
    return CliRunner().invoke(cli, list(map(str, arguments)), env={"COLUMNS": str(columns)})


def run_apart(*arguments: object, code: str = "", **how: Any) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, after some code."""
    program = f"{code}\nfrom scheduler.cli import main\nmain(prog_name='scheduler')"
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **how)


def write_instance(path: Path, parts: dict[str, Any]) -> Path:
    """Write an instance to a file (JSON is YAML)."""
    path.write_text(json.dumps(parts, ensure_ascii=False), encoding="utf-8")
    return path


def write_hand_made(directory: Path, solution: Solution | None = None, **parts: Any) -> tuple[Path, Path]:
    """Write the programme made by hand, with some parts changed, and a schedule of it."""
    instance = write_instance(directory / "hand-made.yaml", facts() | parts)
    return instance, write_solution(solution or hand_placed(), directory / "hand-made.solution.yaml")


def result_of(instance: Instance, solution: Solution, status: Status) -> search.Result:
    """Return what a search that found a schedule returns."""
    verdict = check(instance, solution)
    best = status is Status.OPTIMAL
    levels = tuple(
        LevelReport(
            level=level.level,
            value=level.value,
            bound=level.value if best else 0,
            status=Status.OPTIMAL if best else Status.FEASIBLE,
            confirmed=best and level.level == 1,
        )
        for level in verdict.levels
    )
    solution = solution.model_copy(update={"status": status, "levels": levels, "terms": verdict.terms})
    return search.Result(status, solution, verdict, levels, {"search": 1.5, "check": 0.01})


class StandIn:
    """In place of the search: tells some progress and returns what it was given.

    Attributes
    ----------
    options : SolveOptions or None
        What it was last asked for.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, result: search.Result, *told: Progress) -> None:
        self._result = result
        self._told = told
        self.options: search.SolveOptions | None = None
        module = SimpleNamespace(solve=self._solve)
        monkeypatch.setitem(sys.modules, "scheduler.search.solve", module)

    def _solve(self, instance: Instance, options: search.SolveOptions, tell: Any, stop: Any) -> search.Result:
        self.options = options
        for progress in self._told:
            tell(progress)
        return self._result
