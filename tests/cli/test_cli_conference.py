"""`scheduler import conference`: a schedule in, an instance file out, and what became of each event."""

import json

import pytest
from support.command_line import run
from support.conferences import events, facts, frab, written

from scheduler.reading import load, load_conference


@pytest.fixture
def schedule(tmp_path):
    path = tmp_path / "schedule.json"
    path.write_bytes(written(frab()))
    return path


def test_a_schedule_is_written_as_an_instance(schedule, tmp_path):
    target = tmp_path / "new" / "water.yaml"
    done = run("import", "conference", schedule, "-o", target)
    assert (done.exit_code, done.output) == (
        0,
        f"{target}: 4 events read, 4 used, 0 refused; 2 rooms, 3 people, 2 tracks, 2 dates; "
        "4 pinned, 0 free\n",
    )
    assert load(target) == load_conference(schedule)
    assert target.read_text().startswith("# Imported from schedule.json.\n")


def test_sessions_can_be_free(schedule, tmp_path):
    target = tmp_path / "water.yaml"
    done = run("import", "conference", schedule, "-o", target, "--free")
    assert done.output.endswith("; 0 pinned, 4 free\n")
    assert load(target) == load_conference(schedule, pinned=False)


def test_the_time_zone_is_asked_for(tmp_path):
    document = frab()
    del facts(document)["time_zone_name"]
    path, target = tmp_path / "schedule.json", tmp_path / "water.yaml"
    path.write_bytes(written(document))
    done = run("import", "conference", path, "-o", target)
    assert done.exit_code == 2
    assert done.output.splitlines() == [
        f"{path}:5:17: conference.time_zone_name is missing: say which one it is with --time-zone, as in "
        "--time-zone Europe/Madrid",
        "1 error found.",
    ]
    assert not target.exists()
    assert run("import", "conference", path, "-o", target, "--time-zone", "Europe/Madrid").exit_code == 0
    assert load(target).cities[0].time_zone == "Europe/Madrid"


def test_nothing_is_left_out_without_a_word(tmp_path):
    document = frab()
    events(document)[0]["duration"] = "long"
    events(document)[3]["date"] = "2024-05-02T11:30:00+02:00"
    path, target = tmp_path / "schedule.json", tmp_path / "water.yaml"
    path.write_bytes(written(document))
    done = run("import", "conference", path, "-o", target)
    assert done.exit_code == 2
    assert done.output.endswith("\n2 errors found.\n")
    assert not target.exists()
    done = run("import", "conference", path, "-o", target, "--keep-going")
    assert done.exit_code == 0
    refused, loose = done.stderr.splitlines()
    assert '"long" should be hours and minutes' in refused
    assert loose.endswith('in the time of the same person, "Speaker Seven"; it is not pinned')
    assert "4 events read, 3 used, 1 refused" in done.stdout
    assert done.stdout.endswith("; 2 pinned, 1 free\n")


def test_what_our_own_export_says_comes_back(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "water.yaml"
    (tmp_path / "schedule.json").write_bytes(written(frab()))
    assert run("import", "conference", "schedule.json", "-o", target).exit_code == 0
    solved = run("solve", target, "-o", "out", "--deterministic", "--export", "frab-json,frab-xml")
    assert solved.exit_code == 0, solved.output
    for name in ("frab-json/schedule.json", "frab-xml/schedule.xml"):
        again = tmp_path / "again.yaml"
        assert run("import", "conference", tmp_path / "out" / name, "-o", again).exit_code == 0
        was, now = load(target), load(again)
        assert [
            (s.title, s.pin, s.duration, s.speakers) for s in sorted(now.sessions, key=lambda s: s.id)
        ] == [(s.title, s.pin, s.duration, s.speakers) for s in sorted(was.sessions, key=lambda s: s.id)]


def test_the_file_itself_is_not_written_over(schedule):
    done = run("import", "conference", schedule, "-o", schedule)
    assert done.exit_code == 2
    assert "is the file that is to be imported" in done.output
    assert json.loads(schedule.read_text()) == frab()


def test_a_file_that_is_not_there_is_told(tmp_path):
    done = run("import", "conference", tmp_path / "none.json", "-o", tmp_path / "x.yaml")
    assert (done.exit_code, "none.json: does not exist" in done.output) == (2, True)
