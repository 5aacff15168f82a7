"""Re-planning: the past and pins stay, few things move, and what moves is told."""

import datetime as dt
import random

import pytest
from support.bruteforce import best
from support.disturbed import with_objective
from support.making import city, hold, hours, make, meeting, moment, put, schedule, session
from support.tiny import tiny_instance

from scheduler.checker import check
from scheduler.domain import RuleName, Status, TermName
from scheduler.explain.replan import ReplanError, ReplanOptions, objective, replan, restated
from scheduler.search import SolveOptions

EXACTLY = SolveOptions(deterministic=True)
MEETINGS = [meeting("m", "a", "b"), meeting("n", "a", "c"), meeting("o", "c", "d", priority="high")]
BASELINE = schedule(put("m", "10:00"), put("n", "11:00"), put("o", "12:00", table=2))


def programme(**parts):
    return make("a", "b", "c", "d", **({"meetings": MEETINGS} | parts))


def planned(instance, baseline=BASELINE, **options):
    found = replan(instance, baseline, ReplanOptions(**options), EXACTLY)
    if found.solution is not None:
        assert check(found.instance, found.solution).valid
        counted = {*found.moved, *found.dropped} - found.freed
        assert found.bound in (None, len(counted))
    return found


def places(found):
    return {p.activity: (f"{p.start:%H:%M}", p.table) for p in found.solution.placements}


def closed(start, end):
    """Return the usual city with its tables closed for a while."""
    return [city("madrid", {"id": "hall"}, {"id": "area", "tables": 2, "closed": [hours(start, end)]})]


# -- what stays, what moves ----------------------------------------------------------------------


def test_without_a_change_everything_stays():
    found = planned(programme())
    assert found.kept == ("m", "n", "o")
    assert (found.moved, found.dropped, found.added, found.withdrawn) == ((), (), (), ())
    assert places(found) == {"m": ("10:00", 1), "n": ("11:00", 1), "o": ("12:00", 2)}
    assert not found.changes
    assert found.people_affected == 0


def test_what_is_no_longer_possible_moves_and_nothing_else():
    found = planned(programme(cities=closed("10:00", "10:30")))
    assert (found.moved, found.kept) == (("m",), ("n", "o"))
    assert [each.activity for each in found.impossible] == ["m"]
    assert "Meeting" not in found.impossible[0].reason
    assert "closed" in found.impossible[0].reason or "area" in found.impossible[0].reason
    assert found.people_affected == 2
    assert [change.activity for change in found.changes.changes] == ["m"]


def test_what_is_withdrawn_is_no_move_and_what_is_new_finds_its_place():
    found = planned(programme(meetings=[*MEETINGS[1:], meeting("x", "a", "d")]))
    assert (found.withdrawn, found.added, found.moved) == (("m",), ("x",), ())
    assert found.bound == 0


def test_a_new_request_moves_nothing_unless_moves_are_weighed_against_it():
    """``x`` could be granted if ``m`` gave way, and no other place is left for it."""
    x = meeting("x", "b", "c", windows=[hours("10:00", "10:30")], priority="high")
    instance = programme(meetings=[*MEETINGS, x])
    assert planned(instance).added == ()
    weighed = planned(instance, weight_moves=2)
    assert (weighed.added, weighed.moved) == (("x",), ("m",))
    assert planned(instance, weight_moves=100).added == ()


def test_a_room_that_is_gone_is_a_move():
    was = schedule(put("m", "10:00", "attic"), put("n", "11:00"), put("o", "12:00"))
    found = planned(programme(), was)
    assert found.moved == ("m",)
    assert found.impossible[0].reason == "the room attic is gone"


def test_interpreters_and_tables_stay_where_they_can():
    people = [{"id": "a", "languages": ["es"]}, {"id": "b", "languages": ["ja"]}]
    pools = [{"id": name, "languages": ["es", "ja"], "count": 2} for name in ("first", "second")]
    instance = make(delegations=people, interpreters=pools, meetings=[meeting("m", "a", "b")])
    was = schedule(put("m", "10:00", "area", 2, interpreter=("second", 2)))
    assert planned(instance, was).solution.placements == was.placements


# -- the past ------------------------------------------------------------------------------------


def test_the_past_stays_and_nothing_else_starts_before_now():
    cities = closed("12:00", "18:00")
    found = planned(programme(cities=cities), now=moment("11:30"))
    assert places(found) | {"o": None} == {"m": ("10:00", 1), "n": ("11:00", 1), "o": None}
    assert "o" in found.moved + found.dropped
    assert all(p.start >= moment("11:30") for p in found.solution.placements if p.activity == "o")


def test_a_past_that_breaks_a_rule_is_named_and_nothing_is_searched():
    found = planned(programme(cities=closed("10:00", "10:30")), now=moment("11:30"))
    assert found.result.status is Status.INFEASIBLE
    assert found.solution is None
    assert [(v.rule, v.activities) for v in found.fixed] == [(RuleName.ROOM, ("m",))]


def test_a_past_in_which_two_are_in_each_others_way_is_named():
    longer = [MEETINGS[0] | {"duration": "90min"}, *MEETINGS[1:]]
    found = planned(programme(meetings=longer), now=moment("12:30"))
    assert [v.rule for v in found.fixed if v.rule is RuleName.PERSON] == [RuleName.PERSON]
    assert {a for v in found.fixed for a in v.activities} == {"m", "n"}


def test_a_room_of_the_past_that_is_gone_is_named():
    was = schedule(put("m", "10:00", "attic"))
    found = planned(programme(), was, now=moment("11:30"))
    assert found.fixed[0].message == (
        "'m' began before now in the room attic, which the programme no longer has"
    )


def test_now_is_the_instances_unless_it_is_given():
    instance = programme(now=moment("11:30"), cities=closed("12:00", "12:30"))
    assert planned(instance).instance.programme.now == moment("11:30")
    assert planned(instance, now=moment("10:30")).instance.programme.now == moment("10:30")


# -- pins and freedoms ---------------------------------------------------------------------------


def test_what_is_pinned_stays_with_its_table():
    """``x`` must be where ``m`` and ``n`` are; without a pin, either may give way."""
    x = meeting("x", "a", "d", mandatory=True, windows=[hours("10:00", "10:30"), hours("11:00", "11:30")])
    instance = programme(meetings=[*MEETINGS, x])
    assert planned(instance, pin=("m",)).moved == ("n",)
    found = planned(instance, pin=("n", "o"))
    assert found.moved == ("m",)
    assert places(found)["o"] == ("12:00", 2)


def test_what_is_pinned_where_it_cannot_be_is_named():
    found = planned(programme(cities=closed("10:00", "10:30")), pin=("m",))
    assert found.result.status is Status.INFEASIBLE
    assert [v.activities for v in found.fixed] == [("m",)]


def test_sessions_and_talks_are_pinned_too():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make("a", participants=[{"id": "ada"}], sessions=[session("s", parties=["a"], talks=[talk])])
    was = schedule(hold("s", "10:00"), hold("t", "10:30"))
    found = planned(instance, was, pin=("s", "t"))
    assert {p.activity: f"{p.start:%H:%M}" for p in found.solution.placements} == {"s": "10:00", "t": "10:30"}


def test_what_is_free_moves_at_no_charge():
    x = meeting("x", "b", "c", windows=[hours("10:00", "10:30")], priority="high")
    found = planned(programme(meetings=[*MEETINGS, x]), free=("m",))
    assert "x" in found.added
    assert (found.moved, found.freed) == (("m",), {"m"})
    assert found.result.levels[0].value == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pin": ("gone",)}, "'gone' is no activity of the programme"),
        ({"free": ("new",)}, "'new' has no place in the baseline"),
        ({"pin": ("m",), "free": ("m",)}, "'m' is both pinned and free"),
        ({"free": ("m",), "now": moment("10:30")}, "'m' began before now, and so is not free to move"),
    ],
)
def test_what_makes_no_sense_is_refused(options, message):
    instance = programme(meetings=[*MEETINGS, meeting("new", "b", "d")])
    with pytest.raises(ReplanError, match=message):
        replan(instance, BASELINE, ReplanOptions(**options))


def test_a_pin_against_the_programmes_own_or_in_a_room_that_is_gone_is_refused():
    own = programme(meetings=[MEETINGS[0] | {"pin": {"start": moment("12:00")}}, *MEETINGS[1:]])
    with pytest.raises(ReplanError, match="the programme pins it elsewhere"):
        replan(own, BASELINE, ReplanOptions(pin=("m",)))
    with pytest.raises(ReplanError, match="its room 'attic' is no longer part of the programme"):
        replan(programme(), schedule(put("m", "10:00", "attic")), ReplanOptions(pin=("m",)))


def test_a_schedule_of_another_programme_is_refused():
    other = BASELINE.model_copy(update={"programme": "other"})
    with pytest.raises(ReplanError, match="the baseline is a schedule of 'other'"):
        replan(programme(), other)


# -- what counts ---------------------------------------------------------------------------------


def terms(instance, weight=None):
    return [(t.term.value, t.weight, t.level) for t in objective(instance, weight)]


def test_moves_come_before_the_programmes_own_levels():
    instance = programme(objective=[{"term": "requests", "level": 4}, {"term": "breaks", "level": 7}])
    assert terms(instance) == [
        ("moved", 1, 1),
        ("people_affected", 1, 2),
        ("moved_city", 1, 2),
        ("requests", 1, 3),
        ("breaks", 1, 4),
    ]


def test_an_objective_that_counts_moves_is_taken_as_it_is():
    own = [{"term": "requests", "level": 4}, {"term": "moved_start", "level": 7, "weight": 3}]
    assert terms(programme(objective=own)) == [("requests", 1, 4), ("moved_start", 3, 7)]


def test_with_a_weight_moves_join_the_first_level_and_take_the_place_of_the_programmes_own():
    own = [
        {"term": "requests", "level": 4},
        {"term": "moved_start", "level": 5},
        {"term": "breaks", "level": 7},
    ]
    assert terms(programme(objective=own), 6) == [
        ("moved", 6, 1),
        ("people_affected", 1, 2),
        ("moved_city", 1, 2),
        ("requests", 1, 1),
        ("breaks", 1, 3),
    ]
    assert terms(programme(objective=[]), 6)[0] == ("moved", 6, 1)


def test_as_a_schedule_of_the_programme_itself_it_claims_no_more_than_is_known():
    instance = programme(cities=closed("10:00", "10:30"))
    found = planned(instance)
    solution = restated(instance, found)
    assert solution.placements == found.solution.placements
    assert solution.status is Status.FEASIBLE
    assert [level.level for level in solution.levels] == [1, 2]
    assert all(level.bound == 0 for level in solution.levels)
    assert solution.terms == check(instance, solution).terms


def test_where_the_programme_says_it_all_the_solution_is_the_searchs_own():
    own = [{"term": "moved"}, {"term": "requests", "level": 2}]
    instance = programme(objective=own, baseline=BASELINE.placements)
    found = planned(instance)
    assert restated(instance, found) is found.solution


# -- random programmes ---------------------------------------------------------------------------


@pytest.mark.parametrize("seeds", [range(3000, 3030), range(3030, 3060)], ids=lambda s: f"from-{s[0]}")
def test_replanning_an_unchanged_programme_moves_nothing_and_loses_nothing(seeds):
    replanned = 0
    for seed in seeds:
        instance = with_objective(tiny_instance(seed), [{"term": "requests"}, {"term": "breaks", "level": 2}])
        instance = instance.changed(
            baseline=(), programme=instance.programme.model_copy(update={"now": None})
        )
        optimum = best(instance)
        if optimum is None:
            continue
        chance = random.Random(seed)
        starts = [p.start for p in optimum.solution.placements]
        now = chance.choice([None, *starts])
        found = replan(instance, optimum.solution, ReplanOptions(now=now), EXACTLY)
        assert found.result.status is Status.OPTIMAL
        assert (found.moved, found.dropped, found.people_affected) == ((), (), 0)
        values = [level.value for level in check(instance, found.solution).levels]
        assert values == list(optimum.levels)
        replanned += 1
    assert replanned > 10


@pytest.mark.parametrize("seeds", [range(4000, 4025), range(4025, 4050)], ids=lambda s: f"from-{s[0]}")
def test_the_fewest_move_among_all_schedules(seeds):
    """Somebody is away when something of theirs takes place: trying everything moves no fewer."""
    moved = 0
    for seed in seeds:
        instance = with_objective(tiny_instance(seed), [{"term": "requests"}])
        instance = instance.changed(
            baseline=(), programme=instance.programme.model_copy(update={"now": None})
        )
        optimum = best(instance)
        if optimum is None or not optimum.solution.placements or not instance.delegations:
            continue
        late = _late(random.Random(seed), instance, optimum.solution)
        found = replan(late, optimum.solution, search=EXACTLY)
        expected = best(found.instance)
        if expected is None:
            assert found.result.status is Status.INFEASIBLE
            continue
        assert found.bound == len(found.moved) + len(found.dropped) == expected.levels[0]
        assert tuple(level.value for level in found.result.levels) == expected.levels
        moved += found.bound > 0
    assert moved > 3


def _late(chance, instance, solution):
    """Return the programme with a delegation that comes when something has begun."""
    arrival = chance.choice(solution.placements).start + dt.timedelta(minutes=1)
    who = chance.randrange(len(instance.delegations))
    delegations = list(instance.delegations)
    departure = delegations[who].departure
    if departure is not None and departure <= arrival:
        arrival = departure - dt.timedelta(minutes=1)
    delegations[who] = delegations[who].model_copy(update={"arrival": arrival})
    return instance.changed(delegations=tuple(delegations))


def test_every_term_about_moves_is_known_to_the_search_and_to_the_objective():
    from scheduler.explain import replan as module
    from scheduler.search import replanning

    named = {term for term in TermName if term.value.startswith("moved") or term is TermName.PEOPLE_AFFECTED}
    assert set(module.MOVES) == replanning.MOVES == named
