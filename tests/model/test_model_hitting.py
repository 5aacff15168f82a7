"""The cheapest choice that hits all sets."""

import pytest

from scheduler.model.engine import EngineStatus
from scheduler.model.hitting import cheapest_choice


@pytest.mark.parametrize(
    ("costs", "sets", "chosen"),
    [
        ([3, 1, 1], [], []),
        ([3, 1, 1], [[0, 1], [0, 2]], [1, 2]),
        ([1, 1, 1], [[0, 1], [0, 2]], [0]),
    ],
)
def test_each_set_is_hit_at_the_least_cost(costs, sets, chosen):
    assert cheapest_choice(costs, sets) == (EngineStatus.OPTIMAL, chosen)


def test_what_is_blocked_is_not_chosen_again_nor_with_more():
    costs, sets = [1, 2, 4], [[0, 1, 2]]
    assert cheapest_choice(costs, sets, [[[0, 1]]]) == (EngineStatus.OPTIMAL, [2])
    assert cheapest_choice(costs, sets, [[[0, 1]], [[2]]])[0] is EngineStatus.INFEASIBLE


def test_a_set_of_nothing_cannot_be_hit():
    assert cheapest_choice([1], [[]])[0] is EngineStatus.INFEASIBLE
