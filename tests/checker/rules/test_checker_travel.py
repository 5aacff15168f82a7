"""Rule 7: transfers inside a city, journeys between cities."""

import pytest
from support.judging import rules, said, violations
from support.making import city, hold, hours, make, meeting, moment, put, session


def venues(transfer="0min", transfers=(), room_change="0min", third=False):
    first = {
        "id": "house",
        "room_change": room_change,
        "rooms": [{"id": "area", "tables": 1}, {"id": "corner", "tables": 1}],
    }
    second = {"id": "annex", "rooms": [{"id": "annex-area", "tables": 1}]}
    more = [{"id": "passage"}] if third else []
    madrid = city(venues=[first, second, *more], transfer=transfer, transfers=list(transfers))
    return make("a", "b", "c", cities=[madrid], meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c")])


def from_area_to(instance, room, clock):
    return rules(instance, put("m1", "10:00"), put("m2", clock, room))


def test_no_time_is_needed_in_one_room():
    slow = venues(transfer="1h", room_change="1h")
    assert from_area_to(slow, "area", "10:30") == []
    assert from_area_to(slow, "corner", "11:00") == ["travel"]
    assert from_area_to(slow, "corner", "11:30") == []


def test_the_transfer_of_the_city_holds_where_none_is_stated():
    hour = venues(transfer="1h")
    assert from_area_to(hour, "annex-area", "11:00") == ["travel"]
    assert from_area_to(hour, "annex-area", "11:30") == []
    stated = venues(transfer="1h", transfers=[{"from": "annex", "to": "house", "duration": "30min"}])
    assert from_area_to(stated, "annex-area", "11:00") == []
    assert from_area_to(stated, "annex-area", "10:30") == ["travel"]


def test_a_way_through_another_venue_may_be_shorter():
    long_way = {"from": "house", "to": "annex", "duration": "2h"}
    through = venues(transfer="15min", transfers=[long_way], third=True)
    assert from_area_to(through, "annex-area", "11:00") == []
    assert from_area_to(through, "annex-area", "10:30") == ["travel"]
    assert from_area_to(venues(transfer="15min", transfers=[long_way]), "annex-area", "11:00") == ["travel"]


def test_out_of_the_building_and_back_in_may_be_quicker_than_through_it():
    maze = venues(transfer="15min", room_change="2h")
    assert from_area_to(maze, "corner", "11:00") == []
    assert from_area_to(maze, "corner", "10:30") == ["travel"]


def test_the_sentence_of_a_transfer():
    (found,) = violations(venues(transfer="1h"), put("m1", "10:00"), put("m2", "11:00", "annex-area"))
    assert found.message == (
        "a cannot get from 'm1' on 10 Mar 10:00-10:30 in Madrid to 'm2' on 10 Mar 11:00-11:30 in Madrid: "
        "from area to annex-area takes 1h and there are 30min"
    )
    assert (found.parties, found.activities) == (("a",), ("m1", "m2"))
    assert (found.start, found.end) == (moment("10:30"), moment("11:00"))


def test_an_overlap_is_no_matter_of_travel():
    assert from_area_to(venues(transfer="1h"), "annex-area", "10:00") == ["person"]


LISBON = city("lisbon", {"id": "lisbon-area", "tables": 1}, zone="Europe/Lisbon")
FARO = city("faro", {"id": "faro-area", "tables": 1}, zone="Europe/Lisbon")


def cities(*links, stops=(LISBON,)):
    return make(
        *("a", "b", "c"),
        cities=[city(), *stops],
        travel={"links": list(links)},
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c")],
    )


def link(start="madrid", end="lisbon", **more):
    return {"from": start, "to": end, "duration": "1h"} | more


def in_lisbon(instance, clock, room="lisbon-area"):
    """What is wrong when m1 ends in Madrid at 10:30, which is 09:30 in Lisbon."""
    return rules(instance, put("m1", "10:00"), put("m2", clock, room, zone="Europe/Lisbon"))


def test_without_a_timetable_one_leaves_at_any_time():
    assert in_lisbon(cities(link()), "10:00") == ["travel"]
    assert in_lisbon(cities(link()), "10:30") == []


def test_access_and_egress_are_added():
    slow = cities(link(access="30min", egress="30min"))
    assert in_lisbon(slow, "11:00") == ["travel"]
    assert in_lisbon(slow, "11:30") == []


@pytest.mark.parametrize(
    ("departures", "kept", "broken"),
    [
        (["10:30", "12:00"], "10:30", "10:00"),  # the end of the meeting is in time for the first
        (["10:15", "12:00"], "12:00", "11:30"),
        ([{"depart": "12:00", "arrive": "13:30"}], "13:30", "13:00"),  # an arrival on the clock of Lisbon
        ([{"depart": "11:00", "dates": ["2025-03-11"]}, "13:00"], "13:00", "12:30"),
        ([{"depart": "11:00", "arrive": "14:00"}, {"depart": "12:00", "arrive": "12:30"}], "12:30", "12:00"),
    ],
)
def test_a_timetable(departures, kept, broken):
    by_train = cities(link(departures=departures))
    assert in_lisbon(by_train, broken) == ["travel"]
    assert in_lisbon(by_train, kept) == []


def test_the_sentences_of_a_journey():
    first = put("m1", "10:00")
    then = put("m2", "10:00", "lisbon-area", zone="Europe/Lisbon")
    way = (
        "travel: a cannot get from 'm1' on 10 Mar 10:00-10:30 in Madrid "
        "to 'm2' on 10 Mar 10:00-10:30 in Lisbon"
    )
    assert said(cities(link()), first, then) == [
        f"{way}: by the first connection an engagement can start on 10 Mar 10:30"
    ]
    assert said(cities(), first, then) == [f"{way}: no connection leads from Madrid to Lisbon after 'm1'"]


def test_a_link_goes_one_way_unless_both_ways():
    there = (put("m1", "09:00", "lisbon-area", zone="Europe/Lisbon"), put("m2", "15:00"))
    assert rules(cities(link()), *there) == ["travel"]
    assert rules(cities(link(both_ways=True)), *there) == []


def test_a_change_takes_the_egress_of_one_link_and_the_access_of_the_next():
    direct_is_slow = link(end="faro", duration="8h")
    first = link(egress="15min")
    second = link("lisbon", "faro", access="15min", egress="30min", departures=["11:00", "12:00"])
    instance = cities(direct_is_slow, first, second, stops=(LISBON, FARO))
    # From 09:30 on the clock of Lisbon: there 10:30, ready 10:45, train of 11:00; in Faro 12:00, ready 12:30.
    assert in_lisbon(instance, "12:30", "faro-area") == []
    assert in_lisbon(instance, "12:00", "faro-area") == ["travel"]
    longer = cities(direct_is_slow, link(egress="30min"), second, stops=(LISBON, FARO))
    assert in_lisbon(longer, "13:00", "faro-area") == ["travel"]
    assert in_lisbon(longer, "13:30", "faro-area") == []


def test_a_night_train_over_midnight_and_the_change_of_the_clock():
    # It leaves on 29 March 2025 at 23:00 and arrives at 06:30 on a night of 23 hours.
    days = (hours("20:00", "22:00", "2025-03-29"), hours("05:00", "12:00", "2025-03-30"))
    both = [city(opening=days), city("seville", {"id": "far", "tables": 1}, opening=days)]
    train = {"from": "madrid", "to": "seville", "duration": "6h30", "departures": ["23:00"]}
    instance = make(
        "a",
        "b",
        "c",
        cities=both,
        travel={"links": [train]},
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c")],
    )
    evening = put("m1", "21:30", date="2025-03-29")
    assert rules(instance, evening, put("m2", "06:00", "far", date="2025-03-30")) == ["travel"]
    assert rules(instance, evening, put("m2", "06:30", "far", date="2025-03-30")) == []


def test_the_audience_travels_too_when_it_attends():
    def instance(*allowed):
        return make(
            "b",
            cities=[city(), LISBON],
            delegations=[{"id": "a", "cities": allowed}],
            sessions=[session("s", audience=["a"])],
            meetings=[meeting("m", "a", "b")],
        )

    placed = (hold("s", "10:00"), put("m", "15:00", "lisbon-area", zone="Europe/Lisbon"))
    assert rules(instance(), *placed) == ["travel"]
    assert rules(instance("lisbon"), *placed) == []


def test_a_speaker_goes_on_from_the_talk_and_somebody_of_the_session_from_its_end():
    rooms = [{"id": "house", "room_change": "1h", "rooms": [{"id": "hall"}, {"id": "area", "tables": 1}]}]
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}

    def instance(**more):
        return make(
            "b",
            cities=[city(venues=rooms)],
            participants=[{"id": "ada"}],
            sessions=[session("s", talks=[talk], **more)],
            meetings=[meeting("m", "ada", "b")],
        )

    placed = (hold("s", "10:00"), hold("t", "10:00"), put("m", "11:30"))
    assert rules(instance(), *placed) == []
    assert rules(instance(speakers=["ada"]), *placed) == ["travel"]


def test_one_sentence_speaks_for_all_who_make_the_same_way():
    members = [{"id": name, "delegation": "a"} for name in ("a1", "a2")]
    instance = make(
        *("b", "c"),
        cities=[city(), LISBON],
        delegations=[{"id": "a", "name": "Alba"}],
        participants=members,
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c")],
    )
    (found,) = violations(
        instance, put("m1", "10:00"), put("m2", "10:00", "lisbon-area", zone="Europe/Lisbon")
    )
    assert found.message.startswith("Alba cannot get from")
    assert found.parties == ("a1", "a2")
