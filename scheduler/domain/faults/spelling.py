"""Which known name an unknown one is most like: what somebody who mistyped it will have meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_LONGEST = 80
_CANDIDATES = 20


class Spellings:
    """Known names, found by how they are spelt; capitals do not matter.

    Comparing two names in earnest is slow. So only those are compared that share most pairs of
    neighbouring letters with the unknown one (an n-gram index, as in Ukkonen 1992).

    Parameters
    ----------
    names : iterable of str
        The known names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name.casefold(): name for name in sorted(names, reverse=True)}
        self._sharing: dict[str, list[str]] = {}
        if len(self._names) > _CANDIDATES:
            for spelling in self._names:
                for pair in _pairs(spelling):
                    self._sharing.setdefault(pair, []).append(spelling)

    def nearest(self, name: str) -> str | None:
        """Return the known name most like another one, or None if none is like it at all."""
        import difflib  # only where something is misspelt

        wanted = name.casefold()[:_LONGEST]
        close = difflib.get_close_matches(wanted, self._candidates(wanted), n=1)
        return self._names[close[0]] if close else None

    def _candidates(self, wanted: str) -> list[str]:
        if not self._sharing:
            return list(self._names)
        shared: Counter[str] = Counter()
        for pair in _pairs(wanted):
            shared.update(self._sharing.get(pair, ()))
        return [spelling for spelling, _ in shared.most_common(_CANDIDATES)]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like another one, or None if none is like it at all."""
    return Spellings(known).nearest(name)


def hint(name: str, known: Iterable[str]) -> str:
    """Return the end of a message that offers the nearest known name, or nothing."""
    found = nearest(name, known)
    return f'; did you mean "{found}"?' if found else ""


def _pairs(spelling: str) -> set[str]:
    """Return the pairs of neighbouring letters of a name, its ends included."""
    framed = f"^{spelling}$"
    return {framed[i : i + 2] for i in range(len(framed) - 1)}
