import os
import signal
import subprocess
import sys

import pytest
from support.command_line import TINY, StandIn, result_of, run, run_apart, write_hand_made
from support.hand_made import hand_made, hand_placed

from scheduler.checker import check
from scheduler.cli.outcome import ExitCode
from scheduler.domain import Status
from scheduler.reading import load, load_solution
from scheduler.search import Progress, Result

NOTHING_GOOD = [
    (Status.INFEASIBLE, 3, "Proven infeasible: no schedule keeps all the rules."),
    (Status.UNKNOWN, 4, "No schedule was found within the time limit."),
    (Status.INTERRUPTED, 4, "Stopped before a schedule was found."),
    (Status.INVALID, 1, "a schedule that fails the check"),
    (Status.CONTRADICTION, 1, "contradict each other"),
]


@pytest.fixture
def hand(tmp_path, monkeypatch):
    """Return the file of an instance, in a folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return write_hand_made(tmp_path)[0]


def stand_in(monkeypatch, status=Status.OPTIMAL, *told):
    return StandIn(monkeypatch, result_of(hand_made(), hand_placed(), status), *told)


def words_of(text):
    """Return a text without its line ends, which depend on the width."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.OPTIMAL, "Proven optimal: no better schedule exists."),
        (Status.FEASIBLE, "A valid schedule, not proven to be the best"),
        (Status.INTERRUPTED, "Stopped early: this is the best schedule found so far."),
    ],
)
def test_a_valid_schedule_is_written_and_told(hand, monkeypatch, status, said):
    stand_in(monkeypatch, status)
    result = run("solve", hand)
    assert result.exit_code == 0
    assert said in result.stdout
    assert result.stderr == ""
    written = hand.parent / "solutions/hand-made/hand-made.solution.yaml"
    assert load_solution(written).status is status
    assert check(hand_made(), load_solution(written)).valid


def test_the_summary_says_what_an_officer_asks(hand, monkeypatch):
    stand_in(monkeypatch, Status.OPTIMAL)
    said = words_of(run("solve", hand, columns=200).stdout)
    assert "1 requests not granted, by priority 4 4 0% proven twice" in said
    assert "2 breaks in people's days 5 5 0% proven" in said
    assert "Requests granted: 2 of 4" in said
    assert "Mandatory sessions and meetings placed: 2 of 2" in said
    assert "normal Field visit no room is free" in said
    assert 'low =Refused, sadly (Guangzhou - Tallinn) nobody speaks both; "zh", and in Lisbon: 没有' in said
    assert "Checked: it keeps every rule" in said
    assert "solutions/hand-made/hand-made.solution.yaml" in said
    assert "searching 1.5 s" in said
    assert "checking" not in said  # took too little to be worth a word


def test_levels_of_several_terms_say_what_each_adds(tmp_path, monkeypatch):
    objective = [
        {"term": "requests", "level": 1},
        {"term": "breaks", "level": 1, "weight": 3},
    ]
    instance, _ = write_hand_made(tmp_path, objective=objective)
    StandIn(monkeypatch, result_of(load(instance), hand_placed(), Status.FEASIBLE))
    said = words_of(run("solve", instance, "-o", tmp_path, columns=200).stdout)
    assert "1 together 19 0 100% not proven" in said
    assert "requests not granted, by priority 4 breaks in people's days 5 x 3" in said


def test_notes_are_told(hand, monkeypatch):
    found = result_of(hand_made(), hand_placed(), Status.OPTIMAL)
    StandIn(
        monkeypatch, Result(found.status, found.solution, found.verdict, found.levels, {}, ("the bound",))
    )
    said = run("solve", hand).stdout
    assert "Note: the bound" in said
    assert said.splitlines()[-1].startswith("Time: ")


@pytest.mark.parametrize(("status", "code", "said"), NOTHING_GOOD)
@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_without_a_schedule_nothing_is_written_and_the_reason_is_told(
    hand, monkeypatch, status, code, said, quiet
):
    verdict = check(hand_made(), hand_placed())
    StandIn(monkeypatch, Result(status, verdict=verdict, notes=("the checker refuses it",)))
    result = run("solve", hand, *quiet)
    assert result.exit_code == code
    assert said in words_of(result.stderr)
    assert "Note: the checker refuses it" in result.stderr
    assert not (hand.parent / "solutions").exists()


def test_what_is_contradicted_is_not_written_though_it_is_there(hand, monkeypatch):
    stand_in(monkeypatch, Status.CONTRADICTION)
    assert run("solve", hand).exit_code == 1
    assert not (hand.parent / "solutions").exists()


def test_an_earlier_file_stays_and_it_is_said(hand, monkeypatch):
    stand_in(monkeypatch)
    run("solve", hand)
    target = hand.parent / "solutions/hand-made/hand-made.solution.yaml"
    before = target.read_bytes()
    StandIn(monkeypatch, Result(Status.INFEASIBLE))
    assert "The earlier file there stays as it is." in words_of(run("solve", hand).stderr)
    assert target.read_bytes() == before


def test_solving_again_writes_the_same_bytes(hand, monkeypatch):
    def files():
        return {p: p.read_bytes() for p in (hand.parent / "solutions").rglob("*") if p.is_file()}

    stand_in(monkeypatch)
    run("solve", hand, "--export", "ical,csv")
    first = files()
    run("solve", hand, "--export", "ical,csv")
    assert files() == first


def test_agendas_stand_beside_the_solution(hand, monkeypatch):
    stand_in(monkeypatch)
    said = run("solve", hand, "-o", "out", "--export", "ical,csv").stdout
    out = hand.parent / "out"
    assert {p.name for p in out.iterdir()} == {"hand-made.solution.yaml", "ical", "csv"}
    calendars = {p.name for p in (out / "ical").iterdir()}
    assert {
        "programme.ics",
        "city-lisbon.ics",
        "delegation-tallinn.ics",
        "participant-chair.ics",
    } <= calendars
    assert not any(name.startswith(("room-", "venue-")) for name in calendars)
    assert f"out/ical/  ({len(calendars)} calendars)" in said
    assert {"schedule.csv", "unscheduled.csv"} <= {p.name for p in (out / "csv").iterdir()}


def test_whose_agendas_can_be_chosen(hand, monkeypatch):
    stand_in(monkeypatch)
    said = run("solve", hand, "-o", "out", "--export", "ical", "--by", "room,programme").stdout
    names = {p.name for p in (hand.parent / "out/ical").iterdir()}
    assert names == {"programme.ics"} | {f"room-{room.id}.ics" for room in hand_made().rooms}
    assert "(5 calendars)" in said


def test_without_export_there_are_no_agendas(hand, monkeypatch):
    stand_in(monkeypatch)
    run("solve", hand, "-o", "out")
    assert [p.name for p in (hand.parent / "out").iterdir()] == ["hand-made.solution.yaml"]


def test_quiet_prints_nothing(hand, monkeypatch):
    stand_in(monkeypatch, Status.OPTIMAL, Progress(1, 4, 4, Status.OPTIMAL, 0.1))
    result = run("solve", hand, "-q", "--export", "csv")
    assert (result.exit_code, result.output) == (0, "")


def test_plain_lines_tell_of_the_search(hand, monkeypatch):
    stand_in(monkeypatch, Status.OPTIMAL, Progress(1, 4, 4, Status.OPTIMAL, 0.1))
    first = run("solve", hand).stdout.splitlines()[0]
    assert words_of(first) == "0.1 s level 1 of 2 (requests not granted, by priority): 4, proven"


def test_a_folder_that_is_a_file_is_refused_before_the_search(hand, monkeypatch):
    search = stand_in(monkeypatch)
    result = run("solve", hand, "-o", hand / "out")
    assert (result.exit_code, search.options) == (2, None)
    assert result.stderr == f"Error: {hand}: is not a folder\n"


def test_a_folder_in_the_place_of_the_file_is_told(hand, monkeypatch):
    stand_in(monkeypatch)
    target = hand.parent / "out/hand-made.solution.yaml"
    target.mkdir(parents=True)
    result = run("solve", hand, "-o", "out")
    assert (result.exit_code, result.stderr) == (2, "Error: out/hand-made.solution.yaml: Is a directory\n")
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_folder_that_takes_no_files_is_refused_before_the_search(hand, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    search = stand_in(monkeypatch)
    monkeypatch.setattr("pathlib.Path.touch", refuse)
    result = run("solve", hand)
    assert (result.exit_code, search.options) == (2, None)
    assert "no files can be written there: Permission denied" in result.stderr


def test_a_disk_that_fills_up_is_told(hand, monkeypatch):
    def fail(solution, path, instance):
        raise OSError(28, "No space left on device", str(path))

    stand_in(monkeypatch)
    monkeypatch.setattr("scheduler.cli.solving.write_solution", fail)
    result = run("solve", hand)
    assert result.exit_code == 2
    assert "hand-made.solution.yaml: No space left on device" in result.stderr


def test_the_real_search_proves_the_tiny_programme(tmp_path):
    result = run("solve", TINY, "-o", tmp_path, "--export", "ical,csv")
    assert result.exit_code == 0
    assert "Proven optimal" in result.stdout
    solution = load_solution(tmp_path / "tiny.solution.yaml")
    assert [level.value for level in solution.levels] == [0, 2]
    assert check(load(TINY), solution).valid
    assert run("check", TINY, tmp_path / "tiny.solution.yaml").exit_code == 0


def test_the_real_search_proves_the_infeasible_programme(tmp_path):
    assert run("solve", TINY.with_name("infeasible.yaml"), "-o", tmp_path).exit_code == ExitCode.INFEASIBLE
    assert list(tmp_path.iterdir()) == []


# -- Ctrl-C, in processes of their own -------------------------------------------------------------

WAITING = """
import os, signal, sys, threading, types
sys.path.insert(0, {tests!r})
from support.command_line import result_of
from support.hand_made import hand_made, hand_placed
from scheduler.domain import Status
from scheduler.search import Progress, Result

def interrupt():
    os.kill(os.getpid(), signal.{signal})

def solve(instance, options, tell, stop):
    interrupt()
    assert stop.wait(30)
    {then}

sys.modules["scheduler.search.solve"] = types.SimpleNamespace(solve=solve)
"""


def waiting(then, name="SIGINT"):
    return WAITING.format(tests=os.path.dirname(os.path.dirname(__file__)), signal=name, then=then)  # noqa: PTH120


FOUND = "return result_of(hand_made(), hand_placed(), Status.INTERRUPTED)"


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_ctrl_c_keeps_the_best_schedule(hand, name):
    done = run_apart("solve", hand, code=waiting(FOUND, name))
    assert done.returncode == 0
    assert "Stopping: the best schedule so far is kept." in done.stderr
    assert "Stopped early: this is the best schedule found so far." in done.stdout
    solution = load_solution(hand.parent / "solutions/hand-made/hand-made.solution.yaml")
    assert solution.status is Status.INTERRUPTED
    assert solution.placements == load_solution(hand.with_name("hand-made.solution.yaml")).placements


def test_ctrl_c_before_the_first_schedule_is_nothing_found(hand):
    done = run_apart("solve", hand, code=waiting("return Result(Status.INTERRUPTED)"))
    assert done.returncode == 4
    assert "Stopped before a schedule was found." in done.stderr
    assert not (hand.parent / "solutions").exists()


def test_a_second_ctrl_c_aborts(hand):
    endless = "threading.Thread(target=threading.Event().wait).start(); interrupt()"
    done = run_apart("solve", hand, code=waiting(endless))
    assert done.returncode == 130
    assert done.stderr.splitlines()[-1] == "Aborted."
    assert "Traceback" not in done.stderr
    assert not (hand.parent / "solutions").exists()


def test_quiet_is_quiet_when_stopped(hand):
    done = run_apart("solve", hand, "-q", code=waiting(FOUND))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_real_search_ends_when_it_is_interrupted(tmp_path):
    code = """
import os, signal
from scheduler.search import solve as module
real = module.solve
def solve(instance, options, tell, stop):
    os.kill(os.getpid(), signal.SIGINT)
    return real(instance, options, tell, stop)
module.solve = solve
"""
    target = tmp_path / "over-full.solution.yaml"
    done = run_apart("solve", TINY.with_name("over-full.yaml"), "-o", tmp_path, code=code)
    # How far it came is for the machine to say: with a schedule it is written, without one it is not.
    assert (done.returncode, target.exists()) in {(0, True), (4, False)}
    assert "Traceback" not in done.stderr


def test_output_that_nobody_reads_stops_no_search(hand):
    code = waiting(FOUND).replace(
        "interrupt()\n    assert stop.wait(30)", "tell(Progress(1, 4, 0, Status.FEASIBLE, 0.1))"
    )
    program = f"{code}\nfrom scheduler.cli import main\nmain(prog_name='scheduler')"
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", program, "solve", hand], stdout=writer, stderr=subprocess.PIPE, timeout=60
    )
    os.close(writer)
    assert done.returncode == 128 + signal.SIGPIPE
    assert load_solution(hand.parent / "solutions/hand-made/hand-made.solution.yaml").placements
