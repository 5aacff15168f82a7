"""Rule 6: a delegation that splits sends one of its people, who fits, and not more than it may."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.intervals import crowds
from scheduler.checker.rules.base import Rule
from scheduler.checker.schedule import Schedule
from scheduler.checker.wording import about, count, listed, people, people_who, subject, together
from scheduler.domain import HostedActivity, ParticipantId, PartyId, RuleName, Violation

_NAME = RuleName.DELEGATION


def _alone(facts: Facts, placed: Placed) -> Iterator[Violation]:
    instance = facts.instance
    # Somebody whom nobody knows breaks the rule of placement already.
    named = [person for person in placed.placement.attendees if instance.has_person(person)]
    for party, members in placed.cast.splitting.items():
        sent = [person for person in named if person in members]
        yield from _one_sent(facts, placed, party, sent)
    if placed.cast.chairs:
        yield from _one_chair(facts, placed, [person for person in named if person in placed.cast.chairs])
    choosable = placed.cast.choosable
    if others := [person for person in named if person not in choosable]:
        message = (
            f"{people_who(instance, others, 'is', 'are')} named for {subject(placed)} and not chosen for it"
        )
        yield about(_NAME, f"{message} by anybody", [placed], others)


def _one_sent(facts: Facts, placed: Placed, party: PartyId, sent: list[ParticipantId]) -> Iterator[Violation]:
    instance = facts.instance
    label = instance.party_label(party)
    if not sent:
        yield about(_NAME, f"{label} sends nobody to {subject(placed)}", [placed], [party])
    elif len(sent) > 1:
        names = listed([instance.person(person).name for person in sent])
        message = f"{label} sends more than one of its people to {subject(placed)}: {names}"
        yield about(_NAME, message, [placed], [party, *sent])
    elif (role := _role(placed, party)) is not None and role not in instance.person(sent[0]).roles:
        asked = f"the role {role} that {subject(placed)} asks for"
        yield about(_NAME, f"{people(instance, sent)} does not have {asked}", [placed], [party, *sent])


def _role(placed: Placed, party: PartyId) -> str | None:
    """Return the role that an activity asks of a party."""
    return placed.activity.roles.get(party) if isinstance(placed.activity, HostedActivity) else None


def _one_chair(facts: Facts, placed: Placed, chairs: list[ParticipantId]) -> Iterator[Violation]:
    if not chairs:
        yield about(_NAME, f"{subject(placed)} has none of the chairs of its track", [placed])
    elif len(chairs) > 1:
        names = listed([facts.instance.person(person).name for person in chairs])
        yield about(_NAME, f"{subject(placed)} has more than one chair: {names}", [placed], chairs)


def _together(schedule: Schedule) -> Iterator[Violation]:
    capped: dict[PartyId, list[Placed]] = {party: [] for party in schedule.facts.capped}
    if not capped:
        return
    for placed in schedule.placed:
        for party in placed.cast.splitting:
            if party in capped:
                capped[party].append(placed)
    for party, items in capped.items():
        delegation = schedule.instance.delegation(party)
        if delegation is None or delegation.parallel is None:
            raise AssertionError("only a delegation with `parallel` is capped")
        for crowd in crowds(items, delegation.parallel):
            message = (
                f"{delegation.label} can be at {count(delegation.parallel, 'activity', 'activities')} "
                f"at a time and is at more{together(crowd.members)}"
            )
            yield about(_NAME, message, crowd.members, [party], during=(crowd.start, crowd.end))


RULE = Rule(_NAME, alone=_alone, together=_together)
