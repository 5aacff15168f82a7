"""What the packed files of a workbook say and its reader does not: errors, lost values, merged cells.

XLSX is a zip file with an XML part for each sheet (ECMA-376 part 1, 18.3.1: ``c`` is a cell, its ``t="e"``
an error, ``f`` its formula, ``v`` the value that was worked out last). ODS is a zip file with one XML part
for all (OpenDocument 1.3 part 3, 9.1: ``table:table-cell`` with spans and repetitions; LibreOffice adds
``calcext:value-type="error"``).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as Xml

from scheduler.reading.workbook.pages import NO_VALUE, Span

_CELL = re.compile(rb"<c\b([^<>]*)>")
_CELL_END = b"</c>"
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_LAST_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})\d+"')
_LAST_ROW = re.compile(rb'<row\b[^<>]*?\br="(\d{1,7})"')
_ERROR = re.compile(rb'\bt="e"')
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_MOST_REPEATED = 2_000_000


@dataclass(frozen=True)
class Insides:
    """What is said of one sheet.

    Attributes
    ----------
    cells : int
        How many cells there are from the first to the last; 0 if it is not known.
    broken : mapping of (int, int) to str
        What is wrong with cells, by row and column counted from 0.
    spans : tuple of Span
        Merged cells, where the reader does not say.
    """

    cells: int = 0
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()


def insides_of(packed: zipfile.ZipFile) -> dict[str, Insides]:
    """Return what is said of each sheet, by its name; nothing for a file whose parts are not as expected."""
    names = set(packed.namelist())
    try:
        if "content.xml" in names:
            return dict(_of_ods(packed.read("content.xml")))
        if "xl/workbook.xml" in names:
            return dict(_of_xlsx(packed, names))
    except (Xml.ParseError, KeyError, ValueError):
        return {}  # its reader says what is wrong
    return {}


def _of_xlsx(packed: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, Insides]]:
    parts = {
        entry.get("Id"): entry.get("Target", "")
        for entry in Xml.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in Xml.fromstring(packed.read("xl/workbook.xml")).iter():
        if not sheet.tag.endswith("}sheet"):
            continue
        target = parts.get(sheet.get(_RELATIONS), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in names:
            yield sheet.get("name", ""), _of_part(packed.read(path))


def _of_part(xml: bytes) -> Insides:
    columns = {_number(letters) for letters in set(_LAST_COLUMN.findall(xml))}
    rows = (int(row) for row in _LAST_ROW.findall(xml))
    cells = max(columns, default=0) * max(rows, default=0)
    broken: dict[tuple[int, int], str] = {}
    if b't="e"' in xml or b"<f" in xml:
        broken = dict(_broken(xml))
    return Insides(cells, broken)


def _broken(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for said, inside in _cells(xml):
        is_error = _ERROR.search(said)
        if not is_error and b"<f" not in inside:
            continue
        value = _VALUE.search(inside)
        place = _PLACE.search(said)
        if place and (is_error or (not value and b't="str"' not in said)):
            shown = value[1].decode("utf-8", "replace") if value else ""
            message = f"is the error {shown} of a formula" if is_error else NO_VALUE
            yield (int(place[2]) - 1, _number(place[1]) - 1), message


def _cells(xml: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield what cells say of themselves, and what is in them; each byte is looked at a few times only."""
    start = 0
    while match := _CELL.search(xml, start):
        start = match.end()
        if match[1].endswith(b"/"):
            yield match[1], b""
            continue
        end = xml.find(_CELL_END, start)
        if end < 0:
            return
        yield match[1], xml[start:end]
        start = end + len(_CELL_END)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _of_ods(xml: bytes) -> Iterator[tuple[str, Insides]]:
    if b'"error"' not in xml and b"-spanned=" not in xml:
        return
    for table in Xml.fromstring(xml).iter(f"{_TABLE}table"):
        broken: dict[tuple[int, int], str] = {}
        spans: list[Span] = []
        for row, column, cell in _ods_cells(table):
            if cell.get(_CALC) == "error":
                broken[row, column] = f"is the error {''.join(cell.itertext()).strip()} of a formula"
            down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
            across = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
            if down > 1 or across > 1:
                spans.append(((row, column), (row + down - 1, column + across - 1)))
        yield table.get(f"{_TABLE}name", ""), Insides(0, broken, tuple(spans))


def _ods_cells(table: Xml.Element) -> Iterator[tuple[int, int, Xml.Element]]:
    """Yield the first of each run of alike cells of a table, with its row and column."""
    at = 0
    for row in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            yield at, column, cell
            column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        at += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        if at > _MOST_REPEATED:
            return
