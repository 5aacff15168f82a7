"""What a model is made of: variables only for what is admissible, shared where people do the same."""

import pytest
from support.fixing import ONE_WORKER
from support.making import city, hours, make, meeting, moment, put, session

from scheduler.domain import TermName
from scheduler.model.build import build
from scheduler.model.context import Context
from scheduler.model.engine import run
from scheduler.problem import discretise

SHORT = city(
    "madrid", {"id": "hall"}, {"id": "area", "tables": 2}, opening=(hours("10:00", "12:00", "2025-03-10"),)
)


def split(**more):
    return make(
        "b",
        delegations=[{"id": "split", "split": "members"}, {"id": "crew"}],
        participants=[
            {"id": "s-1", "delegation": "split", "departure": moment("11:00")},
            {"id": "s-2", "delegation": "split"},
            {"id": "c-1", "delegation": "crew"},
            {"id": "c-2", "delegation": "crew"},
        ],
        cities=[SHORT],
        meetings=[meeting("m", "split", "crew"), meeting("n", "crew", "b")],
        **more,
    )


def test_every_option_and_no_other_has_a_variable():
    problem = discretise(split())
    context = Context(problem)
    for task in problem.tasks:
        literals = context.variables.placed(task)
        assert len({literal.index for literal in literals}) == len(task.options) == 4
        assert [context.variables.at(option).index for option in task.options] == [x.index for x in literals]


def test_only_candidates_are_chosen_and_only_where_they_can_be():
    problem = discretise(split())
    context = Context(problem)
    choosing, plain = problem.tasks
    false = context.logic.false.index
    people = {person.id: person for person in problem.people}
    assert context.variables.chosen(plain, people["s-1"]).index == false
    assert context.variables.chosen(choosing, people["b"]).index == false
    assert context.variables.chosen(choosing, people["s-1"]).index != false
    there = [context.variables.chosen_at(people["s-1"], option).index != false for option in choosing.options]
    assert there == [True, True, False, False]
    assert context.variables.chosen_at(people["s-1"], plain.options[0]).index == false


def test_people_who_are_always_engaged_together_share_a_timeline():
    context = Context(discretise(split()))
    timeline = {p.id: t for p, t in zip(context.problem.people, context.timelines, strict=True)}
    assert timeline["c-1"] is timeline["c-2"]
    assert timeline["s-1"] is not timeline["s-2"]
    assert timeline["b"] is not timeline["c-1"]


def test_whether_and_when_something_is_placed():
    instance = make(
        *("a", "b"),
        cities=[city("madrid", {"id": "x", "tables": 1}, {"id": "y", "tables": 1}, opening=SHORT["opening"])],
        meetings=[meeting("must", "a", "b", mandatory=True), meeting("may", "a", "b")],
    )
    context = Context(discretise(instance))
    must, may = context.problem.tasks
    assert context.placed(must).index == context.logic.true.index
    assert context.placed(may).index not in (context.logic.true.index, context.logic.false.index)
    starts = context.starts(may)
    assert list(starts) == sorted({option.start for option in may.options})
    assert context.starts(may) is starts
    for option in may.options:
        cp = context.logic.cp.clone()
        for other in may.options:
            literal = context.variables.at(other)
            cp.add_bool_or([literal if other is option else ~literal])
        values = run(cp, None, ONE_WORKER).values
        assert values[context.placed(may)]
        assert [start for start, literal in starts.items() if values[literal]] == [option.start]


def test_terms_of_a_level_come_when_it_is_asked_for():
    objective = [{"term": "requests", "level": 2}, {"term": "breaks", "level": 5}]
    model = build(discretise(split(objective=objective)))
    assert model.levels == (2, 5)
    before = len(model.context.logic.cp.proto.variables)
    model.cost(2)
    model.cost(5)
    asked = len(model.context.logic.cp.proto.variables)
    assert asked > before
    model.cost(5)
    assert len(model.context.logic.cp.proto.variables) == asked


class EnoughError(Exception):
    """Nobody waits any more."""


def test_building_may_be_ended():
    objective = [{"term": "breaks"}]
    asked = []
    model = build(discretise(split(objective=objective)), lambda: asked.append(1))
    built = len(asked)
    assert built > 10
    model.cost(1)
    assert len(asked) > built

    def enough():
        asked.append(1)
        if len(asked) == 5:
            raise EnoughError

    asked.clear()
    with pytest.raises(EnoughError):
        build(discretise(split()), enough)
    assert len(asked) == 5


def test_two_models_of_an_instance_are_the_same():
    instance = split(
        sessions=[session("s", audience=["all"])],
        objective=[{"term": term.value} for term in TermName],
        baseline=[put("m", "10:00", "area", 1, "s-1")],
    )
    texts = []
    for _ in range(2):
        model = build(discretise(instance))
        model.cost(1)
        texts.append(str(model.context.logic.cp.proto))
    assert texts[0] == texts[1]
