"""Rule 11: meetings in a day, engagements in a row, a meal."""

import pytest
from support.judging import rules, said, violations
from support.making import DATE, city, hold, hours, make, meeting, moment, put, session

NEXT = "2025-03-11"
OPEN = (hours("09:00", "18:00", DATE), hours("09:00", "18:00", NEXT))


def busy(count=4, load=None, everybody=None, **more):
    """A has meetings m1, m2 ... with others, and a session s to attend."""
    others = [f"p{n}" for n in range(1, count + 1)]
    given = {
        "cities": [city(opening=OPEN)],
        "delegations": [{"id": "a", "name": "Alba", "load": load or {}}],
        "meetings": [meeting(f"m{n}", "a", other) for n, other in enumerate(others, 1)],
        "sessions": [session("s", audience=["a"], mandatory=False)],
        "load": everybody or {},
    }
    return make(*others, **(given | more))


def at(*clocks, date=DATE):
    return [put(f"m{n}", clock, date=date) for n, clock in enumerate(clocks, 1)]


def test_most_meetings_in_a_day():
    two = busy(load={"meetings_per_day": 2})
    assert said(two, *at("10:00", "11:00")) == []
    (found,) = violations(two, *at("10:00", "11:00", "16:00"))
    assert found.message == "Alba has 3 meetings on 10 Mar and should have at most 2"
    assert (found.parties, found.activities) == (("a",), ("m1", "m2", "m3"))
    assert (found.start, found.end) == (moment("10:00"), moment("16:30"))


def test_each_date_counts_by_itself_and_sessions_are_no_meetings():
    one = busy(load={"meetings_per_day": 1})
    assert said(one, put("m1", "10:00"), put("m2", "10:00", date=NEXT), hold("s", "15:00")) == []


def test_none_at_all():
    assert rules(busy(load={"meetings_per_day": 0}), *at("10:00")) == ["load"]


def test_limits_of_the_person_the_delegation_and_the_programme():
    everybody = busy(everybody={"meetings_per_day": 1})
    assert rules(everybody, *at("10:00", "11:00")) == ["load"]
    own = busy(load={"meetings_per_day": 2}, everybody={"meetings_per_day": 1})
    assert rules(own, *at("10:00", "11:00")) == []
    members = [
        {"id": "a1", "delegation": "a", "load": {"meetings_per_day": 3}},
        {"id": "a2", "delegation": "a"},
    ]
    mixed = busy(load={"meetings_per_day": 2}, participants=members)
    (found,) = violations(mixed, *at("10:00", "11:00", "12:00"))
    assert found.parties == ("a2",)


@pytest.mark.parametrize(
    ("clocks", "rest", "right"),
    [
        (("10:00", "10:30"), None, True),
        (("10:00", "10:30", "11:00"), None, False),
        (("10:00", "10:30", "11:30"), None, True),  # a step of the grid is a rest
        (("10:00", "10:30", "11:30"), "1h", False),
        (("10:00", "10:30", "12:00"), "1h", True),
        (("10:00", "11:30", "13:00", "13:30"), "1h30", False),
    ],
)
def test_most_engagements_in_a_row(clocks, rest, right):
    load = {"in_a_row": 2} | ({"rest": rest} if rest else {})
    found = rules(busy(load=load), *at(*clocks))
    assert found == ([] if right else ["load"])


def test_each_row_that_is_too_long_is_said():
    two_rows = busy(6, load={"in_a_row": 1})
    found = said(two_rows, *at("09:00", "09:30", "11:00", "12:00", "12:30", "13:00"))
    assert found == [
        f"load: Alba has {many} engagements in a row with no rest of 30min and should have at most 1: {which}"
        for many, which in ((2, "'m1' and 'm2'"), (3, "'m4', 'm5' and 'm6'"))
    ]


def test_a_row_goes_through_sessions_attended_and_over_midnight():
    one = busy(load={"in_a_row": 1})
    assert rules(one, put("m1", "10:00"), hold("s", "10:30")) == ["load"]
    night = city(opening=(hours("20:00", "24:00", DATE), hours("00:00", "04:00", NEXT)))
    late = busy(load={"in_a_row": 1}, cities=[night])
    assert rules(late, put("m1", "23:30"), put("m2", "00:00", date=NEXT)) == ["load"]


def test_a_talk_inside_ones_own_session_makes_no_row():
    talks = [{"id": f"t{n}", "duration": "30min", "speaker": "ada"} for n in (1, 2)]
    ada = {"id": "ada", "load": {"in_a_row": 1}}

    def instance(**more):
        return make(participants=[ada], sessions=[session("s", talks=talks, **more)])

    placed = (hold("s", "10:00"), hold("t1", "10:00"), hold("t2", "10:30"))
    assert rules(instance(speakers=["ada"]), *placed) == []
    assert rules(instance(), *placed) == ["load"]


MEAL = {"meal": {"from": "12:00", "to": "14:00", "duration": "1h"}}


@pytest.mark.parametrize(
    ("clocks", "right"),
    [
        (("12:00", "12:30"), True),
        (("12:00", "13:30"), True),
        (("12:30", "13:30"), False),
        (("12:30", "13:00"), False),
        (("11:30", "13:00"), True),
        (("12:30",), True),
        (("11:00", "11:30", "14:00"), True),  # nothing inside the window: nobody asks
    ],
)
def test_a_stretch_for_a_meal(clocks, right):
    assert rules(busy(load=MEAL), *at(*clocks)) == ([] if right else ["load"])


def test_the_sentence_of_a_meal():
    (found,) = violations(busy(load=MEAL), *at("12:30", "13:30", "16:00"))
    assert found.message == "Alba has no 1h free for a meal on 10 Mar 12:00-14:00 in Madrid"
    assert found.activities == ("m1", "m2")
    assert (found.start, found.end) == (moment("12:00"), moment("14:00"))


def test_a_long_engagement_hides_a_short_one_inside_the_window():
    long = session("s", duration="2h", audience=["a"], mandatory=False)
    assert rules(busy(load=MEAL, sessions=[long]), hold("s", "11:00")) == []
    assert rules(busy(load=MEAL, sessions=[long]), hold("s", "11:30")) == ["load"]


def test_a_meal_is_taken_on_each_date_and_on_the_clock_of_each_city():
    each = busy(load=MEAL)
    assert rules(each, *at("12:30"), put("m2", "13:00", date=NEXT), put("m3", "12:30", date=NEXT)) == ["load"]
    # 12:30 in Lisbon is 13:30 in Madrid: each window is asked for where there is something in it.
    lisbon = city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon")
    link = {"from": "madrid", "to": "lisbon", "duration": "15min", "both_ways": True}
    two = busy(load=MEAL, cities=[city(), lisbon], travel={"links": [link]})
    in_lisbon = put("m2", "12:30", "far", zone="Europe/Lisbon")
    assert rules(two, put("m1", "12:00"), in_lisbon) == []
    found = violations(two, put("m1", "12:30"), in_lisbon)
    assert [v.message for v in found] == ["Alba has no 1h free for a meal on 10 Mar 12:00-14:00 in Madrid"]
    assert found[0].activities == ("m1", "m2")
    later = put("m3", "13:30", "far", zone="Europe/Lisbon")
    assert [v.message.rpartition(" ")[2] for v in violations(two, in_lisbon, later)] == ["Lisbon"]


def test_a_meal_window_may_close_at_midnight():
    supper = {"meal": {"from": "22:00", "to": "00:00", "duration": "1h"}}
    night = city(opening=(hours("20:00", "24:00", DATE),))
    instance = busy(load=supper, cities=[night])
    assert rules(instance, *at("22:00", "22:30")) == []
    assert rules(instance, *at("22:30", "23:30")) == ["load"]


def test_somebody_with_every_limit_is_held_to_each():
    every = busy(6, load={"meetings_per_day": 3, "in_a_row": 2} | MEAL)
    assert rules(every, *at("10:00", "10:30", "13:00")) == []
    assert rules(every, *at("12:00", "12:30", "13:00", "13:30")) == ["load"] * 3


# -- meetings in the whole programme -----------------------------------------------------------------------


def test_most_meetings_in_the_whole_programme():
    one = make("b", "c", cities=[city(opening=OPEN)], **held_by("a", most=1))
    assert said(one, put("m1", "10:00")) == []
    (found,) = violations(one, put("m2", "10:00"), put("m1", "10:00", date=NEXT))
    assert found.rule == "load"
    assert found.message == "Alba has 2 meetings in the whole programme and should have at most 1"
    assert (found.parties, found.activities) == (("a",), ("m2", "m1"))
    assert rules(make("b", "c", **held_by("a", most=0)), put("m1", "10:00")) == ["load"]


def held_by(party, members=(), split="together", **quota):
    """A has meetings m1 and m2; the member a-1, if there is one, m3 in the own name."""
    own = [meeting("m3", "a-1", "c")] if members else []
    return {
        "delegations": [
            {"id": "a", "name": "Alba", "split": split} | ({"meetings": quota} if party == "a" else {})
        ],
        "participants": [
            {"id": m, "delegation": "a"} | ({"meetings": quota} if party == m else {}) for m in members
        ],
        "meetings": [meeting("m1", "a", "b"), meeting("m2", "a", "c"), *own],
    }


def test_a_delegation_holds_what_one_of_its_people_takes_part_in():
    members = ("a-1", "a-2")
    three = (put("m1", "10:00"), put("m2", "11:00"), put("m3", "12:00"))
    assert rules(make("b", "c", **held_by("a", members, most=3)), *three) == []
    assert rules(make("b", "c", **held_by("a", members, most=2)), *three) == ["load"]
    sent = (put("m1", "10:00", "area", 1, "a-2"), put("m2", "11:00", "area", 1, "a-1"), three[2])
    assert rules(make("b", "c", **held_by("a", members, "members", most=2)), *sent) == ["load"]


def test_a_member_holds_what_they_take_part_in():
    members = ("a-1", "a-2")
    three = (put("m1", "10:00"), put("m2", "11:00"), put("m3", "12:00"))
    assert rules(make("b", "c", **held_by("a-2", members, most=2)), *three) == []
    assert rules(make("b", "c", **held_by("a-1", members, most=2)), *three) == ["load"]
    sent = (put("m1", "10:00", "area", 1, "a-2"), put("m2", "11:00", "area", 1, "a-1"), three[2])
    assert rules(make("b", "c", **held_by("a-1", members, "members", most=2)), *sent) == []
    assert rules(make("b", "c", **held_by("a-1", members, "members", most=1)), *sent) == ["load"]


def test_sessions_count_for_no_number_of_meetings():
    instance = make("b", "c", **held_by("a", most=1), sessions=[session("s", parties=["a"])])
    assert rules(instance, put("m1", "10:00"), hold("s", "12:00")) == []
