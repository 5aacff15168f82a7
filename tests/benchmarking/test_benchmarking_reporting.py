import csv
import io

import pytest
from support.benchmarks import key, row

from scheduler.benchmarking.cases import Suite
from scheduler.benchmarking.reporting import COLUMNS, page, table, write_reports
from scheduler.benchmarking.rows import Moment

SUITE = Suite("letters", "all of them", lambda _data: ())
ROWS = (
    row(key("a"), first=0.25, note='it said "so", | twice'),
    row(key("a", "rc2"), wall=3.0),
    row(key("b"), status="feasible", values=(7, 1), bounds=(5, 0), agrees="worse", wall=60.5),
    row(key("b", "rc2"), status="unknown", values=(), bounds=(4,), agrees="", verdict="", wall=60.0),
    row(key("c"), status="infeasible", values=(), bounds=(), verdict="", best="infeasible"),
    row(key("c", "rc2"), status="crashed", values=(), verdict="", agrees="", note="no memory"),
    row(key("a", "highs"), status="skipped", note="needs highspy", agrees="", verdict="", values=()),
    row(key("b", "highs"), status="skipped", note="needs highspy", agrees="", verdict="", values=()),
)


def test_the_table_has_a_row_for_each_run():
    rows = list(csv.DictReader(io.StringIO(table(ROWS))))
    assert list(rows[0]) == COLUMNS.split(",")
    assert len(rows) == len(ROWS)
    first = rows[0]
    assert (first["suite"], first["case"], first["solver"], first["run"]) == ("suite", "a", "scheduler", "1")
    assert (first["values"], first["first"], first["note"]) == ("5", "0.25", 'it said "so", | twice')
    assert (rows[2]["values"], rows[2]["bounds"], rows[2]["first"]) == ("7 1", "5 0", "")


def test_the_page_has_everything_that_a_reader_asks():
    text = page(SUITE, ROWS)
    assert text.startswith("# letters: all of them\n")
    for said in (
        "- version: 0.1.0 abc",
        "- limit in seconds: 60",
        "| this scheduler | 3 | 2 | 2 | 0 | 1 | 0 | 60.5 |",
        "| RC2 (PySAT) on MaxSAT clauses | 3 | 1 | 1 | 0 | 0 | 1 | 60.0 |",
        "| a | 100 | 5 | 5 | 5 | optimal | 0.25 | 1.00 | 1.50 | 90 | valid |",
        "| b | 100 | 5 | 7, 1 | 5, 0 | feasible |  | 60.50 | 1.50 | 90 | valid |",
        "| c | 100 | infeasible |  |  | infeasible |  | 1.00 | 1.50 | 90 | proof only |",
        "| case | best known | scheduler | rc2 |",
        "| a | 5 | **5**, 1.00 s | **5**, 3.00 s |",
        "| b | 5 | 7, 1, at least 5, 0, 60 s | nothing, at least 4, 60 s |",
        "| c | infeasible | **none**, 1.00 s | wrong, 1.00 s |",
        "- rc2, c: wrong: no memory",
        "- highs, a, b: skipped: needs highspy",
    ):
        assert said in text, f"{said}\n{text}"


def test_several_runs_are_told_apart():
    runs = [row(key(number=number), wall=float(number)) for number in (1, 2, 3)]
    text = page(SUITE, runs)
    assert "- runs of each case: 3" in text
    assert "the median counts; our longest was 1.50 of it" in text
    assert text.count("| one |") == 1


def test_reports_are_written(tmp_path):
    files = write_reports(SUITE, ROWS, tmp_path / "new")
    assert [file.name for file in files] == ["letters.csv", "letters.md"]
    assert all(file.stat().st_size for file in files)


def test_pictures_are_drawn_of_what_says_something(tmp_path):
    pytest.importorskip("matplotlib")
    from scheduler.benchmarking.plots import write_plots

    trace = (Moment(0.1, 1, 9, 0), Moment(0.2, 1, 7, 1), Moment(20.0, 1, 5, 5))
    rows = [row(key("a"), trace=trace, first=0.1), *ROWS[1:], row(key("d"), activities=9)]
    names = [path.name for path in write_plots("letters", rows, tmp_path)]
    assert names == ["letters-profile.png", "letters-over-time.png", "letters-size.png"]
    assert all((tmp_path / name).read_bytes().startswith(b"\x89PNG") for name in names)
    assert write_plots("one", [row()], tmp_path) == []
    assert write_plots("none", [], tmp_path) == []


def test_a_profile_has_times_over_the_fastest():
    from scheduler.benchmarking.plots import profile

    found = {
        "scheduler": {"a": row(wall=2.0), "b": row(wall=1.0), "c": row(status="unknown", verdict="")},
        "rc2": {"a": row(wall=1.0), "b": row(status="unknown", verdict=""), "c": row(status="unknown")},
    }
    assert profile(found) == {"scheduler": [1.0, 2.0], "rc2": [1.0]}
