"""Networks and sums as clauses: every assignment of a few literals is tried."""

import itertools

import pytest
from support.clauses import extensions

from scheduler.model.clauses.counting import at_most, merged, ranked, within
from scheduler.model.clauses.formula import FALSE, TRUE, Formula
from scheduler.model.clauses.rules.parity import even
from scheduler.model.clauses.weighing import cost_at_most


def fresh(many):
    formula = Formula()
    return formula, [formula.new() for _ in range(many)]


def allowed(formula, literals):
    """The assignments of some literals that the clauses allow, each as what is true."""
    return {
        true
        for size in range(len(literals) + 1)
        for true in itertools.combinations(literals, size)
        if extensions(formula, literals, true)
    }


@pytest.mark.parametrize("many", range(8))
@pytest.mark.parametrize("most", [None, 0, 1, 2, 3, 5])
def test_ranked(many, most):
    formula, literals = fresh(many)
    counted = ranked(formula, literals, most)
    assert len(counted) == (many if most is None else min(most, many))
    for size in range(many + 1):
        for true in itertools.combinations(literals, size):
            [values] = extensions(formula, literals, true, of=counted)
            assert values == tuple(place < size for place in range(len(counted)))


@pytest.mark.parametrize("constants", [(TRUE,), (FALSE,), (TRUE, TRUE, FALSE)])
def test_constants_are_counted_too(constants):
    formula, literals = fresh(3)
    counted = ranked(formula, [*literals, *constants])
    for size in range(4):
        [values] = extensions(formula, literals, tuple(literals[:size]), of=counted)
        assert sum(values) == size + constants.count(TRUE)


@pytest.mark.parametrize(("one", "other"), list(itertools.product(range(6), repeat=2)))
@pytest.mark.parametrize("most", [1, 2, 4, 9])
def test_merged(one, other, most):
    formula, literals = fresh(one + other)
    found = merged(formula, literals[:one], literals[one:], most)
    assert len(found) == min(most, one + other)
    for a, b in itertools.product(range(one + 1), range(other + 1)):
        true = (*literals[:a], *literals[one : one + b])
        [values] = extensions(formula, literals, true, of=found)
        assert values == tuple(place < a + b for place in range(len(found)))


@pytest.mark.parametrize(("many", "most"), list(itertools.product(range(8), range(-1, 8))))
def test_at_most(many, most):
    formula, literals = fresh(many)
    at_most(formula, literals, most)
    assert {len(true) for true in allowed(formula, literals)} == set(range(min(many, most) + 1))


@pytest.mark.parametrize(("least", "most"), list(itertools.product(range(7), repeat=2)))
def test_within(least, most):
    formula, literals = fresh(5)
    within(formula, literals, least, most)
    assert {len(true) for true in allowed(formula, literals)} == set(range(least, min(5, most) + 1))


@pytest.mark.parametrize("many", range(14))
def test_at_most_one(many):
    formula, literals = fresh(many)
    formula.at_most_one(literals)
    for pair in itertools.combinations(literals, 2):
        assert not extensions(formula, pair, pair)
    for one in literals:
        assert extensions(formula, literals, (one,))
    assert extensions(formula, literals, ())


@pytest.mark.parametrize("many", range(7))
def test_even(many):
    formula, literals = fresh(many)
    even(formula, [*literals, FALSE])
    assert {len(true) for true in allowed(formula, literals)} == set(range(0, many + 1, 2))


@pytest.mark.parametrize(
    "weights", [(), (1,), (1, 1, 1), (2, 2), (3, 1, 4, 1, 5), (6, 9, 3), (7, 8), (5, 5, 1, 1)]
)
def test_weighed(weights):
    for most in range(-1, sum(weights) + 2):
        formula, literals = fresh(len(weights))
        cost_at_most(formula, list(zip(weights, literals, strict=True)), most)
        weight = dict(zip(literals, weights, strict=True))
        expected = {
            true
            for size in range(len(literals) + 1)
            for true in itertools.combinations(literals, size)
            if sum(weight[one] for one in true) <= most
        }
        assert allowed(formula, literals) == expected


def test_what_costs_for_certain_is_counted():
    formula, literals = fresh(2)
    cost_at_most(formula, [(3, TRUE), (2, literals[0]), (5, FALSE), (1, literals[1])], 5)
    assert allowed(formula, literals) == {(), (literals[0],), (literals[1],)}


def test_definitions():
    formula, literals = fresh(3)
    either, both = formula.any_of(literals), formula.all_of(literals)
    for size in range(4):
        [values] = extensions(formula, literals, tuple(literals[:size]), of=[either, both])
        assert values == (size > 0, size == 3)
    assert (formula.any_of([]), formula.all_of([])) == (FALSE, TRUE)
    assert formula.any_of([literals[0], TRUE]) == TRUE
    assert formula.any_of([literals[0], FALSE]) == literals[0]
