import json
from pathlib import Path

import pytest
from support.command_line import run
from support.hand_made import hand_made, hand_placed

from scheduler.cli.reporting import _names
from scheduler.domain import Solution
from scheduler.exports import write_instance, write_solution
from scheduler.reporting import indicators, report


@pytest.fixture
def files(tmp_path):
    instance = write_instance(hand_made(), tmp_path / "hand-made.yaml")
    solution = write_solution(hand_placed(), tmp_path / "hand-made.solution.yaml")
    return instance, solution


def test_the_page_is_written_beside_the_solution(files, tmp_path):
    done = run("report", *files)
    assert done.exit_code == 0, done.output
    assert "report.html" in done.output
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == report(
        hand_made(), {"hand-made": hand_placed()}
    )


def test_the_figures_are_printed_as_json_and_no_page_is_written(files, tmp_path):
    done = run("report", *files, "--json")
    assert done.exit_code == 0
    (one,) = json.loads(done.output)["schedules"]
    assert one == {"name": "hand-made", **indicators(hand_made(), hand_placed()).as_json()}
    assert not (tmp_path / "report.html").exists()


def test_both_are_had_together(files, tmp_path):
    done = run("report", *files, "--json", "-o", tmp_path / "out" / "page.html")
    assert json.loads(done.output)["schedules"]
    assert (tmp_path / "out" / "page.html").exists()


def test_a_schedule_that_breaks_rules_is_reported_and_the_exit_code_says_so(files, tmp_path):
    instance, solution = files
    broken = hand_placed().model_copy(update={"placements": hand_placed().placements[1:]})
    other = write_solution(broken, tmp_path / "other" / "hand-made.solution.yaml")
    done = run("report", instance, solution, "--compare", other, "-o", tmp_path / "both.html")
    assert done.exit_code == 1
    page = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert "other/hand-made</strong>: Breaks the rules in" in page


def test_schedules_are_called_by_what_tells_them_apart():
    def names(*paths):
        return _names(tuple(map(Path, paths)))

    assert names("a/x.solution.yaml", "b/y.yaml") == ("x", "y")
    assert names("a/x.solution.yaml", "b/x.solution.yaml") == ("a/x", "b/x")
    assert names("a/x.yaml", "a/x.yaml") == ("1: x", "2: x")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"programme": "other"}, "is a schedule of 'other'"),
        ({"placements": ({"activity": "gone", "start": "2025-03-29T10:00Z", "room": "hall"},)}, "'gone'"),
    ],
)
def test_a_schedule_that_does_not_fit_is_refused_in_words(files, tmp_path, change, told):
    plain = hand_placed().model_dump() | change
    other = write_solution(Solution.model_validate(plain, by_name=True), tmp_path / "other.solution.yaml")
    done = run("report", files[0], other)
    assert done.exit_code == 2
    assert told in done.output
    assert "Traceback" not in done.output
