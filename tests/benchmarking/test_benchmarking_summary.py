import pytest
from support.benchmarks import key, row

from scheduler.benchmarking.rows import OURS
from scheduler.benchmarking.summary import geometric_mean, seconds_to_settle, spread, standings, typical


def test_what_was_not_proven_counts_as_its_limit():
    assert seconds_to_settle(row(wall=3.0)) == 3.0
    assert seconds_to_settle(row(wall=3.0, status="feasible")) == 60.0
    assert seconds_to_settle(row(wall=61.0, status="unknown", verdict="")) == 61.0
    assert seconds_to_settle(row(wall=3.0, verdict="person: in two places")) == 60.0


def test_the_geometric_mean_takes_no_length_for_nothing():
    assert geometric_mean([1.0, 100.0]) == pytest.approx(10.0)
    assert geometric_mean([0.0, 1.0]) == pytest.approx(0.001**0.5)


def test_of_several_runs_the_median_counts():
    rows = [row(key(number=number), wall=wall) for number, wall in enumerate((5.0, 1.0, 2.0), start=1)]
    assert typical(rows, OURS)["one"].wall == 2.0
    assert spread(rows, OURS) == 2.5


def test_solvers_stand_beside_ours():
    rows = [
        row(key("one"), wall=1.0),
        row(key("two"), wall=4.0),
        row(key("three"), status="feasible", agrees="worse"),
        row(key("one", "rc2"), wall=10.0),
        row(key("two", "rc2"), wall=1.0, status="unknown", agrees="", verdict=""),
        row(key("one", "highs"), status="skipped", verdict="", agrees=""),
    ]
    ours, rc2 = standings(rows)
    assert (ours.solver, ours.cases, ours.proven, ours.equal, ours.worse) == (OURS, 3, 2, 2, 1)
    assert ours.worst == 60.0
    assert ours.mean == pytest.approx((1 * 4 * 60) ** (1 / 3))
    assert ours.times_ours is None
    assert (rc2.solver, rc2.cases, rc2.proven, rc2.wrong) == ("rc2", 2, 1, 0)
    assert rc2.times_ours == pytest.approx((10 * 15) ** 0.5)


def test_faults_are_counted():
    (ours,) = standings([row(status="crashed"), row(key("two"), agrees="contradicts")])
    assert ours.wrong == 2
