"""Which activities are near each other."""

from support.making import make, meeting, session

from scheduler.problem import discretise
from scheduler.search import neighbours
from scheduler.search.neighbours import Neighbours

CHAIN = Neighbours(
    discretise(
        make(
            *("a", "b", "c", "d", "x", "y"),
            sessions=[session("s", rooms=["hall"]), session("t", rooms=["hall"], parties=["a"])],
            meetings=[
                meeting("ab", "a", "b"),
                meeting("bc", "b", "c"),
                meeting("cd", "c", "d"),
                meeting("xy", "x", "y"),
            ],
        )
    )
)


def test_rings_grow_and_end_with_everything(monkeypatch):
    monkeypatch.setattr(neighbours, "_FEW", 2)
    rings = [set(ring) for ring in CHAIN.around({"ab"})]
    assert [len(ring) for ring in rings] == [2, 6]
    assert rings[0] < {"ab", "bc", "t"}
    assert [len(ring) for ring in CHAIN.around({"ab", "bc"})] == [4, 6]


def test_the_nearest_come_first_and_no_more_than_asked_for():
    assert CHAIN.near("ab", 1) == ["ab"]
    assert set(CHAIN.near("ab", 3)) == {"ab", "bc", "t"}
    assert set(CHAIN.near("ab", 9)) == {"ab", "bc", "cd", "s", "t"}
