"""From wishes to requests for meetings, and to pairs that never meet.

What each side of a pair says decides what their meeting is worth:

=============  =====  ==========================================
priority       worth  the two sides say
=============  =====  ==========================================
mutual_must       20  must, must
must_like         12  must, like
must               8  must, and neutral or nothing
mutual_like        5  like, like
like               2  like, and neutral or nothing
=============  =====  ==========================================

A ``never`` of either side forbids the pair, whatever the other one says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.reading.workbook.drafts import Draft, Entry, Source
from scheduler.reading.workbook.ids import sounds
from scheduler.reading.workbook.people import never
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.tables import Row
from scheduler.sheets import Kind

WORTH = {"mutual_must": 20, "must_like": 12, "must": 8, "mutual_like": 5, "like": 2}
"""What requests are worth that come of wishes, if the workbook does not say."""

_BY_BOTH = {
    ("must", "must"): "mutual_must",
    ("like", "must"): "must_like",
    ("like", "like"): "mutual_like",
}
_LONGEST = 80
_COLUMNS: dict[tuple[str | int, ...], str] = {
    (): "to",
    ("parties",): "to",
    ("title",): "topic",
    ("priority",): "wish",
}


@dataclass(frozen=True)
class Wish:
    """What one side of a pair says."""

    row: Row
    one: str
    other: str
    word: str


def read_wishes(draft: Draft) -> dict[frozenset[str], list[Wish]]:
    """Return the wishes of each pair, in the order of the pairs' first rows; at most one of each side."""
    found: dict[frozenset[str], list[Wish]] = {}
    for row in draft.rows("wishes"):
        wish = _wish(draft, row)
        if wish is not None:
            pair = found.setdefault(frozenset((wish.one, wish.other)), [])
            if _is_new(draft, wish, pair):
                pair.append(wish)
    return found


def _wish(draft: Draft, row: Row) -> Wish | None:
    for name in ("from", "to"):
        if name not in row.cells:
            draft.trouble.refuse(row, name, "is empty: every row needs it")
    one, other, word = (draft.said(row, name) for name in ("from", "to", "wish"))
    draft.said(row, "topic")
    if row in draft.trouble.refused:
        return None
    if one == other:
        draft.trouble.refuse(row, "to", "is whoever wishes: nobody meets themselves")
        return None
    return Wish(row, one, other, word or "like")


def _is_new(draft: Draft, wish: Wish, pair: list[Wish]) -> bool:
    before = next((known for known in pair if known.one == wish.one), None)
    if before is None:
        return True
    if before.word == wish.word:
        draft.trouble.refuse(wish.row, "to", f"is wished already ({before.row.place})")
    else:
        message = f"contradicts an earlier wish of the same pair: {before.word} ({before.row.place})"
        draft.trouble.refuse(wish.row, "wish" if "wish" in wish.row.cells else "to", message)
    return False


def add_wishes(draft: Draft, wishes: dict[frozenset[str], list[Wish]], taken: frozenset[str]) -> None:
    """Put requests and pairs that never meet into the data.

    Parameters
    ----------
    draft : Draft
    wishes : dict
        Of each pair.
    taken : frozenset of str
        Ids of other activities.
    """
    silent = overruled = 0
    known = set(taken)
    called = {
        entry["id"]: entry.get("name") or entry["id"]
        for key in ("delegations", "participants")
        for entry in draft.data.get(key, ())
    }
    for pair in wishes.values():
        words = [wish.word for wish in pair]
        if "never" in words:
            first = next(wish for wish in pair if wish.word == "never")
            never(draft, first.row, first.one, first.other, ("from", "to"))
            overruled += sum(word in ("must", "like") for word in words)
        elif {"must", "like"}.isdisjoint(words):
            silent += len(words)
        else:
            _add_request(draft, pair, known, called)
    if overruled:
        draft.trouble.note(f"wishes: {overruled} overruled by a never of the other side")
    if silent:
        draft.trouble.note(f"wishes: {silent} neutral, which ask for no meeting")


def _add_request(draft: Draft, pair: list[Wish], taken: set[str], called: Mapping[str, str]) -> None:
    said = sorted(wish.word for wish in pair if wish.word in ("must", "like"))
    priority = _BY_BOTH[said[0], said[1]] if len(said) == 2 else said[0]
    asking = [wish for wish in pair if wish.word in ("must", "like")]
    first = asking[0]
    name = _id(first, taken)
    meeting: Entry = {"id": name, "parties": [first.one, first.other], "priority": priority}
    if topic := next((text for wish in asking if (text := shown(wish.row.cells.get("topic", "")))), ""):
        meeting["title"] = topic
    if draft.settings.meeting_length:
        meeting["duration"] = draft.settings.meeting_length
    if draft.settings.meeting_cities:
        meeting["cities"] = list(draft.settings.meeting_cities)
    others = tuple(wish.row for wish in pair if wish is not first)
    draft.add(("meetings",), meeting, Source(first.row, _COLUMNS, others))
    one, other = (called.get(party, party) for party in (first.one, first.other))
    names = (topic, f"{one} - {other}", f"{other} - {one}")
    draft.directory.add(Kind.MEETING, name, f"{one} - {other} ({name})", names)


def _id(wish: Wish, taken: set[str]) -> str:
    name = f"{wish.one}--{wish.other}"
    if len(name) > _LONGEST or name in taken:
        name = f"{name[: _LONGEST - 12].rstrip('-')}--{sounds(f'{wish.one} {wish.other}')}"
    taken.add(name)
    return name
