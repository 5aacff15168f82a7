"""Rule 8: an audience has nothing else while its session runs."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.facts import Placed
from scheduler.checker.intervals import overlap
from scheduler.checker.rules.base import Rule
from scheduler.checker.rules.clashes import Clash, by_pair
from scheduler.checker.schedule import Schedule, rank
from scheduler.checker.wording import about, common, people_who, together
from scheduler.domain import ParticipantId, RuleName, Session, Violation

_NAME = RuleName.PLENARY


def _together(schedule: Schedule) -> Iterator[Violation]:
    for a, b, who in by_pair(_clashes(schedule)):
        subject = people_who(schedule.instance, who, "is", "are")
        message = f"{subject} of an audience and elsewhere at the same time{together([a, b])}"
        yield about(_NAME, message, [a, b], who, during=common(a, b))


def _clashes(schedule: Schedule) -> Iterator[Clash]:
    for session in schedule.sessions:
        if not isinstance(session.activity, Session):
            raise AssertionError("a placed session is a session")
        for person in schedule.facts.audience(session.activity):
            for other in _elsewhere(schedule, person):
                if overlap(session, other) and not _of_one_session(schedule, session, other):
                    first, second = sorted((session, other), key=rank)
                    yield first, second, person


def _elsewhere(schedule: Schedule, person: ParticipantId) -> Iterator[Placed]:
    """Yield what somebody takes part in or attends."""
    yield from schedule.taking_part.get(person, ())
    yield from schedule.attending.get(person, ())


def _of_one_session(schedule: Schedule, session: Placed, other: Placed) -> bool:
    return other is session or schedule.facts.is_talk_of(other, session)


RULE = Rule(_NAME, together=_together)
