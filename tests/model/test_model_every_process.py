"""The model of an instance is the same in every process: that is what makes deterministic runs so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRINT = """
import sys
from scheduler import load
from scheduler.model.build import build
from scheduler.problem import discretise
model = build(discretise(load(sys.argv[1])))
for level in model.levels:
    model.cost(level)
print(model.context.logic.cp.proto)
"""


@pytest.mark.parametrize("name", ["every-rule", "split-delegation"])
def test_it_does_not_hang_on_the_order_of_sets(name):
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINT, f"instances/{name}.yaml"],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
