from __future__ import annotations

import pytest
from hypothesis import given
from support.exported import relaxed, solutions
from support.hand_made import PLACEMENTS, facts, hand_made, hand_placed, solution_of

from scheduler.domain import Instance, Solution
from scheduler.domain.times import UTC
from scheduler.exports import Agenda, Agendas, By, Entry, View, agenda_of
from scheduler.exports.diaries import Diaries
from scheduler.exports.entries import Part
from scheduler.exports.views import PROGRAMME

HAND_MADE = hand_made()
ALL = ["opening", "islands", "ecosystem-session", "talk-metro", "talk-words", "untitled"]


def agenda(by: By, id_: str = "") -> Agenda:
    return agenda_of(HAND_MADE, hand_placed(), View(by, id_))


def ids(by: By, id_: str = "") -> list[str]:
    return [entry.id for entry in agenda(by, id_).entries]


def entry(id_: str, by: By = By.PROGRAMME, of: str = "") -> Entry:
    return next(entry for entry in agenda(by, of).entries if entry.id == id_)


def test_the_programme_is_everything_by_start_and_then_id() -> None:
    assert ids(By.PROGRAMME) == ALL


@pytest.mark.parametrize(
    ("by", "id_", "expected"),
    [
        (By.CITY, "lisbon", ALL[:2]),
        (By.CITY, "madrid", ALL[2:]),
        (By.VENUE, "centre", ALL[2:]),
        (By.ROOM, "hall", ["ecosystem-session", "talk-metro", "talk-words"]),
        (By.ROOM, "madrid-tables", ["untitled"]),
    ],
)
def test_a_place_has_what_is_placed_there(by: By, id_: str, expected: list[str]) -> None:
    assert ids(by, id_) == expected


def test_a_participant_has_engagements_and_legs_between_cities() -> None:
    assert ids(By.PARTICIPANT, "delegate-2") == ["opening", "travel+delegate-2+1", "talk-metro"]
    assert ids(By.PARTICIPANT, "late") == []


def test_a_delegation_has_what_its_people_are_engaged_in_and_each_ride_once() -> None:
    assert ids(By.DELEGATION, "guangzhou") == [
        "opening",
        "islands",
        "travel+guangzhou+1",
        "ecosystem-session",
        "talk-metro",
    ]
    leg = entry("travel+guangzhou+1", By.DELEGATION, "guangzhou")
    assert [attendee.person.id for attendee in leg.attendees] == ["delegate-1", "delegate-2"]


def test_a_delegation_has_what_names_it_even_when_nobody_was_sent() -> None:
    nobody = [p | {"attendees": []} for p in PLACEMENTS if p["activity"] == "islands"]
    found = agenda_of(HAND_MADE, solution_of(nobody), View(By.DELEGATION, "guangzhou"))
    assert [(e.id, [a.person.id for a in e.attendees]) for e in found.entries] == [("islands", ["praia"])]


def test_people_on_different_rides_have_different_legs() -> None:
    # Delegate 1 is held in Lisbon until the plane has left, Delegate 2 is not.
    late = [p | {"start": "2025-03-29T13:00+00:00"} if p["activity"] == "islands" else p for p in PLACEMENTS]
    found = agenda_of(HAND_MADE, solution_of(late), View(By.DELEGATION, "guangzhou"))
    legs = [(e.id, e.title, [a.person.id for a in e.attendees]) for e in found.entries if e.kind == "travel"]
    assert legs == [
        ("travel+guangzhou+1", "Plane Lisbon - Madrid", ["delegate-2"]),
        ("travel+guangzhou+2", "Night train Lisbon - Madrid", ["delegate-1"]),
    ]


def test_a_leg_is_on_the_clocks_of_both_cities() -> None:
    leg = entry("travel+praia+1", By.PARTICIPANT, "praia")
    assert leg.kind == "travel"
    assert leg.title == "Plane Lisbon - Madrid"
    assert (leg.place.city.id, leg.destination and leg.destination.id) == ("lisbon", "madrid")
    assert leg.start.isoformat() == "2025-03-29T13:10:00+00:00"
    assert leg.end.isoformat() == "2025-03-29T15:30:00+01:00"
    assert leg.parties == ()


def test_attendees_are_who_takes_part_each_with_a_part() -> None:
    parts = {a.person.id: a.parts for a in entry("ecosystem-session").attendees}
    assert parts == {
        "moderator": (Part.MODERATOR,),
        "praia": (Part.PARTICIPANT,),
        "chair": (Part.CHAIR,),
    }
    assert [a.person.id for a in entry("islands").attendees] == ["delegate-1", "praia"]
    assert entry("opening").attendees == ()


def test_a_chair_of_the_track_who_was_not_chosen_is_none() -> None:
    session = PLACEMENTS[3] | {"attendees": ["late"]}
    found = agenda_of(HAND_MADE, solution_of([session]), PROGRAMME).entries[0]
    assert [(a.person.id, a.parts) for a in found.attendees][-1] == ("late", (Part.CHAIR,))
    assert "chair" not in [a.person.id for a in found.attendees]


@pytest.mark.parametrize(
    ("activity", "person", "part"),
    [
        ("ecosystem-session", "moderator", Part.MODERATOR),
        ("ecosystem-session", "chair", Part.CHAIR),
        ("ecosystem-session", "delegate-1", Part.AUDIENCE),
        ("ecosystem-session", "praia", Part.PARTICIPANT),
        ("talk-metro", "delegate-2", Part.SPEAKER),
        ("islands", "delegate-1", Part.PARTICIPANT),
    ],
)
def test_a_participants_agenda_says_as_what_they_come(activity: str, person: str, part: Part) -> None:
    assert entry(activity, By.PARTICIPANT, person).parts == (part,)


def test_only_a_participants_agenda_says_so() -> None:
    assert all(
        e.parts == () for e in (*agenda(By.PROGRAMME).entries, *agenda(By.DELEGATION, "praia").entries)
    )


def test_a_session_lists_its_talks_in_order_and_a_talk_names_its_session() -> None:
    session = entry("ecosystem-session")
    assert [(t.title, f"{t.start:%H:%M}", f"{t.end:%H:%M}", t.speaker.id) for t in session.talks] == [
        ("Metro, 地铁", "09:30", "10:00", "delegate-2"),
        ("Closing words", "10:30", "11:00", "moderator"),
    ]
    talk = entry("talk-metro")
    assert (talk.session, talk.session_title) == ("ecosystem-session", session.title)
    assert (session.session, session.session_title) == (None, "")


def test_a_session_has_its_track_and_a_talk_its_own_or_its_sessions() -> None:
    given_ = facts()
    given_["tracks"].append({"id": "mobility", "name": "Mobility"})
    given_["sessions"][1]["talks"][0]["track"] = "mobility"
    entries = Agendas(Instance.model_validate(given_), hand_placed()).entries
    assert {e.id: e.track.label for e in entries if e.track} == {
        "ecosystem-session": "ecosystem",
        "talk-metro": "Mobility",
        "talk-words": "ecosystem",
    }


def test_a_talk_that_is_not_placed_is_not_listed() -> None:
    few = solution_of([p for p in PLACEMENTS if p["activity"] != "talk-metro"])
    (session,) = (e for e in agenda_of(HAND_MADE, few, PROGRAMME).entries if e.id == "ecosystem-session")
    assert [talk.title for talk in session.talks] == ["Closing words"]


def test_the_interpreter_is_one_of_a_pool() -> None:
    interpreter = entry("islands").interpreter
    assert interpreter is not None
    assert (interpreter.pool.id, interpreter.unit) == ("chinese", 2)
    assert entry("untitled").interpreter is None


def test_titles_say_whose_agenda_it_is() -> None:
    assert agenda(By.PROGRAMME).title == 'Open cities, "by hand"'
    assert agenda(By.PARTICIPANT, "delegate-1").title == 'Open cities, "by hand" - 代表一'


@pytest.mark.parametrize(
    ("by", "id_", "own"),
    [
        (By.PARTICIPANT, "delegate-1", {"delegate-1", "guangzhou"}),
        (By.PARTICIPANT, "moderator", {"moderator"}),
        (By.PARTICIPANT, "praia", {"praia"}),
        (By.DELEGATION, "tallinn", {"tallinn", "delegate-3", "delegate-4"}),
        (By.CITY, "lisbon", set()),
    ],
)
def test_an_agenda_knows_the_parties_that_it_is_of(by: By, id_: str, own: set[str]) -> None:
    assert agenda(by, id_).own == own


@relaxed
@given(solutions())
def test_the_places_share_the_programme_out_and_people_have_their_engagements(solution: Solution) -> None:
    agendas, diaries = Agendas(HAND_MADE, solution), Diaries(HAND_MADE, solution)
    (whole,) = agendas.by("programme")
    for by in (By.CITY, By.VENUE, By.ROOM):
        shared = [e for part in agendas.by(by) for e in part.entries]
        assert sorted(shared, key=lambda e: e.order) == list(whole.entries)
    for person in HAND_MADE.people:
        entries = agendas.of(View(By.PARTICIPANT, person.id)).entries
        engaged = [placed.activity.id for placed in diaries.engagements(person.id)]
        assert [e.id for e in entries if e.kind != "travel"] == engaged
        assert [e.start.astimezone(UTC) for e in entries] == sorted(e.start.astimezone(UTC) for e in entries)
        assert len({e.id for e in entries}) == len(entries)
