from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler.publishing.folder import BusyError, Folder, solution_in


def test_versions_are_counted_from_one(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "new")
    assert folder.last == 0
    with folder.locked():
        folder.add(1, {"a.txt": b"1", "deep/b.txt": b"2"})
        folder.add(2, {"a.txt": b"3"})
    assert folder.last == 2
    assert (folder.version(1) / "deep" / "b.txt").read_bytes() == b"2"
    assert (folder.path / "current" / "a.txt").read_bytes() == b"3"
    assert json.loads((folder.path / "current.json").read_bytes()) == {"version": 2, "folder": "versions/2"}


def test_what_was_cut_off_is_taken_away(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with folder.locked():
        (tmp_path / "versions" / ".tmp-1-abc").mkdir()
        (tmp_path / "versions" / ".tmp-1-abc" / "half").write_bytes(b"")
        (tmp_path / ".tmp-def").write_bytes(b"")
        (tmp_path / "versions" / "notes").mkdir()
    with folder.locked():
        assert {p.name for p in (tmp_path / "versions").iterdir()} == {"notes"}
        assert {p.name for p in tmp_path.iterdir()} == {"versions", ".lock"}
    assert folder.last == 0


def test_only_one_publishes_at_a_time(tmp_path: Path) -> None:
    with Folder(tmp_path).locked(), pytest.raises(BusyError), Folder(tmp_path).locked():
        pass
    with Folder(tmp_path).locked():
        pass


def test_when_a_file_fails_there_is_no_version(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with folder.locked(), pytest.raises(OSError, match="too long"):
        folder.add(1, {"good": b"", "bad" * 200: b""})
    assert list((tmp_path / "versions").iterdir()) == []
    assert not (tmp_path / "current.json").exists()


def test_without_links_the_file_alone_says_which_version_is_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: Any, **more: Any) -> None:
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    folder = Folder(tmp_path)
    with folder.locked():
        folder.add(1, {"a": b""})
    assert {p.name for p in tmp_path.iterdir()} == {"versions", ".lock", "current.json"}


def test_a_folder_of_somebody_elses_is_not_replaced_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    folder = Folder(tmp_path)
    with folder.locked():
        folder.add(1, {"a": b""})
    assert not (tmp_path / "current").is_symlink()


def test_a_solution_is_found_in_a_version_and_in_the_folder_of_all(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert solution_in(tmp_path) is None
    with folder.locked():
        for number in (1, 2, 10):
            folder.add(number, {"version.json": b"{}"})
    assert solution_in(folder.version(1)) == folder.version(1) / "solution.yaml"
    assert solution_in(tmp_path) == folder.version(10) / "solution.yaml"
    assert solution_in(tmp_path / "current") == tmp_path / "current" / "solution.yaml"
