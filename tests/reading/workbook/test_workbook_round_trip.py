"""A programme written as a workbook, or as CSV files, is read back as the same programme."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from support.exported import instances, named_instances, relaxed
from support.tiny import tiny_instance

from scheduler.domain import Instance, ObjectiveTerm, Quota
from scheduler.domain.objective import DEFAULT_OBJECTIVE, OBJECTIVE_WITH_LEAST
from scheduler.exports.workbook import workbook_bytes, workbook_tables
from scheduler.exports.writing import write_files
from scheduler.reading import load, load_workbook

ROOT = Path(__file__).parents[3] / "instances"
FILES = sorted([*ROOT.glob("*.yaml"), *ROOT.glob("scenarios/*.yaml")])


def there_and_back(instance: Instance) -> Instance:
    found = load_workbook(workbook_bytes(instance), name="programme.xlsx")
    assert found.faults == found.report.refused == ()
    return found.instance


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_instance_here(path: Path, tmp_path: Path) -> None:
    instance = load(path)
    assert there_and_back(instance) == instance
    if path.parent == ROOT:
        write_files(tmp_path, workbook_tables(instance))
        assert load_workbook(tmp_path).instance == instance


@pytest.mark.parametrize("seed", range(30))
def test_random_programmes(seed: int) -> None:
    instance = tiny_instance(seed)
    assert there_and_back(instance) == instance


@pytest.mark.parametrize("objective", [DEFAULT_OBJECTIVE, OBJECTIVE_WITH_LEAST, ()])
@pytest.mark.parametrize("seed", range(10))
def test_random_programmes_in_which_a_least_is_asked_for(
    seed: int, objective: tuple[ObjectiveTerm, ...]
) -> None:
    instance = tiny_instance(seed)
    asking = [party.model_copy(update={"meetings": Quota(least=seed % 3)}) for party in instance.delegations]
    changed = instance.changed(delegations=asking, objective=objective)
    assert there_and_back(changed) == changed


@relaxed
@given(instances() | named_instances())
def test_whatever_things_are_called(instance: Instance) -> None:
    assert there_and_back(instance) == instance
