"""A repair makes a schedule, and nothing cheaper does."""

from itertools import combinations

import pytest
from support.breaking import Planted, broken_instance, hall_closed, no_such_room
from support.command_line import INSTANCES

from scheduler.checker import check
from scheduler.domain import Instance, Status
from scheduler.explain.conflict import ConflictSearch
from scheduler.explain.explanation import why_infeasible
from scheduler.explain.questions import Answer, Limits, Questions
from scheduler.explain.repairs import RepairSearch, repaired_instance, steps_of
from scheduler.explain.requirements import Kind, Requirements, requirements
from scheduler.reading import load
from scheduler.search.result import SolveOptions
from scheduler.search.solve import solve


def ask(instance):
    written = Requirements(instance)
    return Questions(Limits.of(None, None)).ask(written.needed(written.all))


def steps(instance):
    """Return everything that could be done about an instance."""
    return [step for requirement in requirements(instance) for step in steps_of(instance, requirement)]


@pytest.mark.parametrize("seed", [0, 5, 9, 12, 15, 16])
def test_each_repair_makes_a_schedule_that_the_checker_accepts(seed):
    _, instance = broken_instance(seed, 8)
    explanation = why_infeasible(instance)
    found = explanation.repairs.found
    assert found
    assert [r.cost for r in found] == sorted(r.cost for r in found)
    for repair in found:
        repaired = repaired_instance(instance, repair.steps)
        assert check(repaired, repair.solution).valid
        assert solve(repaired.changed(objective=())).solution is not None


@pytest.mark.parametrize("seed", [0, 2, 4, 13, 14])
def test_nothing_cheaper_than_the_first_does(seed):
    _, instance = broken_instance(seed, 8)
    first = why_infeasible(instance, repairs=1).repairs.found[0]
    could = steps(instance)
    cheaper = [(step,) for step in could if step.cost < first.cost]
    cheaper += [pair for pair in combinations(could, 2) if sum(s.cost for s in pair) < first.cost][:200]
    for choice in cheaper:
        repaired = repaired_instance(instance, choice)
        assert repaired is None or ask(repaired) is not Answer.YES


def test_two_broken_things_need_two_steps():
    planted = Planted(4, 8)
    hall_closed(planted)
    planted.parts["sessions"].append(
        {"id": "talks", "kind": "workshop", "duration": "1h", "features": ["booths"], "parties": ["p0"]}
    )
    [first] = why_infeasible(Instance.model_validate(planted.parts), repairs=1).repairs.found
    assert {step.requirement.kind for step in first.steps} == {Kind.PINNED_ROOM, Kind.FEATURES}
    assert (first.cost, first.proven) == (7, True)


def test_no_repair_contains_another():
    found = why_infeasible(load(INSTANCES / "infeasible.yaml"), repairs=6).repairs.found
    assert len(found) == 6
    for one, other in combinations(found, 2):
        assert not all(any(b.covers(a) for b in other.steps) for a in one.steps)
    assert found[0].steps[0].sentence == (
        "let Madrid City Council (madrid-council) be back by Tue 3 Jun at 10:30"
    )


def test_when_there_are_no_others_that_is_said():
    planted = Planted(1, 8)
    no_such_room(planted)
    repairs = why_infeasible(Instance.model_validate(planted.parts), repairs=5).repairs
    assert [repair.cost for repair in repairs.found] == [4, 20]
    assert repairs.complete


def test_when_time_is_over_a_bound_is_left():
    _, instance = broken_instance(2, 8)
    written = Requirements(instance)
    conflict = ConflictSearch(written, Questions(Limits.of(None, None))).run()
    late = Questions(Limits.of(SolveOptions(time_limit=0.0), None))
    repairs = RepairSearch(instance, written, late).run(conflict.requirements, 3)
    assert repairs.found == ()
    assert not repairs.complete


def test_where_there_is_a_schedule_nothing_is_repaired():
    explanation = why_infeasible(load(INSTANCES / "tiny.yaml"))
    assert explanation.status is Status.OPTIMAL
    assert explanation.repairs.found == ()
    assert explanation.data()["requirements"] == []


@pytest.mark.parametrize("name", ["every-rule", "asia-innova-2017", "infeasible", "two-time-zones"])
def test_every_step_loosens_what_is_written(name):
    instance = load(INSTANCES / f"{name}.yaml")
    for step in steps(instance):
        assert step.cost > 0
        assert step.sentence
        repaired = repaired_instance(instance, [step])
        assert repaired is None or repaired != instance, step.sentence


def test_a_stronger_step_covers_a_weaker_one():
    _, instance = broken_instance(0, 8)
    [departure] = [r for r in requirements(instance) if r.kind is Kind.DEPARTURE]
    shorter, longer, *_ = steps_of(instance, departure)
    assert longer.covers(shorter)
    assert not shorter.covers(longer)
    moved = repaired_instance(instance, [shorter, longer])
    assert moved == repaired_instance(instance, [longer])
