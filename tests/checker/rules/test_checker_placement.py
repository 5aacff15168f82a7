"""Rule 1: once, on the grid, inside the opening; talks with their session."""

from support.judging import said, violations
from support.making import city, hold, hours, make, meeting, moment, put, session


def one_meeting(**more):
    return make("porto", "turin", meetings=[meeting("m", "porto", "turin", title="Ports", **more)])


def test_an_optional_meeting_may_be_left_out_and_a_mandatory_one_not():
    assert said(one_meeting()) == []
    assert said(one_meeting(mandatory=True)) == ["placement: 'Ports' is mandatory and is not placed"]


def test_sessions_are_mandatory_unless_told_otherwise():
    assert said(make(sessions=[session("s")])) == ["placement: 's' is mandatory and is not placed"]
    assert said(make(sessions=[session("s", mandatory=False)])) == []


def test_a_pinned_start_makes_an_activity_mandatory():
    pinned = one_meeting(pin={"start": moment("10:00")})
    assert said(pinned) == ["placement: 'Ports' is mandatory and is not placed"]
    assert said(pinned, put("m", "10:00")) == []


def test_an_activity_is_placed_once():
    found = violations(one_meeting(), put("m", "10:00"), put("m", "11:00"), put("m", "12:00"))
    assert [v.message for v in found] == ["'Ports' is placed 3 times"]
    assert found[0].activities == ("m",)


def test_the_first_usable_placement_of_an_activity_counts_for_the_other_rules():
    instance = one_meeting(forbidden=[hours("11:00", "12:00")])
    found = said(instance, put("m", "09:00", "attic"), put("m", "10:00"), put("m", "11:00"))
    assert found == [
        "placement: 'Ports' is placed in the room 'attic', which does not exist",
        "placement: 'Ports' is placed 3 times",
    ]


def test_unknown_activities_rooms_and_people_are_reported_and_break_nothing_else():
    found = violations(one_meeting(), put("x", "10:00"), put("m", "10:00", "area", 1, "nobody"))
    assert [v.message for v in found] == [
        "The programme has no activity 'x'",
        "'Ports' names 'nobody', who is nobody of the programme",
    ]
    assert (found[0].activities, found[0].room, found[0].start) == (("x",), "area", moment("10:00"))
    assert said(one_meeting(mandatory=True), put("m", "10:00", "attic")) == [
        "placement: 'Ports' is placed in the room 'attic', which does not exist"
    ]


def test_a_start_lies_on_the_grid_counted_from_midnight():
    instance = one_meeting()
    assert said(instance, put("m", "10:30")) == []
    assert said(instance, put("m", "10:15")) == [
        "placement: 'Ports' on 10 Mar 10:15-10:45 in Madrid does not start on the grid of 30min"
    ]


def test_the_grid_is_read_on_the_clock_of_the_city():
    # Kathmandu is 5:45 ahead of UTC: what is on the hour there is a quarter past anywhere else.
    instance = make(
        *("porto", "turin"),
        grid="1h",
        cities=[city("madrid", zone="Asia/Kathmandu")],
        meetings=[meeting("m", "porto", "turin", duration="1h")],
    )
    assert said(instance, put("m", "10:00", zone="Asia/Kathmandu")) == []
    assert said(instance, put("m", "10:00", zone="Asia/Kolkata"))[0].endswith("grid of 1h")


def test_the_grid_follows_the_clock_through_a_change():
    # On 30 March 2025 Madrid jumps from 02:00 to 03:00: 04:00 is three hours after midnight, and on the grid.
    night = city(opening=(hours("00:00", "08:00", "2025-03-30"),))
    instance = make(
        "porto", "turin", grid="4h", cities=[night], meetings=[meeting("m", "porto", "turin", duration="4h")]
    )
    assert said(instance, put("m", "04:00", date="2025-03-30")) == []
    assert len(said(instance, put("m", "05:00", date="2025-03-30"))) == 2


def test_an_activity_lies_inside_one_opening_window():
    two = city(opening=(hours("09:00", "12:00", "2025-03-10"), hours("12:00", "14:00", "2025-03-10")))
    instance = make("porto", "turin", cities=[two], meetings=[meeting("m", "porto", "turin", duration="1h")])
    assert said(instance, put("m", "11:00")) == []
    assert said(instance, put("m", "12:00")) == []
    for outside in ("11:30", "08:30", "13:30", "20:00"):
        (message,) = said(instance, put("m", outside))
        assert message.endswith("is not inside one opening window of Madrid")
    assert said(instance, put("m", "10:00", date="2025-03-11")) != []


def test_an_opening_may_close_at_midnight_and_nothing_runs_over_it():
    late = city(opening=(hours("22:00", "24:00", "2025-03-10"), hours("00:00", "02:00", "2025-03-11")))
    instance = make("porto", "turin", cities=[late], meetings=[meeting("m", "porto", "turin", duration="1h")])
    assert said(instance, put("m", "23:00")) == []
    assert said(instance, put("m", "00:00", date="2025-03-11")) == []
    assert said(instance, put("m", "23:30")) == [
        "placement: 'm' on 10 Mar 23:30-00:30 (11 Mar) in Madrid is not inside one opening window of Madrid"
    ]


def test_an_hour_that_the_clock_skips_is_no_time():
    # 01:30 to 03:30 on the clock is one hour on 30 March 2025.
    night = city(opening=(hours("01:30", "03:30", "2025-03-30"),))
    instance = make(
        "porto", "turin", cities=[night], meetings=[meeting("m", "porto", "turin", duration="1h")]
    )
    assert said(instance, put("m", "01:30", date="2025-03-30")) == []
    assert len(said(instance, put("m", "03:00", date="2025-03-30"))) == 1


def talked(**more):
    return make(
        participants=[{"id": "ada"}, {"id": "bob"}],
        cities=[city("madrid", {"id": "hall"}, {"id": "chamber"})],
        sessions=[
            session(
                "s",
                mandatory=False,
                talks=[
                    {"id": "t1", "duration": "30min", "speaker": "ada", **more},
                    {"id": "t2", "duration": "30min", "speaker": "bob"},
                ],
            )
        ],
    )


def test_talks_and_their_session_are_placed_together():
    assert said(talked()) == []
    assert said(talked(), hold("s", "10:00"), hold("t1", "10:00"), hold("t2", "10:30")) == []
    assert said(talked(), hold("s", "10:00"), hold("t2", "10:30")) == [
        "placement: 's' is placed without 't1': a talk and its session go together"
    ]
    found = violations(talked(), hold("t1", "10:00"))
    assert [v.message for v in found] == ["'t1' is placed without 's': a talk and its session go together"]
    assert found[0].activities == ("s", "t1")


def test_a_talk_with_a_pinned_start_needs_its_session():
    pinned = talked(pin={"start": moment("10:00")})
    assert said(pinned) == ["placement: 't1' is mandatory and is not placed"]


def test_a_talk_is_in_the_room_and_the_time_of_its_session():
    found = said(talked(), hold("s", "10:00"), hold("t1", "10:00", "chamber"), hold("t2", "11:00"))
    assert found == [
        "placement: The talk 't1' on 10 Mar 10:00-10:30 in Madrid is in chamber, its session in hall",
        "placement: The talk 't2' on 10 Mar 11:00-11:30 in Madrid is not inside its session 's' "
        "on 10 Mar 10:00-11:00 in Madrid",
    ]
    (early,) = said(talked(), hold("s", "10:00"), hold("t1", "09:30"), hold("t2", "10:30"))
    assert "not inside its session" in early


def test_the_talks_of_a_session_do_not_overlap():
    (found,) = violations(talked(), hold("s", "10:00"), hold("t1", "10:30"), hold("t2", "10:30"))
    assert found.message == (
        "Two talks of one session overlap on 10 Mar in Madrid: 't1' 10:30-11:00 and 't2' 10:30-11:00"
    )
    assert (found.activities, found.room) == (("t1", "t2"), "hall")


def test_talks_of_a_session_in_an_unknown_room_are_not_missed():
    everything = (hold("s", "10:00", "attic"), hold("t1", "10:00", "attic"), hold("t2", "10:30", "attic"))
    assert [m.rpartition(",")[2] for m in said(talked(), *everything)] == [" which does not exist"] * 3
