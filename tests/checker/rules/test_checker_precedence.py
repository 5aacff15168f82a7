"""Rule 9: before and after, gaps, dates together and apart."""

import pytest
from support.judging import said, violations
from support.making import DATE, city, hold, hours, make, moment, session

NEXT = "2025-03-11"
OPEN = (hours("09:00", "18:00", DATE), hours("09:00", "18:00", NEXT))


def ordered(**gaps):
    sessions = [session("s1", title="Opening"), session("s2", title="Workshop", mandatory=False)]
    return make(
        cities=[city(opening=OPEN)], sessions=sessions, precedences=[{"before": "s1", "after": "s2"} | gaps]
    )


@pytest.mark.parametrize(
    ("gaps", "after", "sentence"),
    [
        ({}, "12:00", None),
        ({}, "11:30", "'Workshop' on 10 Mar 11:30-12:30 in Madrid should start after the end of {}"),
        ({}, "09:00", "'Workshop' on 10 Mar 09:00-10:00 in Madrid should start after the end of {}"),
        ({"min_gap": "1h"}, "13:00", None),
        (
            {"min_gap": "1h"},
            "12:30",
            "'Workshop' on 10 Mar 12:30-13:30 in Madrid should start at least 1h after the end of {}",
        ),
        ({"max_gap": "1h30"}, "13:30", None),
        (
            {"max_gap": "1h30"},
            "14:00",
            "'Workshop' on 10 Mar 14:00-15:00 in Madrid should start at most 1h30 after the end of {}",
        ),
    ],
)
def test_gaps(gaps, after, sentence):
    rooms = city("madrid", {"id": "hall"}, {"id": "chamber"}, opening=OPEN)
    instance = ordered(**gaps).model_copy()
    instance = make(cities=[rooms], sessions=list(instance.sessions), precedences=list(instance.precedences))
    found = violations(instance, hold("s1", "11:00"), hold("s2", after, "chamber"))
    expected = [] if sentence is None else [sentence.format("'Opening' on 10 Mar 11:00-12:00 in Madrid")]
    assert [v.message for v in found] == expected
    assert all(v.activities == ("s1", "s2") and v.rule.value == "precedence" for v in found)


def test_nothing_is_asked_of_what_is_not_placed():
    assert said(ordered(min_gap="8h"), hold("s1", "10:00")) == []


def test_a_gap_of_an_hour_takes_an_hour_when_the_clock_changes():
    night = city(opening=(hours("00:00", "08:00", "2025-03-30"),))
    sessions = [session("s1"), session("s2")]
    instance = make(
        cities=[night], sessions=sessions, precedences=[{"before": "s1", "after": "s2", "min_gap": "1h"}]
    )
    # From 01:30 to 03:30 on the clock is one hour.
    first = hold("s1", "00:30", date="2025-03-30")
    assert said(instance, first, hold("s2", "03:30", date="2025-03-30")) == []
    assert len(said(instance, first, hold("s2", "03:00", date="2025-03-30"))) == 1


def test_talks_may_be_ordered_too():
    talks = [{"id": f"t{n}", "duration": "30min", "speaker": "ada"} for n in (1, 2)]
    instance = make(
        participants=[{"id": "ada"}],
        sessions=[session("s", talks=talks)],
        precedences=[{"before": "t2", "after": "t1"}],
    )
    assert said(instance, hold("s", "10:00"), hold("t2", "10:00"), hold("t1", "10:30")) == []
    assert len(said(instance, hold("s", "10:00"), hold("t1", "10:00"), hold("t2", "10:30"))) == 1


def related(day, count=3):
    sessions = [session(f"s{n}", mandatory=False) for n in range(count)]
    relation = {"activities": [f"s{n}" for n in range(count)], "day": day}
    return make(cities=[city(opening=OPEN)], sessions=sessions, day_relations=[relation])


def test_the_same_date():
    same = related("same")
    assert said(same, hold("s0", "10:00"), hold("s1", "12:00")) == []
    assert said(same, hold("s0", "10:00"), hold("s1", "12:00"), hold("s2", "10:00", date=NEXT)) == [
        "precedence: These should be on one date: 's0' on 10 Mar, 's1' on 10 Mar and 's2' on 11 Mar"
    ]


def test_different_dates():
    different = related("different")
    assert said(different, hold("s0", "10:00"), hold("s2", "10:00", date=NEXT)) == []
    (found,) = violations(different, hold("s0", "10:00"), hold("s1", "12:00"), hold("s2", "10:00", date=NEXT))
    assert found.message == "These should be on different dates and are all on 10 Mar: 's0' and 's1'"
    assert found.activities == ("s0", "s1")
    assert (found.start, found.end) == (moment("10:00"), moment("13:00"))


def test_a_date_is_the_one_on_the_clock_of_the_city():
    late = (hours("20:00", "24:00", DATE),)
    early = (hours("00:00", "02:00", NEXT), hours("09:00", "12:00", DATE))
    two = [city(opening=early), city("lisbon", {"id": "far"}, zone="Europe/Lisbon", opening=late)]
    relation = {"activities": ["s1", "s2"], "day": "same"}
    instance = make(cities=two, sessions=[session("s1"), session("s2")], day_relations=[relation])
    in_lisbon = hold("s1", "23:00", "far", zone="Europe/Lisbon")
    assert said(instance, in_lisbon, hold("s2", "10:00")) == []
    assert len(said(instance, in_lisbon, hold("s2", "00:00", date=NEXT))) == 1
