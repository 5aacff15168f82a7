"""Who is meant: things by id, email, name or organisation, as one sheet names what another one defines."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from scheduler.domain.faults.spelling import Spellings, hint
from scheduler.reading.workbook.times import UnfitError
from scheduler.sheets import Kind

_MOST_EFFORT = 1_000_000
"""Looking for the nearest of many names is slow: past this many, unknown ones are told without it."""
_MOST_CANDIDATES = 5


class LeansError(Exception):
    """A name whose bearer is refused; the message says where it stands.

    Attributes
    ----------
    part : str or None
        Which of several names of a cell is meant.
    """

    part: str | None = None


class UnknownError(UnfitError):
    """A name that nothing has.

    Attributes
    ----------
    names : frozenset of (Kind, str)
        As what it was looked for: kinds, each with the key of the name.
    """

    names: frozenset[tuple[Kind, str]] = frozenset()


def _alike(written: str, nearest: str) -> bool:
    """Return whether an address may be meant by another: alike in more than its end."""
    if "@" not in written or "@" not in nearest:
        return True
    one, other = written.partition("@")[0], nearest.partition("@")[0]
    return one == other or hint(one, [other]) != ""


def name_key(name: str) -> str:
    """Return a name without what people write in different ways: capitals, accents, further spaces."""
    if name.isascii():
        return " ".join(name.lower().split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c) or c > "\u036f").split())


@dataclass
class _Space:
    """The names of one kind of thing, those by which it is found first before others."""

    labels: dict[str, str] = field(default_factory=dict)
    by_key: tuple[dict[str, list[str]], dict[str, list[str]]] = field(default_factory=lambda: ({}, {}))
    refused: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    """Names as somebody wrote them, by their keys."""
    unsure: str = ""
    """Why not all things of the kind are known; empty if they are."""


_SPACES: dict[Kind, tuple[Kind, ...]] = {
    Kind.PARTY: (Kind.PERSON, Kind.DELEGATION),
    Kind.ACTIVITY: (Kind.SESSION, Kind.TALK, Kind.MEETING),
    # A delegation without members has a stand-in of its name, who may speak and chair.
    Kind.PERSON: (Kind.PERSON, Kind.DELEGATION),
}
_NOUNS = {
    Kind.PARTY: "is neither a person nor a delegation of this programme",
    Kind.ACTIVITY: "is neither a session nor a talk nor a meeting of this programme",
    Kind.POOL: "is no pool of interpreters of this programme",
}


class Directory:
    """All names of a programme, by kind.

    Attributes
    ----------
    catch_up : callable
        Tells it of what was refused meanwhile (:meth:`refuse`); called before a name is called unknown.
    """

    def __init__(self) -> None:
        self._spaces: dict[Kind, _Space] = {}
        self._known: dict[tuple[Kind, str], str] = {}
        self._spellings: dict[Kind, Spellings] = {}
        self._effort = 0
        self.catch_up: Callable[[], None] = lambda: None

    def add(
        self, kind: Kind, name: str, label: str, first: Iterable[str] = (), then: Iterable[str] = ()
    ) -> None:
        """Add a thing.

        Parameters
        ----------
        kind : Kind
        name : str
            Its id.
        label : str
            What tells it apart in a list of several, for people.
        first, then : iterable of str
            Its names; and those by which it is meant only where nothing has them as its name.
        """
        space = self._space(kind)
        space.labels[name] = label
        for keys, names in zip(space.by_key, (first, then), strict=True):
            for written in names:
                if (key := name_key(written)) and name not in keys.get(key, ()):
                    keys.setdefault(key, []).append(name)
                    space.written.setdefault(key, written)

    def refuse(self, kind: Kind, names: Iterable[str], place: str) -> None:
        """Add the names of something that is refused, and where it stands."""
        space = self._space(kind)
        for name in names:
            if name:
                space.refused.setdefault(name_key(name), place)

    def leave_unsure(self, kind: Kind, why: str) -> None:
        """Say why not all things of a kind are known: nothing is concluded from a name that is not."""
        self._space(kind).unsure = why

    def _space(self, kind: Kind) -> _Space:
        return self._spaces.setdefault(kind, _Space())

    def knows(self, kind: Kind, name: str) -> bool:
        """Return whether something of a kind has an id."""
        return any(name in self._space(each).labels for each in _SPACES.get(kind, (kind,)))

    def label(self, kind: Kind, name: str) -> str:
        """Return what something of an id is called for people."""
        spaces = (self._space(each).labels for each in _SPACES.get(kind, (kind,)))
        return next((labels[name] for labels in spaces if name in labels), name)

    def find(self, kind: Kind, written: str) -> str:
        """Return the id of what is meant.

        Raises
        ------
        UnfitError
            If nothing is called so, or several things are.
        LeansError
            If something that is refused is called so.
        """
        key = (kind, written)
        if key not in self._known:
            self._known[key] = self._find(kind, written)
        return self._known[key]

    def _find(self, kind: Kind, written: str) -> str:
        spaces = [self._space(each) for each in _SPACES.get(kind, (kind,))]
        if any(written in space.labels for space in spaces):
            return written
        wanted = name_key(written)
        for tier in (0, 1):
            found = list(
                dict.fromkeys(name for space in spaces for name in space.by_key[tier].get(wanted, ()))
            )
            if len(found) == 1:
                return found[0]
            if found:
                raise UnfitError(self._ambiguous(kind, found))
        self.catch_up()
        for space in spaces:
            if wanted in space.refused:
                raise LeansError(f"is refused ({space.refused[wanted]})")
        for space in spaces:
            if space.unsure:
                raise LeansError(f"cannot be looked up: {space.unsure}")
        noun = _NOUNS.get(kind, f"is no {kind} of this programme")
        error = UnknownError(noun + self._hint(kind, spaces, written))
        error.names = frozenset((each, wanted) for each in _SPACES.get(kind, (kind,)))
        raise error

    def _ambiguous(self, kind: Kind, found: list[str]) -> str:
        shown = [f"{self.label(kind, name)}" for name in found[:_MOST_CANDIDATES]]
        rest = f" or {len(found) - _MOST_CANDIDATES} more" if len(found) > _MOST_CANDIDATES else ""
        return f"could be {' or '.join(shown)}{rest}: write the email or the id"

    def _hint(self, kind: Kind, spaces: list[_Space], written: str) -> str:
        if self._effort > _MOST_EFFORT:
            return ""
        if kind not in self._spellings:
            names = {key for space in spaces for tier in space.by_key for key in tier}
            names |= {name for space in spaces for name in space.labels}
            self._spellings[kind] = Spellings(names)
        self._effort += sum(len(space.written) + len(space.labels) for space in spaces)
        nearest = self._spellings[kind].nearest(name_key(written))
        if nearest is None or not _alike(name_key(written), nearest):
            return ""
        return f'; did you mean "{self._written(spaces, nearest)}"?'

    def _written(self, spaces: list[_Space], key: str) -> str:
        """Return a name as somebody wrote it, of which only the key is kept."""
        return next((s.written[key] for s in spaces if key in s.written), key)
