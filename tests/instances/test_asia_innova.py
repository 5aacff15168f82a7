"""Asia Innova 2017 holds what the article tells of it, and asks for enough to be worth a schedule."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scheduler.domain import EVERYBODY, Instance, SessionKind, SpeakerRole
from scheduler.reading import load, load_solution

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def asia() -> Instance:
    return load(ROOT / "instances" / "asia-innova-2017.yaml")


def days_of(instance: Instance, city: str) -> set[str]:
    return {opening.date.isoformat() for opening in instance.city(city).opening}  # type: ignore[arg-type]


def test_asia_innova_is_in_its_cities_on_its_dates(asia: Instance) -> None:
    assert asia.programme.grid == dt.timedelta(minutes=15)
    assert {city.id for city in asia.cities} == {"valencia", "madrid", "barcelona"}
    assert days_of(asia, "valencia") == {"2017-11-20"}
    assert days_of(asia, "madrid") == {"2017-11-21", "2017-11-22"}
    assert "2017-11-23" in days_of(asia, "barcelona")


def test_asia_innova_has_its_delegations(asia: Instance) -> None:
    assert {delegation.name for delegation in asia.delegations} == {
        "Sydney",
        "Guangzhou",
        "Hong Kong",
        "Delhi",
        "Tokyo",
        "Seoul",
        "Valencia City Council",
        "Madrid City Council",
        "Barcelona City Council",
        "Berlin",
        "Casa Asia",
        "Metropolis",
        "UN-Habitat",
    }


# Who the article names, the delegation they came for, the session, and what they did in it.
PARTS = [
    ("Sandra Gómez López", "valencia-council", "valencia-inaugural", SpeakerRole.CHAIR),
    ("David Navarro", "casa-asia", "valencia-conference", SpeakerRole.SPEAKER),
    ("Sunil Dubey", "metropolis", "valencia-conference", SpeakerRole.SPEAKER),
    ("Fernando Garcia Casas", None, "madrid-inaugural", SpeakerRole.SPEAKER),
    ("Eduardo López Moreno", "un-habitat", "madrid-conference", SpeakerRole.SPEAKER),
    ("Luís Cueto", "madrid-council", "madrid-conference", SpeakerRole.SPEAKER),
    ("Agnes Bickart", "metropolis", "madrid-ecosystem", SpeakerRole.MODERATOR),
    ("Octavi dela Varga", "metropolis", "barcelona-roundtable", SpeakerRole.SPEAKER),
    ("Miguel Mateu", "barcelona-council", "barcelona-roundtable", SpeakerRole.SPEAKER),
    ("Joan Batlle", "barcelona-council", "barcelona-roundtable", SpeakerRole.SPEAKER),
]


@pytest.mark.parametrize(("name", "delegation", "session", "role"), PARTS)
def test_asia_innova_gives_each_named_person_their_part(
    asia: Instance, name: str, delegation: str | None, session: str, role: SpeakerRole
) -> None:
    [person] = [p for p in asia.participants if p.name.split(",")[0] == name]
    assert person.delegation == delegation
    [held] = [s for s in asia.sessions if s.id == session]
    assert role in {speaker.role for speaker in held.speakers if speaker.participant == person.id}


def test_asia_innova_has_the_case_studies_in_the_order_of_the_article(asia: Instance) -> None:
    [session] = [s for s in asia.sessions if s.id == "madrid-ecosystem"]
    talks = sorted(session.talks, key=lambda talk: talk.order or 0)
    assert [talk.title for talk in talks] == [
        "Case study: Seoul",
        "Case study: Guangzhou",
        "Case study: Madrid",
        "Case study: Hong Kong",
    ]
    speakers = [asia.person(talk.speaker) for talk in talks]
    assert [p.delegation for p in speakers] == ["seoul", "guangzhou", "madrid-council", "hong-kong"]
    assert [p.name.split(",")[0] for p in speakers[:2]] == ["Jong Sung Hwang", "Yuan Feng"]
    assert {date.isoformat() for date in session.dates} <= days_of(asia, "madrid")


def test_asia_innova_has_every_kind_of_session_in_its_city(asia: Instance) -> None:
    kinds = {(session.id.split("-")[0], session.kind) for session in asia.sessions}
    assert {
        ("valencia", SessionKind.INAUGURAL),
        ("valencia", SessionKind.CONFERENCE),
        ("valencia", SessionKind.FIELD_VISIT),
        ("madrid", SessionKind.INAUGURAL),
        ("madrid", SessionKind.CONFERENCE),
        ("barcelona", SessionKind.ROUNDTABLE),
    } <= kinds
    assert {kind for _, kind in kinds} == set(SessionKind)
    inaugural = [s for s in asia.sessions if s.kind is SessionKind.INAUGURAL]
    assert all(EVERYBODY in session.audience for session in inaugural)


def test_the_roundtable_brings_together_the_cities_of_the_article(asia: Instance) -> None:
    [roundtable] = [s for s in asia.sessions if s.kind is SessionKind.ROUNDTABLE]
    speakers = {asia.person(speaker.participant).delegation for speaker in roundtable.speakers}
    assert {"guangzhou", "seoul", "tokyo", "sydney", "berlin"} == set(roundtable.parties)
    assert "barcelona-council" in speakers


def test_asia_innova_has_more_than_sixty_requests_and_some_are_mandatory(asia: Instance) -> None:
    assert len(asia.meetings) >= 60
    assert sum(meeting.mandatory for meeting in asia.meetings) >= 5
    optional = [meeting for meeting in asia.meetings if not meeting.mandatory]
    assert {meeting.priority for meeting in optional} == {"high", "normal", "low"}
    assert any(meeting.prefer.cities for meeting in optional)
    assert any(meeting.roles for meeting in optional)


def test_asia_innova_has_trains_between_all_its_cities(asia: Instance) -> None:
    pairs = {(link.start, link.end) for link in asia.travel.links}
    cities = [city.id for city in asia.cities]
    assert pairs == {(a, b) for a in cities for b in cities if a != b}
    assert all(link.departures and link.mode == "train" for link in asia.travel.links)
    assert all(link.access and link.egress for link in asia.travel.links)


@pytest.mark.parametrize("language", ["zh", "ko", "ja"])
def test_asia_innova_needs_interpreters_and_has_them(asia: Instance, language: str) -> None:
    assert any(language in pool.languages for pool in asia.interpreters)
    # Somebody who is asked for speaks nothing else, so that some meeting cannot do without.
    only = {p.delegation for p in asia.people if p.languages == {language}}
    assert any(party in only for meeting in asia.meetings for party in meeting.parties)


def test_asia_innova_has_rooms_with_seats_and_tables_in_every_city(asia: Instance) -> None:
    for city in asia.cities:
        rooms = [room for venue in city.venues for room in venue.rooms]
        assert any(room.is_area for room in rooms)
        assert all(room.seats for room in rooms)


def test_named_people_are_those_of_the_article(asia: Instance) -> None:
    named = {name for name, *_ in PARTS} | {"Jong Sung Hwang", "Yuan Feng"}
    invented = {p.name for p in asia.participants if p.name.split(",")[0] not in named}
    assert all("adviser (" in name for name in invented)
    assert len(asia.participants) - len(invented) == len(named)


def test_its_reference_solution_uses_interpreters_of_all_three_languages(asia: Instance) -> None:
    solution = load_solution(ROOT / "solutions" / asia.programme.id / f"{asia.programme.id}.solution.yaml")
    seats = [placement.interpreter for placement in solution.placements if placement.interpreter]
    pools = [asia.pool(seat.pool) for seat in seats]
    assert {"zh", "ko", "ja"} <= {language for pool in pools if pool for language in pool.languages}
