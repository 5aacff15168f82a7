import pytest
from support.command_line import INSTANCES
from support.hand_made import facts, hand_made
from support.making import city, make, meeting, session

from scheduler.cli.choosing import chosen, concerns, family, may_be_in
from scheduler.domain import Instance
from scheduler.reading import load

LISBON = city("lisbon", {"id": "salon"}, zone="Europe/Lisbon")


@pytest.mark.parametrize(
    ("limits", "in_madrid", "in_lisbon"),
    [
        ({}, True, True),
        ({"cities": ["lisbon"]}, False, True),
        ({"venues": ["house"]}, True, False),
        ({"rooms": ["hall", "salon"]}, True, True),
        ({"rooms": ["salon"]}, False, True),
        ({"pin": {"room": "hall"}}, True, False),
    ],
)
def test_where_an_activity_may_be(limits, in_madrid, in_lisbon):
    instance = make(cities=[city(), LISBON], sessions=[session("s", **limits)])
    activity = instance.sessions[0]
    assert may_be_in(instance, activity, "madrid") is in_madrid
    assert may_be_in(instance, activity, "lisbon") is in_lisbon
    assert may_be_in(instance, activity, None)


def test_a_party_is_its_people_and_a_person_their_delegation():
    instance = hand_made()
    assert family(instance, "guangzhou") == {"guangzhou", "delegate-1", "delegate-2"}
    assert family(instance, "delegate-1") == {"guangzhou", "delegate-1"}
    assert family(instance, "moderator") == {"moderator"}
    assert family(instance, "praia") == {"praia"}


@pytest.mark.parametrize(
    ("activity", "parties"),
    [
        ("opening", {"guangzhou", "late", "delegate-4"}),
        ("ecosystem-session", {"praia", "moderator", "chair", "late", "delegate-2", "guangzhou"}),
        ("islands", {"praia", "guangzhou", "delegate-1"}),
    ],
)
def test_whom_an_activity_concerns(activity, parties):
    instance = hand_made()
    found = instance.activity(activity)
    named = {
        p for p in (*(p.id for p in instance.people), "guangzhou", "tallinn") if concerns(instance, found, p)
    }
    assert parties <= named
    assert concerns(instance, found, None)
    if activity == "islands":
        assert not named & {"tallinn", "delegate-3", "moderator"}


def test_a_choice_is_named_by_id_or_name():
    instance = load(INSTANCES / "asia-innova-2017.yaml")
    assert chosen(instance, None, None) == (None, None)
    assert chosen(instance, "Madrid", "Hong Kong") == ("madrid", "hong-kong")
    assert chosen(instance, None, "hwang").party == "hwang"


def test_meetings_ask_for_their_parties_alone():
    instance = Instance.model_validate(
        facts() | {"meetings": [meeting("m", "praia", "tallinn")], "sessions": []}
    )
    assert not concerns(instance, instance.meetings[0], "guangzhou")
