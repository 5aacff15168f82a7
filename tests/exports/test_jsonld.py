"""JSON-LD, walked through as a reader of linked data does: by types and ids, wherever a node stands."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.exported import instances, relaxed, solutions
from support.frab import plain
from support.hand_made import PLACEMENTS, facts, hand_made, hand_placed, solution_of
from support.names import names

from scheduler.domain import Instance, Solution
from scheduler.domain.times import later
from scheduler.exports import Agendas, By
from scheduler.exports.formats import Manner
from scheduler.exports.jsonld import files

HAND_MADE = hand_made()
Node = dict[str, Any]

THING = {"name", "description", "identifier"}
EVENT = THING | {
    "about",
    "attendee",
    "audience",
    "duration",
    "endDate",
    "eventAttendanceMode",
    "eventStatus",
    "keywords",
    "location",
    "organizer",
    "performer",
    "startDate",
    "subEvent",
    "superEvent",
}
TRIP = THING | {"arrivalTime", "departureTime", "itinerary"}
VOCABULARY = {
    **dict.fromkeys(("Event", "BusinessEvent", "EducationEvent"), EVENT),
    **dict.fromkeys(("Trip", "Flight", "TrainTrip", "BusTrip"), TRIP),
    "Thing": THING,
    "Place": THING | {"address", "containedInPlace"},
    "PostalAddress": THING | {"streetAddress", "addressLocality"},
    "Person": THING | {"affiliation"},
    "Organization": THING | {"email"},
    "Audience": THING | {"audienceType"},
    "ItemList": THING | {"itemListElement"},
    "ListItem": THING | {"position", "item"},
}
"""Which properties schema.org has for a type, as far as they are used here (schema.org/Event and so on)."""


def document(data: bytes) -> Node:
    found = json.loads(data)
    assert found["@context"] == "https://schema.org"
    return found  # type: ignore[no-any-return]


def nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


def events(data: bytes) -> dict[str, Node]:
    """Return sessions, talks and meetings by the activity."""
    found = [n for n in nodes(document(data)["@graph"][0]) if "identifier" in n]
    by_id = {node["identifier"]: node for node in found}
    assert len(by_id) == len(found)
    return by_id


def written(by: By = By.PROGRAMME, stem: str = "programme", **changes: Any) -> bytes:
    instance = Instance.model_validate(facts() | changes)
    return files(instance, hand_placed(), Manner(by))[f"{stem}.jsonld"]


@pytest.mark.parametrize("by", list(By))
def test_every_node_has_a_type_of_the_vocabulary_and_its_properties(by: By) -> None:
    for data in files(HAND_MADE, hand_placed(), Manner(by)).values():
        for node in nodes(document(data)["@graph"]):
            if node.keys() != {"@id"}:
                assert node.keys() - {"@type", "@id"} <= VOCABULARY[node["@type"]]


def test_an_id_stands_for_one_thing() -> None:
    kinds: dict[str, set[str]] = {}
    for by in By:
        for data in files(HAND_MADE, hand_placed(), Manner(by)).values():
            for node in nodes(document(data)["@graph"]):
                if "@id" in node and "identifier" not in node and "name" in node:
                    kinds.setdefault(node["@id"], set()).add(node["name"])
    assert all(len(names_) == 1 for names_ in kinds.values())


def test_the_programme_is_an_event_around_the_others() -> None:
    whole = document(written())["@graph"][0]
    assert (whole["@type"], whole["name"]) == ("Event", 'Open cities, "by hand"')
    assert (whole["startDate"], whole["endDate"]) == (
        "2025-03-29T10:00:00+00:00",
        "2025-03-30T12:30:00+02:00",
    )
    assert whole["organizer"] == {
        "@type": "Organization",
        "name": 'Office "Open Cities": desk 1',
        "email": "office@open-cities.example",
    }
    assert [place["name"] for place in whole["location"]] == ["Lisbon", "Madrid"]
    assert [event["identifier"] for event in whole["subEvent"]] == [
        "opening",
        "islands",
        "ecosystem-session",
        "untitled",
    ]


def test_an_agenda_is_part_of_the_programme() -> None:
    programme = document(written())["@graph"][0]["@id"]
    own = document(written(By.CITY, "city-madrid"))["@graph"][0]
    assert own["superEvent"] == {"@id": programme}
    assert own["@id"] != programme


def test_talks_are_within_their_session() -> None:
    session = events(written())["ecosystem-session"]
    assert session["@type"] == "EducationEvent"
    assert [talk["identifier"] for talk in session["subEvent"]] == ["talk-metro", "talk-words"]
    assert {talk["superEvent"]["@id"] for talk in session["subEvent"]} == {session["@id"]}
    assert session["about"]["name"] == "ecosystem"


def test_a_talk_without_its_session_names_it() -> None:
    talk = events(written(By.PARTICIPANT, "participant-delegate-2"))["talk-metro"]
    assert talk["superEvent"]["name"].startswith('Smart cities 🏙️, "the ecosystem" and its talks')


def test_who_speaks_performs_and_the_others_attend() -> None:
    session = events(written())["ecosystem-session"]
    assert [p["name"] for p in session["performer"]] == ["Moderator; of talks", "Chair of the track"]
    assert [(a["@type"], a["name"]) for a in session["attendee"]] == [("Organization", "Praia, Cabo Verde")]
    assert [a["audienceType"] for a in session["audience"]] == ["Guangzhou", "Tallinn"]
    meeting = events(written())["islands"]
    assert (meeting["@type"], "performer" in meeting) == ("BusinessEvent", False)
    assert [(a["@type"], a["name"]) for a in meeting["attendee"]] == [
        ("Organization", "Guangzhou"),
        ("Person", "代表一"),
        ("Organization", "Praia, Cabo Verde"),
    ]
    assert meeting["attendee"][1]["affiliation"]["name"] == "Guangzhou"


def test_nobodys_address_is_given_away() -> None:
    for by in By:
        for data in files(HAND_MADE, hand_placed(), Manner(by)).values():
            assert b"@gz.example" not in data
            assert b"moderator@" not in data


def test_a_place_is_a_room_in_a_venue_at_an_address() -> None:
    assert events(written())["islands"]["location"] == {
        "@type": "Place",
        "name": "Meeting area, table 2",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Praça do Município; 1100-365 Lisbon",
            "addressLocality": "Lisbon",
        },
        "containedInPlace": {"@type": "Place", "name": "Paços do Concelho"},
    }


@pytest.mark.parametrize(
    ("mode", "type_"),
    [("plane", "Flight"), ("night train", "TrainTrip"), ("coach", "BusTrip"), ("ferry", "Trip")],
)
def test_a_leg_is_a_trip(mode: str, type_: str) -> None:
    given_ = facts()
    given_["travel"]["links"][1]["mode"] = mode
    _, trip = document(written(By.PARTICIPANT, "participant-praia", **given_))["@graph"]
    assert (trip["@type"], trip["departureTime"], trip["arrivalTime"]) == (
        type_,
        "2025-03-29T13:10:00+00:00",
        "2025-03-29T15:30:00+01:00",
    )
    stops = trip["itinerary"]["itemListElement"]
    assert [(s["position"], s["item"]["name"]) for s in stops] == [(1, "Lisbon"), (2, "Madrid")]


def test_an_agenda_without_entries_spans_the_opening_hours() -> None:
    data = files(HAND_MADE, solution_of([]), Manner())["programme.jsonld"]
    whole = document(data)["@graph"][0]
    assert "subEvent" not in whole
    assert (whole["startDate"], whole["endDate"]) == (
        "2025-03-29T09:00:00+00:00",
        "2025-03-30T18:00:00+02:00",
    )


def test_without_an_organiser_none_is_named() -> None:
    data = written(programme={"id": "hand-made"})
    assert not [node for node in nodes(document(data)) if "organizer" in node]


def test_it_can_stand_in_a_web_page() -> None:
    given_ = facts()
    given_["sessions"][0]["title"] = "</script><script>alert(1)</script> & \u2028"
    data = written(**given_)
    assert not set(b"<>&") & set(data)
    assert "\u2028" not in data.decode()
    assert events(data)["opening"]["name"] == "</script><script>alert(1)</script> &"


@relaxed
@given(instances(), solutions())
def test_it_reads_back_as_the_schedule(instance: Instance, solution: Solution) -> None:
    found = events(files(instance, solution, Manner())["programme.jsonld"])
    assert found.keys() == {placement.activity for placement in solution.placements}
    for placement in solution.placements:
        activity, node = instance.activity(placement.activity), found[placement.activity]
        start = placement.start.astimezone(instance.city_of(placement.room).zone)
        assert dt.datetime.fromisoformat(node["startDate"]) == start
        assert dt.datetime.fromisoformat(node["endDate"]) == later(start, activity.duration)
        assert dt.datetime.fromisoformat(node["startDate"]).utcoffset() == start.utcoffset()
        assert node["duration"] == f"PT{activity.duration // dt.timedelta(minutes=1)}M"
        assert node["name"].startswith(plain(activity.title))
        place = node["location"]
        assert place["name"].startswith(plain(instance.room(placement.room).label))
        assert (f"table {placement.table}" in place["name"]) == (placement.table is not None)
        city = instance.city_of(placement.room)
        assert place["address"]["addressLocality"] == (plain(city.name) or city.id)
        people = {n["name"] for n in node.get("performer", []) + node.get("attendee", [])}
        assert {plain(instance.person(p).name) or p for p in placement.attendees} <= people


@relaxed
@given(solutions(), st.sampled_from([By.PARTICIPANT, By.DELEGATION, By.ROOM]))
def test_an_agenda_reads_back_as_it_is(solution: Solution, by: By) -> None:
    found = files(HAND_MADE, solution, Manner(by))
    for agenda in Agendas(HAND_MADE, solution).by(by):
        graph = document(found[f"{agenda.view.stem}.jsonld"])["@graph"]
        ids = {node["identifier"] for node in nodes(graph) if "identifier" in node}
        assert ids == {entry.id for entry in agenda.entries}


@relaxed
@given(st.lists(names(), min_size=3, max_size=3))
def test_names_in_any_script_read_back_whole(given_names: list[str]) -> None:
    given_ = facts()
    given_["sessions"][0]["title"], given_["participants"][0]["name"], venue = given_names
    given_["cities"][0]["venues"][0]["name"] = venue
    found = events(written(**given_))
    assert found["opening"]["name"] == plain(given_names[0])
    assert found["islands"]["attendee"][1]["name"] == plain(given_names[1])
    assert found["opening"]["location"]["containedInPlace"]["name"] == plain(venue)


@relaxed
@given(instances(), solutions())
def test_two_exports_are_the_same_bytes(instance: Instance, solution: Solution) -> None:
    again = Instance.model_validate(instance.model_dump(mode="json"))
    assert files(instance, solution, Manner()) == files(again, solution, Manner())


def test_placements_of_the_hand_made_schedule_are_all_there() -> None:
    assert events(written()).keys() == {p["activity"] for p in PLACEMENTS}
