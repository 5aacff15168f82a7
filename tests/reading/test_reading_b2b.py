"""Published forums of bilateral meetings as instances."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.forums import FORUM
from support.published import published

from scheduler.domain import BreakSpan, Instance, TermName
from scheduler.reading import InputError, load_b2b


def forum(folder, *changes):
    """Write the tiny forum, with some parts of the text changed."""
    text = FORUM
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "forum.dzn"
    path.write_text(text, encoding="utf-8")
    return path


def complaints(folder, *changes, text=None):
    path = forum(folder, *changes)
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(InputError) as caught:
        load_b2b(path)
    return [line.removeprefix(f"{path}") for line in str(caught.value).splitlines()]


def at(hour, minute=0):
    return dt.datetime(2022, 5, 2, hour, minute, tzinfo=dt.UTC)


def test_a_forum_becomes_an_instance(tmp_path):
    instance = load_b2b(forum(tmp_path))
    assert instance.programme.id == "forum"
    assert instance.programme.grid == dt.timedelta(minutes=30)
    (city,) = instance.cities
    assert [opening.instants(city.zone) for opening in city.opening] == [(at(8), at(11))]
    assert [(room.is_area, room.tables) for room in instance.rooms] == [(True, 2)]
    assert {name: window.on(at(8).date(), city.zone) for name, window in instance.day_parts.items()} == {
        "morning": (at(8), at(10)),
        "afternoon": (at(10), at(11)),
    }
    assert [person.id for person in instance.people] == ["p1", "p2", "p3", "p4", "p5"]
    assert {person.id: [(a.start, a.end) for a in person.absences] for person in instance.people} == {
        "p1": [],
        "p2": [(at(8, 30), at(9, 30)), (at(10), at(10, 30))],
        "p3": [],
        "p4": [(at(10, 30), at(11))],
        "p5": [],
    }
    assert [(m.id, m.parties, m.day_part, m.pin.start) for m in instance.meetings] == [
        ("m1", ("p1", "p2"), "morning", None),
        ("m2", ("p2", "p3"), "afternoon", None),
        ("m3", ("p1", "p4"), None, at(10, 30)),
        ("m4", ("p3", "p4"), None, None),
    ]
    assert {(m.mandatory, m.duration) for m in instance.meetings} == {(True, dt.timedelta(minutes=30))}
    assert [(p.before, p.after) for p in instance.precedences] == [("m1", "m2"), ("m1", "m3"), ("m2", "m3")]
    assert (instance.breaks.span, instance.breaks.tolerance) == (BreakSpan.PROGRAMME, dt.timedelta(0))
    assert [(term.term, term.level, term.weight) for term in instance.objective] == [(TermName.BREAKS, 1, 1)]
    assert instance.fairness.breaks == 2


@pytest.mark.parametrize("bound", [None, 0, 5])
def test_the_fairness_bound_is_asked_for(tmp_path, bound):
    assert load_b2b(forum(tmp_path), bound).fairness.breaks == bound
    assert load_b2b(forum(tmp_path), fairness=bound).fairness.granted_percent is None


def test_the_programme_is_called_as_the_file(tmp_path):
    path = forum(tmp_path).rename(tmp_path / "-a (new) forum.2.dzn")
    assert load_b2b(path).programme.id == "a-new-forum.2"
    assert load_b2b(path.rename(tmp_path / "---.dzn")).programme.id == "b2b"


def test_a_day_of_32_slots_ends_at_midnight(tmp_path):
    instance = load_b2b(forum(tmp_path, ("nTotalSlots = 6", "nTotalSlots = 32"), ("{0, 6}", "{31, 32}")))
    zone = instance.cities[0].zone
    midnight = at(8) + dt.timedelta(hours=16)
    assert instance.cities[0].opening[0].instants(zone) == (at(8), midnight)
    assert instance.day_parts["afternoon"].on(at(8).date(), zone) == (at(10), midnight)
    assert [(a.start, a.end) for a in instance.participants[3].absences] == [(at(23), midnight)]


@pytest.mark.parametrize(
    ("slots", "morning", "session", "meeting"), [(6, 6, "2", "m2"), (32, 32, "2", "m2"), (6, 0, "1", "m1")]
)
def test_a_session_without_a_slot_leaves_a_meeting_no_time(tmp_path, slots, morning, session, meeting):
    changes = (("nTotalSlots = 6", f"nTotalSlots = {slots}"), ("ningSlots = 4", f"ningSlots = {morning}"))
    instance = load_b2b(forum(tmp_path, *changes))
    forbidden = {
        m.id: [(w.date, w.start, w.end) for w in m.forbidden] for m in instance.meetings if m.forbidden
    }
    assert forbidden == {meeting: [(at(8).date(), dt.time(0), dt.time(0))]}
    assert len(instance.day_parts) == 1


def test_a_programme_without_meetings_is_one(tmp_path):
    counts = "nBusiness=2; nMeetings=0; nTables=1; nTotalSlots=1; nMorningSlots=1;"
    path = tmp_path / "none.dzn"
    path.write_text(counts + "requested=[||]; forbidden=[{},{}]; fixed=[]; precedences=[];")
    instance = load_b2b(path)
    assert (len(instance.people), instance.meetings) == (2, ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nTables = 2", "nTables = {2}", ":4:11: nTables: should be a whole number"),
        ("nTables = 2", "nTables = 0", ':4:11: nTables: "0" should be at least 1'),
        ("nTables = 2", "nTables = 100001", ':4:11: nTables: "100001" should be at most 100000'),
        ("nTables", "nTabels", ":1:1: nTables: is missing: every file of this benchmark has it"),
        ("ningSlots = 4", "ningSlots = 7", ':6:17: nMorningSlots: "7" is more than there are slots (6)'),
        (
            "nTotalSlots = 6",
            "nTotalSlots = 33",
            ':5:15: nTotalSlots: "33" is too many: a date has 32 slots of 30 minutes from 08:00 to midnight',
        ),
        ("|1, 4, 3", "|1, 6, 3", ':9:17: requested.3: "6" is no participant: there are 1 to 5'),
        ("|1, 4, 3", "|0, 4, 3", ':9:14: requested.3: "0" is no participant: there are 1 to 5'),
        ("|1, 4, 3", "|4, 4, 3", ':9:17: requested.3: "4" cannot meet themselves'),
        (
            "|1, 4, 3",
            "|1, 4, 0",
            ':9:20: requested.3: "0" is no session: 1 is the morning, 2 the afternoon, 3 either',
        ),
        (
            "|1, 4, 3",
            "|1, 4",
            ":9:14: requested.3: has 2 numbers, and should have 3: two participants and a session",
        ),
        ("|1, 4, 3", "|1, {4}, 3", ":9:14: requested.3: should be three whole numbers"),
        ("forbidden = [{0}", "forbidden = [0", ':13:14: forbidden.1: "0" should be a set of slots: {...}'),
        ("{0, 6}", "{0, 7}", ':13:37: forbidden.4: "7" is no slot: there are 1 to 6'),
        ("{0, 6}", "{6..9}", ':13:37: forbidden.4: "9" is no slot: there are 1 to 6'),
        ("{0, 6}", "0..999999999999", ':13:36: forbidden.4: "999999999999" is no slot: there are 1 to 6'),
        (
            ", {0, 6}",
            "",
            ":13:13: forbidden: has 4 entries, and should have 5: one for each participant",
        ),
        ("0, 0, 6", "0, 0, 7", ':14:16: fixed.3: "7" is no slot: there are 1 to 6'),
        ("0, 0, 6", "0, 0, {6}", ":14:16: fixed.3: should be a slot, or 0 for a meeting that is free"),
        ("fixed = [", "fixed = [0, ", ":14:9: fixed: has 5 entries, and should have 4: one for each meeting"),
        ("fixed = [0, 0, 6, 0]", "fixed = 0", ":14:9: fixed: should be an array, written [...]"),
        ("{1, 2}", "{1, 9}", ':15:29: precedences.3: "9" is no meeting: there are 1 to 4'),
        (
            "{1, 2}",
            "{1, 3}",
            ":15:25: precedences.3: meeting 3 cannot be before meeting 3: cannot come after itself",
        ),
        (
            "[{}, {1}",
            "[{2}, {1}",
            ":15:21: precedences.2: meeting 1 cannot be before meeting 2: closes a circle: "
            '"m2" before "m1" before "m2"',
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, old, new, said):
    assert said in complaints(tmp_path, (old, new))


def test_what_is_wrong_is_told_all_at_once_in_the_order_of_the_file(tmp_path):
    changes = [("nMeetings = 4", "nMeetings = 5"), ("|1, 4, 3", "|1, 6, 3"), ("{0, 6}", "{0, 7}")]
    lines = complaints(tmp_path, *changes, ("fixed", "fixxed"), ("nTables = 2", "nTables = two"))
    places = [re.sub(r"^(:\d+:\d+): (\w*).*", r"\1 \2", line) for line in lines]
    assert places == [
        ":1:1 fixed",
        ":4:11 a",
        ":7:13 requested",
        ":9:17 requested",
        ":13:37 forbidden",
        ":14:1 ",
        ":15:15 precedences",
    ]
    assert lines[5] == ':14:1: "fixxed" is no key here; did you mean "fixed"?'


def test_a_short_set_does_not_stand_for_a_huge_one(tmp_path):
    count = 2000
    text = f"nBusiness=1; nMeetings={count}; nTables=1; nTotalSlots=1; nMorningSlots=1; requested=[||];"
    sets = ",".join([f"1..{count}"] * count)
    text += f"forbidden=[{{}}]; fixed=[]; precedences=[{sets}];"
    (said,) = complaints(tmp_path, text=text.encode())
    assert said.endswith("the sets hold too much: at most 2000000 members are read")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", ": is empty"),
        (b"\x7fELF\0\0", ":1:1: is a binary file, not text"),
        (b"nBusiness = 5;\nx = \xff;", ":2:5: is not UTF-8 text (byte 0xff): save it as UTF-8"),
        (b"programme:\n  id: tiny\n", ':1:10: "=" should stand here after "programme", not ":"'),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(tmp_path, text, said):
    assert complaints(tmp_path, text=text) == [said]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"none\.dzn: does not exist"):
        load_b2b(tmp_path / "none.dzn")


SIGNS = list('[]{}|,;=().%0123-\n"\0')
PIECES = st.sampled_from([*SIGNS, "..", "[|", "|]", "array2d(1..4,1..3,", "-1", "9" * 30, "ä", "/*"])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(FORUM)), st.integers(0, 30), st.lists(PIECES, max_size=4))
def test_a_mutilated_file_is_an_instance_or_an_input_error(tmp_path_factory, start, length, pieces):
    path = tmp_path_factory.getbasetemp() / "mutilated.dzn"
    path.write_text(FORUM[:start] + "".join(pieces) + FORUM[start + length :], encoding="utf-8")
    try:
        found = load_b2b(path)
    except InputError as error:
        found = error
    places = [fault.file for fault in found.faults] if isinstance(found, InputError) else []
    assert isinstance(found, Instance) or set(places) == {str(path)}


def number(text, key):
    return int(re.search(rf"{key}\s*=\s*(\d+)", text)[1])


@pytest.mark.parametrize("path", published("b2bsop*/*.dzn"))
def test_published_forums_are_read_whole(path):
    text = path.read_text()
    instance = load_b2b(path)
    assert len(instance.meetings) == number(text, "nMeetings")
    assert len(instance.people) == number(text, "nBusiness")
    assert instance.rooms[0].tables == number(text, "nTables")
    parts = [(meeting.day_part, meeting.pin.start is not None) for meeting in instance.meetings]
    rows = re.findall(r"\|\s*\d+\s*,\s*\d+\s*,\s*([123])", text)
    assert [{"1": "morning", "2": "afternoon", "3": None}[row] for row in rows] == [part for part, _ in parts]
    fixed = re.findall(r"\d+", re.search(r"fixed\s*=\s*\[(.*?)\]", text, re.S)[1])
    assert [slot != "0" for slot in fixed] == [pinned for _, pinned in parts]
    before = re.search(r"precedences\s*=\s*\[(.*?)\]", text, re.S)[1]
    assert len(instance.precedences) == len(re.findall(r"\d+", before))
    forbidden = re.search(r"forbidden\s*=\s*\[(.*?)\]", text, re.S)[1]
    away = sum(
        (a.end - a.start) / dt.timedelta(minutes=30) for p in instance.participants for a in p.absences
    )
    assert away == sum(slot != "0" for slot in re.findall(r"\d+", forbidden))
