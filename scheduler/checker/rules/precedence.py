"""Rule 9: what comes before what, and which dates go together or apart."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.facts import Placed
from scheduler.checker.rules.base import Rule
from scheduler.checker.schedule import Schedule, by_date
from scheduler.checker.wording import about, day, length, listed, name, subject
from scheduler.domain import DayRelation, DayRule, Precedence, RuleName, Violation

_NAME = RuleName.PRECEDENCE


def _together(schedule: Schedule) -> Iterator[Violation]:
    for precedence in schedule.instance.precedences:
        before, after = schedule.by_id.get(precedence.before), schedule.by_id.get(precedence.after)
        if before is not None and after is not None:
            yield from _order(precedence, before, after)
    for relation in schedule.instance.day_relations:
        placed = [schedule.by_id[a] for a in dict.fromkeys(relation.activities) if a in schedule.by_id]
        yield from _dates(relation, placed)


def _order(precedence: Precedence, before: Placed, after: Placed) -> Iterator[Violation]:
    gap = after.start - before.end
    least, most = precedence.min_gap, precedence.max_gap
    if gap < least:
        by = f"at least {length(least)} after" if least else "after"
        message = f"{subject(after)} should start {by} the end of {subject(before)}"
    elif most is not None and gap > most:
        message = f"{subject(after)} should start at most {length(most)} after the end of {subject(before)}"
    else:
        return
    during = (min(before.start, after.start), max(before.end, after.end))
    yield about(_NAME, message, [before, after], during=during)


def _dates(relation: DayRelation, placed: list[Placed]) -> Iterator[Violation]:
    dates = by_date(placed)
    if relation.day is DayRule.SAME and len(dates) > 1:
        shown = listed([f"{name(p)} on {day(p.date)}" for p in placed])
        yield about(_NAME, f"These should be on one date: {shown}", placed)
    if relation.day is DayRule.DIFFERENT:
        for date, items in dates.items():
            if len(items) > 1:
                message = f"These should be on different dates and are all on {day(date)}: "
                yield about(_NAME, message + listed([name(p) for p in items]), items)


RULE = Rule(_NAME, together=_together)
