"""Reasons are true: derived again by trying every placement, on random tiny programmes."""

from functools import cache

import pytest
from support.bruteforce import Places
from support.tiny import tiny_instance

from scheduler.domain import ReasonKind, RuleName, is_mandatory
from scheduler.problem import discretise
from scheduler.search import SolveOptions
from scheduler.search.reasons import why_unscheduled
from scheduler.search.reasons.counting import count_reasons
from scheduler.search.solve import solve

SEEDS = range(3000, 3120)
FITS = {ReasonKind.WOULD_BE_WORSE, ReasonKind.COULD_BE_GRANTED}
NOBODY_FREE = {RuleName.PERSON, RuleName.PLENARY, RuleName.DELEGATION, RuleName.AVAILABILITY}
ALONE = "even if nothing else were placed: "
WHOLE = {ReasonKind.FAIRNESS, ReasonKind.TALKS}
"""What hangs on the whole schedule; nobody in particular is named for it."""


@cache
def refused():
    """Return what has no place: instance, placements, the reason."""
    found = []
    for seed in SEEDS:
        instance = tiny_instance(seed)
        solution = solve(instance, SolveOptions(deterministic=True)).solution
        if solution is not None:
            found += [(instance, solution, said) for said in solution.unscheduled]
    return found


def worth(instance, activity):
    if not instance.has_activity(activity):
        return 0
    hosted = instance.activity(activity)
    if not hasattr(hosted, "priority"):
        hosted = instance.session_of(activity)
    return float("inf") if is_mandatory(hosted) else instance.priorities[hosted.priority]


def fits(instance, placements, activity):
    places = Places(instance, activity)
    return any(places.rules(block, tuple(placements)) == set() for block in places.blocks)


def only(placements, instance, names):
    """Return the placements of some activities; of a session with its talks."""
    talks = {
        t.id for s in instance.sessions if s.id in names or {t.id for t in s.talks} & names for t in s.talks
    }
    sessions = {s.id for s in instance.sessions if {t.id for t in s.talks} & names}
    return [p for p in placements if p.activity in names | talks | sessions]


def test_there_are_many_reasons():
    kinds = {said.kind for _, _, said in refused()}
    assert {
        ReasonKind.LOST_TO,
        ReasonKind.NO_COMMON_TIME,
        ReasonKind.TABLES_FULL,
        ReasonKind.WOULD_BE_WORSE,
    } <= kinds
    assert len(refused()) > 60


def test_what_has_no_place_has_none():
    for instance, _, said in refused():
        nowhere = not Places(instance, said.activity).blocks
        assert nowhere or said.kind is not ReasonKind.NO_PLACE
        # That there is no interpreter at all, or no time for a meal, is seen only when places are tried.
        assert not nowhere or said.kind is ReasonKind.NO_PLACE or said.reason.startswith(ALONE), said


def test_what_fits_fits():
    for instance, solution, said in refused():
        assert (said.kind in FITS) is fits(instance, solution.placements, said.activity), said


def test_those_it_is_lost_to_bar_it_by_themselves():
    for instance, solution, said in refused():
        if not said.lost_to:
            assert said.kind is not ReasonKind.LOST_TO
            continue
        least = min(worth(instance, activity) for activity in said.lost_to)
        assert least >= worth(instance, said.activity)
        assert (said.kind is ReasonKind.LOST_TO) is (least > worth(instance, said.activity))
        named = only(solution.placements, instance, set(said.lost_to))
        assert len(named) >= len(said.lost_to)
        assert not fits(instance, named, said.activity), said


def test_what_is_not_lost_would_fit_without_lesser_requests():
    for instance, solution, said in refused():
        if said.lost_to or said.kind in WHOLE | FITS | {ReasonKind.NO_PLACE}:
            continue
        if not Places(instance, said.activity).blocks:
            continue
        own = worth(instance, said.activity)
        kept = [p for p in solution.placements if worth(instance, p.activity) >= own]
        assert fits(instance, kept, said.activity) or instance.fairness.breaks is not None, said


@pytest.mark.parametrize(
    ("kind", "rules"),
    [(ReasonKind.NO_COMMON_TIME, NOBODY_FREE), (ReasonKind.TABLES_FULL, NOBODY_FREE | {RuleName.ROOM})],
)
def test_what_is_in_the_way_is_so_everywhere(kind, rules):
    for instance, solution, said in refused():
        if said.kind is kind:
            places = Places(instance, said.activity)
            broken = [places.rules(block, solution.placements) for block in places.blocks]
            assert all(b is None or b & rules for b in broken), said


def test_counted_reasons_agree():
    for instance, solution, said in refused():
        if said.kind in {ReasonKind.NOT_EXAMINED} or not instance.has_activity(said.activity):
            continue
        counted = count_reasons(discretise(instance), solution)[said.activity]
        if counted.kind in (ReasonKind.NO_COMMON_TIME, ReasonKind.TABLES_FULL, ReasonKind.NO_PLACE):
            alone = said.reason.startswith(ALONE)
            assert alone or said.kind in (counted.kind, ReasonKind.LOST_TO), (said, counted)
        if counted.lost_to:
            named = only(solution.placements, instance, set(counted.lost_to))
            assert not fits(instance, named, said.activity)


def test_the_time_may_be_over():
    instance, solution, said = refused()[0]
    for reasons in (why_unscheduled, count_reasons):
        late = reasons(discretise(instance), solution, lambda: True)
        assert set(late) == {u.activity for u in solution.unscheduled}
        assert late[said.activity].reason
