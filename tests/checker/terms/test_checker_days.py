"""breaks, idle_minutes, city_changes and room_changes."""

import pytest
from support.judging import value
from support.making import DATE, city, hold, hours, make, meeting, moment, put, session

NEXT = "2025-03-11"
OPEN = (hours("09:00", "18:00", DATE), hours("09:00", "18:00", NEXT))


def ada(term, **parts):
    """Ada meets b, c, d and e, who do nothing else: m1 ... m4."""
    others = "bcde"
    given = {
        "cities": [city(opening=OPEN)],
        "participants": [{"id": "ada"}],
        "meetings": [meeting(f"m{n}", "ada", other) for n, other in enumerate(others, 1)],
        "objective": [{"term": term}],
    }
    return make(*others, **(given | parts))


def at(*clocks, date=DATE):
    return [put(f"m{n}", clock, date=date) for n, clock in enumerate(clocks, 1)]


@pytest.mark.parametrize(
    ("clocks", "tolerance", "number", "minutes"),
    [
        ((), "0min", 0, 0),
        (("10:00",), "0min", 0, 0),
        (("10:00", "10:30"), "0min", 0, 0),
        (("10:00", "11:00"), "0min", 1, 30),
        (("11:00", "10:00"), "0min", 1, 30),
        (("10:00", "11:00", "13:30"), "0min", 2, 30 + 120),
        (("10:00", "10:30", "12:00", "12:30"), "0min", 1, 60),
        (("10:00", "11:00"), "30min", 0, 0),  # not longer than the tolerance
        (("10:00", "11:00", "13:30"), "30min", 1, 120),
    ],
)
def test_breaks_and_idle_minutes(clocks, tolerance, number, minutes):
    rule = {"tolerance": tolerance}
    assert value(ada("breaks", breaks=rule), *at(*clocks)) == number
    assert value(ada("idle_minutes", breaks=rule), *at(*clocks)) == minutes


def test_the_night_is_a_break_of_the_programme_and_not_of_a_day():
    nights = (
        put("m1", "10:00"),
        put("m2", "11:00"),
        put("m3", "09:00", date=NEXT),
        put("m4", "09:30", date=NEXT),
    )
    assert value(ada("breaks"), *nights) == 1
    assert value(ada("idle_minutes"), *nights) == 30
    whole = {"span": "programme"}
    assert value(ada("breaks", breaks=whole), *nights) == 2
    assert value(ada("idle_minutes", breaks=whole), *nights) == 30 + 21 * 60 + 30


def test_a_date_is_that_of_the_start_on_the_clock_of_the_city():
    night = city(opening=(hours("22:00", "24:00", DATE), hours("00:00", "02:00", NEXT)))
    assert value(ada("breaks", cities=[night]), put("m1", "22:30"), put("m2", "23:30")) == 1
    assert value(ada("breaks", cities=[night]), put("m1", "22:30"), put("m2", "00:30", date=NEXT)) == 0


def test_an_idle_night_is_an_hour_shorter_when_the_clocks_go_forward():
    spring = (hours("20:00", "24:00", "2025-03-29"), hours("06:00", "12:00", "2025-03-30"))
    instance = ada("idle_minutes", breaks={"span": "programme"}, cities=[city(opening=spring)])
    placed = (put("m1", "22:00", date="2025-03-29"), put("m2", "08:00", date="2025-03-30"))
    assert value(instance, *placed) == 60 * (9 + 30 / 60 - 1)


def test_everybody_counts_members_stand_ins_and_the_audience():
    instance = make(
        *("b", "c"),
        delegations=[{"id": "a"}, {"id": "d", "split": "members", "parallel": 2}],
        participants=[{"id": name, "delegation": "a"} for name in ("a1", "a2")],
        sessions=[session("s", audience=["b"])],
        meetings=[meeting("m1", "a", "d"), meeting("m2", "a", "c"), meeting("m3", "b", "d")],
        objective=[{"term": "breaks"}],
    )
    placed = [hold("s", "09:00"), put("m1", "10:00", "area", 1, "d.1"), put("m2", "11:00")]
    assert value(instance, *placed) == 2  # the two members of a
    assert (
        value(instance, *placed, put("m3", "11:00", "area", 2, "d.1")) == 4
    )  # b after the session, the team
    assert value(instance, *placed, put("m3", "11:00", "area", 2, "d.2")) == 3


def test_who_cannot_attend_has_no_engagement_in_it():
    def instance(**presence):
        return ada(
            "breaks",
            participants=[{"id": "ada"} | presence],
            sessions=[session("s", audience=["ada"], mandatory=False)],
        )

    placed = (hold("s", "09:00"), put("m1", "11:00"))
    assert value(instance(), *placed) == 1
    assert value(instance(arrival=moment("09:30")), *placed) == 0


def test_a_talk_inside_ones_own_session_is_no_engagement():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    placed = (hold("s", "10:00"), hold("t", "10:00"), put("m1", "11:00"))
    guest = ada("breaks", sessions=[session("s", talks=[talk])])
    listed = ada("breaks", sessions=[session("s", talks=[talk], speakers=["ada"])])
    assert value(guest, *placed) == 1  # idle from the end of the talk to that of the session
    assert value(listed, *placed) == 0


def test_what_overlaps_leaves_no_break():
    long = [meeting("m1", "ada", "b", duration="2h"), meeting("m2", "ada", "c"), meeting("m3", "ada", "d")]
    overlapping = ada("breaks", meetings=long)
    assert value(overlapping, put("m1", "10:00"), put("m2", "10:30"), put("m3", "12:00")) == 0


def two_cities(term):
    lisbon = city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon", opening=OPEN)
    rooms = ({"id": "area", "tables": 2}, {"id": "corner", "tables": 2})
    return ada(term, cities=[city("madrid", *rooms, opening=OPEN), lisbon])


def test_changes_of_city_are_counted_over_the_whole_programme():
    instance = two_cities("city_changes")
    there = put("m2", "12:00", "far", zone="Europe/Lisbon")
    assert value(instance, put("m1", "10:00"), there) == 1
    assert value(instance, put("m1", "10:00"), put("m3", "11:00", "corner"), there) == 1
    assert value(instance, put("m1", "10:00"), there, put("m3", "10:00", date=NEXT)) == 2
    assert value(instance, put("m1", "10:00"), put("m3", "10:00", date=NEXT)) == 0


def test_changes_of_room_are_counted_within_a_date():
    instance = two_cities("room_changes")
    assert value(instance, put("m1", "10:00"), put("m2", "11:00", table=2)) == 0
    assert value(instance, put("m1", "10:00"), put("m2", "11:00", "corner"), put("m3", "12:00")) == 2
    assert value(instance, put("m1", "10:00"), put("m2", "10:00", "corner", date=NEXT)) == 0
    assert value(instance, put("m1", "10:00"), put("m2", "12:00", "far", zone="Europe/Lisbon")) == 1
