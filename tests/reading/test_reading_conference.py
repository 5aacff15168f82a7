"""Conference schedules as instances: what they become, what is refused and where."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.command_line import INSTANCES
from support.conferences import XML, events, facts, flat, frab, pretalx, spot, written
from support.exported import relaxed, solutions
from support.hand_made import hand_made, hand_placed
from support.names import names

from scheduler.checker import check
from scheduler.domain import Placement, SessionKind, Solution, Talk
from scheduler.exports import frab_json, frab_xml, instance_text
from scheduler.exports.formats import Manner
from scheduler.reading import InputError, import_conference, load, load_conference, load_solution

MADRID = ZoneInfo("Europe/Madrid")
EVENT = "schedule.conference.days.0.rooms.Main hall.1"
FOUND = (
    "tiny",
    "asia-innova-2017",
    "every-rule",
    "over-full",
    "replanned",
    "split-delegation",
    "tables",
    "two-time-zones",
)
"""Instances whose solution is here."""
MOMENT = "should be a date and time such as 2024-05-01T10:00:00+02:00"


def at(day, hour, minute=0):
    return dt.datetime(2024, 5, day, hour, minute, tzinfo=MADRID)


def complaints(document, **how):
    data = document if isinstance(document, bytes) else written(document)
    with pytest.raises(InputError) as caught:
        import_conference(data, name="f", **how)
    return str(caught.value).splitlines()


def changed(number, **fields):
    """Return the schedule with something else in one of its events; None takes a field out."""
    document = frab()
    event = events(document)[number]
    for key, value in fields.items():
        if value is None:
            del event[key]
        else:
            event[key] = value
    return document


# -- what it becomes -----------------------------------------------------------------------------------


def test_a_schedule_becomes_an_instance():
    instance = load_conference(written(frab()))
    assert (instance.programme.id, instance.programme.title) == ("WaterDays", "Water Days 2024")
    assert instance.programme.grid == dt.timedelta(minutes=15)
    (city,) = instance.cities
    assert city.time_zone == "Europe/Madrid"
    assert [(room.id, room.name, room.seats) for room in instance.rooms] == [
        ("main-hall", "Main hall", None),
        ("annex", "Annex", None),
    ]
    assert [(p.id, p.name) for p in instance.participants] == [
        ("speaker-seven", "Speaker Seven"),
        ("person-2", "王 八"),
        ("guide-nine", "Guide Nine"),
    ]
    assert [(t.id, t.name) for t in instance.tracks] == [("rivers", "Rivers"), ("machines", "Machines")]
    assert [
        (s.id, s.title, s.kind, s.duration, s.track, [p.participant for p in s.speakers])
        for s in instance.sessions
    ] == [
        ("11-opening", "Opening", SessionKind.INAUGURAL, dt.timedelta(minutes=30), None, []),
        (
            "12-rivers_and_cities",
            "Rivers & cities, 河流",
            SessionKind.CONFERENCE,
            dt.timedelta(minutes=45),
            "rivers",
            ["speaker-seven", "person-2"],
        ),
        (
            "13-night_walk",
            "Night walk",
            SessionKind.FIELD_VISIT,
            dt.timedelta(hours=1),
            "rivers",
            ["guide-nine"],
        ),
        (
            "21-pumps",
            "Pumps, hands-on",
            SessionKind.WORKSHOP,
            dt.timedelta(hours=2),
            "machines",
            ["speaker-seven"],
        ),
    ]


def test_sessions_are_pinned_or_free_on_their_date():
    pinned = load_conference(written(frab())).sessions
    assert [(s.pin.start, s.pin.room, s.dates) for s in pinned] == [
        (at(2, 10), "main-hall", ()),
        (at(2, 11), "main-hall", ()),
        (at(3, 0, 15), "annex", ()),
        (at(3, 10), "annex", ()),
    ]
    free = load_conference(written(frab()), pinned=False).sessions
    assert [(s.pin.start, s.pin.room, s.dates) for s in free] == [
        (None, None, (dt.date(2024, 5, day),)) for day in (2, 2, 3, 3)
    ]


def test_a_city_is_open_from_the_first_event_to_the_last_and_in_the_hours_that_are_said():
    """The first day is said to end at 4 in the night, which is no opening; the second lasts from 9 to 18."""
    (city,) = load_conference(written(frab())).cities
    assert [opening.instants(MADRID) for opening in city.opening] == [
        (at(2, 10), at(2, 11, 45)),
        (at(3, 0, 15), at(3, 1, 15)),
        (at(3, 9), at(3, 18)),
    ]


def test_the_night_that_begins_at_midnight_is_no_day_of_24_hours():
    document = frab()
    facts(document)["days"][1] |= {
        "day_start": "2024-05-03T04:00:00+02:00",
        "day_end": "2024-05-04T03:59:00+02:00",
    }
    (city,) = load_conference(written(document)).cities
    assert city.opening[-1].instants(MADRID) == (at(3, 10), at(3, 12))


def test_rooms_and_tracks_that_are_listed_are_there_whether_used_or_not():
    instance = load_conference(written(pretalx()))
    assert [(room.name, room.seats) for room in instance.rooms] == [
        ("Main hall", 300),
        ("Annex", None),
        ("Garden", 40),
    ]
    assert [person.name for person in instance.participants] == ["Speaker Seven", "王 八", "Guide Nine"]


def without_rooms(instance):
    return instance.model_dump(mode="json", exclude={"cities": {"__all__": {"venues", "opening"}}})


def test_versions_of_the_format_say_the_same():
    one, two = load_conference(written(frab())), load_conference(written(pretalx()))
    assert without_rooms(one) == without_rooms(two)
    three = load_conference(written(flat()))
    assert [(s.id, s.pin, s.duration, s.track, s.kind) for s in three.sessions] == [
        (s.id, s.pin, s.duration, s.track, s.kind) for s in two.sessions
    ]
    assert {s.role for session in three.sessions for s in session.speakers} == {"moderator"}


def test_xml_is_read_like_json():
    found = import_conference(XML.encode())
    assert (found.read, found.used) == (1, 1)
    (session,) = found.instance.sessions
    assert (session.id, session.title, session.track) == ("12-rivers", "Rivers & cities, 河流", "rivers")
    assert (session.pin.start, session.pin.room) == (at(2, 11), "main-hall")
    assert [person.name for person in found.instance.participants] == ["Speaker Seven", "王 八"]
    assert found.instance.programme.title == "Water Days 2024"


def test_a_schedule_may_stand_by_itself_or_begin_with_a_mark():
    data = json.dumps(frab()["schedule"]).encode()
    assert load_conference(b"\xef\xbb\xbf" + data) == load_conference(written(frab()))


def test_a_file_is_read_as_its_bytes_are(tmp_path):
    path = tmp_path / "schedule.json"
    path.write_bytes(written(frab()))
    assert load_conference(path) == load_conference(str(path)) == load_conference(written(frab()))


def test_the_programme_is_called_as_the_file_where_it_has_no_acronym(tmp_path):
    document = frab()
    facts(document)["acronym"] = "水"
    path = tmp_path / "water days.json"
    path.write_bytes(written(document))
    assert load_conference(path).programme.id == "water-days"
    assert load_conference(path.read_bytes()).programme.id == "conference"


@pytest.mark.parametrize(
    ("fields", "id_"),
    [
        ({"slug": "WaterDays-12-x"}, "12-x"),
        ({"slug": "waterdays-rivers"}, "rivers"),
        ({"slug": "WaterDays-"}, "WaterDays"),
        ({"slug": ""}, "event-12"),
        ({"slug": "", "code": "G9JGWY"}, "G9JGWY"),
        ({"slug": "WaterDays-11-opening"}, "11-opening-2"),
        ({"slug": "河流"}, "event-2"),
        ({"slug": "a" * 200}, "a" * 60),
    ],
)
def test_ids_are_well_formed_and_distinct(fields, id_):
    assert load_conference(written(changed(1, **fields))).sessions[1].id == id_


def test_two_people_of_one_name_are_two_and_one_with_two_numbers_is_one():
    document = pretalx()
    people = events(document)[1]["persons"]
    people[1]["name"] = people[0]["name"]
    people.append(dict(people[0]))
    instance = load_conference(written(document))
    assert [(p.id, p.name) for p in instance.participants] == [
        ("speaker-seven", "Speaker Seven"),
        ("speaker-seven-2", "Speaker Seven"),
        ("guide-nine", "Guide Nine"),
    ]
    assert len(instance.sessions[1].speakers) == 2


def test_somebody_called_all_is_not_everybody():
    document = changed(1, persons=["All"])
    assert load_conference(written(document)).participants[0].id == "all-2"


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("Opening ceremony", SessionKind.INAUGURAL),
        ("Workshops", SessionKind.WORKSHOP),
        ("Panel", SessionKind.ROUNDTABLE),
        ("meeting", SessionKind.ROUNDTABLE),
        ("field visit", SessionKind.FIELD_VISIT),
        ("Tourism", SessionKind.CONFERENCE),
        ("", SessionKind.CONFERENCE),
    ],
)
def test_the_kind_follows_from_the_type(type_, kind):
    assert load_conference(written(changed(1, type=type_))).sessions[1].kind is kind


@pytest.mark.parametrize(
    ("durations", "grid"),
    [(("00:45", "01:00", "02:00"), 15), (("00:20", "01:00", "02:00"), 5), (("00:07", "01:00", "02:00"), 1)],
)
def test_the_grid_is_what_all_times_have_in_common(durations, grid):
    document = frab()
    for event, duration in zip(events(document)[1:], durations, strict=True):
        event["duration"] = duration
    assert load_conference(written(document)).programme.grid == dt.timedelta(minutes=grid)


def test_the_grid_is_an_hour_at_most():
    document = frab()
    facts(document)["days"][0]["rooms"] = {}
    assert load_conference(written(document)).programme.grid == dt.timedelta(hours=1)


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2024-05-02T09:00:00Z"},
        {"date": "2024-05-02T11:00:00"},
        {"date": "2024-05-02T11:00"},
        {"date": "2024-05-02"},
        {"date": None},
        {"date": "2024-05-02T04:00:00-05:00"},
    ],
)
def test_a_moment_is_read_in_all_its_forms(fields):
    assert load_conference(written(changed(1, **fields))).sessions[1].pin.start == at(2, 11)


def test_another_time_zone_can_be_named():
    document = frab()
    del facts(document)["time_zone_name"]
    found = import_conference(written(document), time_zone="Europe/Athens")
    assert found.instance.cities[0].time_zone == "Europe/Athens"
    assert found.instance.sessions[0].pin.start == at(2, 10)
    line = spot(document, 11).partition(":")[0]
    assert found.notes == (
        f"4 of the times have another offset than Europe/Athens at that time (the first at line {line}): "
        "they were taken as the instants that they are",
    )


# -- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"duration": "45"}, "duration", '"45" should be hours and minutes such as 00:45'),
        ({"duration": "1:30:00"}, "duration", '"1:30:00" should be hours and minutes such as 00:45'),
        ({"duration": "00:00"}, "duration", '"00:00" should be longer than nothing'),
        ({"duration": None}, "", '"Rivers & cities, 河流" has no duration'),
        ({"date": "yesterday, early"}, "date", f'"yesterday, early" {MOMENT}'),
        ({"date": "2024-05-02", "start": "noon"}, "date", f'"2024-05-02" {MOMENT}'),
        ({"date": "0001-05-02T10:00:00+02:00"}, "date", f'"0001-05-02T10:00:00+02:00" {MOMENT}'),
        (
            {"date": "2024-05-02T10:00:30+02:00"},
            "date",
            '"2024-05-02T10:00:30+02:00" should be a whole minute',
        ),
        (
            {"date": "2024-05-02T23:30:00+02:00"},
            "",
            '"Rivers & cities, 河流" lasts from 2024-05-02 23:30 to 2024-05-03 00:15 (Europe/Madrid): an '
            "activity ends at midnight of its date at the latest",
        ),
        (
            {"room": "Annex"},
            "room",
            '"Annex" is not the room that the event is listed in, "Main hall"',
        ),
        ({"persons": "Ann"}, "persons", '"Ann" should be a list of persons'),
    ],
)
def test_an_event_that_cannot_be_used_is_refused_at_its_place(fields, field, said):
    document = changed(1, **fields)
    path = f"{EVENT}.{field}" if field else EVENT
    said = f"f:{spot(document, 12, field)}: {path}: {said}"
    assert complaints(document) == [said]
    found = import_conference(written(document), name="f", keep_going=True)
    assert (found.read, found.used, [str(fault) for fault in found.refused]) == (4, 3, [said])
    assert [session.id for session in found.instance.sessions] == ["11-opening", "13-night_walk", "21-pumps"]


def test_everything_is_told_at_once():
    document = frab()
    for number, event in enumerate(events(document)):
        event["duration"] = str(number)
        event["date"] = "2024"
    facts(document)["days"][1]["rooms"] |= {"Hut": {"no": "list"}, "Shed": [None, {"persons": [{}]}]}
    said = [
        line.partition(": schedule.conference.days.")[2] for line in complaints(document, keep_going=True)
    ]
    assert len([line for line in said if "should be hours and minutes" in line]) == 4
    assert len([line for line in said if line.endswith(MOMENT)]) == 4
    assert [line for line in said if "hours and" not in line and not line.endswith(MOMENT)] == [
        "1.rooms.Hut: should be a list of events",
        "1.rooms.Shed.0: should be an event: a mapping with a date, a duration and a title",
        '1.rooms.Shed.1: "" has no date',
        '1.rooms.Shed.1: "" has no duration',
        "1.rooms.Shed.1.persons.0: is nobody: a person has a name",
        "",  # and so the file has no event that can be used
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda c: c.pop("time_zone_name"),
            "f:5:17: conference.time_zone_name is missing: say which one it is with --time-zone, as in "
            "--time-zone Europe/Madrid",
        ),
        (
            lambda c: c.update(time_zone_name="Europe/Madird"),
            'f:12:22: schedule.conference.time_zone_name: "Europe/Madird" is no time zone; did you mean '
            '"Europe/Madrid"?; say which one it is with --time-zone, as in --time-zone Europe/Madrid',
        ),
        (lambda c: c.update(days=[]), "f: has no events"),
        (lambda c: c.update(days={"a": 1}), "f:13:12: schedule.conference.days: should be a list of days"),
    ],
)
def test_a_conference_that_cannot_be_used_is_refused(change, said):
    document = frab()
    change(facts(document))
    assert complaints(document)[0] == said


@pytest.mark.parametrize("text", [b"[]", b"{}", b'{"schedule": 1}', b'{"a": {"conference": {}}}', b"7"])
def test_what_is_no_schedule_is_refused(text):
    assert complaints(text) == [
        "f:1:1: this is no conference schedule: it has no `schedule` with a `conference`"
    ]


def test_a_zone_that_is_none_is_refused():
    assert complaints(frab(), time_zone="Europe/Madird") == [
        'f: "Europe/Madird" is no time zone; did you mean "Europe/Madrid"?'
    ]


def test_xml_is_refused_at_its_place():
    assert complaints(XML.replace("00:45", "45").encode()) == [
        'f:24:9: day.1.room.Main hall.event.1.duration: "45" should be hours and minutes such as 00:45',
        "f: has no event that can be used",
    ]


# -- two at once ---------------------------------------------------------------------------------------


def test_two_events_in_one_room_at_once_are_told():
    document = changed(1, date="2024-05-02T10:15:00+02:00")
    line = spot(document, 11).partition(":")[0]
    assert complaints(document) == [
        f'f:{spot(document, 12)}: {EVENT}: "Rivers & cities, 河流" overlaps "Opening", 2024-05-02 10:00 to '
        f'10:30 (line {line}), in the same room, "Main hall"'
    ]


def test_one_person_in_two_events_at_once_is_told():
    document = changed(3, date="2024-05-02T11:30:00+02:00")
    line = spot(document, 12).partition(":")[0]
    (said,) = complaints(document)
    assert said.startswith(f"f:{spot(document, 21)}: ")
    assert said.endswith(
        '"Pumps, hands-on" overlaps "Rivers & cities, 河流", 2024-05-02 11:00 to 11:45 '
        f'(line {line}), in the time of the same person, "Speaker Seven"'
    )


def test_who_keeps_going_has_the_later_one_free():
    document = changed(1, date="2024-05-02T10:15:00+02:00")
    found = import_conference(written(document), keep_going=True)
    assert (found.read, found.used, found.refused, len(found.loose)) == (4, 4, (), 1)
    assert [s.id for s in found.instance.sessions if s.pin.start is None] == ["12-rivers_and_cities"]
    assert found.instance.sessions[1].dates == (dt.date(2024, 5, 2),)


def test_what_is_free_may_overlap_and_it_is_noted():
    found = import_conference(written(changed(1, date="2024-05-02T10:15:00+02:00")), pinned=False)
    assert found.notes == ("1 of the events overlap another in their room or of one of their people",)


def test_one_after_the_other_do_not_overlap():
    assert import_conference(written(changed(1, date="2024-05-02T10:30:00+02:00"))).loose == ()


# -- laws ----------------------------------------------------------------------------------------------


def placed(instance):
    """Return the only schedule that a pinned instance can have."""
    return Solution(
        programme=instance.programme.id,
        placements=tuple(
            Placement(activity=s.id, start=s.pin.start, room=s.pin.room) for s in instance.sessions
        ),
    )


@pytest.mark.parametrize("document", [frab(), pretalx(), flat()])
def test_the_schedule_as_it_was_keeps_the_rules(document):
    instance = load_conference(written(document))
    assert check(instance, placed(instance)).violations == ()


def test_an_instance_is_written_and_read_back(tmp_path):
    path = tmp_path / "i.yaml"
    for how in ({}, {"pinned": False}):
        instance = load_conference(written(pretalx()), **how)
        path.write_text(instance_text(instance), encoding="utf-8")
        assert load(path) == instance


def seen(instance):
    """Return what is where when, by title and room."""
    rooms = {room.id: room.name for room in instance.rooms}
    return {(s.title, s.pin.start, s.duration, rooms.get(s.pin.room)) for s in instance.sessions}


@pytest.mark.parametrize(("module", "ending"), [(frab_json, "json"), (frab_xml, "xml")])
def test_what_we_write_is_read_back_to_the_same_places(module, ending):
    instance, solution = hand_made(), hand_placed()
    for stem in ("schedule", "city-lisbon", "city-madrid"):
        found = load_conference(module.files(instance, solution, Manner())[f"{stem}.{ending}"])
        assert check(found, placed(found)).violations == ()
        starts = {p.activity: p.start for p in solution.placements}
        assert all(session.pin.start == starts[session.id] for session in found.sessions)


@pytest.mark.parametrize("name", FOUND)
def test_a_schedule_that_was_found_comes_back_as_it_was(name):
    instance = load(INSTANCES / f"{name}.yaml")
    solution = load_solution(INSTANCES.parent / "solutions" / name / f"{name}.solution.yaml")
    for module, ending in ((frab_json, "json"), (frab_xml, "xml")):
        found = load_conference(module.files(instance, solution, Manner())[f"schedule.{ending}"])
        assert check(found, placed(found)).violations == ()
        wanted = {
            (p.start, instance.activity(p.activity).duration)
            for p in solution.placements
            if not isinstance(instance.activity(p.activity), Talk)
        }
        assert {(session.pin.start, session.duration) for session in found.sessions} == wanted


@relaxed
@given(solutions())
def test_both_forms_of_a_schedule_are_imported_alike(solution):
    """Random schedules break rules: their events overlap, and run past midnight."""
    found = []
    for module, ending in ((frab_json, "json"), (frab_xml, "xml")):
        data = module.files(hand_made(), solution, Manner())[f"schedule.{ending}"]
        try:
            one = import_conference(data, keep_going=True)
        except InputError as error:
            found.append(len(error.faults))
        else:
            found.append((one.read, one.used, len(one.loose), seen(one.instance)))
    assert found[0] == found[1]


@relaxed
@given(st.lists(names(), min_size=4, max_size=4))
def test_names_in_any_script_are_kept(given_names):
    title, room, person, track = given_names
    document = changed(1, title=title, track=track, persons=[{"id": 1, "name": person}])
    rooms = facts(document)["days"][0]["rooms"]
    rooms[room] = rooms.pop("Main hall")
    for event in rooms[room]:
        event["room"] = room
    instance = load_conference(written(document))
    session = instance.sessions[[s.title for s in instance.sessions].index(" ".join(title.split()))]
    line = {session.title, instance.room(session.pin.room).name, instance.track(session.track).name}
    assert line == {" ".join(name.split()) for name in (title, room, track)}
    assert " ".join(person.split()) in {p.name for p in instance.participants}


TEXT = written(pretalx()).decode()


def refusals(data, keep_going=False):
    """Return what is wrong with a file that is refused; nothing, if it is read."""
    try:
        import_conference(data, name="f", keep_going=keep_going)
    except InputError as error:
        return error.faults
    return []


@settings(deadline=None, max_examples=150)
@given(
    st.integers(0, len(TEXT)),
    st.integers(0, 400),
    st.sampled_from(["", "{", "]", '"', "null", "0", "\\", ",,", "9999-12-31T23:59:59+14:00", "\x00", "é"]),
)
def test_a_spoiled_file_is_refused_or_read_and_nothing_else(first, length, put):
    data = (TEXT[:first] + put + TEXT[first + length :]).encode()
    for keep_going in (False, True):
        faults = refusals(data, keep_going)
        assert all(str(fault).startswith("f") for fault in faults)


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(["date", "start", "duration", "room", "slug", "title", "track", "type", "persons", "id"]),
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.lists(st.text(max_size=3) | st.integers(), max_size=2)
    | st.dictionaries(st.sampled_from(["name", "slug", "en"]), st.text(max_size=5) | st.none(), max_size=2),
)
def test_any_value_in_any_field_is_read_or_refused(field, value):
    document = pretalx()
    events(document)[1][field] = None if value != value else value
    data = json.dumps(document).replace("Infinity", "0").encode()
    if not refusals(data, keep_going=True):
        found = import_conference(data, keep_going=True)
        assert (found.read, found.used) in ((4, 4), (4, 3))
        assert (found.used == 3) == bool(found.refused)
        assert instance_text(found.instance)
