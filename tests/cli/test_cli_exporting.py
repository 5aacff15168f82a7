import re

import pytest
from support.command_line import run, write_hand_made
from support.hand_made import PLACEMENTS, hand_made, solution_of


@pytest.fixture
def hand(tmp_path):
    return write_hand_made(tmp_path)


@pytest.fixture
def broken(tmp_path):
    wrong = [dict(p, table=5) if p["activity"] == "islands" else p for p in PLACEMENTS]
    return write_hand_made(tmp_path, solution_of(wrong))


def names(directory):
    return {path.name for path in directory.iterdir()}


def test_each_format_has_a_folder_beside_the_solution(hand, tmp_path):
    result = run("export", *hand, "--format", "ical,csv")
    assert result.exit_code == 0
    assert names(tmp_path / "ical") == {"programme.ics"}
    assert names(tmp_path / "csv") == {"schedule.csv", "unscheduled.csv"}
    assert f"{tmp_path / 'ical'}/  (1 calendar)" in result.stdout
    assert f"{tmp_path / 'csv'}/  (2 tables)" in result.stdout


def test_a_folder_that_is_named_takes_all_files(hand, tmp_path):
    result = run("export", *hand, "--format", "ical,csv", "--by", "city,delegation", "-o", tmp_path / "a/b")
    assert result.exit_code == 0
    stems = {f"city-{c.id}" for c in hand_made().cities} | {
        f"delegation-{d.id}" for d in hand_made().delegations
    }
    assert names(tmp_path / "a/b") == {f"{stem}.{end}" for stem in stems for end in ("ics", "csv")}


def test_a_schedule_that_breaks_rules_is_given_to_nobody(broken, tmp_path):
    result = run("export", *broken, "--format", "ical")
    assert result.exit_code == 1
    assert "breaks the rules in 1 place, so no agendas are written" in result.stderr
    assert f"`scheduler check {broken[0]} {broken[1]}`" in result.stderr
    assert not (tmp_path / "ical").exists()


def test_except_by_force(broken, tmp_path):
    result = run("export", *broken, "--format", "ical", "--force")
    assert result.exit_code == 1
    assert names(tmp_path / "ical") == {"programme.ics"}


def test_what_cannot_be_resolved_is_not_written_by_force_either(tmp_path):
    wrong = [dict(p, room="attic") if p["activity"] == "islands" else p for p in PLACEMENTS]
    result = run("export", *write_hand_made(tmp_path, solution_of(wrong)), "--format", "csv", "--force")
    assert result.exit_code == 2
    assert "attic" in result.stderr


def test_a_folder_that_cannot_be_made_is_told(hand, tmp_path):
    result = run("export", *hand, "--format", "csv", "-o", hand[0] / "out")
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert str(hand[0]) in result.stderr


def test_changed_calendars_say_how_often_they_changed(hand, tmp_path):
    def sequences():
        return set(re.findall(rb"SEQUENCE:(\d+)", (tmp_path / "ical/programme.ics").read_bytes()))

    assert run("export", *hand, "--format", "ical").exit_code == 0
    assert sequences() == {b"0"}
    assert run("export", *hand, "--format", "ical", "--sequence", "3").exit_code == 0
    assert sequences() == {b"3"}


def test_a_site_is_written_once_and_knows_where_it_will_be(hand, tmp_path):
    url = "https://forum.example/2025"
    result = run("export", *hand, "--format", "site", "--by", "city,delegation", "--base-url", url)
    assert result.exit_code == 0
    pages = list((tmp_path / "site").rglob("*"))
    assert f"{tmp_path / 'site'}/  ({sum(path.is_file() for path in pages)} files)" in result.stdout
    index = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "webcal://forum.example/2025/calendars/programme.ics" in index


def test_an_address_that_is_none_is_refused(hand, tmp_path):
    result = run("export", *hand, "--format", "site", "--base-url", "forum")
    assert result.exit_code == 2
    assert "should be like https://forum.example/2026/, and not 'forum'" in result.stderr
    assert not (tmp_path / "site").exists()
