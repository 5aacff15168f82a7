from __future__ import annotations

import pytest
from support.hand_made import PLACEMENTS, facts, hand_made, hand_placed, solution_of

from scheduler.domain import Instance
from scheduler.exports import Agenda, By, Entry, View, agenda_of
from scheduler.exports.wording import description, location, summary

HAND_MADE = hand_made()
SESSION = 'Smart cities 🏙️, "the ecosystem"\nand its talks; C:\\New'


def found(id_: str, by: By = By.PROGRAMME, of: str = "") -> tuple[Agenda, Entry]:
    agenda = agenda_of(HAND_MADE, hand_placed(), View(by, of))
    return agenda, next(entry for entry in agenda.entries if entry.id == id_)


@pytest.mark.parametrize(
    ("id_", "by", "of", "expected"),
    [
        ("opening", By.PROGRAMME, "", "Opening"),
        ("talk-metro", By.PARTICIPANT, "delegate-2", "Metro, 地铁"),
        ("islands", By.PROGRAMME, "", "Ferries, islands (Guangzhou; Praia, Cabo Verde)"),
        ("islands", By.ROOM, "lisbon-tables", "Ferries, islands (Guangzhou; Praia, Cabo Verde)"),
        ("islands", By.DELEGATION, "guangzhou", "Ferries, islands (with Praia, Cabo Verde)"),
        ("islands", By.PARTICIPANT, "delegate-1", "Ferries, islands (with Praia, Cabo Verde)"),
        ("islands", By.PARTICIPANT, "praia", "Ferries, islands (with Guangzhou)"),
        ("untitled", By.PARTICIPANT, "delegate-3", "Meeting with Praia, Cabo Verde"),
        ("untitled", By.CITY, "madrid", "Meeting: Tallinn; Praia, Cabo Verde"),
        ("travel+praia+1", By.DELEGATION, "praia", "Plane Lisbon - Madrid"),
    ],
)
def test_summary_names_the_other_side(id_: str, by: By, of: str, expected: str) -> None:
    assert summary(HAND_MADE, *found(id_, by, of)) == expected


def test_a_meeting_within_one_delegation_has_no_other_side() -> None:
    given = facts()
    given["meetings"].append({"id": "inner", "title": "Inner", "parties": ["delegate-3", "delegate-4"]})
    instance = Instance.model_validate(given)
    placement = PLACEMENTS[2] | {"activity": "inner"}
    agenda = agenda_of(instance, solution_of([placement]), View(By.DELEGATION, "tallinn"))
    assert summary(instance, agenda, agenda.entries[0]) == "Inner (Delegate 3; Delegate 4)"


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("opening", "Noble hall, Paços do Concelho, Praça do Município; 1100-365 Lisbon"),
        ("islands", "Meeting area, table 2, Paços do Concelho, Praça do Município; 1100-365 Lisbon"),
        ("untitled", "Tables, table 1, Conference centre, east wing, Madrid"),
    ],
)
def test_location_is_room_table_venue_address_and_city(id_: str, expected: str) -> None:
    assert location(found(id_)[1]) == expected


def test_location_of_a_leg_is_the_city_that_it_leaves() -> None:
    assert location(found("travel+praia+1", By.PARTICIPANT, "praia")[1]) == "Lisbon"


def test_description_of_a_session_lists_people_audience_and_talks() -> None:
    assert description(HAND_MADE, *found("ecosystem-session")).splitlines() == [
        "Parties: Praia, Cabo Verde",
        "Taking part:",
        "- Moderator; of talks (moderator)",
        "- Praia, Cabo Verde",
        "- Chair of the track (chair)",
        "Audience: Guangzhou; Tallinn",
        "Talks:",
        '- 09:30-10:00 Metro, 地铁 (Delegate 2, "Mobility")',
        "- 10:30-11:00 Closing words (Moderator; of talks)",
    ]


def test_description_of_a_meeting_names_who_was_sent_and_the_interpreter() -> None:
    assert description(HAND_MADE, *found("islands", By.PARTICIPANT, "delegate-1")).splitlines() == [
        "Parties: Guangzhou; Praia, Cabo Verde",
        "Taking part:",
        "- 代表一 (Guangzhou)",
        "- Praia, Cabo Verde",
        "Interpreter: pt/zh (chinese, no. 2)",
    ]


@pytest.mark.parametrize(
    ("id_", "of", "expected"),
    [
        ("ecosystem-session", "moderator", "Your part: moderator"),
        ("ecosystem-session", "delegate-1", "Your part: audience"),
        ("opening", "chair", "Your part: audience"),
        ("talk-metro", "delegate-2", f"Your part: speaker\nPart of: {SESSION}"),
    ],
)
def test_description_begins_with_what_the_person_does(id_: str, of: str, expected: str) -> None:
    assert description(HAND_MADE, *found(id_, By.PARTICIPANT, of)).startswith(expected + "\n")


def test_a_name_that_says_the_delegation_is_not_followed_by_it() -> None:
    given = facts()
    given["participants"][0]["name"] = "Adviser (Guangzhou)"
    instance = Instance.model_validate(given)
    agenda = agenda_of(instance, hand_placed(), View(By.PARTICIPANT, "delegate-1"))
    assert "- Adviser (Guangzhou)\n" in description(instance, agenda, agenda.entries[1])


def test_a_delegations_agenda_says_who_of_it_is_in_the_audience() -> None:
    lines = description(HAND_MADE, *found("ecosystem-session", By.DELEGATION, "guangzhou")).splitlines()
    at = lines.index("In the audience:")
    assert lines[at + 1 : at + 3] == ["- 代表一", "Talks:"]
    everybody = description(HAND_MADE, *found("opening", By.DELEGATION, "tallinn"))
    assert everybody.endswith("In the audience:\n- Delegate 3\n- Delegate 4")
    assert "In the audience" not in description(HAND_MADE, *found("opening"))


def test_somebody_with_two_roles_has_both() -> None:
    given = facts()
    given["sessions"][1]["speakers"].append({"participant": "moderator", "role": "chair"})
    instance = Instance.model_validate(given)
    agenda = agenda_of(instance, hand_placed(), View(By.PARTICIPANT, "moderator"))
    text = description(instance, agenda, agenda.entries[-1])
    assert text.startswith("Your part: moderator and chair\n")
    assert "- Moderator; of talks (moderator and chair)" in text


def test_description_of_the_opening_says_that_it_is_for_everybody() -> None:
    assert description(HAND_MADE, *found("opening")) == "Audience: everybody"


def test_description_of_a_leg_gives_both_clocks_and_in_a_delegation_who_travels() -> None:
    line = "Departs Lisbon 13:10, arrives Madrid 15:30 (local times)"
    assert description(HAND_MADE, *found("travel+praia+1", By.PARTICIPANT, "praia")) == line
    assert description(HAND_MADE, *found("travel+tallinn+1", By.DELEGATION, "tallinn")).splitlines() == [
        line,
        "Travelling:",
        "- Delegate 3 (Tallinn)",
        "- Delegate 4 (Tallinn)",
    ]


def test_description_of_a_leg_into_another_date_names_the_date() -> None:
    late = [p | {"start": "2025-03-29T13:00+00:00"} if p["activity"] == "islands" else p for p in PLACEMENTS]
    agenda = agenda_of(HAND_MADE, solution_of(late), View(By.PARTICIPANT, "praia"))
    (leg,) = (entry for entry in agenda.entries if entry.kind == "travel")
    expected = "Departs Lisbon 21:30, arrives Madrid 08:40 on 2025-03-30 (local times)"
    assert description(HAND_MADE, agenda, leg) == expected
