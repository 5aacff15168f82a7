"""Handing out what is alike: nobody shares, and no more are used than are needed at once."""

from dataclasses import dataclass
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.problem.handing_out import hand_out

SPANS = st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 9)), max_size=12)


@dataclass(frozen=True, eq=False)
class Stretch:
    """What handing out looks at of an option."""

    start: int
    end: int


def at_once(stretches):
    """Return how many run at the same time at the most."""
    return max((sum(o.start <= t < o.end for o in stretches) for t in range(-20, 30)), default=0)


@given(SPANS, st.randoms())
def test_it_never_fails_when_there_are_as_many_as_run_at_once(spans, chance):
    stretches = [Stretch(start, start + length) for start, length in spans]
    chance.shuffle(stretches)
    most = at_once(stretches)
    given_out = hand_out(stretches, list(range(1, most + 1)))
    assert set(given_out) == set(stretches)
    for a, b in combinations(stretches, 2):
        if a.start < b.end and b.start < a.end:
            assert given_out[a] != given_out[b]


@given(SPANS, st.integers(0, 5))
def test_of_more_numbers_only_so_many_are_used_as_run_at_once(spans, more):
    stretches = [Stretch(start, start + length) for start, length in spans]
    most = at_once(stretches)
    given_out = hand_out(stretches, list(range(1, most + more + 1)))
    assert set(given_out.values()) == set(range(1, most + 1))


def test_the_first_number_that_is_free_is_given():
    first, second, third = Stretch(0, 2), Stretch(1, 3), Stretch(2, 4)
    assert hand_out([third, second, first], [3, 7]) == {first: 3, second: 7, third: 3}
    assert hand_out([], []) == {}


def test_there_must_be_enough():
    with pytest.raises(IndexError):
        hand_out([Stretch(0, 2), Stretch(1, 3)], [1])


@given(SPANS, st.integers(-20, 20), st.randoms())
def test_what_starts_earlier_may_have_any_numbers(spans, begin, chance):
    stretches = [Stretch(start, start + length) for start, length in spans]
    early = [one for one in stretches if one.start < begin]
    late = [one for one in stretches if one.start >= begin]
    numbers = list(range(1, at_once(stretches) + 1))
    beside = hand_out(early, chance.sample(numbers, len(numbers)))
    given = beside | hand_out(late, numbers, beside)
    assert given.keys() == set(stretches)
    for a, b in combinations(stretches, 2):
        assert given[a] != given[b] or a.end <= b.start or b.end <= a.start
