"""Killed at whatever moment: the last version is whole, and the next attempt goes on from it."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from support.hand_made import PLACEMENTS, hand_made, hand_placed, solution_of
from support.itip import tree

from scheduler.domain import Solution
from scheduler.publishing import Published, publish
from scheduler.publishing.folder import Folder

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

AT = [dt.datetime(2025, 2, day, tzinfo=dt.UTC) for day in (1, 2, 3)]
OTHER = solution_of([p | {"table": 1} if p["activity"] == "islands" else p for p in PLACEMENTS])
FILE_EVENTS = ("open", "os.", "shutil.", "pathlib.")


def give_out(folder: Path, solution: Solution, number: int) -> Published:
    return publish(hand_made(), solution, folder, at=AT[number], by=("city", "participant"), force=True)


def apart(job: Callable[[], object], folder: Path, dies_at: int) -> int:
    """Run something in a process of its own that is killed before its nth touch of a file in a folder.

    Returns
    -------
    int
        How often it touched one, or -1 if it was killed.
    """
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def touch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            if event.startswith(FILE_EVENTS) and any(str(folder) in str(a) for a in arguments):
                count += 1
                if count == dies_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(touch)
        try:
            job()
            os.write(write_end, str(count).encode())
        finally:
            os._exit(0)
    os.close(write_end)
    told = os.read(read_end, 20)
    os.close(read_end)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) == (not told)
    return int(told) if told else -1


def is_whole(version: Path) -> bool:
    facts = json.loads((version / "version.json").read_text(encoding="utf-8"))
    calendars = {p.name: sha256(p.read_bytes()).hexdigest() for p in (version / "calendars").iterdir()}
    listed = json.loads((version / "messages.json").read_text(encoding="utf-8"))["messages"]
    messages = version / "messages"
    return (
        calendars == facts["calendars"]
        and {each["file"] for each in listed}
        == ({p.name for p in messages.iterdir()} if messages.exists() else set())
        and json.loads((version / "state.json").read_text(encoding="utf-8"))["records"] != {}
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {name: content for name, (content, _) in tree(folder).items()}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return two versions of which nothing was cut off."""
    folder = tmp_path_factory.mktemp("reference")
    give_out(folder, hand_placed(), 0)
    give_out(folder, OTHER, 1)
    return contents(folder)


def test_a_kill_at_any_moment_leaves_the_last_version_whole(
    tmp_path: Path, reference: dict[str, bytes]
) -> None:
    whole = tmp_path / "whole"
    give_out(whole, hand_placed(), 0)
    touches = apart(lambda: give_out(whole, OTHER, 1), whole, 0)
    assert touches > 30
    for dies_at in range(1, touches + 1, max(1, touches // 40)):
        folder = tmp_path / f"killed-{dies_at}"
        give_out(folder, hand_placed(), 0)
        assert apart(lambda folder=folder: give_out(folder, OTHER, 1), folder, dies_at) == -1  # type: ignore[misc]
        current = json.loads((folder / "current.json").read_text(encoding="utf-8"))["version"]
        assert is_whole(folder / "versions" / str(current))
        assert is_whole(folder / "current")
        last = Folder(folder).last
        assert last in (current, current + 1)
        assert is_whole(folder / "versions" / str(last))
        again = give_out(folder, OTHER, 1)
        assert again.is_new is (last == 1)
        assert contents(folder) == reference
        assert (folder / "current").readlink() == Path("versions/2")


def test_a_kill_during_the_first_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    touches = apart(lambda: give_out(tmp_path / "whole", hand_placed(), 0), tmp_path / "whole", 0)
    expected = contents(tmp_path / "whole")
    for dies_at in range(1, touches + 1, max(1, touches // 15)):
        folder = tmp_path / f"killed-{dies_at}"
        apart(lambda folder=folder: give_out(folder, hand_placed(), 0), folder, dies_at)  # type: ignore[misc]
        give_out(folder, hand_placed(), 0)
        assert contents(folder) == expected


def test_a_version_that_was_finished_but_not_made_current_is_made_so(tmp_path: Path) -> None:
    give_out(tmp_path, hand_placed(), 0)
    give_out(tmp_path, OTHER, 1)
    folder = Folder(tmp_path)
    folder.point(1)
    assert not give_out(tmp_path, OTHER, 2).is_new
    assert json.loads((tmp_path / "current.json").read_text(encoding="utf-8"))["version"] == 2
