"""Large programmes: sessions first, then meetings by local search, bounds beside the values."""

import threading
from dataclasses import replace

import pytest
from support.making import away, make, meeting

from scheduler.checker import Checker, check
from scheduler.domain import Instance, ReasonKind, Solution, Status
from scheduler.generating import GenerateSpec, generate
from scheduler.problem import discretise
from scheduler.search import SolveOptions
from scheduler.search.budget import Budget
from scheduler.search.choosing import search_for
from scheduler.search.exact import Exact
from scheduler.search.large import Large, without_meetings
from scheduler.search.local.travelling import kernel
from scheduler.search.mandate import Mandate
from scheduler.search.reasons.counting import count_reasons
from scheduler.search.solve import solve
from scheduler.search.started import Started

needs_kernel = pytest.mark.skipif(kernel() is None, reason="the package was installed without a compiler")
BRIEF = SolveOptions(time_limit=1.0, deterministic=True)


@pytest.fixture(scope="module")
def programme() -> Instance:
    return generate(GenerateSpec(meetings=120, seed=7))


def large(instance, options=BRIEF, stop=None, tell=None):
    return Large(discretise(instance), Mandate(options, tell, stop or threading.Event()))


@needs_kernel
def test_a_programme_is_placed_whole_and_bounded(programme):
    told = []
    found = large(programme, tell=told.append).run()
    assert found.status is Status.FEASIBLE
    verdict = check(programme, Solution(programme=programme.programme.id, placements=found.placements))
    assert verdict.valid
    values = [level.value for level in verdict.levels]
    assert all(claim.bound <= value for claim, value in zip(found.claims, values, strict=True))
    assert all(claim.value in (None, value) for claim, value in zip(found.claims, values, strict=True))
    assert next(progress.level for progress in told) == 1
    assert all(progress.value is not None and progress.bound <= progress.value for progress in told)


@needs_kernel
def test_a_deterministic_search_finds_the_same_again(programme):
    first, again = (large(programme).run() for _ in range(2))
    assert first.placements == again.placements
    other = large(programme, replace(BRIEF, seed=4)).run()
    assert other.placements != first.placements


@needs_kernel
def test_two_workers_share_the_days(programme):
    found = large(programme, SolveOptions(time_limit=4.0, workers=2), threading.Event()).run()
    assert (
        found.placements is None
        or check(programme, Solution(programme=programme.programme.id, placements=found.placements)).valid
    )


@needs_kernel
def test_somebody_stops_it(programme):
    stop = threading.Event()
    stop.set()
    found = large(programme, SolveOptions(workers=1), stop).run()
    assert found.status in (Status.INTERRUPTED, Status.FEASIBLE, Status.OPTIMAL)


@needs_kernel
def test_sessions_that_cannot_be_placed_prove_that_nothing_can():
    hours = [{"from": "09:00", "to": "10:00"}]
    sessions = [
        {"id": f"s{n}", "kind": "workshop", "duration": "1h", "windows": hours, "parties": ["a"]}
        for n in range(2)
    ]
    instance = make("a", "b", sessions=sessions, meetings=[meeting("m", "a", "b")])
    assert large(instance).run().status is Status.INFEASIBLE


@needs_kernel
def test_what_cannot_be_placed_is_not_claimed_to_be_impossible():
    people = [{"id": "a", "absences": [away("09:00", "17:30")]}, {"id": "b"}, {"id": "c"}]
    asked = [meeting(f"m{n}", "a", other, mandatory=True) for n, other in enumerate("bc")]
    instance = make(participants=people, meetings=asked)
    found = large(instance).run()
    assert found.status is Status.UNKNOWN
    assert found.placements is None


def test_sessions_stand_alone(programme):
    alone = without_meetings(programme)
    assert alone.meetings == ()
    assert alone.sessions == programme.sessions
    assert alone.fairness.breaks is None


# -- which search --------------------------------------------------------------------------------


@needs_kernel
@pytest.mark.parametrize(("meetings", "kind"), [(20, Exact), (120, Started), (900, Large)])
def test_the_size_decides(meetings, kind):
    problem = discretise(generate(GenerateSpec(meetings=meetings, seed=1)))
    assert isinstance(search_for(problem, Mandate(BRIEF)), kind)


@needs_kernel
def test_exact_search_goes_on_from_local_search(programme):
    result = solve(programme, SolveOptions(time_limit=4.0, deterministic=True))
    assert result.status in (Status.FEASIBLE, Status.OPTIMAL)
    assert result.verdict.valid
    assert {"sessions", "search", "model"} <= result.seconds.keys()
    refused = {u.activity for u in result.solution.unscheduled}
    placed = {p.activity for p in result.solution.placements}
    assert refused | placed >= {m.id for m in programme.meetings}


# -- reasons -------------------------------------------------------------------------------------


@needs_kernel
def test_reasons_count_every_place(programme):
    problem = discretise(programme)
    found = Large(problem, Mandate(BRIEF)).run()
    solution = Solution(programme=programme.programme.id, placements=found.placements)
    reasons = count_reasons(problem, solution)
    placed = {p.activity for p in found.placements}
    assert reasons.keys() == {t.activity.id for t in problem.hosted} - placed
    for activity, reason in ((a, u.reason) for a, u in reasons.items()):
        ways = len(problem.by_id[activity].options)
        assert not ways or f"{ways} possible places and times" in reason or "sessions are placed" in reason


def test_a_reason_is_what_is_in_the_way():
    people = [
        {"id": "a", "absences": [away("10:00", "18:00")]},
        {"id": "b"},
        {"id": "c"},
        {"id": "d", "name": "Dee"},
    ]
    people += [{"id": "e", "absences": [away("09:00", "18:00")]}]
    asked = [meeting("m", "a", "b"), meeting("n", "a", "c"), meeting("o", "a", "d"), meeting("p", "e", "d")]
    instance = make(participants=people, meetings=asked)
    problem = discretise(instance)
    result = solve(instance, SolveOptions(deterministic=True))
    reasons = count_reasons(problem, result.solution)
    assert Checker(instance).check(result.solution).valid
    refused = next(reason for activity, reason in reasons.items() if activity in "mno")
    assert refused.reason.endswith("at each of its 2 possible places and times a is engaged")
    assert refused.kind is ReasonKind.NO_COMMON_TIME
    assert set(refused.lost_to) < {"m", "n", "o"}
    assert reasons["p"].reason.startswith("there is no place and time at all")


# -- time ----------------------------------------------------------------------------------------


def test_a_budget_counts_what_a_deterministic_search_does():
    budget = Budget(Mandate(SolveOptions(time_limit=2.0, deterministic=True)))
    assert (budget.left, budget.over) == (2.0, False)
    budget.keep_back(1.0)
    budget.count(1.5)
    assert (budget.left, budget.spent) == (0.5, 1.5)
    budget.count(0.5)
    assert budget.over


def test_a_budget_ends_when_somebody_stops_it():
    stop = threading.Event()
    budget = Budget(Mandate(stop=stop))
    assert (budget.left, budget.over) == (None, False)
    stop.set()
    assert (budget.stopped, budget.over) == (True, True)
