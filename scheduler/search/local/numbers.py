"""Whole numbers as the kernel takes them: arrays of 32 bits, lists of lists, minutes."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TypeAlias

Arrays: TypeAlias = "dict[str, array[int]]"
"""What the kernel is given, by name."""

NONE = -1
"""No cell, no interpreter, no limit."""
NEVER = 2**31 - 1
"""A minute that does not come, a time without end."""

_MINUTE = dt.timedelta(minutes=1)


def minutes(length: dt.timedelta) -> int:
    """Return a length in whole minutes."""
    return int(length / _MINUTE)


def or_none(number: int | None) -> int:
    """Return a number, or what the kernel takes for none."""
    return NONE if number is None else number


def ints(values: Iterable[int]) -> array[int]:
    """Return numbers as an array."""
    return array("i", [int(value) for value in values])


def lists(name: str, items: Sequence[Sequence[int]]) -> Arrays:
    """Return lists as two arrays: the items one after the other, and where each list begins.

    Returns
    -------
    dict of str to array
        ``<name>``, and ``<name>_first`` with one entry more than there are lists.
    """
    flat = array("i")
    for each in items:
        flat.extend(each)
    return {name: flat, f"{name}_first": array("i", accumulate((len(each) for each in items), initial=0))}


def columns(names: Sequence[str], rows: Sequence[tuple[int, ...]]) -> Arrays:
    """Return rows as an array for each column."""
    by_column: Iterable[tuple[int, ...]] = zip(*rows, strict=True) if rows else [()] * len(names)
    return {name: ints(column) for name, column in zip(names, by_column, strict=True)}
