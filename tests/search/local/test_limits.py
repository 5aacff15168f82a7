"""What the kernel does not know is refused, by name."""

import pytest
from support.making import make, meeting, moment, put

from scheduler.problem import discretise
from scheduler.search.local.board import Board
from scheduler.search.local.limits import UnsupportedError, refuse_unsupported

SPLIT = [{"id": f"d{n}", "split": "members", "parallel": 2} for n in range(5)]


def objective(levels):
    terms = ["requests", "breaks", "idle_minutes", "city_changes", "room_changes"]
    return [{"term": terms[n % len(terms)], "level": n + 1} for n in range(levels)]


def speakers(count):
    tags = [f"{a}{b}" for a in "abcdefgh" for b in "abcdefgh"]
    return [{"id": "x"}, {"id": "y", "languages": tags[:count]}]


def splitting(count):
    return {"delegations": SPLIT, "meetings": [meeting("m", *(d["id"] for d in SPLIT[:count]))]}


def past(start):
    """A meeting that has taken place by ten if it began at nine."""
    return {
        "delegations": [{"id": "x"}, {"id": "y"}],
        "meetings": [meeting("m", "x", "y")],
        "now": moment("10:00"),
        "baseline": [put("m", start)],
    }


REFUSED = {
    "more than 4 parties that split at one meeting": splitting(5),
    "pinned tables": {
        "delegations": [{"id": "x"}, {"id": "y"}],
        "meetings": [meeting("m", "x", "y", pin={"table": 1})],
    },
    "meetings that have taken place": past("09:00"),
    "more than 30 languages": {"delegations": speakers(31), "meetings": [meeting("m", "x", "y")]},
    "more than 8 levels": {
        "delegations": speakers(0),
        "meetings": [meeting("m", "x", "y")],
        "objective": objective(9),
    },
}
TAKEN = {
    "four that split": splitting(4),
    "a meeting that has not begun": past("11:00"),
    "thirty languages": {"delegations": speakers(30), "meetings": [meeting("m", "x", "y")]},
    "eight levels": {
        "delegations": speakers(0),
        "meetings": [meeting("m", "x", "y")],
        "objective": objective(8),
    },
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what):
    problem = discretise(make(**REFUSED[what]))
    for refuse in (refuse_unsupported, Board):
        with pytest.raises(UnsupportedError, match=f"^{what}$"):
            refuse(problem)


@pytest.mark.parametrize("what", TAKEN)
def test_as_much_as_it_knows(what):
    problem = discretise(make(**TAKEN[what]))
    refuse_unsupported(problem)
    assert len(Board(problem).tasks) == 1
