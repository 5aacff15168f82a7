import datetime as dt

import pytest
from support.making import DATE, city, hold, hours, make, meeting, put, schedule, session

from scheduler.cli.usage import usage

HOUR = dt.timedelta(hours=1)


def instance_with(*rooms, **more):
    return make("porto", "turin", cities=[city("madrid", *rooms)], **more)


def hours_of(instance):
    return {u.room: (u.open / HOUR, u.used / HOUR) for u in usage(instance, schedule())}


@pytest.mark.parametrize(
    ("room", "open_hours"),
    [
        ({}, 9),
        ({"tables": 3}, 27),
        ({"available": [hours("08:00", "11:00")]}, 2),
        ({"available": [hours("09:00", "11:00"), hours("10:00", "12:00"), hours("16:00", "17:00")]}, 4),
        ({"closed": [hours("12:00", "13:00"), hours("17:30", "20:00")]}, 7.5),
        ({"available": [hours("09:00", "12:00")], "closed": [hours("11:00", "13:00")]}, 2),
        ({"available": [hours("09:00", "12:00", "2025-03-11")]}, 0),
        ({"available": [hours("09:00", "12:00", DATE)]}, 3),
    ],
)
def test_a_room_is_open_when_its_city_and_its_windows_say(room, open_hours):
    assert hours_of(instance_with({"id": "hall"} | room)) == {"hall": (open_hours, 0)}


def test_a_schedule_uses_rooms_by_its_sessions_and_meetings_and_not_by_talks():
    talk = {"id": "talk", "speaker": "speaker", "duration": "30min"}
    instance = instance_with(
        *({"id": "hall"}, {"id": "area", "tables": 2}, {"id": "empty"}),
        participants=[{"id": "speaker"}],
        sessions=[session("talks", talks=[talk])],
        meetings=[meeting("m1", "porto", "turin"), meeting("m2", "porto", "turin", duration="1h")],
    )
    placed = schedule(
        hold("talks", "09:00"), hold("talk", "09:30"), put("m1", "11:00"), put("m2", "12:00", table=2)
    )
    found = {u.room: u for u in usage(instance, placed)}
    assert found["hall"].used == HOUR
    assert found["area"].used == 1.5 * HOUR
    assert found["area"].share == pytest.approx(1.5 / 18)
    assert found["empty"].share == 0


def test_a_room_that_is_never_open_is_not_used():
    instance = instance_with({"id": "hall", "available": [hours("20:00", "21:00")]})
    assert usage(instance, schedule())[0].share == 0
