"""Which meetings count for the parties that hold a least or a most number of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.domain import Instance, ParticipantId, PartyId
from scheduler.problem.tasks import Task


class Quotas:
    """The parties of a programme that ask for a number of meetings.

    A delegation holds what one of its people takes part in, so whomever it sends: only of a member by name
    does it depend on who is sent.
    """

    def __init__(self, instance: Instance) -> None:
        self._parties: dict[ParticipantId, list[PartyId]] = {}
        for party in instance.quotas:
            for person in instance.people_of(party):
                self._parties.setdefault(person.id, []).append(party)
        self._asking = frozenset(instance.quotas)

    def sure(self, task: Task) -> tuple[PartyId, ...]:
        """Return the parties that hold a meeting when it is placed, whoever is sent; each once."""
        if not (self._asking and task.is_meeting):
            return ()
        held = [party for person in task.takers for party in self.of(person.id)]
        held += [choice.party for choice in task.choices if choice.party in self._asking and choice.party]
        return tuple(dict.fromkeys(held))

    def of(self, person: ParticipantId) -> Iterable[PartyId]:
        """Return the parties that hold what somebody takes part in."""
        return self._parties.get(person, ())

    def held(self, task: Task, attendees: Iterable[ParticipantId]) -> Iterator[PartyId]:
        """Yield the parties that hold a placed meeting, each once."""
        sent = (party for person in attendees for party in self.of(person))
        yield from dict.fromkeys((*self.sure(task), *sent))
