"""``scheduler replan``: what is printed and written, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.command_line import run, write_instance

from scheduler.domain import Solution
from scheduler.exports import write_solution
from scheduler.reading import load, load_solution

ROOT = Path(__file__).parents[2]


def facts(**parts: Any) -> dict[str, Any]:
    """Return a programme of three meetings at two tables."""
    rooms = [{"id": "hall"}, {"id": "tables", "tables": 2} | parts.pop("tables", {})]
    return {
        "programme": {"id": "small", "title": "Small programme", "grid": "30min"},
        "cities": [
            {
                "id": "porto",
                "name": "Porto",
                "time_zone": "Europe/Lisbon",
                "opening": [{"date": "2026-04-14", "from": "09:00", "to": "13:00"}],
                "venues": [{"id": "house", "rooms": rooms}],
            }
        ],
        "delegations": [{"id": name, "name": name.title()} for name in ("ghent", "turku", "lyon")],
        "meetings": [
            {"id": "cycling", "title": "Cycling", "parties": ["ghent", "turku"]},
            {"id": "trams", "title": "Trams", "parties": ["ghent", "lyon"]},
            {"id": "parks", "title": "Parks", "parties": ["turku", "lyon"]},
        ],
    } | parts


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    """Return a schedule of the programme as it was."""
    places = {"cycling": "09:00", "trams": "10:00", "parks": "11:00"}
    placements = [
        {"activity": name, "start": f"2026-04-14T{clock}+01:00", "room": "tables", "table": 2}
        for name, clock in places.items()
    ]
    solution = Solution.model_validate({"programme": "small", "placements": placements})
    return write_solution(solution, tmp_path / "old.solution.yaml")


def command(tmp_path: Path, baseline: Path, *more: object, **parts: Any) -> tuple[Any, Path]:
    """Run the command on a changed programme; return how it ended and where it writes."""
    instance = write_instance(tmp_path / "changed.yaml", facts(**parts))
    result = run("replan", instance, "--baseline", baseline, "-o", tmp_path / "out", *more)
    return result, tmp_path / "out" / "changed.solution.yaml"


CLOSED = {"closed": [{"from": "10:00", "to": "10:30"}]}


def test_what_has_moved_is_told_with_why_and_whom(tmp_path: Path, baseline: Path) -> None:
    result, written = command(tmp_path, baseline, tables=CLOSED)
    text = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "Of 3 sessions and meetings of the baseline, 2 stay and 1 do not. Proven: no schedule" in text
    assert "1 is moved; 2 people have an engagement that is not what it was." in text
    assert "Trams: Ghent - Lyon" in text
    assert "Could not stay where it was" in text
    solution = load_solution(written)
    placed = {p.activity: p for p in solution.placements}
    assert [placed[name].table for name in ("cycling", "parks")] == [2, 2]
    assert run("check", tmp_path / "changed.yaml", written).exit_code == 0
    assert solution.instance is not None


def test_nothing_has_changed(tmp_path: Path, baseline: Path) -> None:
    result, _ = command(tmp_path, baseline)
    assert "all stay when and where they were." in " ".join(result.stdout.split())
    assert "Nothing changed; 3 as before." in result.stdout


def test_quietly_nothing_is_printed_and_as_json_nothing_else(tmp_path: Path, baseline: Path) -> None:
    assert command(tmp_path, baseline, "-q")[0].stdout == ""
    result, written = command(tmp_path, baseline, "--json", "--weight-moves", 2, tables=CLOSED)
    told = json.loads(result.stdout)
    assert told["status"] == "optimal"
    assert (told["engagements"], told["moved"], told["people_affected"]) == (3, ["trams"], 2)
    assert told["changes"]["counts"]["moved"] == 1
    assert [each["activity"] for each in told["impossible"]] == ["trams"]
    assert told["bound"] is None
    assert written.exists()


def test_agendas_are_written_where_they_are_asked_for(tmp_path: Path, baseline: Path) -> None:
    result, written = command(tmp_path, baseline, "--export", "csv", "--by", "programme")
    assert result.exit_code == 0
    assert list((written.parent / "csv").glob("*.csv"))


def test_ids_and_names_are_taken_and_the_nearest_is_offered(tmp_path: Path, baseline: Path) -> None:
    pinned, _ = command(tmp_path, baseline, "--pin", "Parks", "--free", "cycling", tables=CLOSED)
    assert pinned.exit_code == 0
    wrong, _ = command(tmp_path, baseline, "--pin", "tram")
    assert wrong.exit_code == 2
    assert "did you mean 'Trams'?" in wrong.output


def test_what_makes_no_sense_is_refused(tmp_path: Path, baseline: Path) -> None:
    both, _ = command(tmp_path, baseline, "--pin", "parks", "--free", "parks")
    assert both.exit_code == 2
    assert "'parks' is both pinned and free" in both.output
    never, _ = command(tmp_path, baseline, "--now", "noon")
    assert never.exit_code == 2
    assert "'noon' is no date and time" in never.output
    kinds, _ = command(tmp_path, baseline, "--by", "city")
    assert "--by says whose agendas to write" in kinds.output


def test_a_past_that_breaks_a_rule_is_told_where_it_is_written(tmp_path: Path, baseline: Path) -> None:
    result, written = command(tmp_path, baseline, "--now", "2026-04-14T10:30", tables=CLOSED)
    text = " ".join(result.output.split())
    assert result.exit_code == 3
    assert "There is no schedule: what is past or pinned breaks rules of the programme." in text
    assert f"{tmp_path / 'changed.yaml'}:1:" in text
    assert "'Trams'" in text
    assert not written.exists()


def test_where_there_is_no_schedule_explain_is_pointed_to(tmp_path: Path, baseline: Path) -> None:
    meetings = [meeting | {"mandatory": True, "rooms": ["tables"]} for meeting in facts()["meetings"]]
    gone = {"available": [{"from": "09:00", "to": "09:30"}]}
    result, _ = command(tmp_path, baseline, tables=gone, meetings=meetings)
    assert result.exit_code == 3
    assert "scheduler explain" in result.output
    told = command(tmp_path, baseline, "--json", tables=gone, meetings=meetings)[0]
    assert (told.exit_code, json.loads(told.stdout)["status"]) == (3, "infeasible")


def test_the_times_of_a_run_are_on_the_programmes_clock(tmp_path: Path, baseline: Path) -> None:
    result, written = command(tmp_path, baseline, "--now", "2026-04-14T09:30")
    assert result.exit_code == 0
    assert {p.activity for p in load_solution(written).placements} == {"cycling", "trams", "parks"}


def test_an_instance_with_its_own_baseline_and_moves(tmp_path: Path) -> None:
    """What ``instances/replanned.yaml`` says of moves is taken as it is."""
    path = ROOT / "instances" / "replanned.yaml"
    instance = load(path)
    old = Solution(programme=instance.programme.id, placements=instance.baseline)
    told = run(
        "replan", path, "--baseline", write_solution(old, tmp_path / "old.yaml"), "-o", tmp_path, "--json"
    )
    levels = [level["value"] for level in json.loads(told.stdout)["levels"]]
    reference = load_solution(ROOT / "solutions" / "replanned" / "replanned.solution.yaml")
    assert levels == [level.value for level in reference.levels]
