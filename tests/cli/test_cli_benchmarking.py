"""``scheduler benchmark``: every suite's smallest case, without a look at the time; and bad usage."""

import csv
import json
import os
from pathlib import Path

import pytest
from support.command_line import run

from scheduler.benchmarking.solvers import SOLVERS
from scheduler.benchmarking.suites import SUITES
from scheduler.cli.commands import PEERS


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", SUITES)
def test_the_smallest_case_of_each_suite_is_solved(name, tmp_path):
    if SUITES[name].needs_data and not os.environ.get("SCHEDULER_DATA"):
        pytest.skip("SCHEDULER_DATA names no folder of published instances: the suite was not run")
    ending = run("benchmark", name, "--smallest", "--out", tmp_path, columns=200)
    assert ending.exit_code == 0, ending.output
    (row,) = rows_of(tmp_path / f"{name}.csv")
    assert (row["status"], row["verdict"], row["solver"]) == ("optimal", "valid", "scheduler")
    assert row["agrees"] == ("equal" if row["best"] else "")
    assert row["values"] == row["bounds"]
    assert float(row["wall"]) > 0
    page = (tmp_path / f"{name}.md").read_text(encoding="utf-8")
    assert f"| {row['case']} | {row['activities']} | {row['best']} |" in page
    again = run("benchmark", name, "--smallest", "--out", tmp_path, columns=200)
    assert "(done before)" in again.output
    assert rows_of(tmp_path / f"{name}.csv") == [row]


def test_solvers_that_cannot_be_run_are_told_once(tmp_path):
    given = ("--case", "tiny", "--peers", "rc2,conference", "--runs", 2, "--out", tmp_path)
    ending = run("benchmark", "scenarios", *given, columns=200)
    assert ending.exit_code == 0
    assert ending.output.count("rc2  not run: cannot express it") == 1
    rows = rows_of(tmp_path / "scenarios.csv")
    assert [row["solver"] for row in rows].count("rc2") == 2
    assert {row["status"] for row in rows} == {"optimal", "skipped"}
    page = (tmp_path / "scenarios.md").read_text(encoding="utf-8")
    assert "- conference, tiny: skipped: cannot express it: it knows no breaks" in page


def test_something_wrong_ends_with_an_error(tmp_path, monkeypatch):
    from scheduler.benchmarking import running

    monkeypatch.setattr(running, "_judged", lambda *_: {"values": [0, 2], "faults": ["room: is full"]})
    ending = run("benchmark", "scenarios", "--case", "tiny", "--out", tmp_path, columns=200)
    assert ending.exit_code == 1
    assert "room: is full" in ending.output
    (line,) = (tmp_path / "scenarios.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["verdict"] == "room: is full"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'SUITE...'"),
        (["scenario"], "there is no suite 'scenario' (did you mean 'scenarios'?)."),
        (["asia", "--case", "tiny"], "no case of asia is called 'tiny' (there are asia-innova-2017)."),
        (["asia", "--peers", "gurobi"], "there is no 'gurobi'"),
        (["asia", "--limit", "0"], "'0' is not a number of seconds above 0."),
        (["asia", "--runs", "0"], "0 is not in the range"),
        (["asia", "--out", __file__], "is not a folder"),
        (["b2b", "--data", "nowhere"], "nowhere: is not a folder"),
        (["b2b", "--data", "."], "there are no published instances (*.dzn)"),
        (["b2b"], "the suite b2b needs the published instances: name their folder with --data"),
    ],
)
def test_bad_usage_is_refused_before_anything_runs(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SCHEDULER_DATA", raising=False)
    ending = run("benchmark", *arguments)
    assert ending.exit_code == 2
    assert said in " ".join(ending.output.split())
    assert list(Path(tmp_path).iterdir()) == []


def test_the_names_of_other_solvers_are_those_that_there_are():
    assert tuple(SOLVERS)[1:] == PEERS
