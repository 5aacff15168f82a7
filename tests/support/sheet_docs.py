"""The tables of `docs/spreadsheets.md`, as the description of sheets has them.

``python tests/support/sheet_docs.py`` writes them into the page anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from scheduler.sheets import SHEETS, Column, Kind, Shape, Sheet

PAGE = Path(__file__).parents[2] / "docs" / "spreadsheets.md"
_TABLE = re.compile(r"(<!-- columns of ([a-z ]+) -->\n)(.*?)(\n\n|\Z)", re.S)


def table(sheet: Sheet) -> str:
    """Return the table of a sheet's columns in Markdown."""
    head = "setting" if sheet.shape is Shape.SETTINGS else "column"
    lines = [f"| {head} | holds | what it is for | example |", "|---|---|---|---|"]
    return "\n".join([*lines, *map(_line, sheet.columns)])


def _line(column: Column) -> str:
    name = f"**{column.name}**" if column.needed else column.name
    example = f"`{column.example}`" if column.example else ""
    return f"| {name} | {_holds(column)} | {column.about} | {example} |".replace("|  |", "| |")


def _holds(column: Column) -> str:
    if column.kind is Kind.CHOICE:
        *most, last = column.words
        return f"{', '.join(most)} or {last}"
    return f"{column.kind}{'; several' * column.many}"


def tables_of(page: str) -> dict[str, str]:
    """Return the tables of a page by the names of their sheets."""
    return {match[2]: match[3] for match in _TABLE.finditer(page)}


def renewed(page: str) -> str:
    """Return a page with its tables as the description has them."""
    known = {sheet.name: sheet for sheet in SHEETS}
    return _TABLE.sub(lambda match: f"{match[1]}{table(known[match[2]])}{match[4]}", page)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
