"""The names that data gives to things, whatever else is wrong with these."""

from __future__ import annotations

from collections.abc import Container, Iterator

from scheduler.domain.faults.doubt import Kind

_LISTS: dict[tuple[str, ...], tuple[Kind, ...]] = {
    ("cities",): (Kind.CITY,),
    ("cities", "venues"): (Kind.VENUE,),
    ("cities", "venues", "rooms"): (Kind.ROOM,),
    # A delegation without members has a stand-in of its name.
    ("delegations",): (Kind.DELEGATION, Kind.PARTY, Kind.PARTICIPANT),
    ("participants",): (Kind.PARTICIPANT, Kind.PARTY),
    ("tracks",): (Kind.TRACK,),
    ("sessions",): (Kind.ACTIVITY,),
    ("sessions", "talks"): (Kind.ACTIVITY,),
    ("meetings",): (Kind.ACTIVITY,),
}
_MAPPINGS = {"day_parts": Kind.DAY_PART, "priorities": Kind.PRIORITY}


class Names:
    """The names in the data of an instance.

    Parameters
    ----------
    data : object
        Plain dicts, lists and scalars.
    lost : container of str
        Keys whose lists could not be read at all.

    Attributes
    ----------
    known : dict of Kind to set of str
        Every name that can be made out.
    unread : set of Kind
        Kinds of which some name cannot.
    """

    def __init__(self, data: object, lost: Container[str]) -> None:
        self.known: dict[Kind, frozenset[str]] = {}
        self.unread: set[Kind] = set()
        found: dict[Kind, set[str]] = {}
        for keys, kinds in _LISTS.items():
            for name in _ids(data, keys, lost):
                for kind in kinds:
                    if name is None:
                        self.unread.add(kind)
                    else:
                        found.setdefault(kind, set()).add(name)
        for key, kind in _MAPPINGS.items():
            named = data.get(key, {}) if isinstance(data, dict) else {}
            if isinstance(named, dict):
                found.setdefault(kind, set()).update(map(str, named))
            else:
                self.unread.add(kind)
        self.known = {kind: frozenset(names) for kind, names in found.items()}


def _ids(data: object, keys: tuple[str, ...], lost: Container[str]) -> Iterator[str | None]:
    """Yield the ids of the entries of some lists; None for each that cannot be made out."""
    entries = [data]
    for key in keys:
        below: list[object] = []
        for entry in entries:
            inner = entry.get(key, []) if isinstance(entry, dict) else None
            if isinstance(inner, list):
                below.extend(inner)
            else:
                yield None
        entries = below
    if keys[0] in lost:
        yield None
    for entry in entries:
        # An entry that is no more than a word is most likely its name.
        name = entry.get("id") if isinstance(entry, dict) else entry
        yield str(name) if isinstance(name, str | int | float) else None
