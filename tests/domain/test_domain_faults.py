"""What does not fit together in an instance, and what fits though it may look odd."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from support.written import DATE, at, faults_of, programme, said

from scheduler.domain import Instance, InstanceError
from scheduler.domain.faults import Doubt, facts
from scheduler.domain.faults.doubt import LEFT_OUT, Kind
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


def test_nothing_is_wrong_with_the_programme_that_the_others_change():
    assert said(BASE) == []


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


def test_transfers_are_between_venues_of_their_city():
    transfers = [
        {"from": "palace", "to": "port", "duration": "1h"},
        {"from": "palce", "to": "annex", "duration": "1h"},
        {"from": "annex", "to": "annex", "duration": "1h"},
    ]
    assert said(with_("cities", 0, "transfers", value=transfers)) == [
        'cities.0.transfers.0.to: port is a venue of another city: transfers are inside "madrid"',
        'cities.0.transfers.1.from: palce is no venue of "madrid"; did you mean "palace"?',
        "cities.0.transfers.2.to: annex is where the transfer begins: it leads to another venue",
    ]


def test_a_transfer_takes_as_long_either_way():
    back = {"from": "annex", "to": "palace"}
    again = ("cities", 0, "transfers", 1)
    assert said(with_(*again, value=back | {"duration": "10min"})) == []
    assert said(with_(*again, value=back | {"duration": "15min"})) == [
        "cities.0.transfers.1.duration: 15min "
        "contradicts an earlier entry: a transfer takes as long either way"
    ]


def test_a_link_leads_somewhere_else():
    assert said(with_("travel", "links", 0, "to", value="madrid")) == [
        "travel.links.0.to: madrid is where the link begins: it leads to another city"
    ]


def test_the_grid_divides_the_day():
    assert said(with_("programme", "grid", value="7min")) == [
        "programme.grid: 7min does not divide the day: take one such as 5min, 15min, 30min or 1h"
    ]
    for grid in ("1min", "5min", "15min"):
        assert said(with_("programme", "grid", value=grid)) == []


def test_durations_are_multiples_of_the_grid():
    data = at(meeting(duration="40min"), "sessions", 0, "talks", 0, "duration", value="20min")
    assert said(at(data, "sessions", 1, "duration", value="50min")) == [
        "sessions.1.duration: 50min is not a multiple of the grid, 15min",
        "meetings.2.duration: 40min is not a multiple of the grid, 15min",
        "sessions.0.talks.0.duration: 20min is not a multiple of the grid, 15min",
    ]


TOO_LONG = [
    (meeting(duration="5h15"), "5h15", "5h"),
    (meeting(duration="5h"), None, None),
    (meeting(duration="3h15", cities=["valencia"]), "3h15", "3h"),
    (meeting(duration="3h15", venues=["port"]), "3h15", "3h"),
    (meeting(duration="3h15", rooms=["quay", "dock"]), "3h15", "3h"),
    (meeting(duration="3h15", rooms=["quay", "tables"]), None, None),
    (meeting(duration="3h15", pin={"room": "quay"}), "3h15", "3h"),
    (meeting(duration="3h15", dates=["2025-03-11"]), "3h15", "3h"),
    (meeting(duration="2h15", day_part="morning"), "2h15", "2h"),
    (meeting(duration="1h15", windows=[{"from": "10:00", "to": "11:00"}]), "1h15", "1h"),
    (meeting(duration="1h15", windows=[{"from": "13:00"}]), "1h15", "1h"),
    (meeting(duration="1h15", windows=[{"from": "10:00", "to": "11:00"}, {"date": DATE}]), None, None),
    (meeting(duration="45min", day_part="morning", windows=[{"from": "10:30"}]), "45min", "30min"),
]


@pytest.mark.parametrize(("data", "length", "longest"), TOO_LONG)
def test_an_activity_fits_into_some_time_it_could_have(data, length, longest):
    expected = f"{length} is longer than any time it could have: the longest is {longest}"
    assert said(data) == ([f"meetings.2.duration: {expected}"] if length else [])


@pytest.mark.parametrize(
    "more",
    [
        {"dates": ["2025-03-12"]},
        {"cities": ["valencia"], "dates": [DATE]},
        {"windows": [{"from": "20:00"}]},
        {"windows": [{"date": "2025-03-12"}]},
        {"cities": ["valencia"], "rooms": ["tables"]},
    ],
)
def test_a_time_or_place_that_there_is_not_is_for_the_solver_to_refuse(more):
    assert said(meeting(**more)) == []


def test_a_talk_is_where_its_session_is():
    data = with_("sessions", 0, "cities", value=["valencia"])
    data = at(data, "sessions", 0, "duration", value="6h")
    assert said(at(data, "sessions", 0, "talks", 0, "duration", value="4h")) == [
        "sessions.0.duration: 6h is longer than any time it could have: the longest is 3h",
        "sessions.0.talks.0.duration: 4h is longer than any time it could have: the longest is 3h",
    ]


def test_opening_is_measured_in_hours_that_pass():
    data = with_("cities", 0, "opening", value=[{"date": "2025-03-30", "from": "00:00", "to": "06:00"}])
    data = at(data, "meetings", 0, value={"id": "m1", "parties": ["porto", "turin"], "duration": "5h15"})
    assert said(data) == [
        "meetings.0.duration: 5h15 is longer than any time it could have: the longest is 5h"
    ]


def test_the_talks_fit_into_their_session():
    assert said(with_("sessions", 0, "talks", 0, "duration", value="45min")) == []
    assert said(with_("sessions", 0, "talks", 0, "duration", value="1h")) == [
        "sessions.0.duration: 1h30 is shorter than the talks of the session together, 1h45"
    ]


def test_a_delegation_that_splits_has_somebody_to_send():
    assert said(with_("delegations", 3, "parallel", value=None)) == [
        "delegations.3: graz splits but has no members: name some, or set `parallel` to its number of teams"
    ]
    assert said(with_("delegations", 2, "parallel", value=5)) == []


def test_parallel_is_for_those_who_split():
    assert said(with_("delegations", 1, "parallel", value=2)) == [
        "delegations.1.parallel: 2 belongs to a delegation that splits: set `split: members`, or leave it out"
    ]


def test_nobody_meets_themselves():
    assert said(meeting(parties=["turin", "guest", "turin"])) == [
        "meetings.2.parties.2: turin is named twice"
    ]
    assert said(meeting(parties=["porto", "porto-1"])) == [
        'meetings.2.parties.1: porto-1 comes as a member of "porto" anyway, which is a party of this meeting'
    ]


def test_a_member_may_meet_the_rest_of_a_delegation_that_splits():
    assert said(meeting(parties=["lyon-1", "lyon"])) == []
    assert said(meeting(parties=["lyon-1", "lyon-2"])) == []
    assert said(meeting(parties=["porto-1", "lyon"])) == []
    alone = at(meeting(parties=["lyon-1", "lyon"]), "participants", 2, "delegation", value="porto")
    assert [line.split(":")[0] for line in said(alone)] == ["meetings.2.parties.0"]


def test_a_session_may_name_a_party_and_its_members():
    assert said(session(parties=["porto", "porto-1", "porto"])) == []
    assert said(session(parties=["lyon", "lyon"])) == ["sessions.2.parties.1: lyon is named twice"]


ROLES = [
    ({"turin": "water"}, 'is asked of "turin", which travels together: only one that splits sends somebody'),
    (
        {"guest": "water"},
        'is asked of "guest", who is one person: only a delegation that splits sends somebody',
    ),
    ({"lyon": "watr"}, 'is a role that no member of "lyon" has; did you mean "water"?'),
    ({"graz": "water"}, 'is a role that no member of "graz" has'),
]


@pytest.mark.parametrize(("roles", "message"), ROLES)
def test_a_role_is_asked_of_somebody_who_is_sent_and_can_have_it(roles, message):
    ((party, role),) = roles.items()
    lines = said(meeting(parties=["turin", "guest", "lyon", "graz"], roles=roles))
    assert lines == [f"meetings.2.roles.{party}: {role} {message}"]


def test_a_role_is_asked_of_a_party_of_the_meeting():
    assert said(meeting(roles={"turi": "water"})) == [
        'meetings.2.roles.turi: turi is none of the parties of this activity; did you mean "turin"?'
    ]
    assert said(session(parties=["lyon"], roles={"lyon": "energy"})) == []


def test_a_session_is_in_no_meeting_area():
    assert said(session(rooms=["tables", "quay"])) == [
        "sessions.2.rooms: tables, quay are all meeting areas: a session takes a room without tables"
    ]
    assert said(session(rooms=["tables", "hall"])) == []
    assert said(session(pin={"room": "quay"})) == [
        "sessions.2.pin.room: quay is a meeting area: a session takes a room without tables"
    ]
    assert said(session(pin={"room": "hall"})) == []


def test_a_pinned_start_lies_on_the_grid():
    assert said(meeting(pin={"start": f"{DATE}T09:15+01:00"})) == []
    off = f"{DATE}T09:05+01:00"
    message = "does not lie on the grid, 15min counted from midnight"
    assert said(meeting(pin={"start": off})) == [f"meetings.2.pin.start: {off} {message}"]
    assert said(with_("sessions", 0, "talks", 0, "pin", value={"start": off})) == [
        f"sessions.0.talks.0.pin.start: {off} {message}"
    ]


def test_a_pinned_start_is_read_on_the_clocks_where_it_could_be():
    data = at(meeting(pin={"start": f"{DATE}T09:30+01:00"}), "programme", "grid", value="1h")
    data = at(data, "sessions", value=[{"id": "plenary", "kind": "inaugural", "duration": "1h"}])
    data = at(data, "meetings", 0, "duration", value="1h")
    data = at(at(data, "meetings", 1, "duration", value="1h"), "meetings", 2, "duration", value="1h")
    assert [line.split(":")[0] for line in said(data)] == ["meetings.2.pin.start"]
    data = at(data, "cities", 1, "time_zone", value="Asia/Kolkata")
    assert said(data) == []
    pinned_in_madrid = at(data, "meetings", 2, "pin", "room", value="tables")
    assert [line.split(":")[0] for line in said(pinned_in_madrid)] == ["meetings.2.pin.start"]


TABLES = [
    ({"table": 4}, None),
    ({"table": 5}, "is no table of hall or tables or study or dock or quay: the last is 4"),
    ({"table": 2, "room": "quay"}, None),
    ({"table": 3, "room": "quay"}, "is no table of quay: the last is 2"),
    ({"table": 1, "room": "hall"}, "is no table of hall: there are no tables"),
]


@pytest.mark.parametrize(("pin", "message"), TABLES)
def test_a_pinned_table_is_one_that_there_is(pin, message):
    assert said(meeting(pin=pin)) == ([f"meetings.2.pin.table: {pin['table']} {message}"] if message else [])


def test_a_pinned_table_is_in_a_room_that_the_meeting_may_be_in():
    assert said(meeting(pin={"table": 3}, rooms=["quay"])) == [
        "meetings.2.pin.table: 3 is no table of quay: the last is 2"
    ]
    assert said(meeting(pin={"table": 3}, rooms=["quay", "qauy"])) == [
        'meetings.2.rooms.1: qauy is no room of this programme; did you mean "quay"?'
    ]


def test_sessions_and_talks_have_no_table():
    assert said(session(pin={"table": 1})) == [
        "sessions.2.pin.table: 1 is for meetings: a session takes a whole room"
    ]
    assert said(with_("sessions", 0, "talks", 0, "pin", value={"room": "hall", "table": 1})) == [
        "sessions.0.talks.0.pin.room: hall is for the session to say: a talk is where its session is",
        "sessions.0.talks.0.pin.table: 1 is for the session to say: a talk is where its session is",
    ]


def precede(*pairs: str) -> dict[str, Any]:
    return with_(
        "precedences", value=[dict(zip(("before", "after"), pair.split(), strict=True)) for pair in pairs]
    )


def test_nothing_comes_before_itself_or_before_its_own_part():
    assert said(precede("m1 m1")) == ["precedences.0.after: m1 cannot come after itself"]
    for pair in ("forum-session talk-1", "talk-1 forum-session"):
        (line,) = said(precede(pair))
        assert line.endswith("cannot come before or after its own part: a talk is inside its session")
    assert said(precede("talk-1 talk-2", "talk-1 plenary", "plenary talk-2")) == []


def test_a_circle_is_named():
    assert said(precede("plenary m1", "m1 m2", "m2 plenary")) == [
        'precedences.2.after: plenary closes a circle: "plenary" before "m1" before "m2" before "plenary"'
    ]


def test_each_circle_is_told_and_what_only_looks_like_one_is_not():
    assert said(precede("plenary m1", "plenary m2", "m1 m2")) == []
    assert said(precede("m1 m2", "m2 m1", "plenary talk-1", "talk-1 plenary", "m2 plenary")) == [
        'precedences.1.after: m1 closes a circle: "m1" before "m2" before "m1"',
        'precedences.3.after: plenary closes a circle: "plenary" before "talk-1" before "plenary"',
    ]


def test_a_long_circle_is_cut_and_a_long_chain_is_none():
    meetings = [{"id": f"x{i}", "parties": ["porto", "turin"]} for i in range(3000)]
    chain = [{"before": f"x{i}", "after": f"x{i + 1}"} for i in range(2999)]
    data = BASE | {"meetings": meetings, "precedences": chain, "day_relations": []}
    assert said(data) == []
    (line,) = said(data | {"precedences": [*chain, {"before": "x2999", "after": "x0"}]})
    assert line.startswith('precedences.2999.after: x0 closes a circle: "x0" before "x1"')
    assert line.endswith('"x11" before 2988 more before "x0"')


def test_a_day_relation_names_an_activity_once():
    assert said(with_("day_relations", 0, "activities", value=["m1", "m2", "m1"])) == [
        "day_relations.0.activities.2: m1 is named twice"
    ]


def test_a_term_stands_once_in_a_level():
    terms = [{"term": "breaks"}, {"term": "breaks", "level": 2}, {"term": "breaks", "weight": 3}]
    assert said(with_("objective", value=terms)) == [
        "objective.2.term: breaks stands in level 1 already: add the weights"
    ]


def test_everything_is_told_at_once_and_construction_raises_it():
    data = at(meeting(parties=["x", "turin"], duration="50min"), "precedences", 0, "after", value="y")
    assert len(said(data)) == 3
    with pytest.raises(ValidationError) as caught:
        Instance.model_validate(data)
    error = caught.value.errors()[0]["ctx"]["error"]
    assert isinstance(error, InstanceError)
    assert error.faults == faults_of(data)
    assert str(error).splitlines()[0] == "meetings.2.parties.0: 'x' is no party of this programme"


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


def doubted(*paths: tuple[str | int, ...], **names: set[str]) -> Doubt:
    known = {Kind[kind.upper()]: frozenset(found) for kind, found in names.items()}
    return Doubt(known, paths=frozenset(paths))


def test_names_of_what_was_left_out_are_known():
    data = meeting(parties=["turin", "gone"], rooms=["attic"])
    assert len(said(data)) == 2
    assert said(data, doubted(("meetings", 1), party={"gone"}, room={"attic"})) == []
    assert said(data, Doubt(unread=frozenset({Kind.PARTY, Kind.ROOM}))) == []


IN_DOUBT = [
    (with_("programme", "grid", value="1h"), ("programme", "title")),
    (meeting(duration="9h"), ("cities", 0, "opening", LEFT_OUT)),
    (meeting(duration="3h", day_part="morning"), ("day_parts", "morning")),
    (meeting(duration="9h"), ("meetings", 2, "windows")),
    (with_("sessions", 0, "duration", value="1h"), ("sessions", 0, "talks", LEFT_OUT)),
    (with_("delegations", 1, "parallel", value=2), ("delegations", 1, "split")),
    (with_("delegations", 3, "parallel", value=None), ("participants", LEFT_OUT)),
    (meeting(parties=["porto", "porto-1"]), ("delegations", 0, "split")),
    (meeting(parties=["lyon", "porto"], roles={"lyon": "x"}), ("participants", LEFT_OUT)),
    (meeting(roles={"lyon": "x"}), ("meetings", 2, "parties")),
    (session(rooms=["tables"]), ("cities", 0, "venues", 0, "rooms", 1, "tables")),
    (session(pin={"room": "tables"}), ("cities",)),
    (meeting(pin={"table": 9}), ("cities", LEFT_OUT)),
    (meeting(pin={"start": f"{DATE}T09:05+01:00"}), ("programme", "grid")),
    (with_("sessions", 0, "talks", 0, "pin", value={"start": f"{DATE}T09:05+01:00"}), ("programme",)),
    (with_("cities", 0, "transfers", 0, "to", value="port"), ("cities", 1)),
]


@pytest.mark.parametrize(("data", "path"), IN_DOUBT)
def test_nothing_is_concluded_from_what_is_in_doubt(data, path):
    assert said(data) != []
    assert said(data, doubted(path)) == []


def test_doubt_reaches_up_and_down_but_not_aside():
    doubt = doubted(("meetings", 2, "windows"))
    assert doubt.touches("meetings")
    assert doubt.touches("meetings", 2)
    assert doubt.touches("meetings", 2, "windows", 0)
    assert not doubt.touches("meetings", 1)
    assert not doubt.touches("sessions")
    assert not Doubt().touches("meetings")
