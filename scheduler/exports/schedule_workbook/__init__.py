"""A schedule as a workbook (xlsx): the programme, grids of rooms and people, agendas of delegations.

Everything is told first as plain values (:mod:`~scheduler.exports.schedule_workbook.layout`) and then written
(:mod:`~scheduler.exports.schedule_workbook.paper`); XlsxWriter is imported when that is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.domain import Instance, PartyId, Person, Solution
from scheduler.exports.agenda import Agendas
from scheduler.exports.entries import TRAVEL, Agenda, Entry
from scheduler.exports.formats import Manner
from scheduler.exports.ical import default_stamp
from scheduler.exports.schedule_workbook import contents, grids, lists
from scheduler.exports.schedule_workbook.contents import Guide
from scheduler.exports.schedule_workbook.grids import Day, Key, key_of
from scheduler.exports.schedule_workbook.layout import Link, Sheet
from scheduler.exports.schedule_workbook.paper import workbook
from scheduler.exports.schedule_workbook.sheet_names import SheetNames
from scheduler.exports.views import By

NAME = "programme"
"""What the file is called, without its ending."""
MOST_DELEGATIONS = 250
"""How many delegations' sheets one file has; further ones have files of their own."""
_MANY = 5_000
"""From how many entries on memory matters."""

Found = tuple[Person, Agenda, Sequence[Entry]]


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return the workbook, and of very many delegations further ones with their sheets.

    Raises
    ------
    ValueError
        If the solution does not speak of this instance.
    """
    return _Writer(instance, solution, manner, Agendas(instance, solution)).files()


@dataclass
class _Book:
    """A workbook being put together: the names of its sheets, and what the first one says of them."""

    names: SheetNames = field(default_factory=SheetNames)
    guides: list[Guide] = field(default_factory=list)

    def add(self, wish: str, holds: str) -> str:
        """Return the name of a further sheet."""
        name = self.names.take(wish)
        self.guides.append((Link(name, name), holds))
        return name


@dataclass(frozen=True)
class _Writer:
    instance: Instance
    solution: Solution
    manner: Manner
    agendas: Agendas

    def files(self) -> dict[str, bytes]:
        delegations = list(self.agendas.by(By.DELEGATION))
        apart = len(delegations) > MOST_DELEGATIONS
        parts = [delegations[i : i + MOST_DELEGATIONS] for i in range(0, len(delegations), MOST_DELEGATIONS)]
        others = {f"{NAME}-delegations-{n}.xlsx": part for n, part in enumerate(parts, 1)} if apart else {}
        found = {f"{NAME}.xlsx": self._main([] if apart else delegations, others)}
        return found | {name: self._of_delegations(part) for name, part in others.items()}

    def _main(self, delegations: Sequence[Agenda], others: Mapping[str, Sequence[Agenda]]) -> bytes:
        book = _Book()
        first = book.names.take("Contents")
        entries = self.agendas.entries
        sheets: list[Sheet] = [
            lists.programme(
                self.instance,
                entries,
                book.add("Programme", "everything that takes place, city by city and day by day"),
            ),
            lists.unscheduled(
                self.instance,
                self.solution,
                book.add("Without a place", "what is not in the schedule, and why"),
            ),
        ]
        sheets += self._days(book, entries)
        sheets += self._delegations(book, delegations)
        for name, part in others.items():
            book.guides.append(
                (name, f"a file: agendas of the delegations from {part[0].view.id} to {part[-1].view.id}")
            )
        front = contents.front(self.instance, self.solution, book.guides, first)
        return self._written([front, *sheets], thrifty=len(entries) > _MANY)

    def _of_delegations(self, delegations: Sequence[Agenda]) -> bytes:
        book = _Book()
        first = book.names.take("Contents")
        sheets = list(self._delegations(book, delegations))
        front = contents.front(self.instance, self.solution, book.guides, first)
        return self._written([front, *sheets])

    def _days(self, book: _Book, entries: Sequence[Entry]) -> Iterator[Sheet]:
        diaries = {person.id: agenda for person, agenda in self._diaries()}
        legs = [entry for agenda in diaries.values() for entry in agenda.entries if entry.kind == TRAVEL]
        days = grids.days(self.instance, entries, legs)
        here: dict[Key, list[Entry]] = {}
        for entry in entries:
            here.setdefault(key_of(entry), []).append(entry)
        for day in days:
            name = book.add(_of_day("Rooms", day), f"rooms and tables: {day.name}")
            yield grids.rooms_grid(self.instance, day, here.get((day.city.id, day.date), ()), name)
        there: dict[Key, list[Found]] = {}
        for person in self.instance.people:
            for key, begun in _by_day(diaries[person.id]).items():
                there.setdefault(key, []).append((person, diaries[person.id], begun))
        for day in days:
            name = book.add(_of_day("People", day), f"everybody who is there: {day.name}")
            yield grids.people_grid(self.instance, day, there.get((day.city.id, day.date), ()), name)

    def _diaries(self) -> Iterator[tuple[Person, Agenda]]:
        return zip(self.instance.people, self.agendas.by(By.PARTICIPANT), strict=True)

    def _delegations(self, book: _Book, delegations: Iterable[Agenda]) -> Iterator[Sheet]:
        for agenda in delegations:
            label = self.instance.party_label(PartyId(agenda.view.id))
            yield lists.delegation(
                self.instance, agenda, book.add(label, "the agenda of a delegation, travel included")
            )

    def _written(self, sheets: Iterable[Sheet], *, thrifty: bool = False) -> bytes:
        created = self.manner.stamp or default_stamp(self.instance)
        return workbook(sheets, self.instance.programme.label, created, thrifty=thrifty)


def _of_day(what: str, day: Day) -> str:
    # The date comes first: of a long name the end is cut off.
    return f"{what} {day.date.isoformat()} {day.city.label}"


def _by_day(agenda: Agenda) -> dict[Key, list[Entry]]:
    found: dict[Key, list[Entry]] = {}
    for entry in agenda.events:
        found.setdefault(key_of(entry), []).append(entry)
    return found
