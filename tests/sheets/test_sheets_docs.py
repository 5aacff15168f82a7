"""The page about spreadsheets says of each column what the description says."""

import pytest
from support.sheet_docs import PAGE, table, tables_of

from scheduler.reading.workbook.wishes import WORTH
from scheduler.sheets import SHEETS


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_the_page_has_the_columns_of_each_sheet(sheet):
    assert tables_of(PAGE.read_text(encoding="utf-8"))[sheet.name] == table(sheet)


def test_the_page_says_what_wishes_are_worth():
    page = PAGE.read_text(encoding="utf-8")
    for name, worth in WORTH.items():
        assert f"| `{name}` | {worth} |" in page
