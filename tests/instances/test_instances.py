"""The instances that come with the project hold what their heads promise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scheduler.domain import EVERYBODY, Instance, SessionKind, SpeakerRole, Status, TermName
from scheduler.domain.rules import RuleName
from scheduler.reading import load
from scheduler.search.solve import solve

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "instances").glob("*.yaml"))
NAMES = [file.stem for file in FILES]


def read(name: str) -> Instance:
    return load(ROOT / "instances" / f"{name}.yaml")


@pytest.mark.parametrize("name", NAMES)
def test_every_instance_loads_and_is_named_after_its_file(name: str) -> None:
    assert read(name).programme.id == name


@pytest.mark.parametrize("name", NAMES)
def test_every_instance_says_in_its_head_what_it_is_for(name: str) -> None:
    text = (ROOT / "instances" / f"{name}.yaml").read_text(encoding="utf-8")
    head = text.split("\n\n", 1)[0].splitlines()
    assert all(line.startswith("#") for line in head)
    assert any(line.startswith("# Purpose: ") for line in head)


def test_there_are_the_kinds_of_instance_that_a_reader_looks_for() -> None:
    assert {
        "asia-innova-2017",
        "tiny",
        "every-rule",
        "infeasible",
        "over-full",
        "two-time-zones",
        "split-delegation",
        "tables",
        "replanned",
    } <= set(NAMES)


# -- Asia Innova 2017 ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asia() -> Instance:
    return read("asia-innova-2017")


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


# -- Every rule ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def every() -> Instance:
    return read("every-rule")


def test_every_rule_uses_all_terms(every: Instance) -> None:
    assert {entry.term for entry in every.objective} == set(TermName)


def rooms_say_something(instance: Instance) -> bool:
    rooms = instance.rooms
    return (
        any(r.is_area for r in rooms)
        and any(r.seats for r in rooms)
        and any(r.features for r in rooms)
        and any(r.available for r in rooms)
        and any(r.closed for r in rooms)
    )


def windows_say_something(instance: Instance) -> bool:
    hosted = (*instance.sessions, *instance.meetings)
    every_one = instance.activities
    return (
        any(a.cities for a in hosted)
        and any(a.venues for a in hosted)
        and any(a.rooms for a in hosted)
        and any(a.dates for a in every_one)
        and any(a.windows for a in every_one)
        and any(a.day_part for a in every_one)
        and any(a.forbidden for a in every_one)
    )


def people_are_away(instance: Instance) -> bool:
    return (
        any(p.arrival for p in instance.people)
        and any(p.departure for p in instance.people)
        and any(p.absences for p in instance.people)
        and any(p.cities for p in instance.people)
    )


def parties_split(instance: Instance) -> bool:
    splitting = [d.id for d in instance.delegations if instance.splits(d.id)]
    return (
        any(instance.delegation(d).parallel for d in splitting)  # type: ignore[union-attr]
        and any(party in m.roles for m in instance.meetings for party in splitting)
        and any(track.chairs for track in instance.tracks)
    )


def load_is_limited(instance: Instance) -> bool:
    load = instance.load
    return None not in (load.meetings_per_day, load.in_a_row, load.rest, load.meal)


def something_is_pinned(instance: Instance) -> bool:
    pins = [a.pin for a in instance.activities]
    past = [p for p in instance.baseline if instance.programme.now and p.start < instance.programme.now]
    return (
        any(p.start for p in pins) and any(p.room for p in pins) and any(p.table for p in pins) and any(past)
    )


def order_matters(instance: Instance) -> bool:
    order = instance.precedences
    days = {relation.day.value for relation in instance.day_relations}
    return any(p.min_gap for p in order) and any(p.max_gap for p in order) and days == {"same", "different"}


USES = {
    RuleName.PLACEMENT: lambda i: (
        any(m.mandatory for m in i.meetings) and any(not s.mandatory for s in i.sessions)
    ),
    RuleName.WINDOWS: windows_say_something,
    RuleName.ROOM: rooms_say_something,
    RuleName.PERSON: lambda i: len(i.activities) > len(i.people),
    RuleName.AVAILABILITY: people_are_away,
    RuleName.DELEGATION: parties_split,
    RuleName.TRAVEL: lambda i: (
        any(link.departures for link in i.travel.links) and any(c.transfer for c in i.cities)
    ),
    RuleName.PLENARY: lambda i: any(EVERYBODY in s.audience for s in i.sessions),
    RuleName.PRECEDENCE: order_matters,
    RuleName.PINS: something_is_pinned,
    RuleName.LOAD: load_is_limited,
    RuleName.INTERPRETERS: lambda i: (
        any(p.available for p in i.interpreters) and any(not p.city for p in i.interpreters)
    ),
    RuleName.FAIRNESS: lambda i: None not in (i.fairness.breaks, i.fairness.granted_percent),
}


@pytest.mark.parametrize("rule", list(RuleName))
def test_every_rule_gives_each_rule_something_to_say(every: Instance, rule: RuleName) -> None:
    assert USES[rule](every)


# -- The others ------------------------------------------------------------------------------------


def test_over_full_asks_for_more_than_its_tables_hold() -> None:
    instance = read("over-full")
    [area] = [room for room in instance.rooms if room.is_area]
    [window] = area.available
    day = dt.date(2025, 9, 18)
    length = dt.datetime.combine(day, window.end) - dt.datetime.combine(day, window.start)
    assert len(instance.meetings) * dt.timedelta(minutes=30) > (area.tables or 0) * length
    assert TermName.FAIRNESS_SPREAD in {entry.term for entry in instance.objective}
    assert instance.fairness.granted_percent


def test_two_time_zones_has_a_timetable_over_the_border() -> None:
    instance = read("two-time-zones")
    assert {city.time_zone for city in instance.cities} == {"Europe/Lisbon", "Europe/Madrid"}
    ride = instance.travel.journey(
        *(city.id for city in instance.cities),
        dt.datetime.fromisoformat("2025-03-29T19:00+00:00"),
        instance.zones,
    )
    assert ride is not None
    [leg] = ride.legs
    assert leg.mode == "train"
    assert leg.arrive.astimezone(dt.UTC) - leg.depart.astimezone(dt.UTC) == dt.timedelta(hours=9, minutes=10)
    assert [t.isoformat()[-6:] for t in (leg.depart, leg.arrive)] == ["+00:00", "+02:00"]


def test_the_split_delegation_has_roles_and_fewer_interpreters_than_members_who_need_one() -> None:
    instance = read("split-delegation")
    busan = instance.delegation(instance.delegations[0].id)
    assert busan is not None
    assert instance.splits(busan.id)
    members = instance.people_of(busan.id)
    assert all(member.roles for member in members)
    alone = [member for member in members if member.languages == {"ko"}]
    between = [pool for pool in instance.interpreters if pool.languages == {"ko", "en"}]
    assert sum(pool.count for pool in between) < len(alone)


def test_the_replanned_one_has_a_past_and_something_that_cannot_stay() -> None:
    instance = read("replanned")
    now = instance.programme.now
    assert now is not None
    assert any(placement.start < now for placement in instance.baseline)
    closed = {room.id for room in instance.rooms if room.closed}
    assert any(placement.room in closed and placement.start > now for placement in instance.baseline)


def test_the_infeasible_one_is_proven_infeasible() -> None:
    assert solve(read("infeasible")).status is Status.INFEASIBLE


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("11:30, 12:30, 13:30", "11:30, 12:45, 13:30"),
        ("to: 2025-06-03T11:00", "to: 2025-06-03T10:45"),
        ("departure: 2025-06-03T17:00", "departure: 2025-06-03T17:45"),
        ("parties: [oslo, madrid-council], duration: 1h, mandatory: true", "parties: [oslo, madrid-council]"),
        (
            "parties: [oslo, barcelona-council], duration: 1h, mandatory: true",
            "parties: [oslo, barcelona-council]",
        ),
    ],
    ids=[
        "a train at 12:45",
        "the mayor is free earlier",
        "Oslo leaves later",
        "Madrid may go",
        "Barcelona may go",
    ],
)
def test_any_change_that_its_head_names_makes_it_feasible(said: str, instead: str, tmp_path: Path) -> None:
    text = (ROOT / "instances" / "infeasible.yaml").read_text(encoding="utf-8")
    assert text.count(said) == 1
    changed = tmp_path / "changed.yaml"
    changed.write_text(text.replace(said, instead), encoding="utf-8")
    assert solve(load(changed)).status is Status.OPTIMAL
