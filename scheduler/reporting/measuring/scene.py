"""A schedule as all that is measured reads it: worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from scheduler.checker.facts import Facts
from scheduler.checker.schedule import Schedule
from scheduler.domain import Instance, ParticipantId, PartyId, Person, Solution
from scheduler.domain.times import MINUTE, elapsed
from scheduler.exports import TRAVEL, Agendas, By


@dataclass(frozen=True)
class Scene:
    """An instance and one of its schedules.

    Raises
    ------
    ValueError
        If the solution does not speak of this instance.
    """

    instance: Instance
    solution: Solution
    agendas: Agendas = field(init=False)
    """What the exports say of it: places and journeys."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "agendas", Agendas(self.instance, self.solution))

    @cached_property
    def schedule(self) -> Schedule:
        """What the checker says of it: who does what, by ``docs/meaning.md``."""
        return Schedule(Facts(self.instance), self.solution.placements)

    @cached_property
    def legs(self) -> dict[ParticipantId, tuple[int, int]]:
        """How many rides everybody who travels takes, and how many minutes these last."""
        found: dict[ParticipantId, tuple[int, int]] = {}
        for agenda in self.agendas.by(By.PARTICIPANT):
            rides = [entry for entry in agenda.entries if entry.kind == TRAVEL]
            lengths = [elapsed(ride.start, ride.end) // MINUTE for ride in rides]
            if lengths:
                found[ParticipantId(PartyId(agenda.view.id))] = (len(lengths), sum(lengths))
        return found

    def is_placed(self, activity: str) -> bool:
        """Return whether an activity has a place."""
        return activity in self.schedule.by_id

    def belongs_to(self, person: Person) -> str:
        """Return the delegation that somebody is in or stands in for, or their own id."""
        return person.delegation or person.id
