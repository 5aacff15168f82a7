"""Programmes that are made up: as large as asked for, like real ones, and possible."""

from collections import Counter
from statistics import median

import pytest

from scheduler.checker import check
from scheduler.domain import Solution, Split, TermName
from scheduler.exports import instance_files
from scheduler.generating import GenerateSpec, generate, made


def named(instance, party):
    return instance.delegation(party) or instance.person(party)


@pytest.fixture(scope="module")
def programme():
    return generate(GenerateSpec(2000))


@pytest.mark.parametrize("meetings", [1, 7, 60, 500])
@pytest.mark.parametrize(("cities", "days"), [(1, 1), (1, 3), (2, 2), (3, 4), (5, 2), (12, 1), (4, 14)])
def test_everything_mandatory_can_take_place(meetings, cities, days):
    spec = GenerateSpec(meetings, cities, days, seed=meetings + cities, mandatory=0.1)
    programme = made(spec)
    instance = programme.instance
    assert (len(instance.meetings), len(instance.cities)) == (meetings, cities)
    assert len({opening.date for city in instance.cities for opening in city.opening}) == days
    assert sum(meeting.mandatory for meeting in instance.meetings) == round(0.1 * meetings)
    schedule = Solution(programme=instance.programme.id, placements=programme.placements)
    assert check(instance, schedule).violations == ()


def test_the_same_specification_gives_the_same_bytes_and_another_seed_others():
    files = [instance_files(generate(GenerateSpec(300, seed=seed)), "x") for seed in (1, 1, 2)]
    assert files[0] == files[1]
    assert all(files[0][name] != files[2][name] for name in files[0])


def test_few_parties_are_asked_for_by_many(programme):
    counts = Counter(party for meeting in programme.meetings for party in meeting.parties)
    assert max(counts.values()) > 4 * median(counts.values())


@pytest.mark.parametrize("utilisation", [0.5, 0.85, 1.4])
def test_tables_are_as_many_as_are_asked_for(utilisation):
    instance = generate(GenerateSpec(4000, utilisation=utilisation))
    slots = sum(
        (opening.end.hour - opening.start.hour) * 2 + (opening.end.minute - opening.start.minute) // 30
        for city in instance.cities
        for opening in city.opening
        for _ in range(sum(room.tables or 0 for venue in city.venues for room in venue.rooms))
    )
    assert 4000 / slots == pytest.approx(utilisation, rel=0.05)


def test_there_are_parties_of_all_kinds(programme):
    delegations = programme.delegations
    members = {participant.delegation for participant in programme.participants}
    assert {named(programme, p).id for m in programme.meetings for p in m.parties} > set()
    splitting = [d for d in delegations if d.split is Split.MEMBERS]
    assert any(d.parallel and d.id not in members for d in splitting)
    assert any(d.id in members for d in splitting)
    assert any(d.split is Split.TOGETHER and d.size and d.size > 1 for d in delegations)
    assert any(d.arrival and d.departure and d.cities for d in delegations)
    assert any(d.arrival and not d.cities for d in delegations)
    assert any(d.load.meetings_per_day for d in delegations)
    assert any(p.absences for p in programme.participants)
    assert any(p.roles for p in programme.participants)
    assert any(meeting.roles for meeting in programme.meetings)
    assert {meeting.priority for meeting in programme.meetings} == {"high", "normal", "low"}


def test_cities_have_venues_apart_and_ways_between_them(programme):
    assert all(len(city.venues) > 1 and city.transfer for city in programme.cities)
    assert all(
        any(room.is_area for room in venue.rooms) for city in programme.cities for venue in city.venues
    )
    links = programme.travel.links
    assert any(link.departures for link in links)
    assert any(not link.departures for link in links)
    assert programme.load.meal
    assert programme.load.meetings_per_day


def test_every_meeting_can_be_interpreted(programme):
    pools = [pool.languages for pool in programme.interpreters]
    need = 0
    for meeting in programme.meetings:
        one, other = (named(programme, party).languages for party in meeting.parties)
        if one.isdisjoint(other):
            need += 1
            assert any(pool & one and pool & other for pool in pools), meeting.id
    assert need > 0
    assert [pool.id for pool in programme.interpreters if pool.city is None] == ["travelling"]


def test_the_parties_of_a_meeting_may_be_in_one_city(programme):
    everywhere = {city.id for city in programme.cities}
    for meeting in programme.meetings:
        one, other = (set(named(programme, party).cities) or everywhere for party in meeting.parties)
        assert one & other, meeting.id


def test_requests_come_first(programme):
    assert [(term.level, term.term) for term in programme.objective] == [
        (1, TermName.REQUESTS),
        (2, TermName.BREAKS),
        (3, TermName.CITY_CHANGES),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"meetings": 0}, "`meetings` should be from 1 to 200000"),
        ({"cities": 13}, "`cities` should be from 1 to 12"),
        ({"days": 0}, "`days` should be from 1 to 14"),
        ({"utilisation": 0}, "`utilisation` should be above 0 and at most 2"),
        ({"utilisation": float("nan")}, "`utilisation` should be above 0 and at most 2"),
        ({"mandatory": 0.5}, "`mandatory` should be from 0 to 0.2"),
    ],
)
def test_what_cannot_be_asked_for(wrong, said):
    with pytest.raises(ValueError, match=said):
        GenerateSpec(**{"meetings": 10} | wrong)
