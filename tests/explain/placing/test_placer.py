"""Where something could be, everything else as it is: held against trying everything through the checker."""

import pytest
from support.bruteforce import Places as Everywhere
from support.making import DATE, away, city, hold, hours, make, meeting, moment, put, schedule, session
from support.tiny import tiny_instance

from scheduler.checker import Checker
from scheduler.domain import RuleName, Solution
from scheduler.explain.placing import Placer, PlacingError, legal_places, moved, pinned, unpinned
from scheduler.search import SolveOptions
from scheduler.search.solve import solve

ONE = SolveOptions(deterministic=True)
SHORT = city("madrid", {"id": "hall"}, {"id": "area", "tables": 1}, opening=(hours("10:00", "12:00", DATE),))


def programme(**more):
    asked = [meeting("one", "a", "b"), meeting("two", "b", "c")]
    return make(*"abc", cities=[SHORT], meetings=asked, **more)


def clocks(places):
    return [cell.start.strftime("%H:%M") for cell in places.legal]


def said(places, clock, room="area"):
    return places.at(moment(clock), room)


def test_every_start_in_every_room_is_told_of():
    places = legal_places(programme(), schedule(put("one", "10:00"), put("two", "10:30")), "one")
    assert [(c.room, c.start.strftime("%H:%M")) for c in places.cells] == [
        (room, clock) for room in ("hall", "area") for clock in ("10:00", "10:30", "11:00", "11:30")
    ]
    assert clocks(places) == ["10:00", "11:00", "11:30"]
    assert places.at(moment("12:00"), "area") is None


def test_an_illegal_place_says_which_rule():
    places = legal_places(programme(), schedule(put("one", "10:00"), put("two", "10:30")), "one")
    assert said(places, "10:30").rule is RuleName.PERSON
    assert "'one'" in said(places, "10:30").words
    assert "'two'" in said(places, "10:30").words
    assert said(places, "10:00", "hall").rule is RuleName.ROOM
    assert "no meeting area" in said(places, "10:00", "hall").words


def test_too_few_tables():
    instance = make(*"abcd", cities=[SHORT], meetings=[meeting("one", "a", "b"), meeting("two", "c", "d")])
    places = legal_places(instance, schedule(put("one", "10:00"), put("two", "11:00")), "one")
    assert said(places, "11:00").rule is RuleName.ROOM
    assert "1 table" in said(places, "11:00").words


def test_what_has_no_place_yet_can_be_put_in():
    instance, solution = programme(), schedule(put("two", "10:00"))
    assert clocks(legal_places(instance, solution, "one")) == ["10:30", "11:00", "11:30"]
    there = moved(instance, solution, "one", moment("11:00"), "area")
    assert {p.activity: p.start for p in there.placements} == {"one": moment("11:00"), "two": moment("10:00")}


def test_what_is_moved_is_checked_and_said_anew():
    instance = programme()
    solution = solve(instance, ONE).solution
    there = moved(instance, solution, "one", moment("11:30"), "area")
    verdict = Checker(instance).check(there)
    assert verdict.valid
    assert [(level.level, level.value) for level in there.levels] == [
        (level.level, level.value) for level in verdict.levels
    ]
    assert all(level.bound == 0 and not level.confirmed for level in there.levels)


def test_where_it_may_not_be_it_is_not_moved_and_the_rule_is_named():
    solution = schedule(put("one", "10:00"), put("two", "10:30"))
    with pytest.raises(PlacingError, match="two places at once") as raised:
        moved(programme(), solution, "one", moment("10:30"), "area")
    assert RuleName.PERSON in {v.rule for v in raised.value.violations}
    assert Placer(programme(), solution).refusal("one", moment("11:00"), "area") == ""


def test_tables_are_handed_out_again():
    # Two tables, and never more than two meetings at a time; but at table 1 the one who comes finds its
    # second half taken, and at table 2 its first.
    house = city("madrid", {"id": "area", "tables": 2}, opening=(hours("10:00", "12:00", DATE),))
    instance = make(
        *"abcdefgh",
        cities=[house],
        meetings=[
            meeting("early", "a", "b"),
            meeting("late", "c", "d"),
            meeting("long", "e", "f", duration="1h"),
        ],
    )
    solution = schedule(put("early", "10:30", "area", 1), put("late", "11:00", "area", 2))
    there = moved(instance, solution, "long", moment("10:30"), "area")
    assert Checker(instance).check(there).valid
    assert {p.activity: p.start for p in there.placements} == {
        "early": moment("10:30"),
        "late": moment("11:00"),
        "long": moment("10:30"),
    }


def test_the_table_that_is_named_is_taken_if_it_is_free():
    house = city("madrid", {"id": "area", "tables": 3}, opening=(hours("10:00", "12:00", DATE),))
    instance = make(*"abcd", cities=[house], meetings=[meeting("one", "a", "b"), meeting("two", "c", "d")])
    placer = Placer(instance, schedule(put("one", "10:00"), put("two", "11:00", "area", 2)))

    def table(wished):
        return placer.moved("one", moment("11:00"), "area", wished).placements[0].table

    assert (table(3), table(2), table(None)) == (3, 1, 1)


def test_somebody_else_is_sent():
    instance = make(
        *"bc",
        cities=[SHORT],
        delegations=[{"id": "team", "split": "members"}],
        participants=[
            {"id": "t-1", "delegation": "team", "absences": [away("11:00", "12:00")]},
            {"id": "t-2", "delegation": "team"},
        ],
        meetings=[meeting("m", "team", "b")],
    )
    solution = schedule(put("m", "10:00", "area", 1, "t-1"))
    assert moved(instance, solution, "m", moment("10:30"), "area").placements[0].attendees == ("t-1",)
    assert moved(instance, solution, "m", moment("11:00"), "area").placements[0].attendees == ("t-2",)


def test_a_session_takes_its_talks_along():
    talks = [{"id": "t", "speaker": "s", "duration": "30min"}]
    instance = make(
        participants=[{"id": "s", "absences": [away("11:30", "18:00")]}],
        sessions=[session("day", talks=talks)],
    )
    solution = schedule(hold("day", "09:00"), hold("t", "09:30"))
    places = legal_places(instance, solution, "day")
    assert moment("11:00") in {cell.start for cell in places.legal}
    assert moment("11:30") not in {cell.start for cell in places.legal}
    as_before = {
        p.activity: p.start for p in moved(instance, solution, "day", moment("10:00"), "hall").placements
    }
    assert as_before == {"day": moment("10:00"), "t": moment("10:30")}
    first = {
        p.activity: p.start for p in moved(instance, solution, "day", moment("11:00"), "hall").placements
    }
    assert first == {"day": moment("11:00"), "t": moment("11:00")}


def test_a_pin_holds_until_it_is_taken_out():
    instance, solution = programme(), schedule(put("one", "10:00"), put("two", "10:30"))
    held = pinned(instance, solution.placements[0])
    assert clocks(legal_places(held, solution, "one")) == ["10:00"]
    assert said(legal_places(held, solution, "one"), "11:00").rule is RuleName.PINS
    assert unpinned(held, "one") == instance
    assert unpinned(instance, "one") is instance
    replanned = solve(held.changed(meetings=(held.meetings[0],)), ONE).solution
    assert replanned.placements[0].start == moment("10:00")


def test_a_pinned_table_stays_pinned():
    table = make(*"ab", cities=[SHORT], meetings=[meeting("m", "a", "b", pin={"table": 1})])
    assert pinned(table, put("m", "10:00")).meetings[0].pin.table == 1
    assert unpinned(pinned(table, put("m", "10:00")), "m") == table


@pytest.mark.parametrize(
    ("activity", "solution", "message"),
    [
        ("nothing", schedule(), "no meeting 'nothing'"),
        ("one", schedule(put("one", "22:00")), "breaks a rule"),
    ],
)
def test_what_makes_no_sense_is_refused(activity, solution, message):
    with pytest.raises(ValueError, match=message):
        legal_places(programme(), solution, activity)


def test_an_unknown_room_is_refused():
    with pytest.raises(ValueError, match="no room 'cellar'"):
        moved(programme(), schedule(), "one", moment("10:00"), "cellar")


def _rest(solution, block_ids):
    return tuple(p for p in solution.placements if p.activity not in block_ids)


@pytest.mark.parametrize("first", range(5000, 5060, 15))
def test_the_same_as_trying_everything(first):
    looked = 0
    for seed in range(first, first + 15):
        instance = tiny_instance(seed)
        solution = solve(instance, ONE).solution
        if solution is None:
            continue
        placer = Placer(instance, solution)
        for activity in (*instance.sessions, *instance.meetings):
            own = {activity.id, *(talk.id for talk in getattr(activity, "talks", ()))}
            rest = _rest(solution, own)
            everywhere = Everywhere(instance, activity.id)
            tried = {(b[0].start, b[0].room) for b in everywhere.blocks if everywhere.rules(b, rest) == set()}
            legal = {(cell.start, cell.room) for cell in placer.places(activity.id).legal}
            # Where tables are told apart, trying everything leaves the others at theirs.
            assert tried <= legal, (seed, activity.id)
            assert legal <= tried or _told_apart(instance), (seed, activity.id)
            for start, room in legal:
                there = placer.moved(activity.id, start, room)
                assert not list(Checker(instance).violations(there)), (seed, activity.id)
                assert _others(there, own) == _others(solution, own)
                looked += 1
    assert looked > 20


def _told_apart(instance):
    return instance.programme.now is not None or any(m.pin.table is not None for m in instance.meetings)


def _others(solution: Solution, own):
    return {p.model_copy(update={"table": None}) for p in solution.placements if p.activity not in own}
