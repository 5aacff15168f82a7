from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.exports.gantt.lettering import clean, fitted, set_in, width

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(clean)


@given(TEXT, st.floats(0, 300), st.floats(7, 14))
def test_what_is_fitted_is_no_wider_than_its_room(text: str, room: float, size: float) -> None:
    said = fitted(text, room, size)
    assert width(said, size) <= room
    assert said in ("", text) or text.startswith(said[:-1])


@given(TEXT, TEXT, st.floats(30, 300), st.integers(1, 5))
def test_lines_are_no_wider_and_no_more_than_there_is_room_for(
    first: str, second: str, room: float, most: int
) -> None:
    lines = set_in([first, second], first, room, most, 7)
    assert len(lines) <= most
    assert all(width(line, 7) <= room for line in lines)


def test_a_text_is_cut_short_between_whole_letters() -> None:
    assert fitted("Guangzhou", 30, 7) == "Guan…"
    assert fitted("Guangzhou", 3, 7) == ""
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    assert fitted("ab" + family + "c" * 9, 40, 7) in ("ab…", "ab" + family + "…")
    assert fitted("e\N{COMBINING ACUTE ACCENT}" * 8, 20, 7).count("\N{COMBINING ACUTE ACCENT}") == 2


def test_a_line_is_broken_between_words_and_a_long_word_within() -> None:
    assert set_in(["Smart cities and towns"], "", 50, 3, 7) == ["Smart cities", "and towns"]
    assert set_in(["中文中文中文中文"], "", 30, 2, 7) == ["中文中文", "中文中文"]
    assert "".join(set_in(["Donaudampfschifffahrt"], "", 40, 9, 7)) == "Donaudampfschifffahrt"


def test_each_text_has_its_line_before_one_has_two() -> None:
    assert set_in(["Smart cities and towns", "Ghent"], "", 50, 2, 7) == ["Smart cities…", "Ghent"]
    assert set_in(["Smart cities and towns", "Ghent"], "", 50, 3, 7) == ["Smart cities", "and towns", "Ghent"]


def test_one_line_says_the_short_text() -> None:
    assert set_in(["Ghent", "Turku"], "Ghent - Turku", 200, 1, 7) == ["Ghent - Turku"]
    assert set_in(["Ghent", "Turku"], "Ghent - Turku", 2, 4, 7) == []


@pytest.mark.parametrize(
    ("text", "said"), [("a\nb", "a b"), ("a\x07b\x00", "a b"), ("  a\u2028 b ", "a b"), ("中 é", "中 é")]
)
def test_a_text_is_cleaned_of_what_cannot_be_shown(text: str, said: str) -> None:
    assert clean(text) == said
