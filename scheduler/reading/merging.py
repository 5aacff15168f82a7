"""What changes an instance, merged into it: mappings key by key, lists of things with ids by their ids."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from scheduler.domain import Instance
from scheduler.domain.faults.spelling import hint, nearest
from scheduler.domain.objective import DEFAULT_OBJECTIVE
from scheduler.reading.errors import Path
from scheduler.reading.messages import Finding
from scheduler.reading.origins import Origin
from scheduler.reading.removing import Part
from scheduler.reading.shape import entries_of, is_model, keys_of, required_keys, type_at, values_of
from scheduler.reading.traces import NOUNS, Trace

ADDS = "+"
"""Before a key: what stands there is added to the list."""

_ALIKE = 0.85
"""From here on an id that nothing has is taken for another one that is misspelt."""


class _Entry(NamedTuple):
    """A value under a key of what changes an instance."""

    kind: Any
    value: Any
    at: Path


class Merger:
    """Merges what one file says over the data of its base.

    Parameters
    ----------
    origin : Origin
        Of what is merged in.
    gone : mapping of str to collection of str
        For each list, the ids that the same file removes.
    unread : collection of str
        Keys at the top whose lists could not be read, or not all of them: nothing is added to these by an id.

    Attributes
    ----------
    found : list of Finding
        What is wrong with what is merged in, with paths in its own data.
    """

    def __init__(self, origin: Origin, gone: Mapping[str, Collection[str]], unread: Collection[str]) -> None:
        self.found: list[Finding] = []
        self._origin = origin
        self._gone = gone
        self._unread = unread

    def merged(self, base: Part, changes: dict[str, Any]) -> Part:
        """Return an instance's data with changes merged in."""
        part = self._mapping(base, _Entry(Instance, changes, ()))
        # What is missing at the top is missing in the base.
        return Part(part.data, Trace(base.trace.origin, base.trace.path, part.trace.parts))

    def _mapping(self, base: Part, entry: _Entry, among: Collection[str] | None = None) -> Part:
        data, parts = dict(base.data), base.trace.of(base.data)
        trace = Trace(self._origin, entry.at, parts, among)
        for key, value in entry.value.items():
            at = (*entry.at, key)
            if key.startswith(ADDS):
                self._add(data, parts, _Entry(entry.kind, value, at), entry.value)
            elif value is None:
                self._take_away(data, parts, key, at)
            else:
                old = Part(data[key], parts[key]) if key in data else None
                kind = _below(entry.kind, key)
                data[key], parts[key] = self._value(old, _Entry(kind, value, at))
        return Part(data, trace)

    def _value(self, base: Part | None, entry: _Entry) -> Part:
        new = Trace(self._origin, entry.at)
        if isinstance(entry.value, dict) and (is_model(entry.kind) or values_of(entry.kind) is not None):
            old = base or Part({}, new)
            return self._mapping(old, entry) if isinstance(old.data, dict) else Part(entry.value, new)
        if isinstance(entry.value, list) and _has_ids(entry.kind):
            old = base or Part([], new)
            return self._entries(old, entry) if isinstance(old.data, list) else Part(entry.value, new)
        return Part(entry.value, new)

    def _take_away(self, data: dict[str, Any], parts: dict[str | int, Trace], key: str, at: Path) -> None:
        if key not in data:
            message = "has no value: that takes away what the base says, and it says nothing here"
            message += hint(key, data)
            self.found.append(Finding(at, None, message))
            return
        del data[key]
        parts[key] = Trace(self._origin, at)

    # -- lists ------------------------------------------------------------------------------------

    def _add(
        self,
        data: dict[str, Any],
        parts: dict[str | int, Trace],
        entry: _Entry,
        beside: Mapping[str, Any],
    ) -> None:
        """Add to a list what stands under its key with a plus."""
        written = str(entry.at[-1])
        key = written.removeprefix(ADDS)
        kind = _below(entry.kind, key)
        message = self._not_to_be_added(key, kind, entry, beside)
        if message:
            self.found.append(Finding(entry.at, written, message, of_key=True))
            return
        if not isinstance(entry.value, list):
            self.found.append(Finding(entry.at, entry.value, "should be a list: what is added to the base's"))
            return
        old = data.get(key, _default(entry.kind, key))
        if not isinstance(old, list):
            return
        trace = parts[key] if key in data else Trace(self._origin, entry.at)
        new = [self._added(_Entry(entries_of(kind), v, (*entry.at, i))) for i, v in enumerate(entry.value)]
        data[key] = [*old, *(part.data for part in new)]
        added: dict[str | int, Trace] = {len(old) + i: part.trace for i, part in enumerate(new)}
        parts[key] = Trace(self._origin, entry.at, trace.of(old) | added)

    def _added(self, entry: _Entry) -> Part:
        if isinstance(entry.value, dict) and is_model(entry.kind):
            return self._mapping(Part({}, Trace(self._origin, entry.at)), entry)
        return Part(entry.value, Trace(self._origin, entry.at))

    def _not_to_be_added(self, key: str, kind: Any, entry: _Entry, beside: Mapping[str, Any]) -> str | None:
        known = keys_of(entry.kind) if is_model(entry.kind) else {}
        if kind is None:
            return f"is no key here{hint(key, known)}"
        if entries_of(kind) is None:
            return "has a plus, which adds to lists, and this is none: write it without"
        if key in beside and not _has_ids(kind):
            return f"stands beside `{key}`, which replaces the list: add to it there"
        return None

    def _entries(self, base: Part, entry: _Entry) -> Part:
        """Merge a list of things by their ids."""
        model = entries_of(entry.kind)
        names = [_id(each) for each in entry.value]
        optional = "id" not in required_keys(model)
        if optional and not any(names):
            return Part(entry.value, Trace(self._origin, entry.at))
        data, parts = list(base.data), base.trace.of(base.data)
        known = {name: i for i, each in enumerate(data) if (name := _id(each)) is not None}
        seen: set[str] = set()
        for i, (name, value) in enumerate(zip(names, entry.value, strict=True)):
            one = _Entry(model, value, (*entry.at, i))
            if name is None and optional:
                message = "has no id, and others do: give it one, or write it under `+links`"
                self.found.append(Finding(one.at, None, message))
            elif name is None:
                parts[len(data)] = Trace(self._origin, one.at)
                data.append(value)
            elif not self._refused(name, seen, known, one):
                part = self._entry(name, known, data, parts, one)
                if part is not None:
                    position = known.get(name, len(data))
                    data[position : position + 1] = [part.data]
                    parts[position] = part.trace
            seen.add(name or "")
        return Part(data, Trace(self._origin, entry.at, parts))

    def _refused(self, name: str, seen: set[str], known: Collection[str], entry: _Entry) -> bool:
        """Return whether an entry is of no use, having said why."""
        part = str(entry.at[-2])
        message = None
        if name in seen:
            message = "stands here for the second time: write all of its changes in one place"
        elif name in self._gone.get(part, ()):
            message = "is changed here and removed as well"
        elif name not in known and required_keys(entry.kind) == ["id"] and (other := _meant(name, known)):
            message = (
                f'is no {NOUNS[part]} of the base; did you mean "{other}"? (To add one of this id, write it '
                f"under `{ADDS}{part}`)"
            )
        if message:
            self.found.append(Finding((*entry.at, "id"), name, message))
        return message is not None

    def _entry(
        self,
        name: str,
        known: Mapping[str, int],
        data: list[Any],
        parts: Mapping[str | int, Trace],
        entry: _Entry,
    ) -> Part | None:
        """Return an entry that is changed or added; None if nobody knows which of the two."""
        if name in known:
            return self._mapping(Part(data[known[name]], parts[known[name]]), entry)
        if entry.at[0] in self._unread:
            return None
        return self._mapping(Part({}, Trace(self._origin, entry.at)), entry, known)


def _below(kind: Any, key: str) -> Any:
    return type_at(kind, (key,)) if is_model(kind) else values_of(kind)


def _has_ids(kind: Any) -> bool:
    model = entries_of(kind)
    return is_model(model) and "id" in keys_of(model)


def _id(entry: Any) -> str | None:
    """Return an entry's id, or None if it has none that could be one."""
    name = entry.get("id") if isinstance(entry, dict) else None
    return str(name) if isinstance(name, str | int | float) and not isinstance(name, bool) else None


def _default(kind: Any, key: str) -> list[Any]:
    """Return what a list holds that is not written."""
    if kind is Instance and key == "objective":
        return [term.model_dump(mode="json") for term in DEFAULT_OBJECTIVE]
    return []


def _meant(name: str, known: Collection[str]) -> str | None:
    """Return the id that a new one most likely is a misspelling of; one that differs in numbers is none."""
    other = nearest(name, known)
    if other is None or re.sub(r"\d+", "0", name) == re.sub(r"\d+", "0", other):
        return None
    alike = difflib.SequenceMatcher(None, name.casefold(), other.casefold()).ratio()
    return other if alike >= _ALIKE else None
