"""People and interpreters by number, and what they speak as sets of bits."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.domain import InterpreterSeat, ParticipantId, PartyId
from scheduler.problem import Problem


class Bodies:
    """Whoever can be in one place at a time: people, then interpreters, in the order of the instance."""

    def __init__(self, problem: Problem) -> None:
        self._instance = problem.instance
        self._ids = [person.id for person in problem.people]
        self._number = {person: number for number, person in enumerate(self._ids)}
        self._seats = [
            InterpreterSeat(pool=pool.id, unit=unit)
            for pool in problem.instance.interpreters
            for unit in range(1, pool.count + 1)
        ]
        self._languages: dict[str, int] = {}

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self._ids)

    @property
    def interpreters(self) -> int:
        """How many interpreters there are."""
        return len(self._seats)

    def person(self, person: ParticipantId) -> int:
        """Return the number of a person."""
        return self._number[person]

    def id(self, body: int) -> ParticipantId:
        """Return the id of a person's number."""
        return self._ids[body]

    def seat(self, body: int) -> InterpreterSeat:
        """Return the pool and unit of an interpreter's number."""
        return self._seats[body - len(self._ids)]

    def units(self, pool: str) -> list[int]:
        """Return the numbers of a pool's interpreters."""
        return [len(self._ids) + n for n, seat in enumerate(self._seats) if seat.pool == pool]

    def spoken(self, languages: Iterable[str]) -> int:
        """Return languages as a set of bits."""
        bits = 0
        for language in sorted(languages):
            bits |= 1 << self._languages.setdefault(language, len(self._languages))
        return bits

    def languages(self, party: PartyId) -> int:
        """Return what the people behind a party speak between them."""
        bits = 0
        for person in self._instance.people_of(party):
            bits |= self.spoken(person.languages)
        return bits

    def stands_in(self, party: PartyId) -> bool:
        """Return whether a delegation names no members: then its teams are as many as may meet at a time."""
        return all(person.stand_in for person in self._instance.people_of(party))
