"""Breaks: the idle time of a person between engagements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.checker.facts import Placed
from scheduler.checker.schedule import Schedule, by_date
from scheduler.domain import BreakRule, BreakSpan, ParticipantId


def breaks(engagements: list[Placed], rule: BreakRule) -> Iterator[dt.timedelta]:
    """Yield the length of each break between one person's engagements (in the order of time)."""
    spans = [engagements] if rule.span is BreakSpan.PROGRAMME else by_date(engagements).values()
    longer_than = max(rule.tolerance, dt.timedelta(0))
    for items in spans:
        free_from = items[0].end
        for item in items[1:]:
            if item.start - free_from > longer_than:
                yield item.start - free_from
            free_from = max(free_from, item.end)


def numbers_of_breaks(schedule: Schedule) -> dict[ParticipantId, int]:
    """Return how many breaks everybody has, in the order of the instance's people."""
    rule = schedule.instance.breaks
    diary = schedule.engagements
    return {
        person.id: sum(1 for _ in breaks(diary[person.id], rule)) if person.id in diary else 0
        for person in schedule.instance.people
    }
