from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from support.command_line import TINY, run, write_hand_made
from support.hand_made import PLACEMENTS, solution_of

from scheduler.exports import write_solution

TITLE = 'Open cities, "by hand"'


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Return two schedules that say which programme they are of."""
    instance, _old = write_hand_made(tmp_path)
    changed = [p | {"table": 1} if p["activity"] == "islands" else p for p in PLACEMENTS]
    new = [p for p in changed if p["activity"] != "untitled"]
    (tmp_path / "new").mkdir()
    return (
        write_solution(solution_of(PLACEMENTS), tmp_path / "old.solution.yaml", instance),
        write_solution(solution_of(new), tmp_path / "new" / "new.solution.yaml", instance),
    )


def test_changes_are_printed(two: tuple[Path, Path]) -> None:
    result = run("diff", *two)
    assert result.exit_code == 0
    assert "1 moved, 1 cancelled; 4 as before." in result.stdout
    assert "table 2" in " ".join(result.stdout.split())
    assert TITLE in result.stdout


def test_nothing_changed(two: tuple[Path, Path]) -> None:
    result = run("diff", two[0], two[0])
    assert "Nothing changed; 6 as before." in result.stdout


@pytest.mark.parametrize(("by", "heading"), [("party", "Praia, Cabo Verde"), ("city", "Madrid")])
def test_changes_are_grouped(two: tuple[Path, Path], by: str, heading: str) -> None:
    assert heading in run("diff", *two, "--by", by).stdout.splitlines()


def test_changes_are_written_for_programs(two: tuple[Path, Path], tmp_path: Path) -> None:
    assert json.loads(run("diff", *two, "--format", "json").stdout)["counts"]["moved"] == 1
    assert run("diff", *two, "--format", "csv", "-o", tmp_path / "out" / "c.csv").exit_code == 0
    with (tmp_path / "out" / "c.csv").open(newline="", encoding="utf-8") as file:
        assert [row["activity"] for row in csv.DictReader(file)] == ["islands", "untitled"]


def test_a_schedule_that_does_not_say_its_programme(two: tuple[Path, Path], tmp_path: Path) -> None:
    silent = tmp_path / "hand-made.solution.yaml"
    result = run("diff", silent, two[1])
    assert result.exit_code == 2
    assert "does not say which instance it is of; name that with --instance" in " ".join(
        result.stderr.split()
    )
    assert run("diff", silent, two[1], "--instance", tmp_path / "hand-made.yaml").exit_code == 0


def test_a_programme_that_is_no_longer_there(two: tuple[Path, Path], tmp_path: Path) -> None:
    instance = tmp_path / "hand-made.yaml"
    moved = instance.rename(tmp_path / "moved.yaml")
    result = run("diff", *two)
    assert result.exit_code == 2
    assert "says that its instance is hand-made.yaml, and there is no such file" in result.stderr
    assert run("diff", *two, "--instance", moved, "--instance", moved).exit_code == 0
    assert run("diff", *two, *(["--instance", moved] * 3)).exit_code == 2


def test_schedules_of_different_programmes(two: tuple[Path, Path]) -> None:
    result = run("diff", *two, "--instance", two[0].parent / "hand-made.yaml", "--instance", TINY)
    assert result.exit_code == 2
    assert "is a schedule of 'hand-made', but" in result.stderr


def test_a_folder_in_which_nothing_is_published(two: tuple[Path, Path], tmp_path: Path) -> None:
    result = run("diff", tmp_path, two[1])
    assert result.exit_code == 2
    assert "nothing is published in it" in result.stderr
