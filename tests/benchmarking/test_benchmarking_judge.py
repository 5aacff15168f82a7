"""The verdict on a schedule of an imported forum, by the checker and by the published definition."""

import json
import subprocess
import sys

import pytest
from support.command_line import INSTANCES, run

from scheduler.benchmarking.judge import facts, slots_of, solution_from
from scheduler.reading import load

FORUM = """
nBusiness = 4; nMeetings = 4; nTables = 2; nTotalSlots = 5; nMorningSlots = 3;
requested = [|1,2,3, |1,3,1, |2,3,2, |1,4,3, |];
meetingsxBusiness = [{1,2,3,5}, {1,2,4}, {1,3,4}, {1,5}];
nMeetingsBusiness = [3,2,2,1];
forbidden = [{0}, {0}, {0}, {1,5}]; fixed = [0,0,5,0]; precedences = [{}, {1}, {}, {}];
"""


@pytest.fixture
def forum(tmp_path):
    """Return a published file, and the instance that is made of it."""
    path = tmp_path / "forum.dzn"
    path.write_text(FORUM)
    assert run("import", "b2b", path, "-o", tmp_path / "forum.yaml").exit_code == 0
    return path, load(tmp_path / "forum.yaml")


def test_slots_become_a_schedule_and_slots_again(forum):
    _, instance = forum
    solution = solution_from(instance, [0, 1, 4, 2])
    assert slots_of(instance, solution) == [0, 1, 4, 2]
    less = solution.model_copy(update={"placements": solution.placements[1:]})
    assert slots_of(instance, less) == [-1, 1, 4, 2]


def test_a_good_schedule_has_no_faults(forum):
    path, instance = forum
    found = facts(instance, solution_from(instance, [0, 1, 4, 2]), path)
    assert found == {"activities": 4, "people": 4, "faults": [], "values": [2], "breaks": 2}


def test_both_name_what_is_wrong(forum):
    path, instance = forum
    found = facts(instance, solution_from(instance, [0, 1, 4, 1]), path)
    assert any(fault.startswith("person: ") for fault in found["faults"])
    assert "by the published definition: participant 1 is in two meetings at once" in found["faults"]


def test_of_many_faults_the_first_are_named(forum):
    _, instance = forum
    found = facts(instance, solution_from(instance, [4, 4, 4, 4]), None)
    assert len(found["faults"]) == 4
    assert found["faults"][-1].startswith("and ")


def test_without_a_schedule_there_is_the_size_alone(forum):
    path, instance = forum
    assert facts(instance, None, path) == {"activities": 4, "people": 4}


def test_it_is_a_command():
    name = "tiny"
    solution = INSTANCES.parent / "solutions" / name / f"{name}.solution.yaml"
    command = [sys.executable, "-m", "scheduler.benchmarking.judge", INSTANCES / f"{name}.yaml"]
    done = subprocess.run([*command, "--solution", solution], capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout)["values"] == [0, 2]
