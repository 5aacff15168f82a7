"""Maximal cliques of an interval graph."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.problem.cliques import maximal_cliques

INTERVALS = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 8)), max_size=14).map(
    lambda spans: [(start, start + length, n) for n, (start, length) in enumerate(spans)]
)


@given(INTERVALS)
def test_two_intervals_overlap_exactly_when_a_clique_holds_both(intervals):
    cliques = [set(clique) for clique in maximal_cliques(intervals)]
    for (start, end, a), (other, last, b) in combinations(intervals, 2):
        overlap = start < last and other < end and start < end and other < last
        assert any({a, b} <= clique for clique in cliques) == overlap


@given(INTERVALS)
def test_cliques_are_maximal_and_cover_everything_once_each(intervals):
    found = maximal_cliques(intervals)
    cliques = [frozenset(clique) for clique in found]
    assert all(len(clique) == len(named) for clique, named in zip(cliques, found, strict=True))
    assert all(not a < b and a != b for a in cliques for b in cliques if a is not b)
    assert frozenset().union(*cliques) == {n for start, end, n in intervals if start < end}


@given(INTERVALS)
def test_each_clique_shares_a_moment_and_they_come_in_order_of_time(intervals):
    times = {n: (start, end) for start, end, n in intervals}
    moments = [max(times[n][0] for n in clique) for clique in maximal_cliques(intervals)]
    for moment, clique in zip(moments, maximal_cliques(intervals), strict=True):
        assert all(times[n][0] <= moment < times[n][1] for n in clique)
    assert moments == sorted(set(moments))


def test_what_only_touches_does_not_overlap():
    assert maximal_cliques([(0, 2, "a"), (2, 4, "b"), (1, 3, "c")]) == [["a", "c"], ["c", "b"]]
    assert maximal_cliques([]) == []
    assert maximal_cliques([(3, 3, "empty")]) == []
