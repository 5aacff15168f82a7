"""Values -> placements: in the order of the instance, tables and interpreters handed out."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.fixing import ONE_WORKER, fix, model_of
from support.making import city, hold, make, meeting, moment, put, schedule, session

from scheduler.checker import check
from scheduler.model.engine import run
from scheduler.model.extract import placements
from scheduler.problem.handing_out import hand_out

SPANS = st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 9)), max_size=12)


@dataclass(frozen=True, eq=False)
class Stretch:
    """What handing out looks at of an option."""

    start: int
    end: int


@given(SPANS, st.randoms())
def test_handing_out_never_fails_when_there_are_as_many_as_run_at_once(spans, chance):
    options = [Stretch(start, start + length) for start, length in spans]
    most = max((sum(o.start <= t < o.end for o in options) for t in range(-20, 30)), default=0)
    chance.shuffle(options)
    given_out = hand_out(options, list(range(1, most + 1)))
    assert set(given_out) == set(options)
    for a, b in combinations(options, 2):
        if a.start < b.end and b.start < a.end:
            assert given_out[a] != given_out[b]
    assert Counter(given_out.values()).keys() == set(range(1, most + 1))  # none too many


def test_the_first_number_that_is_free_is_given():
    first, second, third = Stretch(0, 2), Stretch(1, 3), Stretch(2, 4)
    assert hand_out([third, second, first], [3, 7]) == {first: 3, second: 7, third: 3}
    assert hand_out([], []) == {}


def extracted(instance, *placed):
    """Return the placements of the one schedule that is left when everything is fixed."""
    context = model_of(instance)
    assert fix(context, schedule(*placed))
    values = run(context.logic.cp, None, ONE_WORKER).values
    return placements(context.problem, context.variables, values)


def test_everything_is_as_it_was_fixed_in_the_order_of_the_instance():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make(
        "b",
        delegations=[
            {"id": "split", "split": "members", "languages": ["ko"]},
            {"id": "es", "languages": ["es"]},
        ],
        participants=[
            {"id": "s-1", "delegation": "split"},
            {"id": "s-2", "delegation": "split"},
            {"id": "ada"},
        ],
        interpreters=[{"id": "korean", "languages": ["ko", "es"], "count": 2}],
        tracks=[{"id": "chaired", "chairs": ["ada", "s-1"]}],
        sessions=[session("s", talks=[talk], track="chaired", parties=["split"])],
        meetings=[meeting("m", "split", "es"), meeting("n", "split", "b"), meeting("left-out", "es", "b")],
    )
    placed = (
        put("n", "09:00", "area", 1, "s-1"),
        put("m", "14:00", "area", 1, "s-2", interpreter=("korean", 1)),
        hold("t", "10:30"),
        hold("s", "10:00", "hall", "ada", "s-2"),
    )
    found = extracted(instance, *placed)
    assert [p.activity for p in found] == ["s", "t", "m", "n"]
    assert {p.activity: p.model_copy(update={"attendees": frozenset(p.attendees)}) for p in found} == {
        p.activity: p.model_copy(update={"attendees": frozenset(p.attendees)}) for p in placed
    }
    assert all(p.start.tzinfo.key == "Europe/Madrid" for p in found)


def test_tables_are_handed_out_around_those_that_are_pinned():
    pairs = "abcdefgh"
    meetings = [
        meeting(f"m{n}", pairs[2 * n], pairs[2 * n + 1], **({"pin": {"table": 2}} if n == 3 else {}))
        for n in range(4)
    ]
    instance = make(*pairs, cities=[city("madrid", {"id": "area", "tables": 4})], meetings=meetings)
    placed = [put("m0", "10:00", table=1), put("m1", "10:00", table=3), put("m2", "10:00", table=4)]
    placed.append(put("m3", "10:00", table=2))
    found = extracted(instance, *placed)
    assert sorted(p.table for p in found) == [1, 2, 3, 4]
    assert [p.table for p in found if p.activity == "m3"] == [2]
    assert check(instance, schedule(*found)).valid


@pytest.mark.parametrize("count", [2, 3])
def test_interpreters_are_handed_out(count):
    parties = [{"id": f"k{n}", "languages": ["ko"]} for n in range(count)]
    parties += [{"id": f"e{n}", "languages": ["es"]} for n in range(count)]
    instance = make(
        delegations=parties,
        cities=[city("madrid", {"id": "area", "tables": count})],
        interpreters=[{"id": "korean", "languages": ["ko", "es"], "count": count}],
        meetings=[meeting(f"m{n}", f"k{n}", f"e{n}", pin={"start": moment("10:00")}) for n in range(count)],
    )
    placed = [put(f"m{n}", "10:00", "area", n + 1, interpreter=("korean", n + 1)) for n in range(count)]
    found = extracted(instance, *placed)
    assert sorted(p.interpreter.unit for p in found) == list(range(1, count + 1))
    assert check(instance, schedule(*found)).valid
