"""Rule 13: bounds on how unequally people and parties are treated."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.idle import numbers_of_breaks
from scheduler.checker.rules.base import Rule
from scheduler.checker.schedule import Schedule
from scheduler.checker.wording import count
from scheduler.domain import RuleName, Violation

_NAME = RuleName.FAIRNESS


def _together(schedule: Schedule) -> Iterator[Violation]:
    bound = schedule.instance.fairness
    if bound.breaks is not None:
        yield from _breaks(schedule, bound.breaks)
    if bound.granted_percent is not None:
        yield from _granted(schedule, bound.granted_percent)


def _breaks(schedule: Schedule, most: int) -> Iterator[Violation]:
    numbers = numbers_of_breaks(schedule)
    fewest = min(numbers, key=lambda person: numbers[person], default=None)
    if fewest is None:
        return
    other = schedule.instance.person(fewest).name
    for person, number in numbers.items():
        if number - numbers[fewest] > most:
            label = schedule.instance.person(person).name
            message = (
                f"{label} has {count(number, 'break', 'breaks')} and {other} {numbers[fewest]}: "
                f"they should differ by at most {most}"
            )
            yield Violation(rule=_NAME, message=message, parties=(person, fewest))


def _granted(schedule: Schedule, percent: int) -> Iterator[Violation]:
    for party, meetings in schedule.facts.requests.items():
        granted = schedule.meetings_granted(meetings)
        if 100 * granted < percent * len(meetings):
            label = schedule.instance.party_label(party)
            message = f"{label} is granted {granted} of {len(meetings)} meetings, less than {percent} %"
            yield Violation(rule=_NAME, message=message, parties=(party,))


RULE = Rule(_NAME, together=_together)
