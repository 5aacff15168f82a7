from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.exported import TEXTS
from support.names import names

from scheduler.exports.cells import csv_file, csv_text, guarded, unguarded

HAZARDS = st.text(st.sampled_from(list("'=+-@\t\r\n\u3000＝ ax,\"")), max_size=8)  # noqa: RUF001 - is meant
ANY = HAZARDS | TEXTS | names() | st.text(max_size=20)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", ""),
        ("Opening", "Opening"),
        ("=1+1", "'=1+1"),
        ("+34 900", "'+34 900"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("  =1", "'  =1"),
        ("\uff1d1", "'\uff1d1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'quoted'", "'quoted'"),
        (" a=1", " a=1"),
        ("2025-03-29T11:00+00:00", "2025-03-29T11:00+00:00"),
        ("1-2", "1-2"),
    ],
)
def test_what_is_like_a_formula_has_an_apostrophe_before_it(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


@given(ANY)
def test_every_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(ANY)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(("\t", "\r", "\n"))
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@given(ANY, ANY)
def test_two_texts_are_two_cells(one: str, other: str) -> None:
    assert (guarded(one) == guarded(other)) is (one == other)


@given(st.lists(st.tuples(TEXTS | HAZARDS, TEXTS), max_size=4), st.booleans())
def test_a_table_reads_back(rows: list[tuple[str, str]], quoted: bool) -> None:
    text = csv_text(("=a", "b"), rows, all_quoted=quoted)
    head, *found = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == ["=a", "b"]
    assert [tuple(map(unguarded, row)) for row in found] == rows
    assert text.endswith("\r\n")


def test_a_file_has_a_mark_on_request_alone() -> None:
    assert csv_file("é") == b"\xc3\xa9"
    assert csv_file("é", bom=True) == codecs.BOM_UTF8 + b"\xc3\xa9"
