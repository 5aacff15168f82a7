from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import run, write_hand_made
from support.hand_made import PLACEMENTS, solution_of

from scheduler.cli.publish_command import KINDS
from scheduler.exports import By
from scheduler.publishing.folder import Folder

AT = "2025-02-01T12:00Z"
WITHOUT = solution_of([p for p in PLACEMENTS if p["activity"] != "untitled"])
EARLIER = solution_of([p | {"table": 1} if p["activity"] == "islands" else p for p in PLACEMENTS])


@pytest.fixture
def hand(tmp_path: Path) -> tuple[Path, Path]:
    return write_hand_made(tmp_path)


def test_the_options_know_what_the_exports_know() -> None:
    assert tuple(By) == KINDS


def test_versions_are_published_and_compared(hand: tuple[Path, Path], tmp_path: Path) -> None:
    to = tmp_path / "out"
    first = run("publish", *hand, "--to", to, "--at", AT)
    assert first.exit_code == 0
    assert "Published as version 1." in first.stdout
    assert "To be sent to 4 addresses: 4 with what is new or changed." in first.stdout
    again = run("publish", *hand, "--to", to)
    assert again.exit_code == 0
    assert "already published, as version 1 of 2025-02-01 12:00 UTC" in " ".join(again.stdout.split())
    other = write_hand_made(tmp_path, EARLIER)
    second = run("publish", *other, "--to", to, "--at", "2025-02-02T12:00Z", "--note", "A quieter table")
    assert second.exit_code == 0
    assert "1 moved; 5 as before." in second.stdout
    assert "To be sent to 1 address" in second.stdout
    assert "A quieter table" in (to / "current" / "CHANGES.md").read_text(encoding="utf-8")
    compared = run("diff", to / "versions" / "1", to, "--format", "json")
    assert json.loads(compared.stdout)["counts"]["moved"] == 1


def test_what_was_done_is_told_to_programs(hand: tuple[Path, Path], tmp_path: Path) -> None:
    told = json.loads(run("publish", *hand, "--to", tmp_path / "out", "--at", AT, "--json").stdout)
    assert (told["version"], told["new"], told["published"]) == (1, True, "2025-02-01T12:00:00Z")
    assert {letter["method"] for letter in told["messages"]} == {"REQUEST"}
    assert json.loads(run("publish", *hand, "--to", tmp_path / "out", "--json").stdout)["new"] is False


def test_when_nobody_has_to_be_told(hand: tuple[Path, Path], tmp_path: Path) -> None:
    run("publish", *hand, "--to", tmp_path / "out", "--at", AT)
    more = run("publish", *hand, "--to", tmp_path / "out", "--by", "room")
    assert "Nobody has to be told" in more.stdout


def test_cancelled_activities_may_be_left_out(tmp_path: Path) -> None:
    to = tmp_path / "out"
    run("publish", *write_hand_made(tmp_path), "--to", to, "--at", AT)
    pair = write_hand_made(tmp_path, WITHOUT)
    run("publish", *pair, "--to", to)
    assert b"STATUS:CANCELLED" in (to / "current/calendars/programme.ics").read_bytes()
    run("publish", *pair, "--to", to, "--no-cancelled")
    assert b"STATUS:CANCELLED" not in (to / "current/calendars/programme.ics").read_bytes()


def test_a_schedule_that_breaks_rules_is_given_to_nobody(tmp_path: Path) -> None:
    wrong = [dict(p, table=5) if p["activity"] == "islands" else p for p in PLACEMENTS]
    pair = write_hand_made(tmp_path, solution_of(wrong))
    result = run("publish", *pair, "--to", tmp_path / "out")
    assert result.exit_code == 1
    assert "breaks the rules in 1 place, so it is not published" in result.stderr
    assert not (tmp_path / "out").exists()
    assert run("publish", *pair, "--to", tmp_path / "out", "--force").exit_code == 1
    assert (tmp_path / "out" / "current.json").exists()


@pytest.mark.parametrize(
    ("at", "said"),
    [("soon", "is no date and time"), ("2025-02-01T12:00", "the cities have different clocks")],
)
def test_a_time_that_says_nothing_is_refused(
    hand: tuple[Path, Path], tmp_path: Path, at: str, said: str
) -> None:
    result = run("publish", *hand, "--to", tmp_path / "out", "--at", at)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_time_before_the_last_version_is_refused(hand: tuple[Path, Path], tmp_path: Path) -> None:
    run("publish", *hand, "--to", tmp_path / "out", "--at", AT)
    other = write_hand_made(tmp_path, WITHOUT)
    result = run("publish", *other, "--to", tmp_path / "out", "--at", AT)
    assert result.exit_code == 2
    assert "has to be later than that" in result.stderr


def test_somebody_else_is_publishing(hand: tuple[Path, Path], tmp_path: Path) -> None:
    with Folder(tmp_path / "out").locked():
        result = run("publish", *hand, "--to", tmp_path / "out")
    assert result.exit_code == 2
    assert "somebody else is publishing there" in result.stderr


def test_a_folder_that_cannot_be_made_is_told(hand: tuple[Path, Path]) -> None:
    result = run("publish", *hand, "--to", hand[0] / "out")
    assert result.exit_code == 2
    assert str(hand[0]) in result.stderr
