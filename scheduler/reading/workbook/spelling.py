"""Whether an unknown header is a known one misspelt, or something else that stands in the same sheet."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.sheets import folded

_SHORTEST = 4
_LONG = 8


def misspelt(written: str, known: Iterable[str]) -> str | None:
    """Return the known name that differs from what is written by one slip (of a long name: two).

    A slip is a letter too many, too few, another one, or two neighbours the wrong way round (Damerau 1964).
    Officers keep columns of their own, and "notes" is no misspelt "dates": so this is stricter than what
    offers a name for something that has to be one.

    >>> misspelt("emial", ["email", "name"])
    'email'
    """
    text = folded(written)
    if len(text) < _SHORTEST:
        return None
    allowed = 2 if len(text) >= _LONG else 1
    found = [
        (distance, name)
        for name in known
        if len(name) >= _SHORTEST and abs(len(name) - len(text)) <= allowed
        if 0 < (distance := slips(text, name)) <= allowed
    ]
    return min(found)[1] if found else None


def slips(one: str, other: str) -> int:
    """Return the number of slips between two words (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
