"""The files of a programme made by hand, as they were read and found right once."""

from __future__ import annotations

import pytest
from support.hand_made import GOLDEN, golden, hand_made, hand_placed
from support.rfc5545 import content_lines

from scheduler.checker import check

NAMES = sorted(path.name for path in GOLDEN.iterdir() if not path.name.startswith("."))


def test_the_schedule_made_by_hand_keeps_the_rules() -> None:
    assert check(hand_made(), hand_placed()).violations == ()


def test_every_file_is_compared() -> None:
    assert sorted(golden()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_what_was_found_right(name: str) -> None:
    expected, written = (GOLDEN / name).read_bytes(), golden()[name]
    if name.endswith(".ics"):  # where a line is folded is up to the library, if only it is short enough
        assert content_lines(written) == content_lines(expected)
    else:
        assert written == expected


def test_the_same_schedule_gives_the_same_bytes() -> None:
    assert golden() == golden()
