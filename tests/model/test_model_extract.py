"""Values -> placements: in the order of the instance, tables and interpreters handed out."""

import pytest
from support.fixing import ONE_WORKER, fix, model_of
from support.making import city, hold, make, meeting, moment, put, schedule, session

from scheduler.checker import check
from scheduler.model.engine import run
from scheduler.model.extract import placements


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
