"""What does not fit together in an instance, and what fits though it may look odd."""

from typing import Any

import pytest
from pydantic import ValidationError
from support.written import DATE, at, faults_of, programme, said

from scheduler.domain import Instance, InstanceError
from scheduler.domain.faults import Doubt

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
        'meetings.2.roles.turi: water is asked of "turi", which is none of the parties of this activity; '
        'did you mean "turin"?'
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


# -- who is never to meet ----------------------------------------------------------------------------------


def never(*pairs: list[str]) -> dict[str, Any]:
    return BASE | {"never": pairs}


def test_nobody_is_kept_from_themselves_or_their_own():
    assert said(never(["guest", "guest"], ["lyon-1", "lyon"], ["porto", "porto-1"])) == [
        "never.0.1: guest is named twice",
        'never.1.0: lyon-1 is a member of "lyon": name those of its members who are never to meet',
        'never.2.1: porto-1 is a member of "porto": name those of its members who are never to meet',
    ]


def sure(meeting: str, number: int, one: str, other: str) -> str:
    return (
        f'meetings.{number}.parties: {meeting} brings together "{one}" and "{other}", who are never to meet '
        "(never.0): take out the meeting, or the pair"
    )


@pytest.mark.parametrize(
    ("pair", "parties"),
    [
        (["turin", "guest"], ["turin", "guest"]),
        (["guest", "turin"], ["turin", "porto", "guest"]),
        (["porto", "turin"], ["porto-1", "turin"]),
        (["porto-1", "turin"], ["turin", "porto"]),
        (["lyon", "turin"], ["turin", "lyon"]),
        (["lyon", "turin"], ["turin", "lyon-2"]),
        (["graz", "lyon"], ["lyon", "graz"]),
    ],
)
def test_a_meeting_of_those_who_never_meet_contradicts_itself(pair, parties):
    data = at(never(pair), "meetings", 2, value={"id": "m3", "parties": parties})
    assert said(data)[-1] == sure("m3", 2, *pair)


@pytest.mark.parametrize(
    ("pair", "parties"),
    [
        (["lyon-1", "turin"], ["turin", "lyon"]),
        (["lyon-1", "turin"], ["turin", "lyon-2"]),
        (["lyon-1", "turin"], ["guest", "lyon-1"]),
        (["lyon-1", "porto-1"], ["porto", "lyon"]),
        (["lyon-1", "lyon-2"], ["porto", "lyon"]),
    ],
)
def test_where_somebody_else_can_be_sent_there_is_no_contradiction(pair, parties):
    assert said(at(never(pair), "meetings", 2, value={"id": "m3", "parties": parties})) == []


def test_two_of_those_who_come_together_never_meet_alone():
    two = at(BASE, "participants", 4, value={"id": "porto-2", "delegation": "porto"})
    data = two | {"never": [["porto-1", "porto-2"]]}
    assert said(data) == [sure("m1", 0, "porto-1", "porto-2")]
    assert said(data | {"meetings": [], "precedences": [], "day_relations": []}) == []


def test_sessions_may_bring_anybody_together():
    assert said(at(never(["guest", "porto"]), "sessions", 0, "parties", value=["guest", "porto"])) == []


def test_what_is_in_doubt_brings_nobody_together():
    data = never(["turin", "guest"])
    for path in (("participants", 3), ("delegations", 1), ("never", 0), ("meetings", 1)):
        assert said(data, Doubt(paths=frozenset({path}))) == []
