import datetime as dt
from zoneinfo import ZoneInfo

from support.hand_made import PLACEMENTS, hand_made, hand_placed, solution_of

from scheduler.publishing import publish
from scheduler.publishing.cancelled import cancelled_in
from scheduler.publishing.state import Record, Remains, State

NOW = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def state(*lines, feeds=("participant-a",), cancelled=True):
    remains = (Remains(lines=lines, feeds=feeds),)
    record = Record(sequence=1, where="", content="", modified=NOW, cancelled=cancelled, remains=remains)
    return State(records={"one": record})


LINES = (
    "SUMMARY:Ports\\, rails\\; and a name that is so long that it is folded here and\r\n  there",
    "DTSTART;TZID=Europe/Madrid:20250310T093000",
    "DTEND;TZID=Europe/Madrid:20250310T100000",
    "LOCATION:Hall\\nHouse",
)


def test_lines_of_a_calendar_are_read():
    (found,) = cancelled_in(state(*LINES), "participant-a")
    assert found.title == "Ports, rails; and a name that is so long that it is folded here and there"
    assert found.where == "Hall\nHouse"
    madrid = ZoneInfo("Europe/Madrid")
    assert found.start == dt.datetime(2025, 3, 10, 9, 30, tzinfo=madrid)
    assert found.end - found.start == dt.timedelta(minutes=30)
    assert found.start.utcoffset() == dt.timedelta(hours=1)


def test_only_what_is_cancelled_in_this_calendar():
    assert cancelled_in(state(*LINES), "participant-b") == ()
    assert cancelled_in(state(*LINES, cancelled=False), "participant-a") == ()


def test_what_was_published_and_fell_away(tmp_path):
    publish(hand_made(), hand_placed(), tmp_path, force=True)
    gone, *rest = [each for each in PLACEMENTS if "attendees" in each]
    fewer = solution_of([each for each in PLACEMENTS if each != gone])
    made = publish(hand_made(), fewer, tmp_path, force=True)
    text = (made.path / "state.json").read_text()
    (found,) = cancelled_in(State.model_validate_json(text), "programme")
    assert found.start.isoformat(timespec="minutes").startswith(str(gone["start"])[:10])
    assert rest
