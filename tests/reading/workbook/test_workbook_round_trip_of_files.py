"""Programmes written as workbooks are read as the same programmes."""

from pathlib import Path

import pytest

import scheduler
from scheduler.exports.workbook import workbook_bytes, write_workbook
from scheduler.reading import load_workbook

INSTANCES = Path(__file__).parents[3] / "instances"
NAMES = ("asia-innova-2017", "every-rule", "split-delegation", "tables", "two-time-zones")


@pytest.mark.parametrize("name", NAMES)
def test_a_written_workbook_says_the_same(name, tmp_path):
    instance = scheduler.load(INSTANCES / f"{name}.yaml")
    found = load_workbook(workbook_bytes(instance))
    assert found.instance == instance
    assert found.faults == found.report.refused == ()
    write_workbook(tmp_path, instance)
    assert load_workbook(tmp_path).instance == instance
