"""Rule 2 in the model: what it forbids has no variable."""

import pytest
from support.fixing import breaks, keeps
from support.making import DATE, city, hold, hours, make, meeting, put, session

from scheduler.domain import RuleName

NEXT = "2025-03-11"
OPENING = (
    hours("09:00", "18:00", DATE),
    hours("09:00", "24:00", NEXT),
    hours("00:00", "18:00", "2025-03-12"),
)
MADRID = {
    "venues": [
        {"id": "house", "rooms": [{"id": "hall"}, {"id": "area", "tables": 2}]},
        {"id": "annex", "rooms": [{"id": "corner", "tables": 1}]},
    ]
}
LISBON = city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon")


def wanting(**wishes):
    return make(
        *("a", "b"),
        cities=[city(opening=OPENING, **MADRID), LISBON],
        day_parts={"early": hours("09:00", "11:00")},
        meetings=[meeting("m", "a", "b", duration="1h", **wishes)],
    )


def far(clock):
    return put("m", clock, "far", zone="Europe/Lisbon")


@pytest.mark.parametrize(
    ("wish", "kept", "broken"),
    [
        ({"cities": ["lisbon"]}, far("10:00"), put("m", "10:00")),
        ({"cities": ["madrid"]}, put("m", "10:00"), far("10:00")),
        ({"venues": ["annex"]}, put("m", "10:00", "corner"), put("m", "10:00")),
        ({"rooms": ["area", "far"]}, put("m", "10:00"), put("m", "10:00", "corner")),
        ({"dates": [NEXT]}, put("m", "10:00", date=NEXT), put("m", "10:00")),
        (
            {"windows": [hours("10:00", "11:00"), hours("12:00", "14:00")]},
            put("m", "13:00"),
            put("m", "11:00"),
        ),
        (
            {"windows": [hours("10:00", "11:30"), hours("11:30", "13:00")]},
            put("m", "11:30"),
            put("m", "11:00"),
        ),
        ({"windows": [hours("10:00", "11:00", NEXT)]}, put("m", "10:00", date=NEXT), put("m", "10:00")),
        ({"windows": [hours("10:00", "11:00")]}, far("10:00"), far("09:00")),  # on the clock of the city
        ({"day_part": "early"}, put("m", "10:00"), put("m", "10:30")),
        ({"forbidden": [hours("10:30", "11:00")]}, put("m", "11:00"), put("m", "10:00")),
        ({"forbidden": [hours("10:30", "11:00", NEXT)]}, put("m", "10:00"), put("m", "10:00", date=NEXT)),
    ],
)
def test_each_wish_is_kept_or_broken(wish, kept, broken):
    keeps(wanting(**wish), kept)
    breaks(RuleName.WINDOWS, wanting(**wish), broken)


def test_a_day_part_of_one_date_holds_on_no_other():
    instance = make(
        *("a", "b"),
        cities=[city(opening=OPENING)],
        day_parts={"first": hours("09:00", "18:00", DATE)},
        meetings=[meeting("m", "a", "b", day_part="first")],
    )
    keeps(instance, put("m", "10:00"))
    breaks(RuleName.WINDOWS, instance, put("m", "10:00", date=NEXT))


def test_talks_have_windows_of_their_own():
    talk = {"id": "t", "duration": "30min", "speaker": "ada", "forbidden": [hours("11:00", "11:30")]}
    instance = make(participants=[{"id": "ada"}], sessions=[session("s", talks=[talk])])
    keeps(instance, hold("s", "11:00"), hold("t", "11:30"))
    breaks(RuleName.WINDOWS, instance, hold("s", "11:00"), hold("t", "11:00"))


def test_midnight_ends_one_day_and_begins_another():
    opening = (hours("00:00", "24:00", DATE), hours("00:00", "24:00", NEXT))
    for forbidden, kept, broken in (
        (hours("00:00", "00:30"), "23:00", "00:00"),
        (hours("23:30", "00:00"), "22:30", "23:00"),
    ):
        late = make(
            *("a", "b"),
            cities=[city(opening=opening)],
            meetings=[meeting("m", "a", "b", duration="1h", forbidden=[forbidden])],
        )
        keeps(late, put("m", kept))
        breaks(RuleName.WINDOWS, late, put("m", broken))
