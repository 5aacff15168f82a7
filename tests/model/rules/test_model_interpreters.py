"""Rule 12 in the model: an interpreter where no language is shared, each in one place at a time."""

import pytest
from support.bruteforce import best
from support.fixing import breaks, feasible, keeps, model_of, option_of
from support.making import away, city, make, meeting, moment, put

from scheduler.domain import RuleName, Status
from scheduler.model.rules.interpreters import is_counted, lines
from scheduler.problem import discretise
from scheduler.search.solve import solve

SPOKEN = {
    "seoul": ["ko"],
    "tokyo": ["ja"],
    "madrid-council": ["es"],
    "berlin": ["de", "en"],
    "hosts": ["es", "en"],
}
DELEGATIONS = [{"id": name, "languages": languages} for name, languages in SPOKEN.items()] + [
    {"id": "silent"}
]
KOREAN = {"id": "korean", "languages": ["ko", "es"], "city": "madrid"}
LISBON = city("lisbon", {"id": "far", "tables": 2}, zone="Europe/Lisbon")
RAIL = {"links": [{"from": "madrid", "to": "lisbon", "duration": "1h", "both_ways": True}]}


def talking(*pairs, pools=(KOREAN,), **more):
    meetings = [meeting(f"m{n}", *parties) for n, parties in enumerate(pairs)]
    return make(delegations=DELEGATIONS, interpreters=pools, meetings=meetings, **more)


def seated(name, clock="10:00", pool="korean", unit=1, **more):
    return put(name, clock, interpreter=(pool, unit), **more)


def far(name, clock, pool="korean", unit=1):
    return seated(name, clock, pool, unit, room="far", zone="Europe/Lisbon")


@pytest.mark.parametrize(
    ("parties", "needed"),
    [
        (("seoul", "madrid-council"), True),
        (("seoul", "hosts"), True),
        (("berlin", "hosts"), False),
        (("seoul", "silent"), False),
        (("hosts", "madrid-council"), False),
        (("hosts", "madrid-council", "seoul"), True),
        (("berlin", "hosts", "madrid-council"), None),  # no language in common, and nobody who helps
    ],
)
def test_who_needs_one(parties, needed):
    instance = talking(parties)
    if needed is False:
        keeps(instance, put("m0", "10:00"))
    elif needed:
        keeps(instance, seated("m0"))
    if needed is not False:
        breaks(RuleName.INTERPRETERS, instance, put("m0", "10:00"))


def test_two_sides_who_both_understand_and_a_third_who_does_not():
    pools = ({"id": "any", "languages": ["de", "es"]},)
    instance = talking(("berlin", "hosts", "madrid-council"), pools=pools)
    keeps(instance, seated("m0", pool="any"))
    breaks(RuleName.INTERPRETERS, talking(("berlin", "hosts", "madrid-council")), seated("m0"))


@pytest.mark.parametrize(
    "pool",
    [
        KOREAN | {"languages": ["ko", "en"]},
        KOREAN | {"city": "lisbon"},
        KOREAN | {"available": [away("10:30", "12:00")]},
        KOREAN | {"available": [away("09:00", "10:15"), away("10:15", "12:00")]},
    ],
)
def test_a_pool_serves_only_its_languages_city_and_times(pool):
    def served_by(*pools):
        return talking(("seoul", "madrid-council"), pools=pools, cities=[city(), LISBON], travel=RAIL)

    breaks(RuleName.INTERPRETERS, served_by(pool), seated("m0"))
    keeps(served_by(KOREAN | {"available": [away("09:00", "10:30")]}), seated("m0"))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_no_more_at_a_time_than_there_are(count):
    more = [{"id": f"seoul-{n}", "languages": ["ko"]} for n in range(3)]
    more += [{"id": f"hosts-{n}", "languages": ["es"]} for n in range(3)]
    instance = make(
        delegations=more,
        interpreters=[KOREAN | {"count": count}],
        cities=[city("madrid", {"id": "area", "tables": 3})],
        meetings=[
            meeting(f"m{n}", f"seoul-{n}", f"hosts-{n}", duration="30min" if n else "1h") for n in range(3)
        ],
    )
    assert is_counted(discretise(instance), instance.interpreters[0])
    context = model_of(instance)
    at_half_past_ten = (put(f"m{n}", "10:30" if n else "10:00") for n in range(3))
    for placement in at_half_past_ten:
        context.logic.require(context.variables.at(option_of(context.problem, placement)))
    assert feasible(context) == (count == 3)


def test_counted_interpreters_are_handed_out():
    instance = talking(("seoul", "madrid-council"), ("seoul", "hosts"), pools=[KOREAN | {"count": 2}])
    keeps(instance, seated("m0", unit=2), seated("m1", "11:00", unit=1))


def test_a_unit_that_travels_is_in_one_meeting_at_a_time():
    travelling = {"id": "korean", "languages": ["ko", "es"], "count": 2}
    parties = [{"id": "seoul-2", "languages": ["ko"]}]
    instance = make(
        delegations=[*DELEGATIONS, *parties],
        interpreters=[travelling],
        cities=[city(), LISBON],
        travel=RAIL,
        meetings=[meeting("m0", "seoul", "madrid-council", duration="1h"), meeting("m1", "seoul-2", "hosts")],
    )
    problem = discretise(instance)
    assert not is_counted(problem, instance.interpreters[0])
    keeps(instance, seated("m0"), seated("m1", "10:30", unit=2, table=2))
    breaks(RuleName.INTERPRETERS, instance, seated("m0"), seated("m1", "10:30", unit=1, table=2))


def test_a_unit_that_travels_needs_time_for_the_way():
    parties = [{"id": "seoul-2", "languages": ["ko"]}]
    instance = make(
        delegations=[*DELEGATIONS, *parties],
        interpreters=[{"id": "korean", "languages": ["ko", "es"], "count": 2}],
        cities=[city(), LISBON],
        travel=RAIL,
        meetings=[meeting("m0", "seoul", "madrid-council"), meeting("m1", "seoul-2", "hosts")],
    )
    first = seated("m0", "10:00")  # in Lisbon at half past eleven, half past ten there
    keeps(instance, first, far("m1", "10:30"))
    keeps(instance, first, far("m1", "10:00", unit=2))
    breaks(RuleName.INTERPRETERS, instance, first, far("m1", "10:00", unit=1))


def test_a_pool_of_one_city_with_venues_apart_travels_within_it():
    house = {"id": "house", "rooms": [{"id": "area", "tables": 2}]}
    annex = {"id": "annex", "rooms": [{"id": "far", "tables": 2}]}
    instance = make(
        delegations=[*DELEGATIONS, {"id": "busan", "languages": ["ko"]}],
        interpreters=[KOREAN],
        cities=[city() | {"venues": [house, annex], "transfer": "30min"}],
        meetings=[meeting("m0", "seoul", "madrid-council"), meeting("m1", "busan", "hosts")],
    )
    assert not is_counted(discretise(instance), instance.interpreters[0])
    keeps(instance, seated("m0"), seated("m1", "11:00", room="far"))
    keeps(instance, seated("m0"), seated("m1", "10:30"))
    breaks(RuleName.INTERPRETERS, instance, seated("m0"), seated("m1", "10:30", room="far"))


# -- who is chosen matters -----------------------------------------------------------------------


def choosing(pools):
    return make(
        delegations=[{"id": "split", "split": "members"}, {"id": "hosts", "languages": ["es"]}],
        participants=[
            {"id": "s-ko", "delegation": "split", "languages": ["ko"]},
            {"id": "s-ja", "delegation": "split", "languages": ["ja"]},
            {"id": "s-es", "delegation": "split", "languages": ["es", "ko"]},
            {"id": "s-none", "delegation": "split"},
        ],
        interpreters=pools,
        meetings=[meeting("m", "split", "hosts")],
    )


def test_whether_one_is_needed_hangs_on_who_is_chosen():
    instance = choosing([KOREAN])
    for needs_none in ("s-es", "s-none"):
        keeps(instance, put("m", "10:00", "area", 1, needs_none))
    keeps(instance, put("m", "10:00", "area", 1, "s-ko", interpreter=("korean", 1)))
    for lost in ("s-ko", "s-ja"):
        breaks(RuleName.INTERPRETERS, instance, put("m", "10:00", "area", 1, lost))
    breaks(RuleName.INTERPRETERS, instance, put("m", "10:00", "area", 1, "s-ja", interpreter=("korean", 1)))


def test_the_pool_that_serves_hangs_on_who_is_chosen():
    japanese = {"id": "japanese", "languages": ["ja", "es"], "city": "madrid"}
    instance = choosing([KOREAN, japanese])
    for who, pool, other in (("s-ko", "korean", "japanese"), ("s-ja", "japanese", "korean")):
        keeps(instance, put("m", "10:00", "area", 1, who, interpreter=(pool, 1)))
        breaks(RuleName.INTERPRETERS, instance, put("m", "10:00", "area", 1, who, interpreter=(other, 1)))


def test_every_way_to_choose_is_a_line():
    instance = choosing([KOREAN])
    problem = discretise(instance)
    found = {line.groups[0][0].id: line.serving for line in lines(problem, problem.tasks[0])}
    assert found == {
        "s-ko": frozenset(instance.interpreters),
        "s-ja": frozenset(),
        "s-es": None,
        "s-none": None,
    }


# -- the past ------------------------------------------------------------------------------------


def past(first, second, seat, *, others=True, pools=(KOREAN | {"count": 2},)):
    more = [{"id": "k", "languages": ["ko"]}, {"id": "e", "languages": ["es"]}]
    return make(
        delegations=[{"id": "a", "languages": first}, {"id": "b", "languages": second}, *more],
        now=moment("11:00"),
        interpreters=pools,
        meetings=[meeting("m", "a", "b"), *([meeting("n", "k", "e")] if others else [])],
        baseline=[put("m", "10:00", interpreter=seat)],
    )


@pytest.mark.parametrize("others", [True, False])
@pytest.mark.parametrize(
    ("first", "second", "seat"),
    [
        (["ko"], ["es"], ("korean", 2)),
        (["es"], ["es"], ("korean", 2)),  # needs none, and had one all the same
        (["es"], ["es"], None),
        (["fr"], ["fr"], None),
    ],
)
def test_an_interpreter_of_the_past_stays(first, second, seat, others):
    instance = past(first, second, seat, others=others)
    keeps(instance, put("m", "10:00", interpreter=seat))
    found = solve(instance)
    assert found.status is Status.OPTIMAL
    assert found.solution.placements[0].interpreter == instance.baseline[0].interpreter


@pytest.mark.parametrize("others", [True, False])
@pytest.mark.parametrize(
    ("first", "second", "seat"),
    [
        (["ko"], ["es"], None),
        (["ko"], ["es"], ("korean", 3)),
        (["es"], ["es"], ("korean", 3)),
        (["es"], ["es"], ("nobody", 1)),
        (["fr"], ["fr"], ("korean", 1)),
        ([], ["es"], ("korean", 1)),
    ],
)
def test_an_interpreter_of_the_past_who_cannot_have_been_leaves_no_schedule(first, second, seat, others):
    instance = past(first, second, seat, others=others)
    assert best(instance) is None
    assert solve(instance).status is Status.INFEASIBLE


def test_the_interpreter_of_the_past_is_not_elsewhere():
    instance = make(
        delegations=[*DELEGATIONS, {"id": "busan", "languages": ["ko"]}],
        now=moment("10:30"),
        interpreters=[KOREAN],
        meetings=[meeting("m", "seoul", "madrid-council", duration="1h"), meeting("n", "busan", "hosts")],
        baseline=[seated("m")],
    )
    assert not is_counted(discretise(instance), instance.interpreters[0])
    keeps(instance, seated("m"), seated("n", "11:00"))
    breaks(RuleName.INTERPRETERS, instance, seated("m"), seated("n", "10:30", table=2))
