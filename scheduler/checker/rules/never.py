"""Rule 14: those who are never to meet are not in one meeting."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.rules.base import Rule
from scheduler.checker.wording import about, people, subject
from scheduler.domain import Meeting, RuleName, Violation

_NAME = RuleName.NEVER


def _alone(facts: Facts, placed: Placed) -> Iterator[Violation]:
    if not facts.instance.never or not isinstance(placed.activity, Meeting):
        return
    # A pair matters only when one of those who take part is behind it.
    for number in sorted({pair for person in placed.takers for pair in facts.apart.get(person, ())}):
        ours, theirs = (
            [person for person in placed.takers if person in facts.behind(party)]
            for party in facts.instance.never[number]
        )
        if ours and theirs:
            who = f"{people(facts.instance, ours)} and {people(facts.instance, theirs)}"
            message = f"{who} are never to meet and are both at {subject(placed)}"
            yield about(_NAME, message, [placed], [*ours, *theirs])


RULE = Rule(_NAME, alone=_alone)
