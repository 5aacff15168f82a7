"""Names of sheets that every spreadsheet program takes, no two alike."""

from __future__ import annotations

import re

from scheduler.exports.plain import on_one_line

LONGEST = 31
"""How long a name may be, in UTF-16 units, in Excel."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


class SheetNames:
    r"""Hands out names of the sheets of one workbook.

    What Excel does not take (``[ ] : * ? / \``, an apostrophe at either end, more than 31 characters, a name
    that differs from another in case alone, ``History``) is replaced, cut or numbered.
    """

    def __init__(self) -> None:
        self._taken = {"history"}

    def take(self, wish: str) -> str:
        """Return a name as near to the wish as can be, and keep it from others."""
        plain = _FORBIDDEN.sub("-", on_one_line(wish)).strip("' ") or "Sheet"
        number = 1
        while True:
            more = "" if number == 1 else f" ({number})"
            name = _cut(plain, LONGEST - len(more)).rstrip("' ") + more
            if name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return name
            number += 1


def units(text: str) -> int:
    """Return how long a text is for Excel, which counts what lies outside the basic plane twice."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def _cut(text: str, most: int) -> str:
    if units(text) <= most:
        return text
    kept = text[:most]
    while units(kept) > most - 1:
        kept = kept[:-1]
    return kept + "…"
