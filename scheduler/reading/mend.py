"""What is left of misshapen data once the misshapen parts are left out, so that the rest can be judged.

An organiser wants to hear everything at once: also which names are unknown, though some duration is
misspelt. So what has the wrong shape is cut out (the smallest part that does), what cannot do without
it gets a stand-in or is cut out in turn, and the instance that is left is searched for faults. What
was cut out is in doubt: nothing is concluded from it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice
from typing import Any

from pydantic_core import ErrorDetails

from scheduler.domain.faults.doubt import LEFT_OUT
from scheduler.reading.errors import Path
from scheduler.reading.shape import existing, starts_in

STAND_INS: dict[str, Any] = {
    "duration": "1min",
    "kind": "conference",
    "time_zone": "UTC",
    "programme": {"id": "programme"},
    "opening": [{"date": "2000-01-03", "from": "00:00", "to": "24:00"}],
    "venues": [{"id": "venue"}],
    "cities": [
        {
            "id": "city",
            "time_zone": "UTC",
            "opening": [{"date": "2000-01-03", "from": "00:00", "to": "24:00"}],
            "venues": [{"id": "venue"}],
        }
    ],
}
"""What takes the place of something that its surroundings cannot do without."""


class Cuts:
    """Data with parts cut out, and the way back from places in it to places in the data as written.

    Parameters
    ----------
    data : object
        Plain dicts, lists and scalars. It is not changed.
    cut : iterable of Path
        What to leave out.
    filled : iterable of Path
        Where to put a stand-in (see :data:`STAND_INS`) instead.

    Attributes
    ----------
    data : object
        What is left. Parts without a cut are shared with the original.
    """

    def __init__(self, data: object, cut: Iterable[Path], filled: Iterable[Path] = ()) -> None:
        self.cut = set(cut) - set(filled)
        self.filled = set(filled)
        self._kept: dict[Path, list[int]] = {}
        tree: dict[Any, Any] = {}
        for path in (*self.cut, *self.filled):
            node = tree
            for step in path:
                node = node.setdefault(step, {})
        self.data = self._copy(data, tree, ()) if tree else data

    def _copy(self, data: object, tree: dict[Any, Any], path: Path) -> object:
        if isinstance(data, dict):
            return self._copy_dict(data, tree, path)
        if isinstance(data, list):
            kept = [i for i in range(len(data)) if (*path, i) not in self.cut]
            self._kept[path] = kept
            return [self._copy(data[i], tree[i], (*path, i)) if i in tree else data[i] for i in kept]
        return data

    def _copy_dict(self, data: dict[str, object], tree: dict[Any, Any], path: Path) -> dict[str, object]:
        found = {}
        for key, value in data.items():
            if (*path, key) not in self.cut:
                found[key] = self._copy(value, tree[key], (*path, key)) if key in tree else value
        for key in tree:
            if (*path, key) in self.filled:
                found[key] = STAND_INS[key]
        return found

    def original(self, path: Path) -> Path:
        """Return where a place in what is left is in the data as written."""
        found: Path = ()
        for i, step in enumerate(path):
            if found in self.filled:  # nothing in a stand-in was written anywhere
                return (*found, *path[i:])
            kept = self._kept.get(found)
            found = (*found, kept[step] if kept is not None and isinstance(step, int) else step)
        return found

    def covers(self, path: Path) -> bool:
        """Return whether a place in the data as written is one that was cut out or filled, or inside it."""
        return starts_in(path, self.cut) or starts_in(path, self.filled)

    def doubted(self) -> frozenset[Path]:
        """Return the places in what is left where something was cut out or put in."""
        return frozenset(self._left(path) for path in self.cut | self.filled)

    def _left(self, path: Path) -> Path:
        found: Path = ()
        for i, step in enumerate(path):
            if path[: i + 1] in self.cut:
                return (*found, LEFT_OUT)
            kept = self._kept.get(path[:i])
            there = bisect_left(kept, step) if kept is not None and isinstance(step, int) else step
            found = (*found, there)
        return found


def what_to_cut(details: Iterable[ErrorDetails], left: Cuts) -> tuple[set[Path], set[Path]]:
    """Return what to cut out next, and what to put in, of data in which errors were found.

    Parameters
    ----------
    details : iterable of ErrorDetails
        Pydantic's errors of ``left.data``.
    left : Cuts
        The data, with what has been cut out before.

    Returns
    -------
    tuple of two sets of Path
        In the data as written. Cutting out the empty path means that nothing is left to be judged.
    """
    cut, filled = set(left.cut), set(left.filled)
    for detail in details:
        loc: Path = detail["loc"]
        place = left.original(existing(left.data, loc))
        if detail["type"] == "missing" and loc[-1] in STAND_INS:
            filled.add((*place, loc[-1]))
        else:
            cut.add(place)
    return cut, filled


def shortened(data: object, most: int) -> object:
    """Return data with every list and mapping cut after its first entries."""
    if isinstance(data, dict):
        return {key: shortened(data[key], most) for key in islice(data, most)}
    if isinstance(data, list):
        return [shortened(entry, most) for entry in data[:most]]
    return data
