import datetime as dt

import pytest
from support.hand_made import hand_made

from scheduler.cli import words
from scheduler.cli.solving import ENDINGS, GOOD
from scheduler.domain import ActivityKind, ObjectiveTerm, Status, TermName, Window


def moment(text):
    return dt.datetime.fromisoformat(text)


def test_there_are_words_for_everything_that_can_happen():
    assert set(words.TERMS) == set(TermName)
    assert len(set(words.TERMS.values())) == len(TermName)
    assert set(words.RESULT) == set(Status)
    assert {*ENDINGS, *GOOD} == set(Status)


def test_a_level_is_described_by_its_terms():
    assert words.level_words(hand_made(), 2) == "breaks in people's days"
    terms = (TermName.REQUESTS, TermName.LATENESS, TermName.TALK_ORDER, TermName.BREAKS)
    objective = [ObjectiveTerm(term=term, level=9) for term in terms]
    three = hand_made().model_copy(update={"objective": tuple(objective[1:])})
    assert words.level_words(three, 9) == "minutes late; talks out of order; breaks in people's days"
    four = hand_made().model_copy(update={"objective": tuple(objective)})
    assert words.level_words(four, 9) == "requests not granted, by priority; minutes late; 2 more"


def test_dates_are_written_out():
    assert words.long_date(dt.date(2017, 11, 20)) == "Monday 20 November 2017"
    assert words.short_date(dt.date(2017, 11, 23)) == "Thu 23 Nov"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2025-03-10T09:30", "2025-03-10T10:15", "09:30-10:15"),
        ("2025-03-10T23:00", "2025-03-11T00:00", "23:00-24:00"),
        ("2025-03-10T21:30", "2025-03-11T08:40", "21:30-08:40 (Tue 11 Mar)"),
        ("2025-03-10T21:30", "2025-03-12T00:00", "21:30-00:00 (Wed 12 Mar)"),
    ],
)
def test_hours_name_another_day(start, end, said):
    assert words.hours(moment(start), moment(end)) == said


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ({"from": "12:30", "to": "16:30"}, "12:30-16:30"),
        ({"from": "12:30"}, "12:30-24:00"),
        ({"to": "12:30"}, "00:00-12:30"),
        ({"date": "2017-11-21"}, "Tue 21 Nov"),
        ({"date": "2017-11-21", "from": "15:00"}, "Tue 21 Nov 15:00-24:00"),
    ],
)
def test_windows_say_what_they_limit(window, said):
    assert words.window(Window.model_validate(window)) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0%"), (0.001, "<1%"), (0.5, "50%"), (0.996, "99%"), (1, "100%"), (1.2, "120%")],
)
def test_only_what_is_whole_is_called_whole(share, said):
    assert words.percent(share) == said


@pytest.mark.parametrize(
    ("length", "said"), [(0.04, "0.0 s"), (59.94, "59.9 s"), (60, "1 min 00 s"), (754.6, "12 min 35 s")]
)
def test_long_times_are_told_in_minutes(length, said):
    assert words.seconds(length) == said


def test_things_are_counted_in_words():
    assert words.counted(1, "table") == "1 table"
    assert words.counted(3, "table") == "3 tables"
    assert words.counted(0, "city", "cities") == "0 cities"
    assert words.kind(ActivityKind.FIELD_VISIT) == "field visit"
    assert words.line(" a\n b\t") == "a b"
