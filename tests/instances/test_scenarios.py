"""What may happen to the instances: it loads, says what it is for, and hits the schedule of its base."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.checker import check
from scheduler.domain import Instance, Solution
from scheduler.exports.instance_file import instance_text
from scheduler.reading import load, load_solution
from scheduler.reading.yaml_data import parse

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "instances" / "scenarios").glob("*.yaml"))
EASIER = {"asia-last-evening", "asia-meeting-withdrawn", "asia-delegation-cancels"}
"""They ask for more, or for less: what is scheduled stays possible."""


def base_of(file: Path) -> Path:
    said = parse(file.read_text(encoding="utf-8"), file.name).data
    assert isinstance(said, dict)
    return (file.parent / said["base"]).resolve()


def schedule_of(file: Path) -> Solution:
    return load_solution(ROOT / "solutions" / file.stem / f"{file.stem}.solution.yaml")


@pytest.fixture(params=FILES, ids=[file.stem for file in FILES])
def scenario(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def left_of(instance: Instance, solution: Solution) -> Solution:
    kept = tuple(placed for placed in solution.placements if instance.has_activity(placed.activity))
    return solution.model_copy(update={"placements": kept})


def test_there_are_ten_and_more_of_several_instances() -> None:
    assert len(FILES) >= 10
    assert {base_of(file).stem for file in FILES} >= {"asia-innova-2017", "tables", "asia-shorter-day"}


def test_it_says_in_its_head_what_happens_and_what_it_is_for(scenario: Path) -> None:
    head = scenario.read_text(encoding="utf-8").split("\n\n", 1)[0].splitlines()
    assert all(line.startswith("#") for line in head)
    assert any(line.startswith("# Purpose: ") for line in head)


def test_it_is_the_programme_of_its_base_and_differs_from_it(scenario: Path) -> None:
    before, after = load(base_of(scenario)), load(scenario)
    assert after.programme.id == before.programme.id
    assert after != before


def test_it_can_be_written_as_one_file(scenario: Path, tmp_path: Path) -> None:
    file = tmp_path / "whole.yaml"
    file.write_text(instance_text(load(scenario)), encoding="utf-8")
    assert load(file) == load(scenario)


def test_it_breaks_the_schedule_of_its_base_unless_it_asks_for_more_or_less(scenario: Path) -> None:
    instance, solution = load(scenario), schedule_of(base_of(scenario))
    violations = check(instance, left_of(instance, solution)).violations
    assert bool(violations) == (scenario.stem not in EASIER)


def test_what_is_removed_is_gone_everywhere() -> None:
    instance = load(ROOT / "instances" / "scenarios" / "asia-delegation-cancels.yaml")
    assert instance.delegation("berlin") is None  # type: ignore[arg-type]
    assert not any("berlin" in (*s.parties, *s.audience, *s.interest) for s in instance.sessions)
    assert not any("berlin" in meeting.parties for meeting in instance.meetings)


def test_twenty_requests_come_in_on_the_last_evening() -> None:
    before = load(ROOT / "instances" / "asia-innova-2017.yaml")
    after = load(ROOT / "instances" / "scenarios" / "asia-last-evening.yaml")
    assert len(after.meetings) == len(before.meetings) + 20
