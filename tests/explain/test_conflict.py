"""A conflict leaves no schedule, and each conflict less one of its requirements does."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.breaking import WAYS, broken_instance, planted_instance
from support.bruteforce import best, schedules
from support.making import make, meeting, moment
from support.tiny import tiny_instance

from scheduler.domain import Status
from scheduler.explain.conflict import find_conflict
from scheduler.explain.explanation import why_infeasible
from scheduler.explain.questions import Answer, Limits, Questions
from scheduler.explain.requirements import Kind, Requirements, keeping
from scheduler.search.result import SolveOptions
from scheduler.search.solve import solve

_SLOW = ("gaps_in_a_circle",)
"""What takes a second for each question; `benchmarks/conflicts.py` runs it, and many more of the others."""
_SEEDS = [seed for seed in range(3 * len(WAYS)) if WAYS[seed % len(WAYS)].__name__ not in _SLOW]


def ask(instance):
    return Questions(Limits.of(None, None)).ask(instance)


def assert_irreducible(instance, conflict):
    """Solve again, from the reported requirements alone."""
    written = Requirements(instance)
    assert ask(written.needed(conflict.requirements)) is Answer.NO
    for left_out in conflict.requirements:
        others = [r for r in conflict.requirements if r is not left_out]
        assert ask(written.needed(others)) is Answer.YES, left_out.sentence


@pytest.mark.parametrize("seed", _SEEDS)
def test_of_a_broken_programme_an_irreducible_set_is_reported(seed):
    way, instance = broken_instance(seed, 8)
    conflict = find_conflict(instance)
    assert conflict.status is Status.INFEASIBLE, way
    assert conflict.shown.infeasible
    assert conflict.shown.confirmed
    assert conflict.shown.irreducible
    assert_irreducible(instance, conflict)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_of_tiny_programmes_trying_everything_says_the_same(seed):
    instance = tiny_instance(seed).changed(objective=())
    conflict = find_conflict(instance)
    there = best(instance) is not None
    assert (conflict.status is Status.OPTIMAL) == there
    if there:
        return
    assert conflict.status is Status.INFEASIBLE
    for left_out in (None, *conflict.requirements):
        others = [r for r in conflict.requirements if r is not left_out]
        alone = Requirements(instance).needed(others)
        if schedules(alone) <= 1000:
            assert (best(alone) is None) == (left_out is None)


def test_the_set_is_infeasible_for_the_ordinary_search_too():
    _, instance = broken_instance(8, 10)
    conflict = find_conflict(instance)
    assert solve(keeping(instance, conflict.requirements)).status is Status.INFEASIBLE
    less = conflict.requirements[1:]
    assert solve(keeping(instance, less)).status is Status.OPTIMAL


def test_a_programme_that_can_be_held_has_a_schedule_and_no_conflict():
    conflict = find_conflict(planted_instance(3, 10))
    assert conflict.status is Status.OPTIMAL
    assert conflict.requirements == ()
    assert conflict.solution is not None


def test_a_party_with_more_meetings_than_slots_is_told_in_numbers():
    _, instance = broken_instance(0, 12)
    conflict = find_conflict(instance)
    meetings = sum(r.kind is Kind.MANDATORY for r in conflict.requirements)
    [sentence] = conflict.headline
    assert f"must hold {meetings} meetings on Tue 13 May, but only {meetings - 1} slots stand" in sentence
    assert sentence.endswith("departure.")


def test_tables_that_are_too_few_are_counted():
    conflict = find_conflict(broken_instance(4, 12)[1])
    [sentence] = conflict.headline
    assert sentence.startswith(
        "3 meetings must be held on Tue 13 May, but there is room for only 2 of them: "
    )


def test_time_that_is_over_is_said_to_be():
    _, instance = broken_instance(0, 12)
    assert find_conflict(instance, SolveOptions(time_limit=0.0)).status is Status.UNKNOWN


def test_a_stop_is_an_interruption():
    stop = threading.Event()
    stop.set()
    assert find_conflict(broken_instance(0, 12)[1], None, stop).status is Status.INTERRUPTED


def test_a_guess_that_is_wrong_does_no_harm(monkeypatch):
    monkeypatch.setattr("scheduler.explain.conflict.core", lambda *_, **__: ["m0"])
    _, instance = broken_instance(8, 8)
    assert_irreducible(instance, find_conflict(instance))


def test_engines_that_contradict_each_other_are_not_believed(monkeypatch):
    monkeypatch.setattr(Questions, "confirm", lambda *_: [Answer.NO, Answer.YES])
    assert find_conflict(broken_instance(1, 8)[1]).status is Status.CONTRADICTION


def test_what_is_not_shown_is_said(monkeypatch):
    monkeypatch.setattr(Questions, "confirm", lambda *_: [Answer.NO])
    conflict = find_conflict(broken_instance(1, 8)[1])
    assert not conflict.shown.confirmed
    assert "not confirmed by a second run" in conflict.notes[0]


def test_more_mandatory_meetings_than_a_party_may_hold():
    meetings = [meeting(f"m{n}", "a", other, mandatory=True) for n, other in enumerate("bcd")]
    instance = make(*"bcd", delegations=[{"id": "a", "meetings": {"most": 1}}], meetings=meetings)
    explanation = why_infeasible(instance, repairs=1)
    assert Kind.MEETINGS_IN_ALL in {r.kind for r in explanation.conflict.requirements}
    assert len(explanation.conflict.requirements) == 3
    assert_irreducible(instance, explanation.conflict)
    (repair,) = explanation.repairs.found
    assert [step.sentence for step in repair.steps] == ["let a hold 2 more meetings (3 instead of 1)"]


def test_nobody_who_may_be_sent_is_there():
    people = [
        {"id": "s-1", "delegation": "s"},
        {"id": "s-2", "delegation": "s", "departure": moment("09:15")},
    ]
    instance = make(
        "b",
        delegations=[{"id": "s", "split": "members"}],
        participants=people,
        meetings=[meeting("m", "s", "b", mandatory=True)],
        never=[["b", "s-1"]],
    )
    explanation = why_infeasible(instance, repairs=3)
    kinds = {r.kind for r in explanation.conflict.requirements}
    assert {Kind.MANDATORY, Kind.NEVER, Kind.DEPARTURE} <= kinds
    assert_irreducible(instance, explanation.conflict)
    told = {step.sentence for repair in explanation.repairs.found for step in repair.steps}
    assert "give up that b and s-1 are never to meet" in told
