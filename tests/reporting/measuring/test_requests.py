from __future__ import annotations

from collections import Counter

from hypothesis import given
from support.exported import relaxed
from support.hand_made import hand_made, hand_placed
from support.measured import Case, cases, takes_part

from scheduler.domain import HostedActivity, is_mandatory
from scheduler.reporting.measure import indicators


@relaxed
@given(cases())
def test_what_is_granted_is_what_has_a_place(found: Case) -> None:
    measured = indicators(*found).requests
    placed = {placement.activity for placement in found.solution.placements}
    hosted = [a for a in found.instance.activities if isinstance(a, HostedActivity)]
    asked: Counter[str] = Counter("" if is_mandatory(a) else a.priority for a in hosted)
    granted: Counter[str] = Counter("" if is_mandatory(a) else a.priority for a in hosted if a.id in placed)
    for one in measured.by_priority:
        assert (one.asked, one.granted) == (asked[one.id], granted[one.id])
        assert one.weight == found.instance.priorities[one.id]
    assert (measured.mandatory.asked, measured.mandatory.granted) == (asked[""], granted[""])
    assert measured.asked == sum(asked.values()) - asked[""]


@relaxed
@given(cases())
def test_a_delegation_has_the_meetings_of_its_people_each_once(found: Case) -> None:
    placed = {placement.activity for placement in found.solution.placements}
    expected: dict[str, list[bool]] = {}
    for meeting in found.instance.meetings:
        whose = set()
        for party in meeting.parties:
            person = next((p for p in found.instance.participants if p.id == party), None)
            whose.add(person.delegation or person.id if person else party)
        for party in whose:
            expected.setdefault(party, []).append(meeting.id in placed)
    measured = {one.id: (one.asked, one.granted) for one in indicators(*found).requests.by_party}
    assert measured == {party: (len(each), sum(each)) for party, each in expected.items()}


@relaxed
@given(cases())
def test_what_has_no_place_is_listed_the_most_urgent_first(found: Case) -> None:
    measured = indicators(*found)
    placed = {placement.activity for placement in found.solution.placements}
    hosted = [a for a in found.instance.activities if isinstance(a, HostedActivity)]
    assert {one.id for one in measured.refused} == {a.id for a in hosted if a.id not in placed}
    worth = {"mandatory": 10**9, **found.instance.priorities}
    urgencies = [worth[one.priority] for one in measured.refused]
    assert urgencies == sorted(urgencies, reverse=True)
    assert sum(one.count for one in measured.refusals) == len(measured.refused)


@relaxed
@given(cases())
def test_meetings_held_are_those_that_somebody_of_the_party_is_in(found: Case) -> None:
    measured = {one.id: one for one in indicators(*found).held}
    parties = {p.id: p.meetings for p in (*found.instance.delegations, *found.instance.participants)}
    asking = {party: quota for party, quota in parties.items() if quota.least or quota.most is not None}
    assert measured.keys() == asking.keys()
    meetings = {meeting.id for meeting in found.instance.meetings}
    for party, one in measured.items():
        people = found.instance.people_of(party)  # type: ignore[arg-type]
        held = [
            any(takes_part(found, placement, person) for person in people)
            for placement in found.solution.placements
            if placement.activity in meetings
        ]
        assert one.held == sum(held)
        assert one.missing == max(0, asking[party].least - one.held)  # type: ignore[index]
        most = asking[party].most  # type: ignore[index]
        assert one.beyond == (0 if most is None else max(0, one.held - most))


def test_reasons_are_those_that_the_solution_gives() -> None:
    measured = indicators(hand_made(), hand_placed())
    assert [(one.id, one.parties, one.priority, one.reason) for one in measured.refused] == [
        ("visit", "", "normal", "no room is free"),
        ("refused", "Guangzhou - Tallinn", "low", 'nobody speaks both; "zh", and\nin Lisbon: 没有'),
    ]
    assert [(one.kind, one.count) for one in measured.refusals] == [(None, 2)]
