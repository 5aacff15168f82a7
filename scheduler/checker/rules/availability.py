"""Rule 5: everybody who takes part is there and free for it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.people import Obstacle
from scheduler.checker.rules.base import Rule
from scheduler.checker.wording import about, clock, people_who, subject
from scheduler.domain import ParticipantId, RuleName, Violation

_NAME = RuleName.AVAILABILITY


def _alone(facts: Facts, placed: Placed) -> Iterator[Violation]:
    away: dict[Obstacle, list[ParticipantId]] = {}
    for person in placed.takers.values():
        for obstacle in facts.presence(person).obstacles(placed, placed.city.id):
            away.setdefault(obstacle, []).append(person.id)
    for obstacle, who in away.items():
        yield about(_NAME, _sentence(facts, placed, obstacle, who), [placed], who)


def _sentence(facts: Facts, placed: Placed, obstacle: Obstacle, who: list[ParticipantId]) -> str:
    def they(one: str, many: str) -> str:
        return people_who(facts.instance, who, one, many)

    if obstacle.kind == "city":
        return f"{they('is', 'are')} not to be engaged in {placed.city.label}: {subject(placed)}"
    start = clock(obstacle.start, placed.zone)
    if obstacle.kind == "arrival":
        return f"{they('arrives', 'arrive')} on {start}, after the start of {subject(placed)}"
    if obstacle.kind == "departure":
        return f"{they('leaves', 'leave')} on {start}, before the end of {subject(placed)}"
    end = clock(obstacle.end, placed.zone)
    return f"{they('is', 'are')} absent from {start} to {end}, during {subject(placed)}"


RULE = Rule(_NAME, alone=_alone)
