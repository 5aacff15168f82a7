"""Where each part of merged data is written: in a file, or in one that changes it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.domain.faults.spelling import hint
from scheduler.reading.errors import InputFault, Path
from scheduler.reading.messages import Finding
from scheduler.reading.origins import Origin

NOUNS = {
    "cities": "city",
    "venues": "venue",
    "rooms": "room",
    "links": "link",
    "delegations": "delegation",
    "participants": "participant",
    "interpreters": "interpreter pool",
    "tracks": "track",
    "sessions": "session",
    "talks": "talk",
    "meetings": "meeting",
}
"""What an entry of a list is called whose entries have ids."""

_UNKNOWN = re.compile(r"is no ([a-z ]+) of this programme")


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a part of merged data is written, and with it what stands in that part.

    Attributes
    ----------
    origin : Origin
    path : Path
        In the origin's data.
    parts : mapping or None
        Where the keys or entries of the part are written; None: all of them in it.
    among : collection of str or None
        Of an entry that is added: the ids that are known, of which one may have been meant.
    """

    origin: Origin
    path: Path
    parts: Mapping[str | int, Trace] | None = None
    among: Collection[str] | None = None

    def below(self, step: str | int) -> Trace:
        """Return where a key or an entry of this part is written."""
        if self.parts is None:
            return Trace(self.origin, (*self.path, step))
        return self.parts[step]

    def of(self, data: Any) -> dict[str | int, Trace]:
        """Return where all keys or entries of this part, which holds some data, are written."""
        return {step: self.below(step) for step in (data if isinstance(data, dict) else range(len(data)))}


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that a layer takes away.

    Attributes
    ----------
    list : str
        The key of the list that it stood in.
    place : str
        Where it is taken away: file and line.
    """

    list: str
    place: str


class Merged(Origin):
    """Data that is merged of a base and of what changes it.

    Parameters
    ----------
    trace : Trace
        Of all of the data.
    data : object
        The data itself, to call entries by their ids.
    removed : mapping of (str, str) to Removed
        What is taken away, by the kinds of name it has (``party``) and its id.
    """

    def __init__(self, trace: Trace, data: object, removed: Mapping[tuple[str, str], Removed]) -> None:
        self._trace = trace
        self._data = data
        self._removed = removed

    def located(self, found: Sequence[Finding]) -> list[InputFault]:
        """Return findings, each with its place in the file that wrote what is at fault."""
        groups: dict[int, list[int]] = {}
        origins: dict[int, Origin] = {}
        written: list[Finding] = []
        for number, each in enumerate(found):
            origin, path = self._written(each.path)
            origins[id(origin)] = origin
            groups.setdefault(id(origin), []).append(number)
            written.append(each._replace(path=path, message=self._explained(each)))
        by_number = {
            number: fault
            for key, numbers in groups.items()
            for number, fault in zip(
                numbers, origins[key].located([written[n] for n in numbers]), strict=True
            )
        }
        return [by_number[number] for number in range(len(found))]

    def _written(self, path: Path) -> tuple[Origin, Path]:
        trace = self._trace
        for i, step in enumerate(path):
            if trace.parts is None:
                return trace.origin, (*trace.path, *path[i:])
            if step not in trace.parts:
                return trace.origin, (*trace.path, step)
            trace = trace.parts[step]
        return trace.origin, trace.path

    def _explained(self, found: Finding) -> str:
        """Return what is wrong, with what a change has to do with it."""
        unknown = _UNKNOWN.match(found.message)
        if unknown and (gone := self._removed.get((unknown[1], str(found.value)))):
            return f"is removed ({gone.place}): {_what_else(found.path, self._data)}"
        if found.message == "is missing" and (entry := self._entry(found.path[:-1])):
            noun, name, among = entry
            return f'is missing: "{name}" is no {noun} of the base, so it is added{hint(name, among)}'
        return found.message

    def _entry(self, path: Path) -> tuple[str, str, Collection[str]] | None:
        """Return the noun and id of an entry that is added, and the known ids; None if it is not added."""
        trace = self._trace
        for step in path:
            if trace.parts is None or step not in trace.parts:
                return None
            trace = trace.parts[step]
        if trace.among is None:
            return None
        return NOUNS[str(path[-2])], str(_at(self._data, path)["id"]), trace.among

    def moved(self, origin: Origin, places: Collection[Path]) -> set[Path]:
        """Return where places of an origin's data are in the merged data; what was replaced is nowhere."""
        if not places:
            return set()
        known = dict(_leaves(self._trace, origin, ()))
        found = set()
        for place in places:
            start = next((i for i in range(len(place), -1, -1) if place[:i] in known), None)
            if start is not None:
                found.add((*known[place[:start]], *place[start:]))
        return found


def _leaves(trace: Trace, origin: Origin, path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield what an origin has written: the place in its data, and the one in the merged data."""
    if trace.origin is origin:
        yield trace.path, path
    for step, inner in (trace.parts or {}).items():
        yield from _leaves(inner, origin, (*path, step))


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _what_else(path: Path, data: object) -> str:
    """Return what to do with what still names something that is removed."""
    lists = (i for i in range(len(path), 1, -1) if path[i - 2] in NOUNS and isinstance(path[i - 1], int))
    owner = next((path[:i] for i in lists if isinstance(_at(data, path[:i]), dict)), None)
    name = None if owner is None else _at(data, owner).get("id")
    if owner is None or name is None:
        return "this still names it"
    part, rest = str(owner[-2]), [step for step in path[len(owner) :] if isinstance(step, str)]
    anew = f", or write its `{rest[0]}` anew" if rest else ""
    return f"remove {name} too (`remove: {{{part}: [{name}]}}`){anew}"
