from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.exported import relaxed
from support.hand_made import hand_made, hand_placed
from support.measured import Case, breaks, cases, engagements

from scheduler.checker import check
from scheduler.domain import TermName
from scheduler.reporting.measure import indicators
from scheduler.reporting.measuring.people import gini


@relaxed
@given(cases())
def test_days_are_what_going_through_all_minutes_finds(found: Case) -> None:
    measured = indicators(*found).people
    assert [days.id for days in measured] == [person.id for person in found.instance.people]
    for days, person in zip(measured, found.instance.people, strict=True):
        held, free = engagements(found, person), breaks(found, person)
        assert days.engagements == len(held)
        assert (days.breaks, days.idle_minutes) == (len(free), sum(free))
        assert days.city_changes == sum(a.city != b.city for a, b in pairwise(held))


@relaxed
@given(cases())
def test_journeys_are_those_between_engagements_in_different_cities(found: Case) -> None:
    measured = indicators(*found)
    totals: dict[str, list[int]] = {}
    for days, person in zip(measured.people, found.instance.people, strict=True):
        legs = set()
        for a, b in pairwise(engagements(found, person)):
            if a.city != b.city:
                journey = found.instance.travel.journey(a.city, b.city, a.end, found.instance.zones)  # type: ignore[arg-type]
                legs |= (
                    {(leg.start, leg.end, leg.depart, leg.arrive) for leg in journey.legs}
                    if journey
                    else set()
                )
        minutes = sum((arrive.timestamp() - depart.timestamp()) / 60 for _, _, depart, arrive in legs)
        assert (days.legs, days.travel_minutes) == (len(legs), minutes)
        if legs or days.city_changes:
            total = totals.setdefault(person.delegation or person.id, [0, 0, 0, 0])
            for at, more in enumerate((1, len(legs), minutes, days.city_changes)):
                total[at] += int(more)
    assert {
        one.id: [one.people, one.legs, one.travel_minutes, one.city_changes] for one in measured.travel
    } == totals


@relaxed
@given(cases())
def test_fairness_is_what_the_definitions_say(found: Case) -> None:
    measured = indicators(*found)
    placed = {placement.activity for placement in found.solution.placements}
    shares = []
    for party in {party for meeting in found.instance.meetings for party in meeting.parties}:
        named = [meeting.id in placed for meeting in found.instance.meetings if party in meeting.parties]
        shares.append(sum(named) / len(named))
    fairness = measured.fairness
    assert fairness.parties == len(shares)
    assert fairness.gini == pytest.approx(_slow_gini(shares))
    if shares:
        assert (fairness.least_share, fairness.most_share) == (min(shares), max(shares))
        assert fairness.mean_share == pytest.approx(sum(shares) / len(shares))
    spread = [int(100 * share + 1e-9) for share in shares] or [0]
    assert fairness.spread == max(spread) - min(spread)
    numbers = [len(breaks(found, person)) for person in found.instance.people] or [0]
    assert (fairness.least_breaks, fairness.most_breaks) == (min(numbers), max(numbers))


def _slow_gini(values: list[float]) -> float:
    if not sum(values):
        return 0.0
    mean = sum(values) / len(values)
    return sum(abs(a - b) for a, b in product(values, values)) / (2 * len(values) ** 2 * mean)


@given(st.lists(st.floats(0, 1), max_size=30))
def test_the_gini_coefficient_is_that_of_all_pairs(values: list[float]) -> None:
    assert gini(values) == pytest.approx(_slow_gini(values), abs=1e-6)


def test_known_days() -> None:
    found = {days.id: days for days in indicators(hand_made(), hand_placed()).people}
    praia = found["praia"]
    assert (praia.label, praia.delegation) == ("Praia, Cabo Verde", "Praia, Cabo Verde")
    assert (praia.engagements, praia.breaks, praia.idle_minutes) == (4, 2, 90)
    assert (praia.city_changes, praia.legs, praia.travel_minutes) == (1, 1, 80)
    total = sum(days.breaks for days in found.values())
    (charged,) = (t.value for t in check(hand_made(), hand_placed()).terms if t.term is TermName.BREAKS)
    assert total == charged
