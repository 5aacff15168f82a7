from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from support.rfc5545 import content_lines

from scheduler.exports.content_lines import fold, line, one_line, text

ANY = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(list("\\^,;:é中🏙 ")), max_size=300
)


@pytest.mark.parametrize(
    ("params", "written"),
    [
        (None, "X:v"),
        ({"B": "2", "A": "1"}, "X;A=1;B=2:v"),
        ({"CN": "Town, hall"}, 'X;CN="Town, hall":v'),
        ({"CN": "a^b"}, "X;CN=a^^b:v"),
    ],
)
def test_a_line_is_name_parameters_value(params: dict[str, str] | None, written: str) -> None:
    assert line("X", "v", params) == written


def test_a_text_is_escaped() -> None:
    assert text("a;b,c\\N\r\nd\re\x07") == r"a\;b\,c\\N\nd\ne"


def test_a_parameter_is_on_one_line_without_double_quotes() -> None:
    assert one_line('Office\n"Open"') == "Office 'Open'"


@given(ANY)
def test_what_is_folded_is_short_and_reads_back(value: str) -> None:
    folded = fold(f"X:{value}")
    assert content_lines(f"{folded}\r\n".encode()) == [f"X:{value}"]


@given(ANY)
def test_a_text_is_read_by_the_library_as_it_was(value: str) -> None:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
    event = Calendar.from_ical(f"{head}{line('SUMMARY', text(value))}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    assert str(event.walk("VEVENT")[0]["SUMMARY"]) == value
