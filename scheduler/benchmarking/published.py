"""The published bilateral meeting problem, as its authors state it: read, and judge a schedule.

Bofill, Coll, Garcia, Giraldez-Cru, Pesant, Suy and Villaret, "Constraint Solving Approaches to the
Business-to-Business Meeting Scheduling Problem", JAIR 74 (2022) 263-301, section 2. The other solvers of a
benchmark read files with this, and every schedule is judged by it, ours too. It shares nothing with the
import of such files nor with the checker, so that an error in one of them shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

FAIRNESS = 2
"""How far the numbers of breaks of two participants may be apart in the published instances."""
MORNING, AFTERNOON = 1, 2
"""Sessions of a meeting; any other number leaves it free."""


@dataclass(frozen=True, slots=True)
class Forum:
    """One published instance; everything counts from 0, in memory.

    Attributes
    ----------
    participants, tables, slots, morning : int
        How many there are; the first ``morning`` slots are the morning.
    pairs : tuple of (int, int)
        The two participants of each meeting.
    domains : tuple of tuple of int
        The slots of each meeting that its session, its fixed slot and its participants' forbidden slots
        leave, in order.
    forbidden : tuple of frozenset of int
        The slots that each participant cannot use.
    before : tuple of (int, int)
        Pairs of meetings; the first is in an earlier slot than the second.
    """

    participants: int
    tables: int
    slots: int
    morning: int
    pairs: tuple[tuple[int, int], ...]
    domains: tuple[tuple[int, ...], ...]
    forbidden: tuple[frozenset[int], ...]
    before: tuple[tuple[int, int], ...]

    def meetings_of(self) -> list[list[int]]:
        """Return the meetings of each participant."""
        meetings: list[list[int]] = [[] for _ in range(self.participants)]
        for meeting, pair in enumerate(self.pairs):
            for participant in pair:
                meetings[participant].append(meeting)
        return meetings


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the published definition says of a schedule: its breaks, and what it gets wrong."""

    breaks: int
    faults: tuple[str, ...]


def read(path: Path) -> Forum:
    """Read a MiniZinc data file of the published form.

    Raises
    ------
    KeyError
        If an entry is missing. (``scheduler import b2b`` names every error of a bad file.)
    """
    entries = dict(re.findall(r"(\w+)\s*=\s*(.*?);", path.read_text(encoding="utf-8"), re.S))
    slots, morning = int(entries["nTotalSlots"]), int(entries["nMorningSlots"])
    numbers = [int(number) for number in re.findall(r"\d+", entries["requested"])]
    pairs = tuple((a - 1, b - 1) for a, b in zip(numbers[::3], numbers[1::3], strict=True))
    forbidden = tuple(frozenset(s - 1 for s in listed if s) for listed in _sets(entries["forbidden"]))
    fixed = [int(number) for number in re.findall(r"\d+", entries["fixed"])]
    span = {MORNING: range(morning), AFTERNOON: range(morning, slots)}
    whole = range(slots)
    domains = tuple(
        tuple(
            slot
            for slot in ([at - 1] if at else whole)
            if slot in span.get(session, whole) and slot not in forbidden[a] and slot not in forbidden[b]
        )
        for (a, b), session, at in zip(pairs, numbers[2::3], fixed, strict=True)
    )
    earlier = [
        (first - 1, later) for later, listed in enumerate(_sets(entries["precedences"])) for first in listed
    ]
    return Forum(
        int(entries["nBusiness"]),
        int(entries["nTables"]),
        slots,
        morning,
        pairs,
        domains,
        forbidden,
        tuple(earlier),
    )


def judge(forum: Forum, slots: Sequence[int], fairness: int | None = FAIRNESS) -> Judgement:
    """Say what a schedule breaks, and count its breaks.

    Parameters
    ----------
    slots : sequence of int, one per meeting
        The slot of each meeting, from 0.
    fairness : int or None
        How far the breaks of two participants may be apart.
    """
    if len(slots) != len(forum.pairs):
        return Judgement(0, (f"{len(slots)} meetings are placed, of {len(forum.pairs)}",))
    counts = [_breaks([slots[meeting] for meeting in own]) for own in forum.meetings_of()]
    faults = [*_faults(forum, slots)]
    if fairness is not None and max(counts) - min(counts) > fairness:
        faults.append(f"breaks from {min(counts)} to {max(counts)} are more than {fairness} apart")
    return Judgement(sum(counts), tuple(faults))


def _sets(text: str) -> list[list[int]]:
    return [[int(n) for n in re.findall(r"\d+", inner)] for inner in re.findall(r"\{(.*?)\}", text, re.S)]


def _breaks(slots: Sequence[int]) -> int:
    """Return the runs of idle slots between used ones."""
    used = sorted(set(slots))
    return sum(later - earlier > 1 for earlier, later in pairwise(used))


def _faults(forum: Forum, slots: Sequence[int]) -> Iterator[str]:
    """Yield what is wrong, fairness aside; meetings and participants counted from 1."""
    for meeting, slot in enumerate(slots):
        if slot not in forum.domains[meeting]:
            yield f"meeting {meeting + 1} cannot be in slot {slot + 1}"
    for participant, own in enumerate(forum.meetings_of()):
        if len({slots[meeting] for meeting in own}) < len(own):
            yield f"participant {participant + 1} is in two meetings at once"
    for slot in range(forum.slots):
        if (count := sum(at == slot for at in slots)) > forum.tables:
            yield f"slot {slot + 1} has {count} meetings for {forum.tables} tables"
    for first, later in forum.before:
        if slots[first] >= slots[later]:
            yield f"meeting {first + 1} is not before meeting {later + 1}"
