"""``scheduler explain INSTANCE``, as somebody types it."""

import json

import pytest
from support.breaking import Planted, speaker_late
from support.command_line import INSTANCES, TINY, run, write_instance

INFEASIBLE = INSTANCES / "infeasible.yaml"


def test_what_cannot_be_had_is_told_with_its_places():
    result = run("explain", INFEASIBLE, columns=200)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:2] == ["There is no schedule.", "These 9 things cannot all be had."]
    at = lines.index("  - 'Signing in Madrid' (oslo-madrid) must take place")
    assert lines[at + 1].endswith("infeasible.yaml:57:107")
    assert "Without any one of these the others can be had: each was tried." in result.stdout
    assert "  1. Let Madrid City Council (madrid-council) be back by Tue 3 Jun at 10:30 [cost 2]" in lines


def test_json_has_the_same():
    result = run("explain", INFEASIBLE, "--json", "--repairs", 1)
    told = json.loads(result.stdout)
    assert set(told) == {
        "status",
        "headline",
        "requirements",
        "shown",
        "repairs",
        "bound",
        "complete",
        "notes",
    }
    assert told["status"] == "infeasible"
    assert told["shown"] == {"infeasible": True, "confirmed": True, "irreducible": True}
    assert told["requirements"][0]["place"].endswith("infeasible.yaml:57:107")
    [repair] = told["repairs"]
    assert (repair["cost"], repair["proven"]) == (2, True)
    assert {p["activity"] for p in repair["schedule"]} == {"oslo-madrid", "oslo-barcelona"}


def test_a_programme_with_a_schedule_is_said_to_have_one():
    result = run("explain", TINY)
    assert (result.exit_code, result.stdout) == (
        0,
        "There is a schedule: everything that must be can be had.\n",
    )


def test_repairs_can_be_left_out():
    result = run("explain", INFEASIBLE, "--repairs", 0)
    assert "would help" not in result.stdout


def test_time_that_is_over_ends_with_nothing_found():
    result = run("explain", INFEASIBLE, "--time-limit", "0.001")
    assert result.exit_code == 4
    assert "time limit" in result.stdout


@pytest.mark.parametrize("wanted", [1, 5])
def test_what_has_no_place_is_the_headline(tmp_path, wanted):
    planted = Planted(1, 8)
    speaker_late(planted)
    path = write_instance(tmp_path / "late.yaml", planted.parts)
    result = run("explain", path, "--repairs", wanted, columns=200)
    assert "'Plenary' (plenary) must take place, but no time and place is left for it." in result.stdout
    assert ("There are no others." in " ".join(result.stdout.split())) == (wanted == 5)
