from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.exported import TEXTS, instances, placements, relaxed, solutions
from support.hand_made import PLACEMENTS, facts, hand_made, hand_placed, solution_of
from support.rfc5545 import UTC, Component, moment, read, zones_of

from scheduler.domain import Instance, Solution, Talk, kind_of
from scheduler.domain.times import later
from scheduler.exports import PROGRAMME, Agendas
from scheduler.exports.ical import CalendarWriter, Revision, default_stamp, ical_files

HAND_MADE = hand_made()


def calendar(by: str = "programme", stem: str = "programme", **changes: Any) -> Component:
    instance = Instance.model_validate(facts() | changes)
    return read(ical_files(instance, hand_placed(), by)[f"{stem}.ics"])


def events(of: Component) -> dict[str, Component]:
    found = of.parts("VEVENT")
    by_uid = {event["UID"].text: event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def event(activity: str, by: str = "programme", stem: str = "programme", **changes: Any) -> Component:
    return events(calendar(by, stem, **changes))[f"{activity}@hand-made.scheduler"]


def shown(text: str) -> str:
    """Return a text as a calendar can hold it: line breaks are one kind, control characters are none."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", re.sub(r"\r\n?", "\n", text))


def named(text: str) -> str:
    """Return a text as a parameter can hold it: on one line, with single quotes."""
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)
    return " ".join(plain.replace('"', "'").split())


# -- the calendar --------------------------------------------------------------------------------------


def test_a_calendar_says_what_it_is() -> None:
    found = calendar("participant", "participant-delegate-1")
    assert found["VERSION"].value == "2.0"
    assert found["PRODID"].text == "-//Scheduler//Programme agendas//EN"
    assert found["NAME"].text == found["X-WR-CALNAME"].text == 'Open cities, "by hand" - 代表一'
    assert "METHOD" not in found


def test_there_is_one_file_for_each_view() -> None:
    assert list(ical_files(HAND_MADE, hand_placed(), "city")) == ["city-lisbon.ics", "city-madrid.ics"]
    assert list(ical_files(HAND_MADE, hand_placed(), "programme")) == ["programme.ics"]


def test_zones_are_those_that_are_used_by_name() -> None:
    assert list(zones_of(calendar())) == ["Europe/Lisbon", "Europe/Madrid"]
    assert list(zones_of(calendar("city", "city-madrid"))) == ["Europe/Madrid"]


def test_all_calendars_of_a_programme_define_a_zone_in_the_same_way() -> None:
    found = [calendar(), calendar("city", "city-madrid"), calendar("participant", "participant-praia")]
    madrid = [part for c in found for part in c.parts("VTIMEZONE") if "Madrid" in part["TZID"].value]
    assert len(madrid) == 3
    assert madrid[0] == madrid[1] == madrid[2]


def test_a_calendar_without_events_still_has_a_component() -> None:
    found = calendar("participant", "participant-late")
    assert [part.name for part in found.components] == ["VTIMEZONE"]


# -- events --------------------------------------------------------------------------------------------


def test_times_are_local_to_the_city() -> None:
    found = event("islands")
    assert (found["DTSTART"].params, found["DTSTART"].value) == (
        {"TZID": "Europe/Lisbon"},
        "20250329T110000",
    )
    assert (found["DTEND"].params, found["DTEND"].value) == ({"TZID": "Europe/Lisbon"}, "20250329T113000")


def test_a_leg_ends_on_the_clock_of_the_city_that_it_reaches() -> None:
    found = event("travel+praia+1", "participant", "participant-praia")
    assert (found["DTSTART"].params["TZID"], found["DTSTART"].value) == ("Europe/Lisbon", "20250329T131000")
    assert (found["DTEND"].params["TZID"], found["DTEND"].value) == ("Europe/Madrid", "20250329T153000")
    assert found["CATEGORIES"].text == "travel"
    assert found["SUMMARY"].text == "Plane Lisbon - Madrid"
    assert "ORGANIZER" not in found
    assert "ATTENDEE" not in found


def test_a_city_on_utc_keeps_its_zone() -> None:
    given_ = facts()
    given_["cities"][0]["time_zone"] = "Africa/Abidjan"
    found = calendar(**given_)
    assert list(zones_of(found)) == ["Africa/Abidjan", "Europe/Madrid"]
    assert events(found)["islands@hand-made.scheduler"]["DTSTART"].params == {"TZID": "Africa/Abidjan"}


@pytest.mark.parametrize(
    ("start", "written"),
    [
        ("2025-10-26T02:30+02:00", ("20251026T023000", "20251026T013000Z")),
        ("2025-10-26T02:30+01:00", ("20251026T013000Z", "20251026T030000")),
    ],
)
def test_the_second_of_two_equal_times_is_written_in_utc(start: str, written: tuple[str, str]) -> None:
    solution = solution_of([{"activity": "opening", "start": start, "room": "hall"}])
    given_ = facts()
    given_["sessions"][0]["duration"] = "1h" if start.endswith("2:00") else "30min"
    instance = Instance.model_validate(given_)
    found = read(ical_files(instance, solution, "programme")["programme.ics"])
    (only,) = found.parts("VEVENT")
    assert (only["DTSTART"].value, only["DTEND"].value) == written
    assert moment(only["DTSTART"], zones_of(found)) == dt.datetime.fromisoformat(start)


def test_every_event_has_what_a_client_needs() -> None:
    for by in ("programme", "room", "delegation", "participant"):
        for data in ical_files(HAND_MADE, hand_placed(), by).values():
            for found in read(data).parts("VEVENT"):
                assert found["STATUS"].value == "CONFIRMED"
                assert found["SEQUENCE"].value == "0"
                assert found["DTSTAMP"].value == found["LAST-MODIFIED"].value == "20240329T000000Z"
                opaque = by in ("room", "delegation", "participant")
                assert found["TRANSP"].value == ("OPAQUE" if opaque else "TRANSPARENT")


def test_talks_are_in_the_description_where_their_session_is_shown() -> None:
    found = events(calendar())
    assert "talk-metro@hand-made.scheduler" not in found
    session = found["ecosystem-session@hand-made.scheduler"]
    assert "- 09:30-10:00 Metro, 地铁" in session["DESCRIPTION"].text
    assert session["CATEGORIES"].text == "conference"


def test_who_comes_for_a_talk_alone_has_the_talk() -> None:
    found = events(calendar("participant", "participant-delegate-2"))
    assert list(found) == [
        "opening@hand-made.scheduler",
        "travel+delegate-2+1@hand-made.scheduler",
        "talk-metro@hand-made.scheduler",
    ]
    assert found["talk-metro@hand-made.scheduler"]["CATEGORIES"].text == "talk"


def test_a_talk_without_its_session_is_an_event_anywhere() -> None:
    alone = solution_of([p for p in PLACEMENTS if p["activity"] == "talk-metro"])
    found = read(ical_files(HAND_MADE, alone, "programme")["programme.ics"])
    assert list(events(found)) == ["talk-metro@hand-made.scheduler"]


def test_organiser_and_attendees_with_an_address_are_named() -> None:
    found = event("ecosystem-session")
    assert found["ORGANIZER"].value == "mailto:office@open-cities.example"
    assert found["ORGANIZER"].params == {"CN": "Office 'Open Cities': desk 1"}
    assert [(a.value, a.params) for a in found.all("ATTENDEE")] == [
        ("mailto:moderator@open-cities.example", {"CN": "Moderator; of talks", "ROLE": "REQ-PARTICIPANT"})
    ]


def test_a_chair_is_named_as_one() -> None:
    given_ = facts()
    given_["participants"][5]["email"] = "chair@open-cities.example"
    roles = {a.value: a.params["ROLE"] for a in event("ecosystem-session", **given_).all("ATTENDEE")}
    assert roles["mailto:chair@open-cities.example"] == "CHAIR"
    assert roles["mailto:moderator@open-cities.example"] == "REQ-PARTICIPANT"


def test_without_an_organiser_nobody_is_named() -> None:
    found = event("ecosystem-session", programme={"id": "hand-made"})
    assert "ORGANIZER" not in found
    assert "ATTENDEE" not in found


def test_an_address_is_written_as_a_uri() -> None:
    given_ = facts()
    given_["programme"]["organizer"] = {"name": "A", "email": "büro+x@open-cities.example\nX:1"}
    found = event("opening", **given_)
    assert found["ORGANIZER"].value == "mailto:b%C3%BCro+x@open-cities.example%0AX%3A1"


def test_an_activity_of_which_nothing_is_known_has_no_description() -> None:
    given_ = facts()
    given_["sessions"][0]["audience"] = []
    assert "DESCRIPTION" not in event("opening", **given_)


# -- editions ------------------------------------------------------------------------------------------


def test_the_default_stamp_lies_before_the_programme() -> None:
    assert default_stamp(HAND_MADE) == dt.datetime(2024, 3, 29, tzinfo=UTC)


def test_the_default_stamp_of_a_replan_is_its_now() -> None:
    programme = facts()["programme"] | {"now": "2025-03-29T12:00+01:00"}
    instance = Instance.model_validate(facts() | {"programme": programme})
    assert default_stamp(instance) == dt.datetime(2025, 3, 29, 11, tzinfo=UTC)


def test_stamp_and_sequence_are_set_by_who_asks() -> None:
    madrid = dt.datetime(2025, 2, 1, 12, 30, 15, 999, tzinfo=ZoneInfo("Europe/Madrid"))
    data = ical_files(HAND_MADE, hand_placed(), "programme", Revision(madrid, 3))["programme.ics"]
    for found in read(data).parts("VEVENT"):
        assert found["DTSTAMP"].value == found["LAST-MODIFIED"].value == "20250201T113015Z"
        assert found["SEQUENCE"].value == "3"


def test_a_stamp_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="should have a time zone"):
        ical_files(HAND_MADE, hand_placed(), "programme", Revision(dt.datetime(2025, 2, 1)))


# -- laws ----------------------------------------------------------------------------------------------


@relaxed
@given(instances(), solutions())
def test_a_calendar_reads_back_as_the_schedule(instance: Instance, solution: Solution) -> None:
    data = ical_files(instance, solution, "programme")["programme.ics"]
    found = read(data)
    zones, by_uid = zones_of(found), events(found)
    assert found["NAME"].text == shown(instance.programme.label)
    placed = {p.activity for p in solution.placements}
    expected = 0
    for placement in solution.placements:
        activity = instance.activity(placement.activity)
        if isinstance(activity, Talk) and instance.session_of(activity.id).id in placed:
            continue
        expected += 1
        written = by_uid[f"{activity.id}@hand-made.scheduler"]
        assert moment(written["DTSTART"], zones) == placement.start
        assert moment(written["DTEND"], zones) == later(placement.start, activity.duration)
        assert written["CATEGORIES"].text == kind_of(activity)
        room = instance.room(placement.room)
        assert written["LOCATION"].text.startswith(shown(room.label))
        assert ("table" in written["LOCATION"].text.split(", ")[1]) == (placement.table is not None)
        if activity.title:
            assert written["SUMMARY"].text.startswith(shown(activity.title))
        if placement.interpreter:
            assert "Interpreter: pt/zh (chinese, no. 2)" in written["DESCRIPTION"].text
        for person in placement.attendees:
            assert shown(instance.person(person).name) in written["DESCRIPTION"].text
    assert len(by_uid) == expected


@relaxed
@given(solutions())
def test_a_personal_calendar_reads_back_as_the_agenda(solution: Solution) -> None:
    files = ical_files(HAND_MADE, solution, "participant")
    for agenda in Agendas(HAND_MADE, solution).by("participant"):
        found = read(files[f"{agenda.view.stem}.ics"])
        zones = zones_of(found)
        assert [
            (e["UID"].text, moment(e["DTSTART"], zones), moment(e["DTEND"], zones))
            for e in found.parts("VEVENT")
        ] == [(f"{e.id}@hand-made.scheduler", e.start, e.end) for e in agenda.entries]


@relaxed
@given(solutions())
def test_the_library_reads_what_it_wrote(solution: Solution) -> None:
    data = ical_files(HAND_MADE, solution, "programme")["programme.ics"]
    theirs = [
        (str(e["UID"]), e["DTSTART"].dt, e["DTEND"].dt)
        for e in icalendar.Calendar.from_ical(data).walk("VEVENT")
    ]
    ours = read(data)
    zones = zones_of(ours)
    assert theirs == [
        (e["UID"].text, moment(e["DTSTART"], zones), moment(e["DTEND"], zones)) for e in ours.parts("VEVENT")
    ]


@relaxed
@given(instances(), solutions(), st.sampled_from(["programme", "delegation", "participant"]))
def test_two_exports_are_the_same_bytes(instance: Instance, solution: Solution, by: str) -> None:
    again = Instance.model_validate(instance.model_dump(mode="json"))
    assert ical_files(instance, solution, by) == ical_files(again, solution, by)


@relaxed
@given(placements(), placements())
def test_an_activity_keeps_its_uid_wherever_it_is(
    one: list[dict[str, Any]], other: list[dict[str, Any]]
) -> None:
    both = {p["activity"] for p in one} & {p["activity"] for p in other}
    schedules = [solution_of([p for p in some if p["activity"] in both]) for some in (one, other)]
    uids = [set(events(read(ical_files(HAND_MADE, s, "programme")["programme.ics"]))) for s in schedules]
    assert uids[0] == uids[1]


@relaxed
@given(TEXTS, TEXTS)
def test_names_stand_in_parameters_whatever_they_hold(name: str, other: str) -> None:
    given_ = facts()
    given_["programme"]["organizer"]["name"] = name
    given_["participants"][0]["name"] = other
    found = event("islands", **given_)
    assert found["ORGANIZER"].params["CN"] == named(name)
    assert found["ATTENDEE"].params["CN"] == (named(other) if other else "delegate-1")


def test_a_legs_uid_outlives_a_change_of_train() -> None:
    late = [p | {"start": "2025-03-29T12:00+00:00"} if p["activity"] == "islands" else p for p in PLACEMENTS]
    uids = [
        list(events(read(ical_files(HAND_MADE, s, "participant")["participant-praia.ics"])))
        for s in (hand_placed(), solution_of(late))
    ]
    assert uids[0] == uids[1]
    assert "travel+praia+1@hand-made.scheduler" in uids[0]


def test_each_event_may_have_an_edition_of_its_own() -> None:
    stamp = dt.datetime(2025, 2, 1, tzinfo=UTC)

    def of(uid: str) -> Revision:
        return Revision(stamp, 2 if uid.startswith("islands") else 0)

    writer = CalendarWriter(HAND_MADE, hand_placed(), of)
    found = read(writer.calendar(Agendas(HAND_MADE, hand_placed()).of(PROGRAMME))).parts("VEVENT")
    assert {e["UID"].text.split("@")[0]: e["SEQUENCE"].value for e in found} == {
        "opening": "0",
        "islands": "2",
        "ecosystem-session": "0",
        "untitled": "0",
    }
