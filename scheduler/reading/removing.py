"""What falls away from an instance: entries by their ids, and what is said of these alone.

What nobody would keep goes with them: in which order something removed should have come, that somebody
removed is in an audience, links to a city that is removed. All else that still names what is removed is an
error, which says what to remove as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from scheduler.domain.faults.spelling import hint
from scheduler.reading.messages import Finding
from scheduler.reading.traces import NOUNS, Trace

LISTS: dict[str, tuple[str, ...]] = {
    "cities": ("cities",),
    "venues": ("cities", "venues"),
    "rooms": ("cities", "venues", "rooms"),
    "links": ("travel", "links"),
    "delegations": ("delegations",),
    "participants": ("participants",),
    "interpreters": ("interpreters",),
    "tracks": ("tracks",),
    "sessions": ("sessions",),
    "talks": ("sessions", "talks"),
    "meetings": ("meetings",),
}
"""Where the lists stand whose entries can be removed."""

KINDS: dict[str, tuple[str, ...]] = {
    "cities": ("city",),
    "venues": ("venue",),
    "rooms": ("room",),
    "links": (),
    "delegations": ("delegation", "party", "participant"),
    "participants": ("participant", "party"),
    "interpreters": (),
    "tracks": ("track",),
    "sessions": ("activity",),
    "talks": ("activity",),
    "meetings": ("activity",),
}
"""What the names of each list's entries are called where something names them."""

_INSIDE = {"cities": ("venues", "rooms"), "venues": ("rooms",), "sessions": ("talks",)}
"""What falls away with an entry of each list."""


class Part(NamedTuple):
    """Data, and where it is written."""

    data: Any
    trace: Trace


class Wanted(NamedTuple):
    """What is to be removed.

    Attributes
    ----------
    names : dict of str to dict of str to int
        For each list, the ids and their positions among what is to be removed from it.
    found : list of Finding
        What is wrong with that, with paths below ``remove``.
    """

    names: dict[str, dict[str, int]]
    found: list[Finding]


def wanted(said: object, data: Mapping[str, Any], unread: Callable[[str], bool]) -> Wanted:
    """Return what is to be removed from some data.

    Parameters
    ----------
    said : object
        What stands under ``remove``.
    data : mapping
        The instance's.
    unread : callable
        Tells whether a list (by the key at the top that it stands under) could not be read as a whole.
    """
    if not isinstance(said, dict):
        example = "should be a mapping of lists to ids, such as {meetings: [m1, m2]}"
        return Wanted({}, [Finding((), said, example)])
    names: dict[str, dict[str, int]] = {}
    found: list[Finding] = []
    for part, ids in said.items():
        if part not in LISTS:
            few = f"; there are {', '.join(LISTS)}"
            message = f"is no list from which to remove{hint(part, LISTS) or few}"
            found.append(Finding((part,), part, message, of_key=True))
        elif not isinstance(ids, list):
            found.append(Finding((part,), ids, "should be a list of ids, such as [a, b]"))
        else:
            known = None if unread(LISTS[part][0]) else {_id(each) for each in _entries(data, LISTS[part])}
            names[part] = {}
            found += _named(part, ids, known, names[part])
    return Wanted(names, found)


def _named(part: str, ids: list[Any], known: set[str] | None, names: dict[str, int]) -> Iterator[Finding]:
    """Enter the ids to be removed from a list, and yield what is wrong with them."""
    for i, name in enumerate(ids):
        if isinstance(name, bool) or not isinstance(name, str | int | float):
            yield Finding((part, i), name, "should be an id")
        elif str(name) in names:
            yield Finding((part, i), name, "stands here for the second time")
        elif known is not None and str(name) not in known:
            yield Finding((part, i), name, f"is no {NOUNS[part]} of the base{hint(str(name), known)}")
        else:
            names[str(name)] = i


def fallen(part: str, name: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield a removed entry and what falls away with it: lists and ids."""
    yield part, name
    for inner in _INSIDE.get(part, ()):
        steps = LISTS[inner][len(LISTS[part]) :]
        for entry in _entries(data, LISTS[part]):
            if _id(entry) == name:
                yield from ((inner, _id(each)) for each in _entries(entry, steps))


def without(whole: Part, gone: Mapping[str, set[str]], said: Trace) -> Part:
    """Return an instance's data without some entries and without what is said of these alone.

    Parameters
    ----------
    whole : Part
    gone : mapping of str to set of str
        The ids for each list, those included that fall away with others.
    said : Trace
        Where that is written.
    """
    for part, ids in gone.items():
        if ids:
            whole = _edited(whole, LISTS[part], _called(ids, said.below(part)))
    activities = gone["sessions"] | gone["talks"] | gone["meetings"]
    parties = gone["delegations"] | gone["participants"]
    for steps, names, edit in (
        (("precedences",), activities, _ordered),
        (("day_relations",), activities, _related),
        (("never",), parties, _paired),
        (("sessions", "audience"), parties, _naming),
        (("sessions", "interest"), parties, _naming),
        (("travel", "links"), gone["cities"], _leading),
        (("cities", "transfers"), gone["venues"], _leading),
    ):
        if names:
            whole = _edited(whole, steps, edit(names))
    return whole


# -- lists, somewhere inside -----------------------------------------------------------------------------

_Edit = Callable[[Part], Part]
"""Returns a list as it shall be: itself where nothing changes."""


def _entries(data: Any, steps: tuple[str, ...]) -> Iterator[Any]:
    """Yield the entries of all lists that some keys lead to, through lists and mappings."""
    inner = data.get(steps[0]) if isinstance(data, dict) else None
    if len(steps) == 1:
        yield from inner if isinstance(inner, list) else ()
    else:
        for each in inner if isinstance(inner, list) else [inner]:
            yield from _entries(each, steps[1:])


def _edited(part: Part, steps: tuple[str, ...], edit: _Edit) -> Part:
    """Return data with the lists that some keys lead to edited."""
    key = steps[0]
    if not isinstance(part.data, dict) or key not in part.data:
        return part
    old = Part(part.data[key], part.trace.below(key))
    new = _inside(old, steps[1:], edit)
    if new is old:
        return part
    parts = part.trace.of(part.data) | {key: new.trace}
    return Part(part.data | {key: new.data}, replace(part.trace, parts=parts))


def _inside(part: Part, steps: tuple[str, ...], edit: _Edit) -> Part:
    if not isinstance(part.data, list):
        return _edited(part, steps, edit) if steps else part
    return _each(part, lambda entry: _edited(entry, steps, edit)) if steps else edit(part)


def _each(part: Part, edit: Callable[[Part], Part | None], said: Trace | None = None) -> Part:
    """Return a list with its entries edited, without those for which there is nothing instead.

    Its place becomes the one where it is said that entries go.
    """
    entries = [Part(entry, part.trace.below(i)) for i, entry in enumerate(part.data)]
    edited = [edit(entry) for entry in entries]
    if all(new is old for new, old in zip(edited, entries, strict=True)):
        return part
    left = [entry for entry in edited if entry is not None]
    parts: dict[str | int, Trace] = {i: entry.trace for i, entry in enumerate(left)}
    return Part([entry.data for entry in left], replace(said or part.trace, parts=parts))


def _id(entry: Any) -> str:
    return str(entry.get("id")) if isinstance(entry, dict) else ""


def _unless(goes: Callable[[Any], bool], said: Trace | None = None) -> _Edit:
    return lambda part: _each(part, lambda entry: None if goes(entry.data) else entry, said)


def _called(names: set[str], said: Trace) -> _Edit:
    return _unless(lambda entry: _id(entry) in names, said)


def _naming(names: set[str]) -> _Edit:
    return _unless(lambda entry: str(entry) in names)


def _has(entry: Any, keys: tuple[str, ...], names: set[str]) -> bool:
    return isinstance(entry, dict) and any(str(entry.get(key)) in names for key in keys)


def _ordered(names: set[str]) -> _Edit:
    return _unless(lambda entry: _has(entry, ("before", "after"), names))


def _leading(names: set[str]) -> _Edit:
    return _unless(lambda entry: _has(entry, ("from", "to"), names))


def _paired(names: set[str]) -> _Edit:
    return _unless(lambda entry: isinstance(entry, list) and any(str(each) in names for each in entry))


def _related(names: set[str]) -> _Edit:
    """Take activities out of relations; what is left of a relation needs two."""

    def edited(entry: Part) -> Part | None:
        left = _edited(entry, ("activities",), _naming(names))
        return None if left is not entry and len(left.data["activities"]) < 2 else left

    return lambda part: _each(part, edited)
