"""A schedule from elsewhere as the hint: it is a schedule of the model, and costs there what it costs."""

import pytest
from support.bruteforce import best
from support.making import make, meeting, put, schedule
from support.tiny import tiny_instance

from scheduler.checker import Checker
from scheduler.model.build import build
from scheduler.model.engine import Configuration, EngineStatus, run
from scheduler.model.extract import placements
from scheduler.model.hint import hint
from scheduler.model.symmetry import in_order
from scheduler.problem import discretise

AS_HINTED = Configuration(workers=1, hinted=True)
TEAM = {"id": "team", "split": "members", "parallel": 3}


def run_as_hinted(problem, placed):
    """Return each level's outcome when every decision is as the schedule has it, and the last schedule."""
    model = build(problem)
    found = []
    for level in model.levels:
        cost = model.cost(level)
        hint(model.context, placed)
        found.append(run(model.context.logic.cp, cost, AS_HINTED))
    last = found[-1].values
    return found, None if last is None else placements(problem, model.context.variables, last)


@pytest.mark.parametrize("first", range(0, 60, 15))
def test_the_best_schedule_of_a_tiny_programme_is_one_of_the_model(first):
    tried = 0
    for seed in range(first, first + 15):
        instance = tiny_instance(seed)
        optimum = best(instance)
        if optimum is None or not instance.objective:
            continue
        outcomes, placed = run_as_hinted(discretise(instance), optimum.solution.placements)
        assert {outcome.status for outcome in outcomes} == {EngineStatus.OPTIMAL}, seed
        assert tuple(outcome.value for outcome in outcomes) == optimum.levels, seed
        where = {p.activity: (p.start, p.room) for p in optimum.solution.placements}
        assert {p.activity: (p.start, p.room) for p in placed} == where, seed
        tried += 1
    assert tried


def test_what_is_not_placed_is_hinted_at_as_not_placed():
    instance = make("a", "b", "c", meetings=[meeting("m", "a", "b"), meeting("n", "a", "c")])
    outcomes, placed = run_as_hinted(discretise(instance), [put("n", "10:00")])
    assert [p.activity for p in placed] == ["n"]
    expected = Checker(instance).levels(schedule(put("n", "10:00")))
    assert [outcome.value for outcome in outcomes] == [level.value for level in expected]


def test_a_hint_takes_the_place_of_the_one_before():
    instance = make("a", "b", meetings=[meeting("m", "a", "b")])
    model = build(discretise(instance))
    for placed in ([put("m", "10:00")], []):
        hint(model.context, placed)
        outcome = run(model.context.logic.cp, None, AS_HINTED)
        found = placements(model.context.problem, model.context.variables, outcome.values)
        assert [p.activity for p in found] == [p.activity for p in placed]


def teams(**parts):
    others = [{"id": f"o{n}"} for n in range(3)]
    meetings = [meeting(f"m{n}", "team", f"o{n}") for n in range(3)]
    return make(delegations=[TEAM, *others], meetings=meetings, **parts)


THIRD_FIRST = [
    put("m2", "10:00", "area", 1, "team.1"),
    put("m0", "10:00", "area", 2, "team.3"),
    put("m1", "11:00", "area", 1, "team.3"),
]


def test_alike_teams_are_numbered_in_the_order_of_meetings():
    found = in_order(discretise(teams()), THIRD_FIRST)
    assert {p.activity: p.attendees for p in found} == {
        "m0": ("team.1",),
        "m1": ("team.1",),
        "m2": ("team.2",),
    }
    kept = {p.activity: (p.start, p.room, p.table) for p in THIRD_FIRST}
    assert {p.activity: (p.start, p.room, p.table) for p in found} == kept


def test_teams_that_the_past_names_keep_their_numbers():
    instance = teams(baseline=[put("m0", "10:00", "area", 2, "team.3")])
    assert in_order(discretise(instance), THIRD_FIRST) == THIRD_FIRST


def test_a_hint_whatever_its_teams_are_called_is_a_schedule_of_the_model():
    outcomes, placed = run_as_hinted(discretise(teams()), THIRD_FIRST)
    assert {p.activity: p.attendees for p in placed}["m2"] == ("team.2",)
    assert {outcome.status for outcome in outcomes} == {EngineStatus.OPTIMAL}
