"""Published benchmark files of bilateral meetings, as instances.

The Business-to-Business Meeting Scheduling Problem: Bofill, Coll, Garcia, Giraldez-Cru, Pesant, Suy and
Villaret, "Constraint Solving Approaches to the Business-to-Business Meeting Scheduling Problem", JAIR 74
(2022) 263-301, section 2. Their instances are MiniZinc data with the keys of :data:`KEYS`; people, meetings,
slots and arrays count from 1.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path as FilePath
from typing import Any

from scheduler.domain import BreakSpan, Instance, TermName
from scheduler.domain.faults.spelling import hint
from scheduler.reading.errors import InputError, InputFault
from scheduler.reading.judge import judge
from scheduler.reading.minizinc import Array, DataFile, Grid, Number, Numbers
from scheduler.reading.text import read_text
from scheduler.reading.yaml_data import MAX_NODES

COUNTS = {"nBusiness": 1, "nMeetings": 0, "nTables": 1, "nTotalSlots": 1, "nMorningSlots": 0}
"""The keys that are numbers, and the least that each can be."""
KEYS = (*COUNTS, "requested", "forbidden", "fixed", "precedences")
"""The keys that every file has."""
REPEATED = ("meetingsxBusiness", "nMeetingsBusiness")
"""Keys that say once more what ``requested`` says; they are not read."""

DATE = dt.date(2022, 5, 2)
"""The one date of an imported programme (the benchmark has none)."""
SLOT = dt.timedelta(minutes=30)
FIRST_SLOT = dt.datetime.combine(DATE, dt.time(8), dt.UTC)
MOST_SLOTS = 32
"""As many slots as the date has left from the first one."""
MOST_TABLES = 100_000
FAIRNESS = 2
"""The bound of the published instances."""

_SESSIONS = {1: "morning", 2: "afternoon", 3: None}
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Forum:
    """What a file says, with everything counted from 1.

    Attributes
    ----------
    people, tables, slots, morning : int
        How many; the first ``morning`` slots are the morning.
    meetings : tuple of (int, int, int)
        Two participants and a session: 1 the morning, 2 the afternoon, 3 either.
    forbidden : tuple of tuple of int
        For each participant the slots that cannot be used, ascending.
    fixed : tuple of int
        For each meeting its slot, 0 where it is free.
    earlier : tuple of tuple of int
        For each meeting those that come strictly before it.
    """

    people: int
    tables: int
    slots: int
    morning: int
    meetings: tuple[tuple[int, int, int], ...]
    forbidden: tuple[tuple[int, ...], ...]
    fixed: tuple[int, ...]
    earlier: tuple[tuple[int, ...], ...]


def load_b2b(path: str | PathLike[str], fairness: int | None = FAIRNESS) -> Instance:
    """Read an instance from a benchmark file (``.dzn``).

    Meeting 1 becomes ``m1``, participant 1 ``p1``. Slot ``k`` is half an hour that begins ``k - 1`` half
    hours after 08:00, on one date in one city; all meetings are mandatory and at one of ``nTables`` tables.
    The objective is the number of breaks over the whole programme: midday does not end the span.

    Parameters
    ----------
    path : str or path
        A UTF-8 file.
    fairness : int or None
        The most by which the breaks of two participants may differ; None: no bound.

    Raises
    ------
    InputError
        With everything that is wrong, each thing at its file, line and column.
    """
    name = str(path)
    data = DataFile(read_text(FilePath(path), name), name)
    forum = _Findings(data).forum()
    instance, found = judge(_written(forum, _identifier(FilePath(path)), fairness))
    for fault in found:  # of all that is read here only the order of meetings can be at odds with itself
        before, after = list(_pairs(forum))[int(fault.path[1])]
        message = f"meeting {before} cannot be before meeting {after}: {fault.message}"
        data.find(_place(data, after), ("precedences", after), None, message)
    data.refuse()
    if instance is None:
        raise InputError([InputFault(name, 0, 0, (), None, "is no instance")])
    return instance


def _identifier(path: FilePath) -> str:
    """Return an id for a programme: the name of its file, without what an id cannot hold."""
    return _ODD.sub("-", path.stem).strip("._-")[:80] or "b2b"


def _place(data: DataFile, meeting: int) -> int:
    value = data.items["precedences"].value
    assert isinstance(value, Array)
    return value.entries[meeting - 1].at


class _Findings:
    """Takes a forum out of data, and enters what is wrong with it there."""

    def __init__(self, data: DataFile) -> None:
        self._data = data
        self._counts: dict[str, int] = {}
        self._left = MAX_NODES  # a short range can stand for very many members

    def forum(self) -> Forum:
        """Return the forum.

        Raises
        ------
        InputError
            With all that is wrong.
        """
        self._check_keys()
        self._counts = {key: self._count(key) for key in COUNTS}
        self._check_slots()
        people, slots, meetings = (self._counts[key] for key in ("nBusiness", "nTotalSlots", "nMeetings"))
        requested = tuple(self._requests())
        forbidden = tuple(self._sets("forbidden", people, slots, "slot"))
        fixed = tuple(self._fixed())
        earlier = tuple(self._sets("precedences", meetings, meetings, "meeting"))
        self._data.refuse()
        tables, morning = self._counts["nTables"], self._counts["nMorningSlots"]
        return Forum(people, tables, slots, morning, requested, forbidden, fixed, earlier)

    def _check_keys(self) -> None:
        data = self._data
        for item in data.items.values():
            if item.name not in (*KEYS, *REPEATED):
                data.find(item.at, (), item.name, f"is no key here{hint(item.name, KEYS)}")
        missing = [key for key in KEYS if key not in data.items and key not in data.tried]
        if missing and not (data.faults and not data.items):  # what is no data at all lacks everything
            for key in missing:
                data.find(0, (key,), None, "is missing: every file of this benchmark has it")

    def _count(self, key: str) -> int:
        """Return a number; -1 where there is none that can be used."""
        item = self._data.items.get(key)
        if item is None:
            return -1
        if not isinstance(item.value, Number):
            self._data.find(item.value.at, (key,), None, "should be a whole number")
            return -1
        value, least = item.value.value, COUNTS[key]
        if value < least:
            self._data.find(item.value.at, (key,), value, f"should be at least {least}")
            return -1
        if key == "nTables" and value > MOST_TABLES:
            self._data.find(item.value.at, (key,), value, f"should be at most {MOST_TABLES}")
        return value

    def _check_slots(self) -> None:
        slots, morning = self._counts["nTotalSlots"], self._counts["nMorningSlots"]
        if slots > MOST_SLOTS:
            message = f"is too many: a date has {MOST_SLOTS} slots of 30 minutes from 08:00 to midnight"
            self._find_at("nTotalSlots", slots, message)
        if 0 <= slots < morning:
            self._find_at("nMorningSlots", morning, f"is more than there are slots ({slots})")

    def _find_at(self, key: str, value: int, message: str) -> None:
        self._data.find(self._data.items[key].value.at, (key,), value, message)

    def _rows(self, key: str, kind: type[Array] | type[Grid], count: int, noun: str) -> list[Any]:
        """Return the entries of an array; none where they cannot be used."""
        item = self._data.items.get(key)
        if item is None:
            return []
        value = item.value
        if not isinstance(value, kind):
            form = "[| 1, 2, 3 | 4, 5, 6 |]" if kind is Grid else "[...]"
            self._data.find(value.at, (key,), None, f"should be an array, written {form}")
            return []
        entries: list[Any] = value.rows if isinstance(value, Grid) else list(value.entries)
        if count not in (len(entries), -1):
            message = f"has {len(entries)} entries, and should have {count}: one for each {noun}"
            self._data.find(value.at, (key,), None, message)
        return entries

    def _requests(self) -> Iterator[tuple[int, int, int]]:
        rows: list[Array] = self._rows("requested", Grid, self._counts["nMeetings"], "meeting")
        for number, row in enumerate(rows, 1):
            cells = row.entries
            if len(cells) != 3:
                message = f"has {len(cells)} numbers, and should have 3: two participants and a session"
                self._data.find(row.at, ("requested", number), None, message)
            elif all(isinstance(cell, Number) for cell in cells):
                yield self._request(number, *cells)  # type: ignore[arg-type]
            else:
                self._data.find(row.at, ("requested", number), None, "should be three whole numbers")

    def _request(self, number: int, one: Number, other: Number, session: Number) -> tuple[int, int, int]:
        path = ("requested", number)
        for party in (one, other):
            if not 1 <= party.value <= self._most("nBusiness"):
                message = f"is no participant: there are 1 to {self._counts['nBusiness']}"
                self._data.find(party.at, path, party.value, message)
        if one.value == other.value:
            self._data.find(other.at, path, other.value, "cannot meet themselves")
        if session.value not in _SESSIONS:
            message = "is no session: 1 is the morning, 2 the afternoon, 3 either"
            self._data.find(session.at, path, session.value, message)
        return one.value, other.value, session.value

    def _most(self, key: str) -> float:
        """Return how far some things count; for ever, where that is not known."""
        count = self._counts[key]
        return count if count >= 0 else float("inf")

    def _fixed(self) -> Iterator[int]:
        entries = self._rows("fixed", Array, self._counts["nMeetings"], "meeting")
        for number, entry in enumerate(entries, 1):
            if not isinstance(entry, Number):
                message = "should be a slot, or 0 for a meeting that is free"
                self._data.find(entry.at, ("fixed", number), None, message)
                continue
            if entry.value:
                self._check_member("fixed", number, entry, self._counts["nTotalSlots"], "slot")
            yield entry.value

    def _sets(self, key: str, count: int, most: int, noun: str) -> Iterator[tuple[int, ...]]:
        """Yield the members of each set of an array; 0 stands for nothing."""
        owner = "participant" if key == "forbidden" else "meeting"
        for number, entry in enumerate(self._rows(key, Array, count, owner), 1):
            if not isinstance(entry, Numbers):
                self._data.find(entry.at, (key, number), entry.value, f"should be a set of {noun}s: {{...}}")
                continue
            yield tuple(sorted(self._members(key, number, entry, most, noun)))

    def _members(self, key: str, number: int, found: Numbers, most: int, noun: str) -> set[int]:
        """Return those members of a set that count something; 0 stands for nothing."""
        members: set[int] = set()
        for first, last in found.ranges:
            right = [
                end.value == 0 or self._check_member(key, number, end, most, noun)
                for end in dict.fromkeys((first, last))
            ]
            if not all(right):
                continue
            self._left -= max(0, last.value - first.value)
            if self._left < 0:
                message = f"the sets hold too much: at most {MAX_NODES} members are read"
                raise InputError([self._data.fault(first.at, (key, number), None, message)])
            members.update(range(first.value, last.value + 1))
        return members - {0}

    def _check_member(self, key: str, number: int, member: Number, most: int, noun: str) -> bool:
        """Return whether a member counts one of the things there are."""
        if 1 <= member.value <= most:
            return True
        if most >= 0:
            self._data.find(member.at, (key, number), member.value, f"is no {noun}: there are 1 to {most}")
        return False


# -- the instance -------------------------------------------------------------------------------------


def _written(forum: Forum, identifier: str, fairness: int | None) -> dict[str, Any]:
    """Return a forum in the shape of an instance file, its times as values."""
    end = FIRST_SLOT + forum.slots * SLOT
    area = {"id": "area", "name": "Meeting area", "tables": forum.tables}
    city: dict[str, Any] = {
        "id": "city",
        "time_zone": "UTC",
        "opening": [{"date": DATE, "from": FIRST_SLOT.time(), "to": end.time()}],
        "venues": [{"id": "venue", "rooms": [area]}],
    }
    return {
        "programme": {"id": identifier, "grid": SLOT},
        "cities": [city],
        "day_parts": _day_parts(forum),
        "participants": [_participant(p, slots) for p, slots in enumerate(forum.forbidden, 1)],
        "meetings": [_meeting(forum, number) for number in range(1, len(forum.meetings) + 1)],
        "precedences": [{"before": f"m{b}", "after": f"m{a}"} for b, a in _pairs(forum)],
        "fairness": {} if fairness is None else {"breaks": fairness},
        "breaks": {"span": BreakSpan.PROGRAMME},
        "objective": [{"term": TermName.BREAKS}],
    }


def _pairs(forum: Forum) -> Iterator[tuple[int, int]]:
    """Yield each pair of meetings that the file orders."""
    return ((before, after) for after, found in enumerate(forum.earlier, 1) for before in found)


def _start(slot: int) -> dt.datetime:
    return FIRST_SLOT + (slot - 1) * SLOT


def _day_parts(forum: Forum) -> dict[str, Any]:
    """Return the sessions that some meeting asks for and that have a slot."""
    noon, end = _start(forum.morning + 1).time(), _start(forum.slots + 1).time()
    parts = {"morning": {"from": FIRST_SLOT.time(), "to": noon}, "afternoon": {"from": noon, "to": end}}
    asked = {_part(forum, session) for _, _, session in forum.meetings}
    return {name: window for name, window in parts.items() if name in asked}


def _part(forum: Forum, session: int) -> str | None:
    """Return the name of a session's window; none for any time, and for a session without a slot."""
    return None if _is_empty(forum, session) else _SESSIONS[session]


def _is_empty(forum: Forum, session: int) -> bool:
    return (session == 1 and forum.morning == 0) or (session == 2 and forum.morning == forum.slots)


def _participant(number: int, slots: Iterable[int]) -> dict[str, Any]:
    found: dict[str, Any] = {"id": f"p{number}"}
    absences = [{"from": _start(first), "to": _start(last + 1)} for first, last in _runs(slots)]
    return found | {"absences": absences} if absences else found


def _runs(slots: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as runs of neighbours, each with its first and last one."""
    runs: list[tuple[int, int]] = []
    for slot in slots:
        if runs and runs[-1][1] == slot - 1:
            runs[-1] = (runs[-1][0], slot)
        else:
            runs.append((slot, slot))
    return runs


def _meeting(forum: Forum, number: int) -> dict[str, Any]:
    one, other, session = forum.meetings[number - 1]
    found: dict[str, Any] = {"id": f"m{number}", "parties": [f"p{one}", f"p{other}"], "mandatory": True}
    if part := _part(forum, session):
        found["day_part"] = part
    elif session != 3:  # a session without a slot: the meeting has no time, and there is no schedule
        found["forbidden"] = [{"date": DATE}]
    if slot := forum.fixed[number - 1]:
        found["pin"] = {"start": _start(slot)}
    return found
