from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.exported import TEXTS, relaxed
from support.names import names
from support.workbooks import read

from scheduler.exports.schedule_workbook.layout import (
    Block,
    Column,
    Front,
    Grid,
    Line,
    Link,
    Look,
    Row,
    Section,
    Table,
)
from scheduler.exports.schedule_workbook.paper import LONGEST, cell_text, workbook
from scheduler.exports.schedule_workbook.sheet_names import units

MADE = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
COLUMNS = (Column("Text", 20), Column("Number", 8, Look.NUMBER), Column("Day", 15, Look.DATE))


def table(*rows: Row) -> Table:
    return Table("Sheet", "Title", "About", COLUMNS, rows)


@pytest.mark.parametrize("thrifty", [False, True])
@settings(relaxed, max_examples=25)
@given(st.lists(TEXTS | names() | st.text(max_size=5), max_size=6))
def test_texts_are_read_back_as_texts(thrifty: bool, texts: list[str]) -> None:
    rows = [Row((text, 1, None)) for text in texts]
    data = workbook([table(*rows)], "Title", MADE, thrifty=thrifty)
    assert [row["Text"] or "" for row in read(data)["Sheet"].rows] == [cell_text(text) for text in texts]


@pytest.mark.parametrize(
    "text", ["=1+1", "{=1}", "http://example.org", "mailto:a@b.example", "1", "internal:A1"]
)
def test_no_text_is_a_formula_a_link_or_a_number(text: str) -> None:
    data = workbook([table(Row((text, None, None)))], "Title", MADE, thrifty=False)
    cell = openpyxl.load_workbook(io.BytesIO(data))["Sheet"]["A4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("a\r\nb\rc\x07\x00", "a\nb\nc"),
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 1), "x" * (LONGEST - 1) + "…"),
    ],
)
def test_what_a_cell_cannot_hold_is_left_out(text: str, held: str) -> None:
    assert cell_text(text) == held


@given(st.integers(0, 40_000), st.integers(0, 20_000))
def test_no_text_is_longer_than_excel_takes(plain: int, wide: int) -> None:
    assert units(cell_text("x" * plain + "😀" * wide)) <= LONGEST


def test_a_table_has_heads_that_stay_a_filter_and_a_page() -> None:
    day = dt.date(2025, 3, 29)
    data = workbook(
        [table(Row(("a", 7, day), "meeting"), Row(("", None, None)))], "Title", MADE, thrifty=False
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Sheet"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:C5"
    assert sheet.print_area == "'Sheet'!$A$1:$C$5"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    # One page wide (what it is when nothing is said), as many high as it takes.
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [cell.value for cell in sheet[4]] == ["a", 7, dt.datetime(2025, 3, 29)]
    assert sheet["C4"].number_format == "ddd d mmm yyyy"
    assert sheet.column_dimensions["A"].width == pytest.approx(20, abs=1)


def test_a_table_without_rows_has_its_heads() -> None:
    (sheet,) = read(workbook([table()], "Title", MADE, thrifty=False)).values()
    assert sheet.row(3) == ["Text", "Number", "Day"]
    assert sheet.rows == []


@pytest.mark.parametrize("thrifty", [False, True])
def test_a_grid_has_merged_cells_and_labels_that_stay(thrifty: bool) -> None:
    edges = tuple(dt.datetime(2025, 3, 29, 9) + dt.timedelta(minutes=30 * n) for n in range(5))
    blocks = (Block(0, 1, "=one", "meeting"), Block(1, 3, "long, " * 30, "conference"))
    lines = [Line(("Room", "1"), blocks), Line(("Room", "2"), ())]
    grid = Grid("Sheet", "Title", "About", (Column("Room", 20), Column("Table", 6)), edges, 12, lines)
    (sheet,) = read(workbook([grid], "Title", MADE, thrifty=thrifty)).values()
    assert [(b.labels, b.start, b.end, b.text) for b in sheet.blocks()] == [
        (("Room", "1"), edges[0], edges[1], "=one"),
        (("Room", "1"), edges[1], edges[3], "long, " * 30),
    ]
    page = sheet.sheet
    assert (page.freeze_panes, page.print_title_rows, page.print_title_cols) == ("C4", "$3:$3", "$A:$B")
    assert page.row_dimensions[4].height > page.row_dimensions[5].height
    assert page["C3"].number_format == "hh:mm"


def test_the_first_sheet_leads_to_others() -> None:
    section = Section("Sheets", ("Sheet", "What"), (Row((Link("It's", "=It's"), "an agenda")),))
    front = Front("Contents", "Title", (section,))
    data = workbook([front, Table("It's", "Title", "", COLUMNS, ())], "Title", MADE, thrifty=False)
    cell = openpyxl.load_workbook(io.BytesIO(data))["Contents"]["A5"]
    assert (cell.value, cell.data_type) == ("=It's", "s")
    assert cell.hyperlink.location == "'It''s'!A1"


def test_a_document_says_a_time_that_it_is_told() -> None:
    first, second = (workbook([table()], "=Title\x07", MADE, thrifty=False) for _ in range(2))
    assert first == second
    properties = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert (properties.title, properties.created) == ("=Title", dt.datetime(2024, 3, 1))
    times = {item.date_time for item in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_rows_of_long_texts_are_higher_and_wide_letters_count_twice() -> None:
    texts = ["short", "城市" * 20, "a" * 40, "x\n" * 400]
    data = workbook([table(*(Row((text, None, None)) for text in texts))], "Title", MADE, thrifty=False)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Sheet"]
    short, chinese, latin, endless = (sheet.row_dimensions[row].height for row in range(4, 8))
    assert short < latin < chinese < endless <= 400
