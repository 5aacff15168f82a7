"""Data files of MiniZinc (``.dzn``), as far as published benchmarks use them: whole numbers, sets, arrays.

A file is a sequence of ``name = value;``. A value is a whole number, a set (``{1, 3}``, ``2..5``), an array
(``[0, 4]``, ``[{1}, {}]``) or a two-dimensional array (``[| 1, 2 | 3, 4 |]``); ``array1d`` and ``array2d``
with their index sets are read too. Comments begin with ``%``. (The MiniZinc Handbook, on data files.) What is
wrong is collected, and reading goes on behind the next semicolon.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from scheduler.reading.errors import InputError, InputFault, Path

MOST_DIGITS = 15
"""Longer numbers count nothing that a programme has."""

_TOKEN = re.compile(
    r"\s+|%[^\n]*|/\*.*?\*/"  # what says nothing; it has no group
    r"|(?P<number>-?\d+(?![\w.]|\.\d)|-?\d+(?=\.\.))"
    r"|(?P<word>[A-Za-z]\w*)"
    r"|(?P<sign>\[\||\|\]|\.\.|[\[\]{}|,;=()])"
    r"|(?P<strange>\"[^\"\n]*\"|-?[\w.]+|.)",
    re.S,
)
_END = "the end of the file"


class Number(NamedTuple):
    """A whole number, and where in the text it begins."""

    value: int
    at: int


class Numbers(NamedTuple):
    """A set: its ranges (one number is a range of itself), and where it begins."""

    ranges: list[tuple[Number, Number]]
    at: int


class Array(NamedTuple):
    """A one-dimensional array."""

    entries: list[Number | Numbers]
    at: int


class Grid(NamedTuple):
    """A two-dimensional array, by rows."""

    rows: list[Array]
    at: int


Value = Number | Numbers | Array | Grid


class Item(NamedTuple):
    """A named value, and where its name stands."""

    name: str
    value: Value
    at: int


class DataFile:
    """What a text says, and what is wrong with it.

    Parameters
    ----------
    text : str
        Of a whole file.
    name : str
        How errors name it.

    Attributes
    ----------
    items : dict of str to Item
        By name; of those given twice the first.
    tried : set of str
        Names of which something stands here, though it may not be read.
    faults : list of InputFault
    """

    def __init__(self, text: str, name: str) -> None:
        self.items: dict[str, Item] = {}
        self.tried: set[str] = set()
        self.faults: list[InputFault] = []
        self._text = text
        self._name = name
        reader = _Reader(text)
        while not reader.ended:
            self._read(reader)

    def _read(self, reader: _Reader) -> None:
        try:
            item = reader.item(self.tried)
        except _WrongError as wrong:
            self.find(wrong.at, (), None, wrong.message)
            reader.skip()
            return
        if item is None:
            return
        if item.name in self.items:
            self.find(item.at, (), item.name, "is given for the second time: the first is kept")
        self.items.setdefault(item.name, item)

    def find(self, at: int, path: Path, value: object, message: str) -> None:
        """Enter something wrong with what stands at an offset of the text."""
        self.faults.append(self.fault(at, path, value, message))

    def fault(self, at: int, path: Path, value: object, message: str) -> InputFault:
        """Return something wrong with what stands at an offset of the text."""
        row = bisect_right(self._lines, at)
        column = at - self._lines[row - 1] + 1
        return InputFault(self._name, row, column, path, value, message)

    def refuse(self) -> None:
        """Stop here if anything is wrong.

        Raises
        ------
        InputError
            With everything, in the order of the text.
        """
        if self.faults:
            raise InputError(sorted(self.faults, key=lambda fault: (fault.line, fault.column)))

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in re.finditer("\n", self._text))]


class _WrongError(Exception):
    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at
        self.message = message


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is not None:
            yield _Token(kind, match.group(), match.start())
    yield _Token("end", _END, len(text.rstrip()))


class _Reader:
    """Reads a text token by token; the grammar nests three levels at the most, and so do the calls."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._next = next(self._tokens)
        self._then = next(self._tokens, self._next)

    @property
    def ended(self) -> bool:
        return self._next.kind == "end"

    def _take(self) -> _Token:
        token = self._next
        self._next = self._then
        self._then = next(self._tokens, self._then)
        return token

    def _found(self, sign: str) -> bool:
        """Take a sign if it comes next."""
        if self._next.text != sign:
            return False
        self._take()
        return True

    def _expect(self, sign: str, where: str = "") -> _Token:
        if self._next.text != sign:
            raise self._wrong(f'"{sign}" should stand here{where}')
        return self._take()

    def _wrong(self, message: str) -> _WrongError:
        token = self._next
        said = _END if token.kind == "end" else f'"{token.text[:40]}"'
        return _WrongError(token.at, f"{message}, not {said}")

    def skip(self) -> None:
        """Go on behind the next semicolon, or where the next name is given a value."""
        while not (self.ended or (self._next.kind == "word" and self._then.text == "=")):
            if self._take().text == ";":
                return

    def item(self, tried: set[str]) -> Item | None:
        """Read ``name = value;``; None for a semicolon with nothing before it."""
        if self._found(";"):
            return None
        if self._next.kind != "word":
            raise self._wrong("this is no MiniZinc data: a name should stand here (as in nTables = 14;)")
        name = self._take()
        self._expect("=", f' after "{name.text}"')
        tried.add(name.text)
        value = self._value()
        if not self.ended:
            self._expect(";", f' after the value of "{name.text}"')
        return Item(name.text, value, name.at)

    def _value(self) -> Value:
        token = self._next
        if token.kind == "word":
            return self._called()
        if token.text == "[|":
            return self._grid()
        if token.text == "[":
            return self._array()
        return self._entry()

    def _called(self) -> Value:
        """Read ``array1d(1..n, [...])`` or ``array2d(1..n, 1..k, [...])``."""
        if self._next.text not in ("array1d", "array2d"):
            raise self._wrong("a number, a set or an array should stand here")
        dimensions = int(self._take().text[5])
        self._expect("(")
        sizes = [self._size() for _ in range(dimensions)]
        array = self._array()
        self._expect(")")
        return array if dimensions == 1 else _by_rows(array, *sizes)

    def _size(self) -> int:
        found = self._entry()
        self._expect(",")
        if isinstance(found, Number) or len(found.ranges) != 1:
            raise _WrongError(found.at, "an index set such as 1..10 should stand here")
        first, last = found.ranges[0]
        return max(0, last.value - first.value + 1)

    def _grid(self) -> Grid:
        at = self._take().at
        rows: list[Array] = []
        while not self._found("|]"):
            row = Array([], self._next.at)
            while self._next.text not in ("|", "|]"):
                row.entries.append(self._entry())
                if self._next.text not in ("|", "|]"):
                    self._expect(",", " (or the end of the row)")
            self._found("|")
            if row.entries:
                rows.append(row)
        return Grid(rows, at)

    def _array(self) -> Array:
        array = Array([], self._expect("[").at)
        while not self._found("]"):
            array.entries.append(self._entry())
            if self._next.text != "]":
                self._expect(",", " (or the end of the array)")
        return array

    def _entry(self) -> Number | Numbers:
        """Read a number or a set."""
        if self._next.text == "{":
            return self._set()
        first = self._number()
        if self._found(".."):
            return Numbers([(first, self._number())], first.at)
        return first

    def _set(self) -> Numbers:
        found = Numbers([], self._take().at)
        while not self._found("}"):
            first = self._number()
            found.ranges.append((first, self._number() if self._found("..") else first))
            if self._next.text != "}":
                self._expect(",", " (or the end of the set)")
        return found

    def _number(self) -> Number:
        token = self._next
        if token.kind != "number":
            raise self._wrong("a whole number should stand here")
        if len(token.text) > MOST_DIGITS:
            raise _WrongError(token.at, f"a number should have at most {MOST_DIGITS} digits")
        self._take()
        return Number(int(token.text), token.at)


def _by_rows(array: Array, rows: int, columns: int) -> Grid:
    """Return a flat array as rows."""
    entries = array.entries
    if rows * columns != len(entries):
        message = f"{rows} x {columns} entries should stand here, not {len(entries)}"
        raise _WrongError(array.at, message)
    starts = range(0, len(entries), max(1, columns))
    return Grid([Array(entries[i : i + columns], entries[i].at) for i in starts], array.at)
