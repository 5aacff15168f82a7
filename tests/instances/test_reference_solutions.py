"""The reference solutions hold: the checker accepts them and recomputes what they claim."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.checker import check
from scheduler.domain import Instance, Solution, Status, Talk, is_mandatory
from scheduler.reading import load, load_solution

ROOT = Path(__file__).parents[2]
SOLUTIONS = sorted((ROOT / "solutions").glob("*/*.solution.yaml"))

# Proven to have no schedule: these alone have no reference solution.
INFEASIBLE = {"infeasible"}


SCENARIOS = {file.stem: file for file in (ROOT / "instances" / "scenarios").glob("*.yaml")}
"""What may happen to other instances."""

UNPROVEN = {f"../../instances/scenarios/{name}.yaml" for name in ("asia-closed-hall", "asia-last-evening")}
"""Too crowded to be proven in a minute."""


def pair(file: Path) -> tuple[Instance, Solution]:
    name = file.parent.name
    return load(SCENARIOS.get(name, ROOT / "instances" / f"{name}.yaml")), load_solution(file)


def test_every_instance_has_a_reference_solution_unless_it_has_none() -> None:
    names = {file.stem for file in (ROOT / "instances").glob("*.yaml")}
    assert names.isdisjoint(SCENARIOS)
    assert {file.parent.name for file in SOLUTIONS} == (names | set(SCENARIOS)) - INFEASIBLE
    assert all(file.name == f"{file.parent.name}.solution.yaml" for file in SOLUTIONS)


@pytest.fixture(params=SOLUTIONS, ids=[file.parent.name for file in SOLUTIONS])
def reference(request: pytest.FixtureRequest) -> tuple[Instance, Solution]:
    return pair(request.param)


def test_the_checker_accepts_it(reference: tuple[Instance, Solution]) -> None:
    instance, solution = reference
    assert solution.programme == instance.programme.id
    assert check(instance, solution).violations == ()


def test_the_checker_recomputes_its_values(reference: tuple[Instance, Solution]) -> None:
    instance, solution = reference
    verdict = check(instance, solution)
    assert verdict.terms == solution.terms
    assert {level.level: level.value for level in verdict.levels} == {
        level.level: level.value for level in solution.levels
    }


def test_it_is_proven_optimal_on_every_level(reference: tuple[Instance, Solution]) -> None:
    instance, solution = reference
    assert {level.level for level in solution.levels} == {entry.level for entry in instance.objective}
    assert all(level.bound <= level.value for level in solution.levels)
    if solution.status is Status.FEASIBLE and solution.instance in UNPROVEN:
        return
    assert solution.status is Status.OPTIMAL
    for level in solution.levels:
        assert level.status is Status.OPTIMAL
        assert level.value == level.bound


def test_it_names_what_is_not_placed_and_why(reference: tuple[Instance, Solution]) -> None:
    instance, solution = reference
    placed = {placement.activity for placement in solution.placements}
    missing = {a.id for a in instance.activities if not isinstance(a, Talk) and a.id not in placed}
    assert {left.activity for left in solution.unscheduled} == missing
    assert all(left.reason for left in solution.unscheduled)
    assert not any(is_mandatory(instance.activity(activity)) for activity in missing)


def test_the_checker_refuses_it_without_a_mandatory_activity(reference: tuple[Instance, Solution]) -> None:
    instance, solution = reference
    first = next(a.id for a in instance.activities if is_mandatory(a))
    less = tuple(placement for placement in solution.placements if placement.activity != first)
    doctored = solution.model_copy(update={"placements": less})
    assert "placement" in {violation.rule.value for violation in check(instance, doctored).violations}


def test_the_table_says_what_the_solutions_say() -> None:
    lines = (ROOT / "solutions" / "README.md").read_text(encoding="utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    expected = []
    for file in SOLUTIONS:
        instance, solution = pair(file)
        expected.append(
            [
                file.parent.name,
                ", ".join(str(level.value) for level in solution.levels),
                ", ".join(str(level.bound) for level in solution.levels),
                "yes" if all(level.confirmed for level in solution.levels) else "no",
                "keeps every rule" if check(instance, solution).valid else "breaks a rule",
            ]
        )
    assert table[1:] == expected
