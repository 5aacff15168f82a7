"""JSON (RFC 8259) with places.

YAML's parser, which reads nearly all JSON, stumbles over what programs write: emoji as two escapes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # the typed stubs do not know it

from scheduler.reading.conference.tree import Faults, Node, Spot
from scheduler.reading.errors import InputError, Path
from scheduler.reading.yaml_data import MAX_DEPTH, MAX_NODES

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(
    r"(?P<number>-?(?:0|[1-9]\d*)(?P<rest>\.\d+)?(?P<power>[eE][+-]?\d+)?)|true|false|null", re.A
)
_WORDS = {"true": True, "false": False, "null": None}
_LINE = re.compile("\n")
_MOST_DIGITS = 18


def json_tree(text: str, faults: Faults) -> Node:
    """Return what a JSON text says.

    A key that stands twice in one object is a fault; the first is kept.

    Raises
    ------
    InputError
        If the text is no JSON, is nested too deeply or holds too much.
    """
    return _Reader(text, faults).document()


class _Reader:
    """Goes through a text once."""

    def __init__(self, text: str, faults: Faults) -> None:
        self._text = text
        self._faults = faults
        self._lines = [0, *(found.end() for found in _LINE.finditer(text))]
        self._at = 0
        self._left = MAX_NODES

    def document(self) -> Node:
        node = self._value(())
        self._skip()
        if self._at < len(self._text):
            raise self._wrong("the end of the file")
        return node

    def _skip(self) -> str:
        """Go on to the next sign, and return it; nothing at the end."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _spot(self, at: int) -> Spot:
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1

    def _wrong(self, expected: str) -> InputError:
        here = self._text[self._at : self._at + 1]
        found = f"{here!r} stands" if here else "the file ends"
        return self._faults.stop(self._spot(self._at), f"this is no JSON: {found} where {expected} should be")

    def _value(self, path: Path) -> Node:
        sign, at = self._skip(), self._at
        self._left -= 1
        if self._left < 0:
            message = f"the file holds too much: at most {MAX_NODES} values are read"
            raise self._faults.stop(self._spot(at), message)
        if sign and sign in "{[":
            if len(path) >= MAX_DEPTH:
                message = f"this is nested too deeply: at most {MAX_DEPTH} levels are read"
                raise self._faults.stop(self._spot(at), message)
            self._at += 1
            value: object = self._object(path) if sign == "{" else self._array(path)
        else:
            value = self._string() if sign == '"' else self._scalar()
        return Node(value, self._spot(at), path)

    def _object(self, path: Path) -> dict[str, Node]:
        found: dict[str, Node] = {}
        if self._skip() == "}":
            self._at += 1
            return found
        while True:
            if self._skip() != '"':
                raise self._wrong("a key in double quotes")
            at = self._at
            key = self._string()
            if self._skip() != ":":
                raise self._wrong("a colon")
            self._at += 1
            node = self._value((*path, key))
            if key in found:
                message = "stands here for the second time in one object: the first is kept"
                self._faults.at(Node(key, self._spot(at), (*path, key)), message)
            else:
                found[key] = node
            if self._ends("}"):
                return found

    def _array(self, path: Path) -> list[Node]:
        found: list[Node] = []
        if self._skip() == "]":
            self._at += 1
            return found
        while True:
            found.append(self._value((*path, len(found))))
            if self._ends("]"):
                return found

    def _ends(self, bracket: str) -> bool:
        """Go past a comma, or past the bracket that ends what is open."""
        sign = self._skip()
        if sign not in (",", bracket):
            raise self._wrong(f"a comma or {bracket}")
        self._at += 1
        return sign == bracket

    def _string(self) -> str:
        value: str
        try:
            value, self._at = scanstring(self._text, self._at + 1, True)
        except JSONDecodeError as error:
            spot = self._spot(error.pos)
            raise self._faults.stop(
                spot, f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
            ) from None
        return value

    def _scalar(self) -> object:
        found = _SCALAR.match(self._text, self._at)
        if found is None:
            raise self._wrong("a value")
        self._at = found.end()
        if found["number"] is None:
            return _WORDS[found[0]]
        if found["rest"] or found["power"]:
            return float(found[0])
        return int(found[0]) if len(found[0].lstrip("-")) <= _MOST_DIGITS else found[0]
