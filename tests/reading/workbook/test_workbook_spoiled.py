"""Workbooks with something wrong in them: that is told, with its sheet, row and column, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.command_line import run
from support.spoiled_workbooks import DAMAGED, DATA, KINDS, NAME, damaged, each, put, row, sheet, spoiled

from scheduler.reading import InputError, load_workbook
from scheduler.reading.workbook import WorkbookError

TOLD = DATA / "spoiled.txt"
"""What is said of each kind; a person has read it. RENEW=1 writes it anew."""


def told() -> dict[str, list[str]]:
    blocks = (block.splitlines() for block in TOLD.read_text(encoding="utf-8").split("\n\n"))
    return {kind: [line.strip() for line in lines] for kind, *lines in blocks}


def renew() -> None:
    contents = {kind.kind: spoiled(kind.spoil) for kind in KINDS} | {kind: damaged(kind) for kind in DAMAGED}
    blocks = (
        "\n".join([kind, *(f"    {line}" for line in complaints(content))])
        for kind, content in contents.items()
    )
    TOLD.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def complaints(content: bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_workbook(content, name=NAME)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_what_is_wrong_is_told_with_its_place(kind) -> None:
    with pytest.raises(WorkbookError) as caught:
        load_workbook(spoiled(kind.spoil), name=NAME)
    assert str(caught.value).splitlines() == told()[kind.kind]
    report = caught.value.report
    refused = {(entry.sheet, entry.row) for entry in report.refused}
    assert report.read == report.used + len(refused)


@pytest.mark.parametrize("kind", DAMAGED)
def test_what_is_no_workbook_is_told(kind: str, tmp_path: Path) -> None:
    assert complaints(damaged(kind)) == told()[kind]
    path = tmp_path / NAME
    path.write_bytes(damaged(kind))
    done = run("import", "spreadsheet", path, "-o", tmp_path / "p.yaml")
    assert done.exit_code == 2
    assert f"{path}: is" in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "p.yaml").exists()


def test_there_are_enough_kinds() -> None:
    if "RENEW" in os.environ:
        renew()
    kinds = [each.kind for each in KINDS] + list(DAMAGED)
    assert list(told()) == kinds
    assert len(kinds) == len(set(kinds)) >= 60


def test_the_command_line_tells_the_same(tmp_path: Path) -> None:
    path = tmp_path / NAME
    (several,) = (kind for kind in KINDS if kind.kind == "several at once")
    path.write_bytes(spoiled(several.spoil))
    for more in ((), ("--dry-run",)):
        done = run("import", "spreadsheet", path, "-o", tmp_path / "p.yaml", *more, columns=300)
        assert done.exit_code == 2
        for line in told()["several at once"]:
            assert line.replace(NAME, str(path), 1) in done.output
        assert not (tmp_path / "p.yaml").exists()


@pytest.mark.parametrize(
    ("spoil", "note"),
    [
        (put("Travel!H2", "ask Jon"), "Travel: column H has no name and is not read (1 cell)"),
        (put("Availability!C1", "coffee"), 'Availability: column C "coffee" is not read'),
        (
            put("Cities!D5", "13:00"),
            "Cities:5: the opening overlaps another one of the same city (Cities:4)",
        ),
    ],
)
def test_what_may_be_meant_so_is_noted(spoil, note) -> None:
    assert note in load_workbook(spoiled(spoil), name=NAME).report.notes


def test_a_never_takes_back_the_wish_of_the_other_and_says_so() -> None:
    wish = row("Wishes", "amparo.ferrer@valencia.example", "Gdańsk", "never")
    found = load_workbook(spoiled(wish), name=NAME)
    assert {"gdansk", "amparo-ferrer"} in [set(pair) for pair in found.instance.never]
    assert all({"gdansk", "amparo-ferrer"} != set(meeting.parties) for meeting in found.instance.meetings)
    assert any("never" in note for note in found.report.notes)


def test_with_keep_going_the_rest_is_imported() -> None:
    spoils = each(
        put("Wishes!C6", "please"), put("People!D8", "bilabo"), sheet("Never", ("One", "Other"), ("a", "b"))
    )
    found = load_workbook(spoiled(spoils), name=NAME, keep_going=True)
    assert "nerea-uriarte" not in {person.id for person in found.instance.participants}
    refused = {(entry.sheet, entry.row): entry.follows for entry in found.report.refused}
    assert refused == {
        ("People", 8): False,
        ("Wishes", 6): False,
        ("Wishes", 7): True,
        ("Wishes", 8): True,
        ("Wishes", 10): True,
        ("Never", 2): False,
    }
    assert found.report.read == found.report.used + 6
