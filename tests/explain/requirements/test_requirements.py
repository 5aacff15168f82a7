"""Requirements can be taken back in any order, and taking back more never takes a schedule away."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.breaking import WAYS, broken_instance, planted_instance
from support.bruteforce import best
from support.command_line import INSTANCES
from support.tiny import tiny_instance

from scheduler.explain.questions import Answer, Limits, Questions
from scheduler.explain.requirements import FAIRNESS, Kind, Requirements, keeping, requirements
from scheduler.reading import load, load_with_places


def ask(instance):
    """Return whether an instance has a schedule, asked anew."""
    return Questions(Limits.of(None, None)).ask(instance)


def some(chance, items, share):
    return [item for item in items if chance.random() < share]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), share=st.sampled_from((0.5, 0.8, 0.95)))
def test_taking_back_more_takes_no_schedule_away(seed, share):
    written = Requirements(tiny_instance(seed))
    chance = random.Random(seed)
    kept = some(chance, written.all, share)
    fewer = some(chance, kept, share)
    if ask(written.needed(kept)) is Answer.YES:
        assert ask(written.needed(fewer)) is Answer.YES


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_keeping_everything_changes_nothing(seed):
    instance = tiny_instance(seed)
    kept = keeping(instance, requirements(instance))
    there = best(instance.changed(objective=())) is not None
    assert (ask(kept) is Answer.YES) == there


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_is_left_out_makes_no_difference(seed):
    written = Requirements(tiny_instance(seed))
    kept = some(random.Random(seed), written.all, 0.9)
    assert ask(written.needed(kept)) is ask(written.keeping(kept))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_with_nothing_required_there_is_a_schedule(seed):
    assert ask(Requirements(tiny_instance(seed)).needed(())) is Answer.YES


@pytest.mark.parametrize("seed", range(len(WAYS)))
def test_a_broken_programme_is_broken_by_what_can_be_taken_back(seed):
    written = Requirements(broken_instance(seed, 8)[1])
    assert ask(written.needed(())) is Answer.YES
    assert ask(written.needed(written.all)) is Answer.NO


@pytest.mark.parametrize("seed", range(6))
def test_a_planted_programme_can_be_held(seed):
    written = Requirements(planted_instance(seed, 12))
    assert ask(written.needed(written.all)) is Answer.YES


def test_every_kind_is_told_at_its_place():
    instance, places = load_with_places(INSTANCES / "every-rule.yaml")
    found = {r.kind: r for r in requirements(instance)}
    told = {kind: r.sentence for kind, r in found.items()}
    assert told[Kind.MEAL] == "everybody has 1h free for a meal in 13:00-15:30"
    assert told[Kind.DAY_PART] == "'Workshop: rivers' (rivers) is for the morning (09:00-14:00)"
    assert told[Kind.NOW] == "nothing new starts before now, Mon 12 May at 10:00, and what began stays"
    [place] = places.of([found[Kind.DAY_PART].path])
    line = int(place.split(":")[-2])
    text = (INSTANCES / "every-rule.yaml").read_text().splitlines()[line - 1]
    assert "day_part: morning" in text


def test_what_only_concerns_what_may_be_refused_is_no_requirement():
    instance = load(INSTANCES / "infeasible.yaml")
    about = {name for r in requirements(instance) for name in r.about}
    assert "oslo-madrid" in about
    assert not about & {"lyon", "oslo-lyon"}


def test_keys_tell_requirements_apart():
    for name in ("every-rule", "asia-innova-2017", "replanned", "two-time-zones"):
        keys = [r.key for r in requirements(load(INSTANCES / f"{name}.yaml"))]
        assert len(set(keys)) == len(keys)


def test_a_limit_of_load_is_written_once_and_holds_for_those_who_say_nothing():
    instance = load(INSTANCES / "every-rule.yaml")
    loads = [r for r in requirements(instance) if r.kind is Kind.MEETINGS_PER_DAY]
    assert [(r.path, r.about) for r in loads][1][1] == ("osaka",)
    without = keeping(instance, [r for r in requirements(instance) if r.key != loads[0].key])
    limits = {p.id: p.load.meetings_per_day for p in without.people}
    assert limits["osaka"] == 2
    assert limits["cork"] is None


def test_without_bounds_of_fairness_more_can_be_taken_back():
    instance = load(INSTANCES / "every-rule.yaml")
    written = Requirements(instance)
    assert {r.kind for r in written.bounds} == FAIRNESS
    assert not any(r.kind is Kind.AUDIENCE for r in written.all)
    assert any(r.kind is Kind.AUDIENCE for r in written.unbound.all)
    assert keeping(instance, ()).fairness.breaks is None


def test_the_most_meetings_in_all_and_pairs_can_be_taken_back():
    instance = load(INSTANCES / "every-rule.yaml")
    found = {r.kind: r for r in requirements(instance)}
    most, pair = found[Kind.MEETINGS_IN_ALL], found[Kind.NEVER]
    assert most.sentence == "Osaka (osaka) holds at most 3 meetings in the whole programme"
    assert pair.sentence == (
        "Culture adviser (Graz) (graz-culture) and Bilbao City Council (bilbao-council) are never to meet"
    )
    without = keeping(instance, [r for r in requirements(instance) if r.key not in (most.key, pair.key)])
    assert without.never == ()
    assert {party: (q.least, q.most) for party, q in without.quotas.items()} == {"osaka": (3, None)}
