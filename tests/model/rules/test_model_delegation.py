"""Rule 6 in the model: exactly one who fits for each party that splits, and only so many at a time."""

import pytest
from support.fixing import breaks, keeps, unplaceable
from support.making import city, hold, make, meeting, put, session

from scheduler.domain import RuleName

ROOMS = ({"id": "hall"}, {"id": "chamber"}, {"id": "area", "tables": 3})


def split(*, parallel=None, **parts):
    return make(
        *("b", "c", "d"),
        delegations=[{"id": "split", "split": "members", "parallel": parallel}],
        participants=[
            {"id": "s-1", "delegation": "split", "roles": ["mayor"]},
            {"id": "s-2", "delegation": "split"},
            {"id": "s-3", "delegation": "split"},
            {"id": "ada"},
        ],
        tracks=[{"id": "chaired", "chairs": ["s-1", "ada"]}],
        cities=[city("madrid", *ROOMS)],
        **parts,
    )


@pytest.mark.parametrize("sent", [(), ("s-1", "s-2"), ("s-1", "s-2", "s-3")])
def test_exactly_one_is_sent(sent):
    instance = split(meetings=[meeting("m", "split", "b")])
    for one in ("s-1", "s-2", "s-3"):
        keeps(instance, put("m", "10:00", "area", 1, one))
    breaks(RuleName.DELEGATION, instance, put("m", "10:00", "area", 1, *sent))


def test_nobody_else_is_chosen():
    instance = split(meetings=[meeting("m", "split", "b")])
    unplaceable(RuleName.DELEGATION, instance, put("m", "10:00", "area", 1, "s-1", "ada"))


def test_the_one_sent_has_the_role_that_is_asked_for():
    instance = split(meetings=[meeting("m", "split", "b", roles={"split": "mayor"})])
    keeps(instance, put("m", "10:00", "area", 1, "s-1"))
    unplaceable(RuleName.DELEGATION, instance, put("m", "10:00", "area", 1, "s-2"))
    breaks(RuleName.DELEGATION, instance, put("m", "10:00", "area", 1, "s-2"))


def test_exactly_one_of_its_chairs_chairs_a_session():
    instance = split(sessions=[session("s", track="chaired")])
    keeps(instance, hold("s", "10:00", "hall", "ada"))
    breaks(RuleName.DELEGATION, instance, hold("s", "10:00"))
    breaks(RuleName.DELEGATION, instance, hold("s", "10:00", "hall", "ada", "s-1"))


def test_somebody_may_be_chosen_as_a_chair_and_for_a_party():
    instance = split(sessions=[session("s", track="chaired", parties=["split"])])
    keeps(instance, hold("s", "10:00", "hall", "s-1"))
    keeps(instance, hold("s", "10:00", "hall", "s-2", "ada"))
    breaks(RuleName.DELEGATION, instance, hold("s", "10:00", "hall", "s-2"))  # no chair
    breaks(RuleName.DELEGATION, instance, hold("s", "10:00", "hall", "ada"))  # nobody of the party
    breaks(RuleName.DELEGATION, instance, hold("s", "10:00", "hall", "s-1", "s-2"))  # two of the party


def test_a_chair_without_the_role_asked_of_the_party_cannot_chair():
    instance = make(
        delegations=[{"id": "split", "split": "members"}],
        participants=[
            {"id": "s-1", "delegation": "split", "roles": ["mayor"]},
            {"id": "s-2", "delegation": "split"},
            {"id": "ada"},
        ],
        tracks=[{"id": "chaired", "chairs": ["s-2", "ada"]}],
        sessions=[session("s", track="chaired", parties=["split"], roles={"split": "mayor"})],
    )
    keeps(instance, hold("s", "10:00", "hall", "s-1", "ada"))
    breaks(RuleName.DELEGATION, instance, hold("s", "10:00", "hall", "s-2"))


def test_no_more_meetings_and_sessions_at_a_time_than_it_may():
    instance = split(
        parallel=2,
        meetings=[meeting(f"m{n}", "split", party, duration="1h") for n, party in enumerate("bc")],
        sessions=[session("s", parties=["split"])],
    )
    two = (put("m0", "10:00", "area", 1, "s-1"), put("m1", "10:30", "area", 2, "s-2"))
    keeps(instance, *two, hold("s", "11:00", "hall", "s-1"))
    breaks(RuleName.DELEGATION, instance, *two, hold("s", "10:30", "hall", "s-3"))


def test_speaking_elsewhere_is_no_meeting_of_the_delegation():
    instance = split(
        parallel=1,
        meetings=[meeting("m", "split", "b"), meeting("n", "split", "c")],
        sessions=[session("s", speakers=["s-1"])],
    )
    one = put("m", "10:00", "area", 1, "s-2")
    keeps(instance, hold("s", "10:00"), one)
    breaks(RuleName.DELEGATION, instance, hold("s", "14:00"), one, put("n", "10:00", "area", 2, "s-3"))


def test_teams_of_a_delegation_that_names_nobody():
    instance = make(
        *("b", "c"),
        delegations=[{"id": "teams", "split": "members", "parallel": 2}],
        meetings=[meeting("m", "teams", "b"), meeting("n", "teams", "c")],
    )
    first = put("m", "10:00", "area", 1, "teams.1")
    keeps(instance, first, put("n", "10:00", "area", 2, "teams.2"))
    breaks(RuleName.PERSON, instance, first, put("n", "10:00", "area", 2, "teams.1"))
    breaks(RuleName.DELEGATION, instance, first, put("n", "11:00", "area", 2))
