"""solve(): statuses that are never folded, claims that are checked, progress, limits and stops."""

import os
import subprocess
import sys
import threading
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from support.making import city, hold, hours, make, meeting, moment, put, session

import scheduler
from scheduler.checker import Verdict, check
from scheduler.domain import RuleName, Status, TermName, Violation
from scheduler.model.engine import Configuration, EngineStatus
from scheduler.model.engine import run as exact_run
from scheduler.model.logic import Linear
from scheduler.model.terms import TERMS
from scheduler.search import Progress, SolveOptions, exact
from scheduler.search import solve as solving
from scheduler.search.solve import solve

ROOT = Path(__file__).parents[2]
INSTANCES = ROOT / "instances"
ONE = SolveOptions(deterministic=True)
"""One worker, and nothing hangs on how fast the machine is."""

PLAIN = SolveOptions(workers=1)
TWO_LEVELS = [{"term": "requests", "level": 1}, {"term": "breaks", "level": 2}]
SHORT = city(opening=(hours("10:00", "12:00", "2025-03-10"),))


def small(**more):
    """Return an instance in which one of four meetings cannot be granted, and one break is left."""
    meetings = [meeting(f"m{n}", "a", party) for n, party in enumerate("bcd")]
    meetings.append(meeting("m3", "a", "b", duration="1h", priority="low"))
    given = {"cities": [SHORT], "meetings": meetings, "objective": TWO_LEVELS} | more
    return make(*"abcd", **given)


def apart(**more):
    """Return an instance whose best schedule costs something on both levels."""
    wishes = {"m0": "10:00", "m1": "11:00", "m2": "11:30"}
    meetings = [
        meeting(name, "a", party, windows=[hours(clock, "12:00" if clock == "11:30" else f"{clock[:3]}30")])
        for (name, clock), party in zip(wishes.items(), "bcd", strict=True)
    ]
    meetings[1]["windows"] = [hours("11:00", "11:30")]
    meetings.append(meeting("m3", "a", "b", duration="2h", priority="low"))
    return make(*"abcd", **{"cities": [SHORT], "meetings": meetings, "objective": TWO_LEVELS} | more)


def loose():
    """Return an instance in which what is good for the second level is good for the first as well."""
    meetings = [meeting(f"m{n}", "a", party) for n, party in enumerate("bcd")]
    objective = [
        {"term": "breaks", "level": 1},
        {"term": "idle_minutes", "level": 2},
        {"term": "requests", "level": 2},
    ]
    wide = [
        meeting("m3", "b", "c", mandatory=True, pin={"start": moment("10:30")}),
        meeting("m4", "a", "c", mandatory=True, pin={"start": moment("12:00")}),
    ]
    return make(*"abcd", meetings=[*meetings, *wide], objective=objective)


@pytest.fixture(scope="module")
def innova():
    return scheduler.load(INSTANCES / "asia-innova-2017.yaml")


@pytest.fixture(scope="module")
def over_full():
    return scheduler.load(INSTANCES / "over-full.yaml")


def values(result):
    return [level.value for level in result.levels]


# -- optimal and infeasible ----------------------------------------------------------------------


def test_a_proven_optimum():
    result = solve(apart(), ONE)
    assert result.status is Status.OPTIMAL
    assert [(r.level, r.value, r.bound, r.status, r.confirmed) for r in result.levels] == [
        (1, 1, 1, Status.OPTIMAL, True),
        (2, 1, 1, Status.OPTIMAL, True),
    ]
    assert all(report.gap == 0 for report in result.levels)
    assert result.notes == ()
    assert result.verdict.valid
    assert result.solution.status is Status.OPTIMAL
    assert result.solution.levels == result.levels
    assert set(result.seconds) >= {"problem", "model", "search", "confirm", "check", "reasons"}
    assert result.log


def test_what_is_reported_is_what_the_checker_says():
    instance = apart(baseline=[put("m0", "10:00")]).model_copy(
        update={
            "objective": apart().objective
            + make(objective=[{"term": t.value, "level": 3} for t in TermName]).objective
        }
    )
    result = solve(instance, ONE)
    verdict = check(instance, result.solution)
    assert verdict == result.verdict
    assert result.solution.terms == verdict.terms
    assert [(level.level, level.value) for level in verdict.levels] == [
        (r.level, r.value) for r in result.levels
    ]
    assert [report.level for report in result.levels] == [1, 2, 3]


def test_a_level_of_nothing_but_constants_is_proven():
    instance = make(
        cities=[SHORT], sessions=[session("s")], objective=[{"term": "breaks"}, {"term": "talk_order"}]
    )
    result = solve(instance, ONE)
    assert [(r.value, r.bound, r.confirmed) for r in result.levels] == [(0, 0, True)]
    assert result.status is Status.OPTIMAL


@pytest.mark.parametrize("objective", [TWO_LEVELS, []])
def test_infeasible_is_proven_twice(objective):
    instance = make(
        *("a", "b", "c"),
        cities=[SHORT],
        meetings=[
            meeting(f"m{n}", "a", party, duration="1h30", mandatory=True) for n, party in enumerate("bc")
        ],
        objective=objective,
    )
    result = solve(instance, ONE)
    assert result.status is Status.INFEASIBLE
    assert (result.solution, result.verdict, result.levels) == (None, None, ())
    assert result.notes == ("infeasibility was proven twice, in different ways",)


def test_without_an_objective_any_schedule_is_the_best():
    result = solve(small(objective=[]), ONE)
    assert result.status is Status.OPTIMAL
    assert result.levels == ()
    assert result.verdict.valid
    assert solve(make(objective=[]), ONE).solution.placements == ()


def test_mandatory_activities_stand_where_nothing_is_charged():
    instance = small(sessions=[session("s", cities=["madrid"])], objective=[])
    assert "s" in {placement.activity for placement in solve(instance, ONE).solution.placements}


def test_the_default_is_to_search_until_proven():
    assert solve(apart()).status is Status.OPTIMAL


# -- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [0.0, 0.02, 0.4])
@pytest.mark.parametrize("levels", ["its own", "none"])
def test_a_time_limit_leaves_a_schedule_or_none(innova, limit, levels):
    instance = innova if levels == "its own" else innova.model_copy(update={"objective": ()})
    result = solve(instance, SolveOptions(time_limit=limit, workers=1))
    if result.solution is None:
        assert result.status is Status.UNKNOWN
        assert result.levels == ()
        assert result.notes == ()
    else:
        assert result.status in (Status.FEASIBLE, Status.OPTIMAL)
        assert result.verdict.valid
        assert all(report.bound <= report.value for report in result.levels)


def test_a_limit_keeps_the_schedule(over_full):
    # So little effort that something is found, and (today) not all of it proven.
    result = solve(over_full, SolveOptions(time_limit=0.6, deterministic=True))
    proven = all(report.status is Status.OPTIMAL for report in result.levels)
    assert result.status is (Status.OPTIMAL if proven else Status.FEASIBLE)
    assert result.solution.status is result.status
    assert result.verdict.valid
    assert all(0 <= report.bound <= report.value for report in result.levels)


def engine_that(*lies, second=None):
    """Return an engine that lies, once for each search (None: the truth), and ``second`` when asked again."""
    real, left = exact.run, list(lies)

    def run(cp, objective, configuration, **more):
        first = left.pop(0) if left and not configuration.second_opinion else None
        lie = second if configuration.second_opinion else first
        outcome = real(cp, objective, configuration, **more)
        return lie(outcome, cp, objective) if lie else outcome

    return run


def finds_nothing(outcome, cp, objective):
    """Claim that the time was over."""
    return replace(outcome, status=EngineStatus.UNKNOWN, value=None, bound=None, values=None)


def gives_up(outcome, cp, objective):
    """Claim that there is no schedule."""
    return replace(outcome, status=EngineStatus.INFEASIBLE, value=None, bound=None, values=None)


def takes_the_worst(outcome, cp, objective):
    """Return the worst schedule, and claim no more than that it is one."""
    worst, loss = cp.clone(), Linear()
    loss.extend(objective, -1)
    values = exact_run(worst, loss, Configuration(workers=1)).values
    return replace(
        outcome, status=EngineStatus.FEASIBLE, value=values.value(objective), bound=0, values=values
    )


def calls_the_worst_best(outcome, cp, objective):
    """Claim that the worst schedule is the best."""
    worst = takes_the_worst(outcome, cp, objective)
    return replace(worst, status=EngineStatus.OPTIMAL, bound=worst.value)


def test_a_level_that_was_not_reached_is_unknown(monkeypatch):
    monkeypatch.setattr(exact, "run", engine_that(None, finds_nothing, second=finds_nothing))
    told = []
    result = solve(apart(), ONE, told.append)
    assert result.status is Status.FEASIBLE
    assert [(r.value, r.bound, r.status, r.confirmed) for r in result.levels] == [
        (1, 1, Status.OPTIMAL, False),
        (result.levels[1].value, 0, Status.UNKNOWN, False),
    ]
    assert values(result) == [level.value for level in check(apart(), result.solution).levels]
    assert result.notes == ("level 1: the proof was not confirmed within its time",)
    assert (told[-1].level, told[-1].status, told[-1].value) == (2, Status.UNKNOWN, None)


def test_infeasibility_that_nobody_confirms_in_time_is_said_to_be_so(monkeypatch):
    monkeypatch.setattr(exact, "run", engine_that(second=finds_nothing))
    instance = make("a", "b", meetings=[meeting("m", "a", "b", mandatory=True, dates=["2025-03-11"])])
    result = solve(instance, ONE)
    assert result.status is Status.INFEASIBLE
    assert result.notes == ("infeasibility was not confirmed within its time",)


@pytest.mark.parametrize(
    ("options", "shares"),
    [
        (PLAIN, [None, None, None]),
        (replace(PLAIN, time_limit=1000.0), [1000, 500, 1000]),  # half of what is left, while others wait
        (SolveOptions(time_limit=90.0, deterministic=True), [30, 30, 30]),
        (SolveOptions(deterministic=True), [None, None, None]),
    ],
)
def test_levels_share_the_time(monkeypatch, options, shares):
    limits = {True: [], False: []}
    real = exact.run

    def run(cp, objective, configuration, *, limit=None, **more):
        limits[configuration.second_opinion].append(limit)
        return real(cp, objective, configuration, limit=limit, **more)

    monkeypatch.setattr(exact, "run", run)
    objective = [{"term": t, "level": n} for n, t in enumerate(("requests", "breaks", "idle_minutes"), 1)]
    solve(apart(objective=objective), options)
    assert limits[False] == [share and pytest.approx(share, abs=20) for share in shares]
    assert all(share is None or limit <= share for limit, share in zip(limits[False], shares, strict=True))
    assert limits[True]  # a proof is asked to be confirmed, for a while
    assert all(0 < limit < 20 for limit in limits[True])


# -- stops ---------------------------------------------------------------------------------------


def test_stopped_before_it_begins(innova):
    stop = threading.Event()
    stop.set()
    result = solve(innova, ONE, stop=stop)
    assert result.status is Status.INTERRUPTED
    assert (result.solution, result.levels, result.verdict) == (None, (), None)


def test_stopped_while_it_runs_the_best_schedule_is_kept(innova):
    stop, told = threading.Event(), []

    def listen(progress):
        told.append(progress)
        if progress.value is not None:
            stop.set()

    result = solve(innova, ONE, listen, stop)
    assert result.status is Status.INTERRUPTED
    assert result.solution.status is Status.INTERRUPTED
    assert result.verdict.valid
    assert [report.level for report in result.levels] == [1, 2, 3, 4]
    assert result.levels[0].value <= next(p.value for p in told if p.value is not None)
    assert {report.status for report in result.levels[1:]} == {Status.UNKNOWN}
    assert {p.level for p in told} == {1}


@pytest.mark.parametrize(("level", "status"), [(1, None), (2, Status.OPTIMAL)])
def test_stopped_while_a_level_is_written_down(monkeypatch, level, status):
    stop, told = threading.Event(), []
    breaks = TERMS[TermName.BREAKS]

    def stopped(context):
        stop.set()
        return breaks(context)

    monkeypatch.setitem(TERMS, TermName.BREAKS, stopped)
    objective = [{"term": "breaks", "level": 2 * level - 1}, {"term": "requests", "level": 2}]
    result = solve(apart(objective=objective), ONE, told.append, stop)
    assert result.status is Status.INTERRUPTED
    if status is None:
        assert (result.solution, result.levels, told) == (None, (), [])
    else:
        assert [report.status for report in result.levels] == [status, Status.UNKNOWN]
        assert result.solution.status is Status.INTERRUPTED
        assert {progress.level for progress in told} == {2}


def test_a_limit_holds_while_the_model_is_written_down(monkeypatch):
    monkeypatch.setattr(exact, "run", None)  # never asked
    result = solve(apart(), replace(PLAIN, time_limit=0.0))
    assert (result.status, result.solution, result.log) == (Status.UNKNOWN, None, ())


def test_a_stop_that_comes_too_late_changes_nothing():
    stop = threading.Event()

    def listen(progress):
        if progress.level == 2 and progress.status is Status.OPTIMAL:
            stop.set()

    result = solve(apart(), ONE, listen, stop)
    assert result.status is Status.OPTIMAL


# -- the same again ------------------------------------------------------------------------------


def test_a_deterministic_run_is_the_same_again(over_full):
    options = SolveOptions(time_limit=1.0, seed=3, deterministic=True, workers=8)
    first, second = (solve(over_full, options) for _ in range(2))
    assert first.levels == second.levels
    assert first.solution == second.solution
    assert first.solution.placements


SCRIPT = """
import scheduler
instance = scheduler.load("instances/every-rule.yaml")
result = scheduler.solve(instance, scheduler.SolveOptions(seed=1, deterministic=True))
print(result.solution.model_dump_json())
"""


def test_a_deterministic_run_is_the_same_in_another_process():
    texts = set()
    for salt in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": salt}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=ROOT, env=env, capture_output=True, check=True
        )
        texts.add(done.stdout)
    assert len(texts) == 1
    assert b"placements" in texts.pop()


# -- progress ------------------------------------------------------------------------------------


def by_level(told):
    return [(level, list(events)) for level, events in groupby(told, key=lambda p: p.level)]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", ["every-rule", "split-delegation", "tiny"])
def test_each_level_tells_how_it_goes(name, workers):
    told: list[Progress] = []
    result = solve(scheduler.load(INSTANCES / f"{name}.yaml"), SolveOptions(workers=workers), told.append)
    levels = by_level(told)
    assert [level for level, _ in levels] == [report.level for report in result.levels]
    for (_, events), report in zip(levels, result.levels, strict=True):
        assert (events[0].value, events[0].bound, events[0].status) == (None, 0, Status.UNKNOWN)
        assert events[0].gap is None
        found = [event.value for event in events if event.value is not None]
        assert all(later <= earlier for earlier, later in pairwise(found))
        assert all(earlier.bound <= later.bound for earlier, later in pairwise(events))
        assert all(event.value is None or event.bound <= event.value for event in events)
        last = events[-1]
        assert (last.value, last.bound, last.status) == (report.value, report.bound, report.status)
        assert {event.status for event in events[1:-1]} <= {Status.FEASIBLE}
    assert all(earlier.elapsed <= later.elapsed for earlier, later in pairwise(told))


def test_the_gap_is_the_distance_relative_to_the_value():
    def gap(value, bound):
        return Progress(1, value, bound, Status.FEASIBLE, 0.0).gap

    assert gap(None, 3) is None
    assert gap(10, 5) == 0.5
    assert gap(5, 5) == gap(0, 0) == 0.0
    assert gap(4, 0) == 1.0


# -- wrong claims --------------------------------------------------------------------------------


def test_a_schedule_that_the_checker_refuses_is_invalid(monkeypatch):
    def refuse(instance, solution):
        wrong = Violation(rule=RuleName.PERSON, message="A is in two places")
        return check(instance, solution).model_copy(update={"violations": (wrong,)})

    monkeypatch.setattr("scheduler.checker.check", refuse)
    result = solve(apart(), ONE)
    assert result.status is Status.INVALID
    assert result.solution is None
    assert not result.verdict.valid
    assert result.notes == ("the checker refuses the schedule: person: A is in two places",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (1, ["level 2: the solver says 1, the checker 2"]),
        (-1, ["level 2: the solver says 1, the checker 0", "level 2: the schedule has 0, below the bound 1"]),
    ],
)
def test_a_value_that_the_checker_does_not_find_is_invalid(monkeypatch, change, said):
    def differ(instance, solution):
        verdict = check(instance, solution)
        first, second = verdict.levels
        return verdict.model_copy(
            update={"levels": (first, second.model_copy(update={"value": second.value + change}))}
        )

    monkeypatch.setattr("scheduler.checker.check", differ)
    result = solve(apart(), ONE)
    assert (result.status, result.solution) == (Status.INVALID, None)
    assert list(result.notes) == said


@pytest.mark.parametrize("level", [1, 2])
def test_an_optimum_that_another_engine_betters_is_a_contradiction(monkeypatch, level):
    lies = [None] * (level - 1) + [calls_the_worst_best]
    monkeypatch.setattr(exact, "run", engine_that(*lies))
    result = solve(loose(), ONE)
    assert result.status is Status.CONTRADICTION
    assert result.solution.status is Status.CONTRADICTION
    assert result.verdict.valid
    report = result.levels[level - 1]
    assert (report.bound, report.status, report.confirmed) == (0, Status.CONTRADICTION, False)
    assert [r.status for r in result.levels[: level - 1]] == [Status.OPTIMAL] * (level - 1)
    assert any(note.startswith(f"level {level}: one engine proves ") for note in result.notes)


def test_an_optimum_that_is_wrong_by_one_is_a_contradiction(monkeypatch):
    monkeypatch.setattr("scheduler.search.choosing.slotted", lambda problem: None)
    monkeypatch.setattr(exact, "run", engine_that(calls_the_worst_best))
    one = meeting("m", "a", "b", priority="low")
    result = solve(make("a", "b", meetings=[one], objective=[{"term": "requests"}]), ONE)
    assert result.status is Status.CONTRADICTION
    assert result.notes == ("level 1: one engine proves 1 optimal, another finds 0",)


@pytest.mark.parametrize(("said", "bound"), [(1, 1), (0, 0), (-5, 0)])
def test_what_is_proven_of_a_level_that_is_not_finished(monkeypatch, said, bound):
    def unfinished(outcome, cp, objective):
        return replace(outcome, status=EngineStatus.FEASIBLE, bound=said)

    monkeypatch.setattr(exact, "run", engine_that(unfinished))
    result = solve(apart(), ONE)
    assert [(r.value, r.bound, r.status) for r in result.levels] == [
        (1, bound, Status.FEASIBLE),
        (1, 1, Status.OPTIMAL),
    ]
    assert result.status is Status.FEASIBLE
    assert result.levels[0].gap == 1 - bound


def test_a_schedule_that_gets_better_on_a_level_not_proven_is_reported_as_it_is(monkeypatch):
    # The first level stops at the worst schedule; what is good for the second level is good for it too.
    monkeypatch.setattr(exact, "run", engine_that(takes_the_worst))
    result = solve(loose(), ONE)
    assert result.status is Status.FEASIBLE
    assert result.verdict.valid
    assert values(result) == [level.value for level in result.verdict.levels]
    assert [report.status for report in result.levels] == [Status.FEASIBLE, Status.OPTIMAL]


def test_a_proof_that_a_later_level_refutes_is_not_claimed(monkeypatch):
    monkeypatch.setattr(exact, "run", engine_that(calls_the_worst_best, second=finds_nothing))
    result = solve(loose(), ONE)
    assert result.status in (Status.INVALID, Status.CONTRADICTION)
    assert result.notes


@pytest.mark.parametrize("objective", [TWO_LEVELS, []])
def test_infeasibility_that_another_engine_refutes_is_a_contradiction(monkeypatch, objective):
    monkeypatch.setattr(exact, "run", engine_that(gives_up))
    result = solve(small(objective=objective), ONE)
    assert result.status is Status.CONTRADICTION
    assert result.notes == ("one engine proves that there is no schedule, another finds one",)
    assert all((r.bound, r.status) == (0, Status.UNKNOWN) for r in result.levels)
    assert len(result.levels) == (2 if objective else 0)
    assert result.verdict.valid


def test_a_later_level_that_is_refused_is_a_contradiction(monkeypatch):
    monkeypatch.setattr(exact, "run", engine_that(None, gives_up))
    result = solve(apart(), ONE)
    assert result.status is Status.CONTRADICTION
    assert [(r.bound, r.status) for r in result.levels] == [(1, Status.OPTIMAL), (0, Status.CONTRADICTION)]
    assert result.notes == ("level 2: the engine proves that there is no schedule, and has found one",)


def test_a_verdict_without_a_fault_contradicts_nothing():
    verdict = Verdict()
    assert solving.contradictions(exact.Found(Status.OPTIMAL, ()), verdict) == []


# -- what stands in the schedule -----------------------------------------------------------------


def test_what_has_no_place_is_listed_with_a_reason(over_full):
    result = solve(over_full, SolveOptions(time_limit=0.6, deterministic=True))
    placed = {placement.activity for placement in result.solution.placements}
    hosted = [activity.id for activity in (*over_full.sessions, *over_full.meetings)]
    assert [u.activity for u in result.solution.unscheduled] == [a for a in hosted if a not in placed]
    assert all(u.reason for u in result.solution.unscheduled)


def test_a_pinned_programme_has_one_schedule():
    instance = make(
        *("a", "b"),
        sessions=[session("s", pin={"start": moment("10:00"), "room": "hall"})],
        meetings=[meeting("m", "a", "b", pin={"start": moment("11:30"), "room": "area", "table": 2})],
    )
    assert solve(instance, ONE).solution.placements == (hold("s", "10:00"), put("m", "11:30", table=2))
