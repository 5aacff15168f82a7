from __future__ import annotations

import stat
from pathlib import Path

import pytest

from scheduler.exports.writing import write_files


def test_files_are_written_in_a_new_directory_and_in_order(tmp_path: Path) -> None:
    written = write_files(tmp_path / "a" / "b", {"2.txt": b"two", "1.txt": b"one"})
    assert written == [tmp_path / "a" / "b" / "2.txt", tmp_path / "a" / "b" / "1.txt"]
    assert [path.read_bytes() for path in written] == [b"two", b"one"]


def test_a_file_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a longer text of old")
    write_files(tmp_path, {"x": b"new"})
    assert (tmp_path / "x").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_when_one_file_fails_none_is_touched(tmp_path: Path) -> None:
    (tmp_path / "first").write_bytes(b"old")
    with pytest.raises(OSError, match="too long"):
        write_files(tmp_path, {"first": b"new", "second" * 100: b"new"})
    assert (tmp_path / "first").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["first"]


def test_when_a_place_is_taken_nothing_half_written_stays(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write_files(tmp_path, {"taken": b"new", "after": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_files_may_be_read_by_whoever_may_read_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    (written,) = write_files(tmp_path, {"x": b"new"})
    assert stat.S_IMODE(written.stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)
