"""How an instance resolves its names, and what people inherit."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from support.any_programme import programmes
from support.written import at, programme

from scheduler.domain import ActivityKind, Instance, Load, Quota, is_mandatory, kind_of
from scheduler.domain.times import UTC

FORUM = Instance.model_validate(programme())


def moment(text):
    return dt.datetime.fromisoformat(text)


def made(**more):
    return Instance.model_validate(programme(**more))


def test_changed_parts_are_checked_with_the_rest():
    assert FORUM.changed() == FORUM
    alone = FORUM.changed(meetings=FORUM.meetings[:1], day_relations=(), precedences=())
    assert alone.meetings == FORUM.meetings[:1]
    assert not alone.has_activity(FORUM.meetings[1].id)
    with pytest.raises(ValidationError, match="is no activity of this programme"):
        FORUM.changed(meetings=FORUM.meetings[:1])


def test_places_know_where_they_are():
    assert FORUM.city("valencia").id == "valencia"
    assert FORUM.venue("annex").rooms[0].id == "study"
    assert FORUM.room("tables").tables == 4
    assert FORUM.venue_of("study").id == "annex"
    assert FORUM.city_of("dock").id == "valencia"
    assert [room.id for room in FORUM.rooms] == ["hall", "tables", "study", "dock", "quay"]
    assert FORUM.has_room("hall")
    assert not FORUM.has_room("palace")
    assert {name: zone.key for name, zone in FORUM.zones.items()} == dict.fromkeys(
        ["madrid", "valencia"], "Europe/Madrid"
    )


@pytest.mark.parametrize(
    "look_up", [FORUM.city, FORUM.venue, FORUM.room, FORUM.person, FORUM.activity, FORUM.track]
)
def test_what_there_is_not_is_a_key_error(look_up):
    with pytest.raises(KeyError):
        look_up("nothing")


def test_everybody_is_a_participant_or_stands_in_for_a_delegation():
    assert [person.id for person in FORUM.people] == [
        *("porto-1", "lyon-1", "lyon-2", "guest"),
        *("turin", "graz.1", "graz.2"),
    ]
    assert [person.stand_in for person in FORUM.people] == [False] * 4 + [True] * 3
    assert FORUM.has_person("graz.2")
    assert not FORUM.has_person("graz")
    assert not FORUM.has_person("porto")
    assert FORUM.person("graz.1").name == "graz (team 1)"


def test_people_stand_behind_parties():
    behind = {
        party: [p.id for p in FORUM.people_of(party)] for party in ("porto", "turin", "lyon", "graz", "guest")
    }
    assert behind == {
        "porto": ["porto-1"],
        "turin": ["turin"],
        "lyon": ["lyon-1", "lyon-2"],
        "graz": ["graz.1", "graz.2"],
        "guest": ["guest"],
    }
    assert [FORUM.splits(party) for party in behind] == [False, False, True, True, False]
    assert FORUM.delegation("porto").id == "porto"
    assert FORUM.delegation("guest") is None


def test_parties_have_labels():
    named = made(
        delegations=[{"id": "porto", "name": "Porto"}, *programme()["delegations"][1:]],
        participants=[*programme()["participants"], {"id": "other", "name": "Guest 2"}],
    )
    labels = [named.party_label(party) for party in ("porto", "turin", "guest", "other", "graz.1")]
    assert labels == ["Porto", "turin", "guest", "Guest 2", "graz (team 1)"]


def with_member(party, member, load=None):
    """The person made of a member and the delegation it belongs to."""
    instance = made(
        delegations=[*programme()["delegations"], {"id": "bern"} | party],
        participants=[*programme()["participants"], {"id": "bern-1", "delegation": "bern"} | member],
        load=load or {},
    )
    return instance.person("bern-1")


def test_a_member_comes_with_the_later_arrival_and_goes_with_the_earlier_departure():
    early, late = "2025-03-10T10:00+01:00", "2025-03-10T18:30+09:00"  # 09:00 and 09:30 UTC
    assert with_member({"arrival": early}, {"arrival": late}).arrival == moment(late)
    assert with_member({"arrival": late}, {"arrival": early}).arrival == moment(late)
    assert with_member({"departure": early}, {"departure": late}).departure == moment(early)
    assert with_member({"departure": late}, {"departure": early}).departure == moment(early)
    assert with_member({"arrival": early, "departure": late}, {}).arrival == moment(early)
    assert with_member({}, {"arrival": early, "departure": late}).departure == moment(late)
    assert with_member({}, {}).arrival is None


def test_a_member_is_away_when_it_or_its_delegation_is():
    one = {"from": "2025-03-10T09:00+01:00", "to": "2025-03-10T10:00+01:00"}
    two = {"from": "2025-03-10T11:00+01:00", "to": "2025-03-10T12:00+01:00"}
    person = with_member({"absences": [one]}, {"absences": [two]})
    assert {absence.start.hour for absence in person.absences} == {9, 11}


@pytest.mark.parametrize(
    ("party", "member", "cities"),
    [
        ([], [], None),
        (["madrid"], [], ("madrid",)),
        ([], ["madrid"], ("madrid",)),
        (["madrid", "valencia"], ["valencia"], ("valencia",)),
        (["madrid"], ["valencia"], ()),
    ],
)
def test_a_member_is_where_both_may_be(party, member, cities):
    assert with_member({"cities": party}, {"cities": member}).cities == cities


def test_a_member_speaks_its_own_languages_or_else_its_delegations():
    assert with_member({"languages": ["fr"]}, {"languages": ["de"]}).languages == {"de"}
    assert with_member({"languages": ["fr"]}, {}).languages == {"fr"}
    assert with_member({}, {}).languages == frozenset()


def test_each_limit_is_the_nearest_one_given():
    person = with_member(
        {"load": {"in_a_row": 3, "meetings_per_day": 5}},
        {"load": {"meetings_per_day": 2}},
        load={"meetings_per_day": 9, "in_a_row": 9, "rest": "15min"},
    )
    assert person.load == Load(meetings_per_day=2, in_a_row=3, rest="15min")


def test_a_member_keeps_what_is_its_own():
    person = with_member(
        {"name": "Bern"}, {"name": "Delegate 1", "email": "d@example.org", "roles": ["water"]}
    )
    assert (person.name, person.email, person.roles) == ("Delegate 1", "d@example.org", {"water"})
    assert person.delegation == "bern"
    assert not person.stand_in


def test_a_stand_in_is_as_its_delegation_is():
    party = {
        "id": "bern",
        "name": "Bern",
        "split": "members",
        "parallel": 2,
        "arrival": "2025-03-10T10:00+01:00",
        "departure": "2025-03-11T10:00+01:00",
        "absences": [{"from": "2025-03-10T12:00+01:00", "to": "2025-03-10T13:00+01:00"}],
        "cities": ["madrid"],
        "languages": ["de"],
        "load": {"in_a_row": 2},
    }
    instance = made(delegations=[*programme()["delegations"], party], load={"meetings_per_day": 4})
    person = instance.person("bern.2")
    assert person.name == "Bern (team 2)"
    assert person.arrival == moment("2025-03-10T10:00+01:00")
    assert person.departure == moment("2025-03-11T10:00+01:00")
    assert [absence.start.hour for absence in person.absences] == [12]
    assert person.cities == ("madrid",)
    assert person.languages == {"de"}
    assert person.roles == frozenset()
    assert person.load == Load(meetings_per_day=4, in_a_row=2)
    assert instance.person("turin").cities is None


def test_somebody_without_a_delegation_has_the_programmes_limits():
    person = made(load={"meetings_per_day": 4}).person("guest")
    assert person.load.meetings_per_day == 4
    assert person.delegation is None


def test_pools_are_found():
    assert FORUM.pool("french").count == 1
    assert FORUM.pool("german") is None


def test_activities_are_sessions_with_their_talks_then_meetings():
    assert [activity.id for activity in FORUM.activities] == [
        *("forum-session", "talk-1", "talk-2", "plenary"),
        *("m1", "m2"),
    ]
    assert FORUM.activity("talk-2").speaker == "turin"
    assert FORUM.has_activity("plenary")
    assert not FORUM.has_activity("french")
    assert FORUM.session_of("talk-1").id == "forum-session"
    with pytest.raises(KeyError):
        FORUM.session_of("plenary")


def test_kinds_are_named():
    kinds = [kind_of(FORUM.activity(name)) for name in ("forum-session", "talk-1", "m1")]
    assert kinds == [ActivityKind.CONFERENCE, ActivityKind.TALK, ActivityKind.MEETING]


def test_the_parts_of_a_track_are_its_sessions_and_its_talks_elsewhere():
    talk = {"id": "talk-3", "speaker": "guest", "duration": "30min", "track": "cities"}
    data = at(programme(), "sessions", 1, "talks", value=[talk])
    instance = Instance.model_validate(data)
    assert [part.id for part in instance.parts("cities")] == ["forum-session", "talk-3"]
    assert instance.parts("nothing") == ()
    assert instance.track("cities").gap == dt.timedelta(minutes=30)


def test_mandatory_is_what_must_be_placed():
    pin = {"start": "2025-03-10T09:00+01:00"}
    data = at(at(programme(), "meetings", 1, "pin", value=pin), "sessions", 1, "mandatory", value=False)
    data = at(data, "sessions", 0, "talks", 0, "pin", value=pin)
    instance = Instance.model_validate(data)
    assert {a.id: is_mandatory(a) for a in instance.activities} == {
        "forum-session": True,
        "talk-1": True,
        "talk-2": False,
        "plenary": False,
        "m1": False,
        "m2": True,
    }


@settings(max_examples=60, deadline=None)
@given(programmes())
def test_an_instance_is_written_as_it_is_read(data):
    instance = Instance.model_validate(data)
    for more in ({}, {"exclude_defaults": True}):
        assert Instance.model_validate(instance.model_dump(mode="json", by_alias=True, **more)) == instance


@settings(max_examples=60, deadline=None)
@given(programmes())
def test_people_are_never_freer_than_their_delegation(data):
    instance = Instance.model_validate(data)
    assert len({person.id for person in instance.people}) == len(instance.people)
    for person in instance.people:
        party = instance.delegation(person.delegation) if person.delegation else None
        if party is not None:
            assert person in instance.people_of(party.id)
            assert party.arrival is None or person.arrival.astimezone(UTC) >= party.arrival.astimezone(UTC)
            assert party.departure is None or person.departure.astimezone(UTC) <= party.departure.astimezone(
                UTC
            )
            assert set(party.absences) <= set(person.absences)
            assert not party.cities or set(person.cities) <= set(party.cities)


@given(st.sampled_from(FORUM.rooms))
def test_every_room_is_in_its_venue_and_its_city(room):
    assert room in FORUM.venue_of(room.id).rooms
    assert FORUM.venue_of(room.id) in FORUM.city_of(room.id).venues


def test_the_parties_that_ask_for_a_number_of_meetings():
    data = programme()
    data["delegations"][1]["meetings"] = {"least": 2}
    data["participants"][0]["meetings"] = {"most": 0}
    data["participants"][1]["meetings"] = {}
    assert made(**data).quotas == {"turin": Quota(least=2), "porto-1": Quota(most=0)}
