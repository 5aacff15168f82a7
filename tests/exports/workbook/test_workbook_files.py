"""Workbooks and folders as other programs read them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from support.any_programme import programmes
from support.names import REAL

from scheduler.exports.workbook import workbook_bytes, workbook_tables, write_workbook
from scheduler.exports.workbook.pages import pages_of
from scheduler.exports.workbook.xlsx import _MOST_ROWS
from scheduler.reading import instance_from, load
from scheduler.sheets import SHEETS, Shape, sheet
from scheduler.sheets.guarding import unguarded

INSTANCES = Path(__file__).parents[3] / "instances"
EVERY_RULE = INSTANCES / "every-rule.yaml"


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def table_of(book: openpyxl.Workbook, name: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet as openpyxl reads them, empty cells left out."""
    records = list(book[name].iter_rows(values_only=True))
    if sheet(name).shape is Shape.SETTINGS:
        return [{record[0]: record[1] for record in records if record[1] is not None}]
    head, *rows = records
    return [{key: cell for key, cell in zip(head, row, strict=True) if cell is not None} for row in rows]


def plain(cell: object) -> object:
    """Return a cell as openpyxl has it, which knows no dates without a time."""
    is_date = isinstance(cell, dt.date) and not isinstance(cell, dt.datetime)
    return dt.datetime.combine(cell, dt.time()) if is_date else cell  # type: ignore[arg-type]


@settings(deadline=None, max_examples=15)
@given(programmes())
def test_openpyxl_reads_every_cell(parts: dict[str, Any]) -> None:
    instance = instance_from(parts)
    book = opened(workbook_bytes(instance))
    for page in pages_of(instance):
        rows = [{key: plain(cell) for key, cell in row.items()} for row in page.rows]
        assert table_of(book, page.sheet.name) == rows


def test_names_of_all_scripts_are_cells_and_not_formulas() -> None:
    people = [{"id": f"p{i}", "name": name.strip()} for i, name in enumerate(REAL)]
    parts = {"programme": {"id": "p"}, "participants": people, "cities": [CITY]}
    cells = opened(workbook_bytes(instance_from(parts)))["people"]["B"][1:]
    assert [cell.value for cell in cells] == [person["name"] for person in people]
    assert {cell.data_type for cell in cells} == {"s"}


CITY = {
    "id": "oslo",
    "time_zone": "Europe/Oslo",
    "opening": [{"date": "2025-03-10", "from": "09:00", "to": "12:00"}],
    "venues": [{"id": "v", "rooms": [{"id": "t", "tables": 2}]}],
}


def test_no_cell_of_a_table_begins_like_a_formula() -> None:
    people = [{"id": f"p{i}", "name": name.strip()} for i, name in enumerate(REAL)]
    parts = {"programme": {"id": "p"}, "participants": people, "cities": [CITY]}
    text = workbook_tables(instance_from(parts))["people.csv"].decode("utf-8-sig")
    records = list(csv.DictReader(io.StringIO(text, newline="")))
    assert all(cell.lstrip()[:1] not in tuple("=+-@") for record in records for cell in record.values())
    assert [unguarded(record["name"]) for record in records] == [person["name"] for person in people]


def test_an_empty_workbook_is_friendly() -> None:
    book = opened(workbook_bytes())
    assert book.sheetnames[0] == "read me"
    assert set(book.sheetnames[1:]) >= {
        "programme", "people", "availability", "wishes", "venues", "sessions", "travel", "locks",
    }  # fmt: skip
    explained = {row[1] for row in book["read me"].iter_rows(min_row=3, values_only=True)}
    for name in book.sheetnames[1:]:
        columns = [column.name for column in sheet(name).columns]
        assert explained >= set(columns)
        if sheet(name).shape is Shape.SETTINGS:
            assert [cell.value for cell in book[name]["A"]] == columns
            continue
        (head,) = book[name].iter_rows()
        assert [cell.value for cell in head] == columns
        for cell, column in zip(head, sheet(name).columns, strict=True):
            assert column.about in cell.comment.text
        assert str(book[name].freeze_panes).endswith("2")
        assert book[name].print_title_rows == "$1:$1"
    assert {each.name for each in SHEETS} <= {row[0] for row in book["read me"].iter_rows(values_only=True)}


def test_words_are_offered_where_there_are_some() -> None:
    book = opened(workbook_bytes())
    offered = {
        (page.title, rule.formula1)
        for page in book.worksheets
        for rule in page.data_validations.dataValidation
    }
    assert ("wishes", '"must,like,neutral,never"') in offered
    assert ("availability", '"yes,no"') in offered
    assert ("people", "'delegations'!$A$2:$A$2000") in offered


def test_the_same_bytes_each_time() -> None:
    instance = load(EVERY_RULE)
    assert workbook_bytes(instance) == workbook_bytes(load(EVERY_RULE))
    assert workbook_bytes() == workbook_bytes()
    assert workbook_tables(instance) == workbook_tables(load(EVERY_RULE))


def test_tables_are_what_the_sheets_are() -> None:
    instance = load(EVERY_RULE)
    tables = workbook_tables(instance)
    for page in pages_of(instance):
        text = tables[f"{page.sheet.name}.csv"].decode("utf-8-sig")
        records = list(csv.reader(io.StringIO(text, newline="")))
        if page.sheet.shape is Shape.ROWS:
            assert records[0] == [column.name for column in page.sheet.columns]
            assert len(records) == len(page.rows) + 1
    locks = tables["locks.csv"].decode("utf-8-sig").splitlines()
    assert locks[:2] == ["activity,start,room,table", "opening,2025-05-12 09:00,bilbao-hall,"]
    assert tables["programme.csv"].decode("utf-8-sig").splitlines()[0] == "name,Two days of water and culture"


@pytest.mark.parametrize(("name", "files"), [("p.xlsx", 1), ("folder", 11)])
def test_it_is_written_where_it_is_wanted(tmp_path: Path, name: str, files: int) -> None:
    assert len(write_workbook(tmp_path / name)) == files


def test_a_sheet_has_an_end() -> None:
    assert _MOST_ROWS == 2**20 - 1
