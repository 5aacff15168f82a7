"""Rule 4: nobody takes part in two activities at once."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.intervals import overlapping
from scheduler.checker.rules.base import Rule
from scheduler.checker.rules.clashes import Clash, by_pair
from scheduler.checker.schedule import Schedule
from scheduler.checker.wording import about, common, people_who, together
from scheduler.domain import RuleName, Violation

_NAME = RuleName.PERSON


def _together(schedule: Schedule) -> Iterator[Violation]:
    for a, b, who in by_pair(_clashes(schedule)):
        subject = people_who(schedule.instance, who, "is", "are")
        message = f"{subject} in two places at once{together([a, b])}"
        yield about(_NAME, message, [a, b], who, during=common(a, b))


def _clashes(schedule: Schedule) -> Iterator[Clash]:
    facts = schedule.facts
    for person, items in schedule.taking_part.items():
        for a, b in overlapping(items):
            if not (facts.is_talk_of(a, b) or facts.is_talk_of(b, a)):
                yield a, b, person


RULE = Rule(_NAME, together=_together)
