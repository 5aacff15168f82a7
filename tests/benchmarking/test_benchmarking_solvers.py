import datetime as dt
import json
import platform
from pathlib import Path

import pytest

from scheduler.benchmarking.cases import Case, Written
from scheduler.benchmarking.machine import machine
from scheduler.benchmarking.measuring import Measured
from scheduler.benchmarking.rows import OURS, Moment
from scheduler.benchmarking.solvers import SOLVERS, Task, installed

BEGAN = 1_000_000.0


@pytest.fixture
def task(tmp_path):
    for ending in (".out", ".err"):
        (tmp_path / "said").with_suffix(ending).write_text("")
    return Task(Case("one", Written(Path("one.yaml")), 60.0), Path("one.yaml"), tmp_path, 10.0, 2, 0)


def measured(**how):
    return Measured(**{"began": BEGAN, "wall": 1.0, "processor": 1.0, "megabytes": 9.0, "exit_code": 0} | how)


def test_our_report_is_read_with_times_from_the_start_of_the_process(task):
    level = {"level": 1, "value": 3, "bound": 2, "status": "feasible", "confirmed": False}
    report = {
        "began": dt.datetime.fromtimestamp(BEGAN + 0.5, dt.UTC).isoformat(),
        "status": "feasible",
        "levels": [level],
        "notes": ["one", "two"],
        "trace": [{"seconds": 0.25, "level": 1, "value": 3, "bound": 0, "status": "feasible"}],
    }
    (task.folder / "report.json").write_text(json.dumps(report))
    (task.folder / "one.solution.yaml").touch()
    found = SOLVERS[OURS].outcome(task, measured())
    assert (found.status, found.values, found.bounds, found.note) == ("feasible", (3,), (2,), "one; two")
    assert found.trace == (Moment(0.75, 1, 3, 0),)
    assert found.solution == task.folder / "one.solution.yaml"


def test_without_a_report_the_last_error_is_what_is_known(task):
    task.out.with_suffix(".err").write_text("Traceback\nMemoryError\n")
    found = SOLVERS[OURS].outcome(task, measured(exit_code=1))
    assert (found.status, found.note) == ("crashed", "MemoryError")
    task.out.with_suffix(".err").write_text("")
    found = SOLVERS[OURS].outcome(task, measured(exit_code=-11))
    assert (found.status, found.note) == ("crashed", "exit code -11")


@pytest.mark.parametrize(("name", "status"), [(OURS, "killed"), ("rc2", "unknown")])
def test_who_cannot_stop_is_ended_at_the_limit_and_is_not_to_blame(task, name, status):
    assert SOLVERS[name].outcome(task, measured(exit_code=-9, killed="time")).status == status


def test_who_takes_too_much_memory_is_ended(task):
    found = SOLVERS["rc2"].outcome(task, measured(exit_code=-9, killed="memory"))
    assert (found.status, found.note) == ("killed", "ended when it had taken more than 8 GiB")


def test_commands_hand_everything_on(task):
    command = SOLVERS[OURS].command(task)
    assert command[3:5] == ["solve", "one.yaml"]
    assert command[-6:] == ["--time-limit", "10.0", "--workers", "2", "--seed", "0"]


def test_the_machine_is_told():
    date, where, versions = machine((OURS, "linear-cpsat"))
    assert date.endswith("UTC")
    assert "cores of" in where
    assert f"Python {platform.python_version()}" in versions
    assert versions.count(f"ortools {installed('ortools')}") == 1


def test_what_is_not_installed_has_no_version():
    assert installed("no-such-package") == ""
