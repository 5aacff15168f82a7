"""Rule 4: nobody takes part in two activities at once."""

from support.judging import rules, said, violations
from support.making import city, hold, make, meeting, moment, put, session


def test_activities_that_touch_do_not_overlap():
    instance = make("a", "b", "c", meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c")])
    assert said(instance, put("m1", "10:00"), put("m2", "10:30")) == []


def test_a_partial_overlap_is_said_once_with_whom_where_and_when():
    seoul = {"id": "seoul", "name": "Seoul"}
    instance = make(
        *("a", "b"),
        delegations=[seoul],
        meetings=[
            meeting("m1", "seoul", "a", title="Meeting A", duration="1h"),
            meeting("m2", "seoul", "b", title="Meeting B"),
        ],
    )
    (found,) = violations(instance, put("m1", "10:00"), put("m2", "10:30", table=2))
    assert found.rule.value == "person"
    assert found.message == (
        "Seoul is in two places at once on 10 Mar in Madrid: "
        "'Meeting A' 10:00-11:00 and 'Meeting B' 10:30-11:00"
    )
    assert (found.activities, found.parties, found.room) == (("m1", "m2"), ("seoul",), "area")
    assert (found.start, found.end) == (moment("10:30"), moment("11:00"))


def test_every_pair_that_overlaps_is_reported():
    many = [meeting(f"m{n}", "a", other, duration="2h") for n, other in enumerate("bcd")]
    wide = city("madrid", {"id": "area", "tables": 3})
    instance = make("a", "b", "c", "d", cities=[wide], meetings=many)
    found = violations(instance, put("m0", "10:00"), put("m1", "10:30", table=2), put("m2", "11:00", table=3))
    assert [v.activities for v in found] == [("m0", "m1"), ("m0", "m2"), ("m1", "m2")]


def test_a_delegation_that_travels_together_is_named_as_one():
    members = [{"id": "a1", "name": "Ana", "delegation": "a"}, {"id": "a2", "name": "Ben", "delegation": "a"}]
    delegation = {"id": "a", "name": "Alba"}
    instance = make(
        *("b", "c"),
        delegations=[delegation],
        participants=members,
        sessions=[session("s", speakers=["a1"])],
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c")],
    )
    (both,) = violations(instance, hold("s", "15:00"), put("m1", "10:00"), put("m2", "10:00", table=2))
    assert both.message.startswith("Alba is in two places at once")
    assert both.parties == ("a1", "a2")
    (one,) = violations(instance, hold("s", "10:00"), put("m1", "10:00"))
    assert one.message.startswith("Ana is in two places at once")
    assert one.parties == ("a1",)


def test_a_talk_and_its_own_session_may_overlap_and_those_of_another_not():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    rooms = ({"id": "hall"}, {"id": "chamber"})
    instance = make(
        cities=[city("madrid", *rooms)],
        participants=[{"id": "ada"}],
        sessions=[
            session("s1", speakers=["ada"], talks=[talk]),
            session("s2", speakers=["ada"], mandatory=False),
        ],
    )
    own = (hold("s1", "10:00"), hold("t", "10:30"))
    assert said(instance, *own) == []
    found = violations(instance, *own, hold("s2", "10:30", "chamber"))
    assert [(v.rule.value, v.activities) for v in found] == [
        ("person", ("s1", "s2")),
        ("person", ("t", "s2")),
    ]


def test_a_speaker_of_a_talk_is_free_in_the_rest_of_the_session():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make(
        *("b",),
        participants=[{"id": "ada"}],
        sessions=[session("s", talks=[talk], audience=["all"], parties=["c"])],
        delegations=[{"id": "c"}],
        meetings=[meeting("m", "ada", "b", cities=["madrid"])],
    )
    # ... but b is the audience, so only the rule of plenaries objects.
    found = violations(instance, hold("s", "10:00"), hold("t", "10:00"), put("m", "10:30"))
    assert [(v.rule.value, v.parties) for v in found] == [("plenary", ("b",))]


def test_the_member_who_was_sent_and_the_chair_who_was_chosen_are_busy():
    instance = make(
        *("b", "c"),
        delegations=[{"id": "a", "split": "members"}],
        participants=[
            {"id": "a1", "delegation": "a"},
            {"id": "a2", "delegation": "a"},
            {"id": "ada"},
            {"id": "bob"},
        ],
        tracks=[{"id": "t", "chairs": ["ada", "bob"]}],
        sessions=[session("s", track="t")],
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c"), meeting("m3", "ada", "b")],
    )
    chaired = hold("s", "14:00", "hall", "ada")
    assert (
        rules(instance, chaired, put("m1", "10:00", "area", 1, "a1"), put("m2", "10:00", "area", 2, "a2"))
        == []
    )
    assert rules(
        instance, chaired, put("m1", "10:00", "area", 1, "a1"), put("m2", "10:00", "area", 2, "a1")
    ) == ["person"]
    assert rules(instance, hold("s", "14:00", "hall", "bob"), put("m3", "14:00")) == []
    assert rules(instance, chaired, put("m3", "14:00")) == ["person"]


def test_instants_are_compared_across_time_zones():
    lisbon = city("lisbon", {"id": "lisbon-area", "tables": 1}, zone="Europe/Lisbon")
    link = {"from": "madrid", "to": "lisbon", "duration": "15min", "both_ways": True}
    instance = make(
        *("a", "b", "c"),
        cities=[city(), lisbon],
        travel={"links": [link]},
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c")],
    )
    (found,) = violations(
        instance, put("m1", "11:00"), put("m2", "10:00", "lisbon-area", zone="Europe/Lisbon")
    )
    assert found.message == (
        "a is in two places at once: 'm1' on 10 Mar 11:00-11:30 in Madrid "
        "and 'm2' on 10 Mar 10:00-10:30 in Lisbon"
    )
    assert found.room is None
    assert rules(instance, put("m1", "10:00"), put("m2", "10:00", "lisbon-area", zone="Europe/Lisbon")) == []


def test_the_hour_that_comes_twice_is_two_hours():
    # On 26 October 2025 Madrid has 02:30 twice; the first is over before the second begins.
    night = city(opening=({"date": "2025-10-26", "from": "01:00", "to": "05:00"},))
    instance = make(
        "a", "b", "c", cities=[night], meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c")]
    )
    first, second = put("m1", "02:30", date="2025-10-26"), put("m2", "02:30", date="2025-10-26")
    again = second.model_copy(update={"start": second.start.replace(fold=1)})
    assert rules(instance, first, again) == []
    assert rules(instance, first, second) == ["room", "person"]
