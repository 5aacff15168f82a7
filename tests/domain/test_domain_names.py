"""Names given twice, names that nothing has, and the nearest known one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.written import DATE, at, programme, said

from scheduler.domain.faults import facts
from scheduler.domain.faults.spelling import nearest

BASE = programme()


def with_(*path: str | int, value: Any) -> dict[str, Any]:
    return at(BASE, *path, value=value)


def meeting(**more: Any) -> dict[str, Any]:
    """The base with a third meeting."""
    return with_("meetings", 2, value={"id": "m3", "parties": ["porto", "turin"]} | more)


def session(**more: Any) -> dict[str, Any]:
    """The base with a third session."""
    return with_("sessions", 2, value={"id": "s3", "kind": "workshop", "duration": "1h"} | more)


DUPLICATES = [
    ("cities", 1, "id", "madrid", "city already (cities.0)"),
    ("cities", 0, "venues", 1, "id", "palace", "venue already (cities.0.venues.0)"),
    ("cities", 1, "venues", 0, "id", "palace", "venue already (cities.0.venues.0)"),
    ("cities", 0, "venues", 0, "rooms", 1, "id", "hall", "room already (cities.0.venues.0.rooms.0)"),
    ("cities", 1, "venues", 0, "rooms", 0, "id", "hall", "room already (cities.0.venues.0.rooms.0)"),
    ("delegations", 1, "id", "porto", "party already (delegations.0)"),
    ("participants", 3, "id", "porto", "party already (delegations.0)"),
    ("participants", 3, "id", "porto-1", "party already (participants.0)"),
    ("meetings", 1, "id", "m1", "activity already (meetings.0)"),
    ("meetings", 1, "id", "plenary", "activity already (sessions.1)"),
    ("sessions", 0, "talks", 1, "id", "talk-1", "activity already (sessions.0.talks.0)"),
    ("sessions", 0, "talks", 1, "id", "m1", "activity already (meetings.0)"),
]


@pytest.mark.parametrize("case", DUPLICATES, ids=lambda c: ".".join(map(str, c[:-1])))
def test_two_things_of_one_space_have_two_names(case):
    *path, name, owner = case
    found = [line for line in said(with_(*path, value=name)) if "is the id of another" in line]
    where = ".".join(map(str, path))
    assert found == [f"{where}: {name} is the id of another {owner}"]


def test_tracks_pools_and_links_have_names_of_their_own_kind():
    data = with_("tracks", 1, value={"id": "cities"})
    data = at(data, "interpreters", 1, value={"id": "french", "languages": ["de", "en"]})
    link = {"id": "rail", "from": "valencia", "to": "madrid", "duration": "2h"}
    data = at(data, "travel", "links", 1, value=link)
    assert said(data) == [
        "interpreters.1.id: french is the id of another interpreter pool already (interpreters.0)",
        "tracks.1.id: cities is the id of another track already (tracks.0)",
        "travel.links.1.id: rail is the id of another link already (travel.links.0)",
    ]


def test_things_of_different_spaces_may_share_a_name():
    data = with_("participants", 4, value={"id": "madrid"})
    data = at(data, "meetings", 2, value={"id": "madrid", "parties": ["madrid", "turin"]})
    data = at(data, "cities", 0, "venues", 2, value={"id": "madrid", "rooms": [{"id": "madrid"}]})
    assert said(data) == []


def test_links_without_an_id_are_not_the_same():
    link = {"from": "madrid", "to": "valencia", "duration": "3h"}
    assert said(at(with_("travel", "links", 1, value=link), "travel", "links", 2, value=link)) == []


def test_a_team_has_its_name_to_itself():
    assert said(with_("participants", 3, "id", value="graz.2"))[0] == (
        'participants.3.id: graz.2 is the id of a team of the delegation "graz", which names no members'
    )
    assert not any("a team of" in line for line in said(with_("participants", 3, "id", value="graz.3")))


@pytest.mark.parametrize("place", [0, 4])
def test_a_team_has_its_name_to_itself_whichever_delegation_stands_first(place):
    delegations = [*BASE["delegations"][:place], {"id": "graz.2"}, *BASE["delegations"][place:]]
    assert said(with_("delegations", value=delegations)) == [
        f'delegations.{place}.id: graz.2 is the id of a team of the delegation "graz", which names no members'
    ]


def test_all_is_reserved_for_everybody():
    data = with_("participants", 4, value={"id": "all"})
    data = at(data, "delegations", 4, value={"id": "all"})
    assert said(data) == [
        "delegations.4.id: all is reserved: it names everybody, as an audience",
        "participants.4.id: all is reserved: it names everybody, as an audience",
        "participants.4.id: all is the id of another party already (delegations.4)",
    ]
    assert said(with_("cities", 1, "id", value="all"))[-1].startswith(
        "travel.links.0.to: valencia is no city"
    )


UNKNOWN = [
    (("delegations", 0, "cities", 0), "madird", 'city of this programme; did you mean "madrid"?'),
    (("participants", 0, "cities", 0), "madird", 'city of this programme; did you mean "madrid"?'),
    (("participants", 0, "delegation"), "prto", 'delegation of this programme; did you mean "porto"?'),
    (("participants", 0, "delegation"), "guest", "delegation of this programme"),
    (("interpreters", 0, "city"), "Valencia", 'city of this programme; did you mean "valencia"?'),
    (("tracks", 0, "chairs", 0), "gest", 'participant of this programme; did you mean "guest"?'),
    (("tracks", 0, "chairs", 0), "lyon", 'participant of this programme; did you mean "lyon-2"?'),
    (("travel", "links", 0, "from"), "x", "city of this programme"),
    (("travel", "links", 0, "to"), "madridd", 'city of this programme; did you mean "madrid"?'),
    (("sessions", 0, "cities", 0), "x", "city of this programme"),
    (("sessions", 0, "venues", 0), "palce", 'venue of this programme; did you mean "palace"?'),
    (("sessions", 0, "rooms", 0), "hal", 'room of this programme; did you mean "hall"?'),
    (("sessions", 0, "parties", 0), "geust", 'party of this programme; did you mean "guest"?'),
    (("sessions", 0, "audience", 0), "turn", 'party of this programme; did you mean "turin"?'),
    (("sessions", 0, "interest", 0), "turn", 'party of this programme; did you mean "turin"?'),
    (("sessions", 0, "speakers", 0, "participant"), "x", "participant of this programme"),
    (("sessions", 0, "track"), "citis", 'track of this programme; did you mean "cities"?'),
    (("sessions", 0, "priority"), "hihg", 'priority of this programme; did you mean "high"?'),
    (("sessions", 0, "day_part"), "mornings", 'day part of this programme; did you mean "morning"?'),
    (("sessions", 0, "talks", 0, "speaker"), "lyon", 'participant of this programme; did you mean "lyon-2"?'),
    (("sessions", 0, "talks", 0, "track"), "x", "track of this programme"),
    (("sessions", 0, "talks", 0, "day_part"), "x", "day part of this programme"),
    (("meetings", 0, "prefer", "cities", 0), "x", "city of this programme"),
    (("meetings", 0, "prefer", "rooms", 0), "dok", 'room of this programme; did you mean "dock"?'),
    (("meetings", 0, "pin", "room"), "Quay", 'room of this programme; did you mean "quay"?'),
    (("meetings", 0, "parties", 0), "x", "party of this programme"),
    (("precedences", 0, "before"), "plenry", 'activity of this programme; did you mean "plenary"?'),
    (("precedences", 0, "after"), "x", "activity of this programme"),
    (("never", 0, 1), "turn", 'party of this programme; did you mean "turin"?'),
    (("day_relations", 0, "activities", 1), "m22", 'activity of this programme; did you mean "m2"?'),
]


@pytest.mark.parametrize(
    ("path", "name", "message"),
    UNKNOWN,
    ids=lambda v: ".".join(map(str, v)) if isinstance(v, tuple) else None,
)
def test_a_name_that_nothing_has_is_told_with_the_nearest_one(path, name, message):
    where = ".".join(map(str, path))
    assert said(with_(*path, value=name)) == [f"{where}: {name} is no {message}"]


def test_all_is_an_audience_and_an_interest_but_no_party():
    assert said(session(audience=["all"], interest=["all"])) == []
    (line,) = said(meeting(parties=["porto", "all"]))
    assert line == (
        "meetings.2.parties.1: all is no party of this programme; "
        "everybody can only be an `audience` or an `interest`"
    )


def test_stand_ins_speak_and_chair_for_delegations_without_members():
    data = at(session(speakers=["turin", "graz.2"]), "tracks", 0, "chairs", value=["turin"])
    assert said(data) == []
    assert said(session(speakers=["graz"]))[0].startswith(
        "sessions.2.speakers.0.participant: graz is no part"
    )


def test_a_priority_matters_where_it_is_written_or_asked_for():
    only_high = with_("priorities", value={"high": 5})
    assert said(only_high) == ["meetings.1.priority: normal is no priority of this programme"]
    assert said(at(only_high, "meetings", 1, "mandatory", value=True)) == []
    pinned = at(only_high, "meetings", 1, "pin", value={"start": f"{DATE}T09:00+01:00"})
    assert said(pinned) == []


def test_a_baseline_may_speak_of_what_is_no_more():
    gone = {"activity": "gone", "room": "gone", "start": "2025-03-10T09:00+01:00", "attendees": ["gone"]}
    assert said(with_("baseline", value=[gone])) == []
    assert said(with_("baseline", value=[gone, gone])) == [
        "baseline.1.activity: gone has a place in the baseline already"
    ]


def many(count: int) -> dict[str, Any]:
    """Very many participants, and meetings of which each misspells another one."""
    return BASE | {
        "participants": [*BASE["participants"], *({"id": f"participant-{i}"} for i in range(count))],
        "meetings": [{"id": f"n{i}", "parties": ["turin", f"partcipant-{i}"]} for i in range(count)],
        "precedences": [],
        "day_relations": [],
    }


def test_of_many_names_the_nearest_is_found():
    lines = said(many(300))
    assert [line.split("did you mean ")[1] for line in lines] == [f'"participant-{i}"?' for i in range(300)]


def test_after_very_many_unknown_names_no_nearest_one_is_looked_for(monkeypatch):
    monkeypatch.setattr(facts, "_MOST_EFFORT", 500)
    lines = said(many(100))
    assert lines[0].endswith('did you mean "participant-0"?')
    assert lines[-1].endswith("is no party of this programme")


@given(st.text(max_size=8), st.lists(st.text(min_size=1, max_size=8), max_size=40, unique=True))
def test_the_nearest_name_is_a_known_one_and_a_known_one_is_its_own_nearest(name, known):
    assert nearest(name, known) in {*known, None}
    for other in known[:3]:
        assert nearest(other, known).casefold() == other.casefold()
        assert nearest(other.upper(), [other]) in (other, None)
