"""From the text of a YAML file to plain mappings, lists and scalars, and back to places in the text.

The C parser's events are read twice, and the second time only when there is something to report:
once to build the data, fast, and once to find where the keys and values at fault stand. (A tree of
nodes that know their places costs ten times as much, and another parser for it would have to agree
with this one on every file.)

Scalars are resolved by the core schema of YAML 1.2, which has no `yes`, no dates and no sexagesimal
numbers: `no`, `09:30` and `2017-11-20` are text. So is every number that is not in its one plain
spelling (`007`, `1e3`, `1.10`): these are names somebody gave, and stay as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from scheduler.reading.errors import InputError, InputFault, Path

MAX_DEPTH = 40
"""How deep lists and mappings may be nested (an instance needs 9)."""

MAX_NODES = 2_000_000
"""How many keys and values a file may have (20,000 meetings have about 250,000)."""

MAX_REFUSED = 50_000
"""After so many things that are refused no more of a file is read."""

NO_ALIASES = (
    "is an alias: aliases (*name) are not read, because a small file could stand for a huge one; "
    "write the value out"
)

NO_MERGING = "is a merge key: merging mappings (<<) is not read; write the keys out"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_NUMERIC = frozenset("-0123456789")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


class Parsed(NamedTuple):
    """What a text says.

    Attributes
    ----------
    data : object
        Plain dicts, lists and scalars; what was refused (aliases, second values of a key) is None or
        left out.
    faults : list of InputFault
        What was refused.
    refused : set of Path
        Where in ``data`` something that was refused should have stood.
    """

    data: object
    faults: list[InputFault]
    refused: set[Path]


_TOO_DEEP = f"this is nested too deeply: at most {MAX_DEPTH} levels are read"


class Place(NamedTuple):
    """Where a key (if it has one) and its value begin: lines and columns from 1."""

    key: tuple[int, int] | None
    value: tuple[int, int]


def parse(text: str, name: str) -> Parsed:
    """Return what a YAML text says.

    Parameters
    ----------
    text : str
        One YAML document.
    name : str
        How errors name the file.

    Raises
    ------
    InputError
        If the text is no YAML, holds several documents, or is nested too deeply or too large: nothing
        can be said of what follows.
    """
    builder = _Builder(name)
    try:
        data = builder.document(text)
    except yaml.YAMLError as error:
        builder.faults.append(_syntax_fault(error, text, name))
        raise InputError(builder.faults) from None
    return Parsed(data, builder.faults, builder.refused)


def places(text: str, wanted: Container[Path]) -> dict[Path, Place]:
    """Return where some keys and values of a text stand that :func:`parse` has read."""
    builder = _Builder("", wanted)
    builder.document(text)
    return builder.places


def scalar(text: str) -> object:
    """Return what a plain (unquoted) scalar means."""
    if text[:1] in _NUMERIC:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text) and repr(float(text)) == text:
            return float(text)
    return _WORDS.get(text, text)


class _Builder:
    """Builds one document from its events; keeps what it had to refuse, and the places asked for."""

    def __init__(self, name: str, wanted: Container[Path] = ()) -> None:
        self.name = name
        self.faults: list[InputFault] = []
        self.refused: set[Path] = set()
        self.places: dict[Path, Place] = {}
        self._wanted = wanted
        self._path: list[str | int] = []
        self._nodes = 0

    def document(self, text: str) -> object:
        data: object = None
        documents = 0
        events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        for event in events:
            if isinstance(event, NodeEvent):
                self._note(None, event)
                data = self._value(event, events)
            elif isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop(event, "a second document begins here: a file holds one")
        return data

    def _value(self, event: Any, events: Iterator[Any]) -> object:
        kind = type(event)
        if kind is AliasEvent:
            self.refused.add(tuple(self._path))
            self._fault(event, f"*{event.anchor}", NO_ALIASES)
            return None
        if event.tag or event.anchor:
            self._refuse_properties(event)
        if kind is ScalarEvent:
            return scalar(event.value) if event.implicit[0] else event.value
        if len(self._path) > MAX_DEPTH:
            raise self._stop(event, _TOO_DEEP)
        return self._mapping(events) if kind is MappingStartEvent else self._sequence(events)

    def _mapping(self, events: Iterator[Any]) -> dict[str, object]:
        found: dict[str, object] = {}
        path = self._path
        while not isinstance(event := next(events), CollectionEndEvent):
            key = self._key(event, events, found)
            path.append("?" if key is None else key)
            value_event = next(events)
            self._count(event)
            if self._wanted and key is not None:
                self._note(event, value_event)
            value = self._value(value_event, events)
            path.pop()
            if key is not None:
                found[key] = value
        return found

    def _sequence(self, events: Iterator[Any]) -> list[object]:
        found: list[object] = []
        path = self._path
        path.append(0)
        while not isinstance(event := next(events), CollectionEndEvent):
            path[-1] = len(found)
            self._count(event)
            if self._wanted:
                self._note(None, event)
            found.append(self._value(event, events))
        path.pop()
        return found

    def _key(self, event: Any, events: Iterator[Any], found: dict[str, object]) -> str | None:
        """Return a key as it is written, or None for one that is refused."""
        if type(event) is not ScalarEvent:
            self._path.append("?")
            self._value(event, events)
            self._path.pop()
            self._fault(event, None, "a key should be one word, not an alias, a list or a mapping")
            return None
        key: str = event.value
        if event.tag or event.anchor:
            self._refuse_properties(event)
        if event.implicit[0] and (key == "<<" or _WORDS.get(key, key) is None):
            self._fault(event, key, "is no key" if key != "<<" else NO_MERGING)
            return None
        if key in found:
            self._fault(event, key, "stands here for the second time in one mapping: the first is kept")
            return None
        return key

    def _count(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._stop(event, f"the file holds too much: at most {MAX_NODES} values are read")

    def _note(self, key: Any, value: Any) -> None:
        path = tuple(self._path)
        if path in self._wanted:
            self.places[path] = Place(_mark(key) if key else None, _mark(value))

    def _refuse_properties(self, event: Any) -> None:
        if event.tag:
            self._fault(event, event.tag, "is a tag: tags (!name) are not read")
        if event.anchor:
            self._fault(event, f"&{event.anchor}", NO_ALIASES.replace("is an alias", "is an anchor", 1))

    def _fault(self, event: Any, value: object, message: str) -> None:
        line, column = _mark(event)
        path = tuple(self._path)
        self.faults.append(InputFault(self.name, line, column, path, value, message))
        if len(self.faults) == MAX_REFUSED:
            raise self._stop(event, f"more than {MAX_REFUSED} things cannot be read: no more of the file is")

    def _stop(self, event: Any, message: str) -> InputError:
        self._fault(event, None, message)
        return InputError(self.faults)


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _syntax_fault(error: yaml.YAMLError, text: str, name: str) -> InputFault:
    mark = getattr(error, "problem_mark", None)
    if mark is None:  # a character that YAML allows nowhere
        before = text[: getattr(error, "position", 0)]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"the character U+{getattr(error, 'character', 0):04X} is not allowed in YAML"
        return InputFault(name, line, column, (), None, message)
    if _at(text, mark.line, mark.column) == "\t":
        problem = "lines are indented with spaces, not tabs"
    else:
        context = getattr(error, "context", None)
        problem = str(getattr(error, "problem", None)) + (f" ({context})" if context else "")
    if "maximum nesting depth" in problem:  # the parser, which reads ahead, has its own limit
        return InputFault(name, mark.line + 1, mark.column + 1, (), None, _TOO_DEEP)
    return InputFault(name, mark.line + 1, mark.column + 1, (), None, f"this is no YAML: {problem}")


def _at(text: str, line: int, column: int) -> str:
    lines = text.split("\n", line + 1)
    return lines[line][column : column + 1] if line < len(lines) else ""
