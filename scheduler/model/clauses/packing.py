"""Clauses as bytes, for files and other processes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator


def packed(clauses: Iterable[Iterable[int]]) -> bytes:
    """Return clauses as bytes: literals, each clause closed by a 0."""
    flat = array("i")
    for clause in clauses:
        flat.extend(clause)
        flat.append(0)
    return flat.tobytes()


def unpacked(data: bytes) -> Iterator[list[int]]:
    """Yield the clauses that :func:`packed` has packed."""
    flat = array("i")
    flat.frombytes(data)
    clause: list[int] = []
    for literal in flat:
        if literal:
            clause.append(literal)
        else:
            yield clause
            clause = []
