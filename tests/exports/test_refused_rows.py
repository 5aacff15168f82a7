"""Rows that could not be used, as a table: read back with the standard library's reader."""

import csv
import io

from scheduler.exports.cells import unguarded
from scheduler.exports.refused_rows import refused_rows_table
from scheduler.sheets.report import ImportReport, RefusedRow, SheetCount

ROWS = (
    RefusedRow("p.xlsx", "people", 7, "C", "=1+1", 'is "no" date', False, ("王伟", "a\nb", "=1+1")),
    RefusedRow("p/wishes.csv", "", 2, "AA", "", "is empty", True, ("-",)),
)


def test_each_row_has_its_place_its_reason_and_its_cells():
    text = refused_rows_table(ROWS).decode("utf-8-sig")
    head, *found = csv.reader(io.StringIO(text, newline=""))
    assert head == ["file", "sheet", "row", "column", "value", "reason", "cell 1", "cell 2", "cell 3"]
    assert found[0][4] == "'=1+1"
    assert [[unguarded(cell) for cell in row] for row in found] == [
        ["p.xlsx", "people", "7", "C", "=1+1", 'is "no" date', "王伟", "a\nb", "=1+1"],
        ["p/wishes.csv", "", "2", "AA", "", "is empty", "-"],
    ]


def test_no_rows():
    assert refused_rows_table(()) == b"\xef\xbb\xbffile,sheet,row,column,value,reason\r\n"


def test_a_report_adds_up():
    report = ImportReport((SheetCount("people", 5, 3), SheetCount("wishes", 2, 2)), ROWS)
    assert (report.read, report.used, report.counts[0].refused) == (7, 5, 2)
