import datetime as dt
import json

import pytest
from support.command_line import StandIn, result_of, run, write_hand_made
from support.hand_made import hand_made, hand_placed

import scheduler
from scheduler.domain import Status
from scheduler.domain.times import UTC
from scheduler.search import Progress, Result


@pytest.fixture
def hand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return write_hand_made(tmp_path)[0]


def reported(hand, *options):
    """Return the ending of a solve, and what it has written down."""
    file = hand.parent / "reports" / "hand.json"
    ending = run("solve", hand, "--report", file, *options)
    return ending, json.loads(file.read_text(encoding="utf-8"))


def test_a_report_says_what_was_found_and_when(hand, monkeypatch):
    told = (
        Progress(1, None, 0, Status.UNKNOWN, 0.5),
        Progress(1, 9, 0, Status.FEASIBLE, 1.0),
        Progress(1, 9, 0, Status.FEASIBLE, 1.5),
        Progress(1, 4, 4, Status.OPTIMAL, 2.0),
    )
    StandIn(monkeypatch, result_of(hand_made(), hand_placed(), Status.OPTIMAL), *told)
    before = dt.datetime.now(UTC)
    ending, report = reported(hand)
    assert ending.exit_code == 0
    assert report["version"] == scheduler.__version__
    assert report["status"] == "optimal"
    assert [level["value"] for level in report["levels"]] == [4, 5]
    assert report["seconds"] == {"search": 1.5, "check": 0.01}
    began = dt.datetime.fromisoformat(report["began"])
    assert dt.timedelta(0) <= began - (before - dt.timedelta(seconds=0.5)) < dt.timedelta(minutes=1)
    assert report["trace"] == [
        {"seconds": 0.5, "level": 1, "value": None, "bound": 0, "status": "unknown"},
        {"seconds": 1.0, "level": 1, "value": 9, "bound": 0, "status": "feasible"},
        {"seconds": 2.0, "level": 1, "value": 4, "bound": 4, "status": "optimal"},
    ]


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.UNKNOWN, Status.CONTRADICTION])
def test_a_report_is_written_when_there_is_no_schedule_too(hand, monkeypatch, status):
    StandIn(monkeypatch, Result(status, notes=("Something is amiss.",)))
    ending, report = reported(hand, "--quiet")
    assert ending.exit_code != 0
    assert report["status"] == status
    assert report["levels"] == report["trace"] == []
    assert report["notes"] == ["Something is amiss."]


def test_a_place_that_cannot_be_written_to_is_refused_before_the_search(hand, monkeypatch):
    stand_in = StandIn(monkeypatch, Result(Status.UNKNOWN))
    ending = run("solve", hand, "--report", hand / "report.json")
    assert ending.exit_code == 2
    assert "is not a folder" in ending.stderr
    assert stand_in.options is None
