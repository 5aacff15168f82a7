"""The small values: what they accept, what they refuse, what they say of themselves."""

import datetime as dt

import pytest
from pydantic import ValidationError

from scheduler.domain import (
    City,
    Delegation,
    LevelReport,
    Load,
    MealBreak,
    Meeting,
    Opening,
    Participant,
    Precedence,
    Programme,
    Quota,
    Room,
    Session,
    Speaker,
    SpeakerRole,
    Status,
    TermName,
    TermValue,
    Venue,
)
from scheduler.domain.times import UTC


def refusals(kind, **data):
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(data)
    return [(error["loc"], error["msg"].removeprefix("Value error, ")) for error in caught.value.errors()]


def test_values_are_frozen_and_know_their_keys():
    room = Room(id="hall")
    with pytest.raises(ValidationError, match="frozen"):
        room.seats = 5
    assert refusals(Room, id="hall", seets=5)[0][0] == ("seets",)


def test_a_number_may_be_a_name():
    assert Room.model_validate({"id": 12}).id == "12"


@pytest.mark.parametrize("name", ["", "a b", "-a", ".a", "a;b", "a/b", "é", "a" * 81])
def test_ids_stand_in_file_names_and_lists(name):
    assert refusals(Room, id=name)[0][0] == ("id",)


@pytest.mark.parametrize("name", ["a", "A-1", "1.2_b", "a" * 80])
def test_ids_are_letters_digits_and_a_few_signs(name):
    assert Room(id=name).id == name


@pytest.mark.parametrize("kind", [Room, Venue, Delegation, Participant])
def test_a_thing_without_a_name_is_shown_by_its_id(kind):
    assert kind(id="x").label == "x"
    assert kind(id="x", name="The X").label == "The X"


def test_activities_and_programmes_are_shown_by_their_title():
    assert Programme(id="forum").label == "forum"
    assert Programme(id="forum", title="The forum").label == "The forum"
    assert Meeting(id="m", parties=("a", "b")).label == "m"
    assert Meeting(id="m", parties=("a", "b"), title="Water").label == "Water"


def test_a_room_with_tables_is_a_meeting_area():
    assert Room(id="area", tables=1).is_area
    assert not Room(id="hall").is_area


def test_a_city_has_opening_and_a_venue():
    city = {"id": "a", "time_zone": "UTC", "venues": [{"id": "v"}]}
    opening = {"date": "2025-03-10", "from": "09:00", "to": "24:00"}
    read = City.model_validate(city | {"opening": [opening]})
    assert read.label == "a"
    assert read.zone.key == "UTC"
    assert read.opening[0].instants(read.zone) == (
        dt.datetime(2025, 3, 10, 9, tzinfo=UTC),
        dt.datetime(2025, 3, 11, tzinfo=UTC),
    )
    assert refusals(City, **city, opening=[])[0][0] == ("opening",)
    assert refusals(City, **city | {"venues": []}, opening=[opening])[0][0] == ("venues",)


def test_opening_runs_forward():
    (refusal,) = refusals(Opening, date="2025-03-10", **{"from": "10:00", "to": "10:00"})
    assert refusal == ((), "`to` should be later than `from`")


def test_a_bare_name_is_a_speaker():
    assert Speaker.model_validate("guest") == Speaker(participant="guest", role=SpeakerRole.SPEAKER)
    assert Speaker.model_validate({"participant": "guest", "role": "chair"}).role is SpeakerRole.CHAIR


def test_sessions_are_mandatory_and_meetings_are_not():
    assert Session(id="s", kind="workshop", duration="1h").mandatory
    meeting = Meeting(id="m", parties=("a", "b"))
    assert not meeting.mandatory
    assert meeting.duration == dt.timedelta(minutes=30)
    assert refusals(Meeting, id="m", parties=["a"])[0][0] == ("parties",)


def test_gaps_are_in_order():
    ends = {"before": "a", "after": "b"}
    assert Precedence.model_validate(ends | {"min_gap": "1h", "max_gap": "1h"})
    assert refusals(Precedence, **ends, min_gap="1h", max_gap="30min") == [
        ((), "`max_gap` should not be shorter than `min_gap`")
    ]


def test_a_meal_break_fits_into_its_window():
    assert MealBreak.model_validate({"from": "12:00", "to": "13:00", "duration": "1h"})
    assert MealBreak.model_validate({"from": "22:00", "to": "24:00", "duration": "2h"})
    for end, duration in (("13:00", "1h15"), ("11:00", "15min")):
        assert refusals(MealBreak, **{"from": "12:00", "to": end}, duration=duration) == [
            ((), "`from` to `to` should be at least as long as `duration`")
        ]


def test_nobody_leaves_before_they_arrive():
    at_ten = "2025-03-10T10:00+01:00"
    for other in (at_ten, "2025-03-10T09:59+01:00", "2025-03-10T18:00+09:00"):
        assert refusals(Participant, id="p", arrival=at_ten, departure=other) == [
            ((), "`departure` should be later than `arrival`")
        ]
    assert Participant(id="p", arrival=at_ten, departure="2025-03-10T18:01+09:00")


def test_limits_fill_each_others_gaps():
    meal = MealBreak.model_validate({"from": "12:00", "to": "13:00", "duration": "1h"})
    own, other = Load(meetings_per_day=0, rest="15min"), Load(meetings_per_day=9, in_a_row=3, meal=meal)
    assert own.over(other) == Load(meetings_per_day=0, in_a_row=3, rest="15min", meal=meal)
    assert Load().over(Load()) == Load()


def test_a_term_costs_its_weight_times_its_value():
    assert TermValue(term=TermName.BREAKS, level=2, weight=3, value=4).cost == 12


@pytest.mark.parametrize(
    ("value", "bound", "gap"), [(10, 10, 0), (10, 8, 0.2), (0, -1, 1), (0, 0, 0), (-10, -15, 0.5), (5, 7, 0)]
)
def test_a_gap_is_relative_to_the_value(value, bound, gap):
    report = LevelReport(level=1, value=value, bound=bound, status=Status.FEASIBLE)
    assert report.gap == pytest.approx(gap)


def test_a_quota_is_in_order():
    assert Quota(least=2, most=2) == Quota(least=2, most=2)
    with pytest.raises(ValidationError, match="`most` should not be smaller than `least`"):
        Quota(least=3, most=2)
    for wrong in ({"least": -1}, {"most": -1}):
        with pytest.raises(ValidationError, match="greater than or equal to 0"):
            Quota(**wrong)
