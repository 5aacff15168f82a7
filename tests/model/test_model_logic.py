"""Definitions are equivalences: for each assignment of what is given, one value of what is made."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fixing import ONE_WORKER

from scheduler.model.engine import run
from scheduler.model.logic import Linear, Logic

NAMES = "abc"
PICKS = st.lists(st.sampled_from([*NAMES, *(f"~{name}" for name in NAMES), "true", "false"]), max_size=4)


def pick(logic, variables, name):
    """Return the literal of a name: a variable, the negation of one, or a constant."""
    if name in ("true", "false"):
        return logic.true if name == "true" else logic.false
    return ~variables[name[1:]] if name.startswith("~") else variables[name]


def truth(world, name):
    if name in ("true", "false"):
        return name == "true"
    return not world[name[1:]] if name.startswith("~") else world[name]


def allowed(logic, variables, world, *more):
    """Return whether an assignment is a solution, some literals besides being true."""
    cp = logic.cp.clone()
    for name, value in world.items():
        cp.add_bool_or([variables[name] if value else ~variables[name]])
    for literal in more:
        cp.add_bool_or([literal])
    return run(cp, None, ONE_WORKER).values is not None


def worlds():
    return [dict(zip(NAMES, values, strict=True)) for values in product((False, True), repeat=len(NAMES))]


def table(names, define):
    """Return, for each assignment, whether it is possible with the made literal true, and false."""
    logic = Logic()
    variables = {name: logic.literal(name) for name in NAMES}
    made = define(logic, [pick(logic, variables, name) for name in names])
    return {
        tuple(world.values()): tuple(allowed(logic, variables, world, claim) for claim in (made, ~made))
        for world in worlds()
    }


def expected(names, meaning):
    """Return the table of an equivalence; None as the meaning: the assignment is impossible."""
    found = {}
    for world in worlds():
        value = meaning([truth(world, name) for name in names])
        found[tuple(world.values())] = (False, False) if value is None else (value, not value)
    return found


@settings(max_examples=25, deadline=None)
@given(PICKS)
def test_either_is_true_exactly_when_one_is(names):
    assert table(names, lambda logic, literals: logic.either(literals)) == expected(names, any)


@settings(max_examples=25, deadline=None)
@given(PICKS)
def test_all_of_is_true_exactly_when_all_are(names):
    assert table(names, lambda logic, literals: logic.all_of(literals)) == expected(names, all)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", "~a", "~b", "false"]), max_size=4, unique=True))
def test_one_of_is_true_exactly_when_one_is_and_lets_no_two_be(names):
    def meaning(values):
        return None if sum(values) > 1 else any(values)

    assert table(names, lambda logic, literals: logic.one_of(literals)) == expected(names, meaning)


def constrained(names, add):
    """Return the assignments that a constraint on some literals leaves."""
    logic = Logic()
    variables = {name: logic.literal(name) for name in NAMES}
    add(logic, [pick(logic, variables, name) for name in names])
    return [tuple(world.values()) for world in worlds() if allowed(logic, variables, world)]


def left(names, meaning):
    return [tuple(w.values()) for w in worlds() if meaning([truth(w, name) for name in names])]


@pytest.mark.parametrize(
    "names", [[], ["a"], ["a", "b"], ["a", "~b", "c"], ["a", "b", "c"], ["a", "false", "c"], ["true", "a"]]
)
def test_constraints(names):
    assert constrained(names, lambda logic, given: logic.exclusive(given)) == left(
        names, lambda v: sum(v) < 2
    )
    assert constrained(names, lambda logic, given: logic.forbid(given)) == left(names, lambda v: not all(v))
    for most in range(1, 4):
        found = constrained(names, lambda logic, given, most=most: logic.at_most(given, most))
        assert found == left(names, lambda v, most=most: sum(v) <= most)


def test_requirements():
    assert constrained(["~b"], lambda logic, given: logic.require(*given)) == left(["~b"], all)
    assert constrained([], lambda logic, given: logic.impossible()) == []


def test_what_is_made_once_is_not_made_again():
    logic = Logic()
    a, b = logic.literal("a"), logic.literal("b")
    assert logic.either([a, b]).index == logic.either([b, a, logic.false, b]).index
    assert logic.all_of([a, b]).index == logic.all_of([b, a]).index
    assert logic.one_of([a, b, logic.false]).index == logic.one_of([b, a]).index
    assert logic.either([a]).index == a.index
    assert logic.one_of([a, logic.false]).index == a.index
    assert logic.either([]).index == logic.one_of([]).index == logic.false.index
    assert logic.either([a, logic.true]).index == logic.all_of([]).index == logic.true.index
    before = len(logic.cp.proto.constraints)
    logic.exclusive([a, ~b])
    logic.exclusive([~b, a, logic.false])
    assert len(logic.cp.proto.constraints) == before + 1


def test_sums():
    logic = Logic()
    a, b, n = logic.literal("a"), logic.literal("b"), logic.cp.new_int_var(0, 9, "n")
    total, part = Linear(7), Linear(2)
    assert total.is_constant
    part.add(a, 3)
    part.add(~b)
    total.extend(part, -2)
    total.add(n, 10)
    assert not total.is_constant
    for literal in (a, b):
        logic.require(literal)
    logic.cp.add(n == 4)
    logic.cp.add(total.expression() == 7 - 2 * (2 + 3 + 0) + 10 * 4)
    values = run(logic.cp, None, ONE_WORKER).values
    assert values.value(total) == 37
    assert values[a]
    assert not values[~b]
    logic.cp.add(total.expression() >= 38)
    assert run(logic.cp, None, ONE_WORKER).values is None
