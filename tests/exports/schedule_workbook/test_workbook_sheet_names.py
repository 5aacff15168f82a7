from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.exported import TEXTS
from support.names import names

from scheduler.exports.schedule_workbook.sheet_names import LONGEST, SheetNames, units


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("Guangzhou", "Guangzhou"),
        ("a/b\\c:d*e?f[g]", "a-b-c-d-e-f-g-"),
        ("'quoted'", "quoted"),
        ("  two\nlines ", "two lines"),
        ("", "Sheet"),
        ("'", "Sheet"),
        ("History", "History (2)"),
        ("x" * 31, "x" * 31),
        ("x" * 32, "x" * 30 + "…"),
        ("😀" * 16, "😀" * 15 + "…"),
    ],
)
def test_a_name_is_as_near_to_the_wish_as_can_be(wish: str, name: str) -> None:
    assert SheetNames().take(wish) == name


def test_a_name_is_given_once_whatever_its_case() -> None:
    names_ = SheetNames()
    assert [names_.take(wish) for wish in ("Porto", "PORTO", "porto")] == ["Porto", "PORTO (2)", "porto (3)"]


@given(st.lists(TEXTS | names() | st.sampled_from(["x" * 40, "X" * 40, "😀" * 40]), max_size=12))
def test_names_are_legal_and_distinct(wishes: list[str]) -> None:
    taken = SheetNames()
    found = [taken.take(wish) for wish in wishes]
    assert len({name.casefold() for name in found}) == len(found)
    for name in found:
        assert 0 < units(name) <= LONGEST
        assert not set(name) & set("[]:*?/\\\n\t")
        assert name.strip("'") == name
        assert name.casefold() != "history"
