from __future__ import annotations

from hypothesis import given
from support.exported import relaxed
from support.hand_made import hand_made, hand_placed
from support.measured import Case, cases

from scheduler.checker import check
from scheduler.domain import Status
from scheduler.reporting.measure import indicators


@relaxed
@given(cases())
def test_costs_and_breaches_are_the_checkers(found: Case) -> None:
    measured, verdict = indicators(*found), check(*found)
    assert [level.value for level in measured.levels] == [level.value for level in verdict.levels]
    assert [(t.term, t.level, t.cost) for t in measured.terms] == [
        (t.term, t.level, t.cost) for t in verdict.terms
    ]
    assert measured.valid is verdict.valid
    assert [breach.message for breach in measured.breaches] == [v.message for v in verdict.violations]
    assert all(level.bound is None and level.gap is None for level in measured.levels)


def test_bounds_and_proofs_are_what_the_solution_says() -> None:
    first, second = indicators(hand_made(), hand_placed()).levels
    assert (first.claimed, first.bound, first.status, first.confirmed) == (1, 1, Status.OPTIMAL, True)
    assert (second.claimed, second.bound, second.confirmed) == (5, 5, False)
    assert first.value == 4  # the visit counts as well, which the file does not say
    assert first.gap == 0.75
