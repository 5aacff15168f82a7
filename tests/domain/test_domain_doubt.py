"""What is said of an instance of which parts are in doubt."""

from typing import Any

import pytest
from support.written import DATE, at, programme, said

from scheduler.domain.faults import Doubt
from scheduler.domain.faults.doubt import LEFT_OUT, Kind

BASE = programme()


def with_(*path: str | int, value: Any) -> dict[str, Any]:
    return at(BASE, *path, value=value)


def meeting(**more: Any) -> dict[str, Any]:
    """The base with a third meeting."""
    return with_("meetings", 2, value={"id": "m3", "parties": ["porto", "turin"]} | more)


def session(**more: Any) -> dict[str, Any]:
    """The base with a third session."""
    return with_("sessions", 2, value={"id": "s3", "kind": "workshop", "duration": "1h"} | more)


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
