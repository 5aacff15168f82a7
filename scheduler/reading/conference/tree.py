"""Data in which each value knows where it stands, whatever form of file it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scheduler.reading.errors import InputError, InputFault, Path

Spot = tuple[int, int]
"""Line and column, from 1."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff]+")
"""Control characters, halves of characters, byte order marks: nothing that a name is told by."""


class Node(NamedTuple):
    """A value, and where it begins.

    Attributes
    ----------
    value : object
        A dict of str to Node, a list of Node, or a scalar.
    at : Spot
    path : Path
        Keys and positions from the top.
    """

    value: object
    at: Spot
    path: Path = ()

    def get(self, *keys: str) -> Node | None:
        """Return what stands under the first of some keys that has something; None if none has."""
        if isinstance(self.value, dict):
            for key in keys:
                node: Node | None = self.value.get(key)
                if node is not None and node.value not in (None, "", [], {}):
                    return node
        return None

    def items(self) -> Iterator[tuple[str, Node]]:
        """Yield the keys of a mapping with what stands under them; nothing of anything else."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def entries(self) -> Iterator[Node]:
        """Yield the entries of a list; nothing of anything else."""
        if isinstance(self.value, list):
            yield from self.value

    @property
    def scalar(self) -> str | int | float | None:
        """What an error quotes: a scalar, but no list and no mapping."""
        return self.value if isinstance(self.value, str | int | float) else None

    @property
    def text(self) -> str:
        """A text on one line; of a mapping of languages its first; of anything else nothing."""
        if isinstance(self.value, str):
            return " ".join(_UNSEEN.sub(" ", self.value).split())
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            return str(self.value)
        return next((node.text for _, node in self.items() if node.text), "")


class Faults:
    """What is wrong with one file.

    Parameters
    ----------
    name : str
        How errors name the file.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[InputFault] = []

    def at(self, node: Node, message: str, value: object = None) -> InputFault:
        """Return a fault of a node, entered here."""
        said = node.scalar if value is None else value
        fault = InputFault(self.name, *node.at, node.path, said, message)
        self.found.append(fault)
        return fault

    def stop(self, at: Spot, message: str) -> InputError:
        """Return the error that ends reading: nothing can be said of what follows."""
        return InputError([*self.found, InputFault(self.name, *at, (), None, message)])
