"""Schedules as conference programs know them, in both forms: read back, and held against the schedule."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.exported import TEXTS, instances, relaxed, solutions
from support.frab import Read, expected, plain, read_json, read_xml
from support.hand_made import PLACEMENTS, facts, hand_made, hand_placed, solution_of
from support.names import names

from scheduler.domain import Instance, Solution
from scheduler.exports import frab_json, frab_xml
from scheduler.exports.formats import Manner
from scheduler.exports.frab import conferences, distinct, numbers

HAND_MADE = hand_made()
FORMS = [
    pytest.param(frab_xml.files, read_xml, "xml", id="xml"),
    pytest.param(frab_json.files, read_json, "json", id="json"),
]
Files = Callable[[Instance, Solution, Manner], dict[str, bytes]]
Reader = Callable[[bytes], list[Read]]


def read(form: str, instance: Instance = HAND_MADE, solution: Solution | None = None) -> list[Read]:
    files, reader, ending = next(param.values for param in FORMS if param.id == form)
    written = files(instance, solution or hand_placed(), Manner())
    return reader(written[f"schedule.{ending}"])  # type: ignore[no-any-return]


def one(title: str, form: str = "json", **changes: Any) -> Read:
    instance = Instance.model_validate(facts() | changes)
    return next(event for event in read(form, instance) if event.title.startswith(title))


# -- what it says --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("files", "reader", "ending"), FORMS)
def test_there_is_a_file_for_all_and_one_for_each_city(files: Files, reader: Reader, ending: str) -> None:
    written = files(HAND_MADE, hand_placed(), Manner())
    assert list(written) == [f"schedule.{ending}", f"city-lisbon.{ending}", f"city-madrid.{ending}"]
    rooms = {name: [event.room for event in reader(data)] for name, data in written.items()}
    assert rooms == {
        f"schedule.{ending}": [
            "Lisbon: Noble hall",
            "Lisbon: Meeting area, table 2",
            "Madrid: hall",
            "Madrid: Tables, table 1",
        ],
        f"city-lisbon.{ending}": ["Noble hall", "Meeting area, table 2"],
        f"city-madrid.{ending}": ["hall", "Tables, table 1"],
    }


@pytest.mark.parametrize(("files", "reader", "ending"), FORMS)
def test_an_event_is_known_by_the_same_in_every_file(files: Files, reader: Reader, ending: str) -> None:
    written = files(HAND_MADE, hand_placed(), Manner())
    whole, *cities = ({e.guid: (e.id, e.slug, e.title) for e in reader(data)} for data in written.values())
    assert cities[0] | cities[1] == whole


def test_a_city_has_its_own_clock_and_dates() -> None:
    files = frab_json.files(HAND_MADE, hand_placed(), Manner())
    facts_ = {name: json.loads(data)["schedule"]["conference"] for name, data in files.items()}
    assert {
        name: (c["time_zone_name"], c["start"], c["end"], c["daysCount"]) for name, c in facts_.items()
    } == {
        "schedule.json": ("Europe/Lisbon", "2025-03-29", "2025-03-30", 2),
        "city-lisbon.json": ("Europe/Lisbon", "2025-03-29", "2025-03-29", 1),
        "city-madrid.json": ("Europe/Madrid", "2025-03-30", "2025-03-30", 1),
    }


def test_a_programme_of_one_city_is_one_file_in_its_zone() -> None:
    given_ = facts()
    given_["cities"][1]["venues"][0]["id"] = "other-hall"
    given_["cities"] = [given_["cities"][0] | {"venues": [v for c in given_["cities"] for v in c["venues"]]}]
    given_["travel"] = {}
    files = frab_json.files(Instance.model_validate(given_), hand_placed(), Manner())
    assert list(files) == ["schedule.json"]
    names_ = {event.room for event in read_json(files["schedule.json"])}
    assert "Paços do Concelho, Noble hall" in names_  # venues are named where there are several


def test_the_zone_of_the_whole_is_the_programmes_where_cities_differ() -> None:
    given_ = facts()
    given_["programme"]["time_zone"] = "Europe/Madrid"
    found = conferences(Instance.model_validate(given_), hand_placed(), Manner())
    assert {stem: c.time_zone for stem, c in found.items()} == {
        "schedule": "Europe/Madrid",
        "city-lisbon": "Europe/Lisbon",
        "city-madrid": "Europe/Madrid",
    }


def test_a_day_lasts_from_the_first_midnight_to_the_last() -> None:
    """Programs take the hour at which a day ends for the hour at which the next begins: it is always 0."""
    given_ = facts()
    given_["cities"][0]["time_zone"] = "America/Lima"
    given_["cities"][1]["time_zone"] = "Asia/Tokyo"
    days = conferences(Instance.model_validate(given_), hand_placed(), Manner())["schedule"].days
    assert [(day.index, day.start.isoformat(), day.end.isoformat()) for day in days] == [
        (1, "2025-03-29T00:00:00+09:00", "2025-03-30T00:00:00-05:00"),
        (2, "2025-03-30T00:00:00+09:00", "2025-03-31T00:00:00-05:00"),
    ]


def test_a_day_without_anything_is_there_if_a_city_is_open() -> None:
    days = conferences(HAND_MADE, solution_of(PLACEMENTS[:1]), Manner())["schedule"].days
    assert [(day.date.isoformat(), len(day.rooms)) for day in days] == [("2025-03-29", 1), ("2025-03-30", 0)]
    for files, reader, ending in (param.values for param in FORMS):
        written = files(HAND_MADE, solution_of([]), Manner())
        assert reader(written[f"schedule.{ending}"]) == []


@pytest.mark.parametrize("form", ["xml", "json"])
def test_who_takes_part_are_its_persons_and_who_speaks_in_a_talk_is_told(form: str) -> None:
    smart = one("Smart", form)
    assert smart.persons == {"Moderator; of talks", "Praia, Cabo Verde", "Chair of the track"}
    assert '- 09:30-10:00 Metro, 地铁 (Delegate 2, "Mobility")' in smart.description
    assert one("Ferries", form).persons == {"代表一", "Praia, Cabo Verde"}


def test_what_has_no_field_of_its_own_is_told() -> None:
    told = one("Ferries").description
    assert "Interpreter: pt/zh (chinese, no. 2)" in told
    assert told.endswith(
        "Place: Meeting area, table 2, Paços do Concelho, Praça do Município; 1100-365 Lisbon"
    )
    assert "- 09:30-10:00 Metro, 地铁" in one("Smart").description


def test_a_talk_without_its_session_is_an_event() -> None:
    alone = solution_of([p for p in PLACEMENTS if p["activity"] == "talk-metro"])
    (event,) = read("xml", solution=alone)
    assert (event.title, event.kind, event.track) == ("Metro, 地铁", "talk", "ecosystem")


def test_the_version_is_how_often_the_schedule_has_changed() -> None:
    xml = frab_xml.files(HAND_MADE, hand_placed(), Manner(sequence=3))["schedule.xml"]
    assert etree.fromstring(xml).findtext("version") == "3"


@pytest.mark.parametrize(
    ("programme", "acronym"),
    [("Asia-Innova.2017", "asia_innova_2017"), ("x", "x_2025"), ("abc-", "abc_2025"), ("abcd", "abcd")],
)
def test_an_acronym_has_the_letters_that_it_may_have(programme: str, acronym: str) -> None:
    given_ = facts()
    given_["programme"]["id"] = programme
    instance = Instance.model_validate(given_)
    solution = hand_placed().model_copy(update={"programme": programme})
    found = conferences(instance, solution, Manner())["schedule"]
    assert found.acronym == acronym
    assert {e.slug for day in found.days for _, events in day.rooms for e in events} == {
        f"{acronym}-{name}" for name in ("opening", "islands", "ecosystem-session", "untitled")
    }


def test_rooms_of_one_name_are_told_apart() -> None:
    given_ = facts()
    given_["cities"][0]["venues"][0]["rooms"] += [
        {"id": "other", "name": "Noble hall"},
        {"id": "third", "name": "Meeting area, table 2"},
    ]
    found = conferences(Instance.model_validate(given_), hand_placed(), Manner())["city-lisbon"]
    assert [room.name for room in found.rooms] == [
        "Noble hall (noble-hall)",
        "Meeting area, table 2 (lisbon-tables, 2)",
        "Noble hall (other)",
        "Meeting area, table 2 (third)",
    ]


def test_ids_of_one_spelling_have_slugs_of_their_own() -> None:
    given_ = facts()
    given_["meetings"][1]["id"] = "Opening"
    placed = [p | {"activity": "Opening"} if p["activity"] == "untitled" else p for p in PLACEMENTS]
    events = read("xml", Instance.model_validate(given_), solution_of(placed))
    slugs = {event.title: event.slug for event in events}
    assert len(set(slugs.values())) == len(slugs)
    assert slugs["Ferries, islands (Guangzhou; Praia, Cabo Verde)"] == "hand_made-islands"


# -- ids -----------------------------------------------------------------------------------------------


@given(st.sets(TEXTS))
def test_numbers_are_different_and_do_not_hang_on_the_order(some: set[str]) -> None:
    found = numbers(some)
    assert len(set(found.values())) == len(some)
    assert all(1 <= number < 2**31 for number in found.values())
    assert numbers(sorted(some, reverse=True)) == found


def test_a_number_does_not_change_when_something_is_added() -> None:
    few = numbers(f"m{n}" for n in range(100))
    many = numbers(f"m{n}" for n in range(5000))
    assert {name: many[name] for name in few} == few


@given(st.lists(st.sampled_from(["a", "a (0)", "a (1)", "a (0) (0)", "b"])))
def test_what_is_alike_is_told_apart_and_nothing_else_changes(texts: list[str]) -> None:
    found = distinct(dict(enumerate(texts)), lambda key: f" ({key})")
    assert len(set(found.values())) == len(texts)
    if len(set(texts)) == len(texts):
        assert list(found.values()) == texts


# -- laws ----------------------------------------------------------------------------------------------


def compared(instance: Instance, solution: Solution, events: list[Read]) -> None:
    """Hold what was read against the schedule, field by field."""
    wanted = expected(instance, solution)
    by_slug = {event.slug.removeprefix("hand_made-"): event for event in events}
    assert by_slug.keys() == wanted.keys()
    for id_, fields in wanted.items():
        event = by_slug[id_]
        assert {name: getattr(event, name) for name in fields} == fields
        assert event.start.utcoffset() == fields["start"].utcoffset()
        activity = instance.activity(id_)  # type: ignore[arg-type]
        title = plain(activity.title)
        assert event.title.startswith(title)
        if fields["kind"] != "meeting":
            assert event.title == (title or id_)
        (placement,) = (p for p in solution.placements if p.activity == id_)
        room = instance.room(placement.room)
        assert plain(room.label) in event.room
        assert (f"table {placement.table}" in event.room) == (placement.table is not None)
        people = {plain(instance.person(p).name) or p for p in placement.attendees}
        assert people <= event.persons


@relaxed
@given(instances(), solutions())
def test_both_forms_read_back_as_the_schedule(instance: Instance, solution: Solution) -> None:
    xml, json_ = read("xml", instance, solution), read("json", instance, solution)
    compared(instance, solution, xml)
    compared(instance, solution, json_)
    assert xml == json_


@relaxed
@given(st.lists(names(), min_size=6, max_size=6))
def test_names_in_any_script_read_back_whole(given_names: list[str]) -> None:
    given_ = facts()
    programme, city, room, session, person, party = given_names
    given_["programme"]["title"] = programme
    given_["cities"][0]["name"] = city
    given_["cities"][0]["venues"][0]["rooms"][0]["name"] = room
    given_["sessions"][0]["title"] = session
    given_["participants"][0]["name"] = person
    given_["delegations"][1]["name"] = party
    instance = Instance.model_validate(given_)
    for form in ("xml", "json"):
        events = {event.slug: event for event in read(form, instance)}
        assert events["hand_made-opening"].title == plain(session)
        assert events["hand_made-opening"].room == plain(f"{city}: {room}")
        assert events["hand_made-islands"].persons == {plain(person), plain(party)}
    files = frab_json.files(instance, hand_placed(), Manner())
    assert json.loads(files["schedule.json"])["schedule"]["conference"]["title"] == plain(programme)


@relaxed
@given(instances(), solutions())
def test_two_exports_are_the_same_bytes(instance: Instance, solution: Solution) -> None:
    again = Instance.model_validate(instance.model_dump(mode="json"))
    for files in (frab_xml.files, frab_json.files):
        assert files(instance, solution, Manner()) == files(again, solution, Manner())


@relaxed
@given(solutions())
def test_everything_is_within_its_day(solution: Solution) -> None:
    for conference in conferences(HAND_MADE, solution, Manner()).values():
        for day in conference.days:
            for _, events in day.rooms:
                assert all(day.start <= event.start < day.end for event in events)
                assert [e.start for e in events] == sorted(
                    (e.start for e in events), key=dt.datetime.timestamp
                )
