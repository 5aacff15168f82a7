from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from support.exported import relaxed, solutions
from support.hand_made import PLACEMENTS, facts, hand_made, hand_placed, solution_of

from scheduler.domain import Instance, Solution
from scheduler.exports.changes import Aspect, Change, ChangeKind, Changes, Edition, changes_between

HAND_MADE = hand_made()


def schedule(**changed: dict[str, Any] | None) -> Solution:
    """Return the schedule made by hand with some placements changed, added, or (None) taken out."""
    placements = {p["activity"]: dict(p) for p in PLACEMENTS}
    for name, change in changed.items():
        activity = name.replace("_", "-")
        if change is None:
            del placements[activity]
        else:
            placements[activity] = placements.get(activity, {"activity": activity}) | change
    return solution_of(list(placements.values()))


def changes(new: Solution, instance: Instance = HAND_MADE) -> Changes:
    return changes_between(Edition(HAND_MADE, hand_placed()), Edition(instance, new))


def only(new: Solution, instance: Instance = HAND_MADE) -> Change:
    (found,) = changes(new, instance).changes
    return found


def ids(found: Change) -> set[str]:
    return {party.id for party in found.parties}


def test_the_same_schedule_has_no_changes() -> None:
    found = changes(hand_placed())
    assert not found
    assert found.unchanged == len(PLACEMENTS)
    assert sum(found.counts().values()) == 0


@pytest.mark.parametrize(
    ("change", "kind", "what"),
    [
        ({"start": "2025-03-29T11:30+00:00"}, ChangeKind.MOVED, (Aspect.START,)),
        ({"table": 1}, ChangeKind.MOVED, (Aspect.TABLE,)),
        ({"room": "madrid-tables"}, ChangeKind.MOVED, (Aspect.CITY, Aspect.ROOM)),
        ({"attendees": ["delegate-2"]}, ChangeKind.PEOPLE, (Aspect.ATTENDEES,)),
        ({"interpreter": None}, ChangeKind.PEOPLE, (Aspect.INTERPRETER,)),
        ({"start": "2025-03-29T12:00+01:00"}, None, ()),
    ],
)
def test_what_differs_is_named(change: dict[str, Any], kind: ChangeKind | None, what: tuple[Aspect]) -> None:
    found = changes(schedule(islands=change)).changes
    assert [(c.kind, c.what) for c in found] == ([(kind, what)] if kind else [])


def test_what_comes_and_what_goes() -> None:
    refused = {"start": "2025-03-29T12:00+00:00", "room": "lisbon-tables", "table": 1, "attendees": []}
    found = changes(schedule(untitled=None, refused=refused))
    assert [(c.activity, c.kind) for c in found.changes] == [
        ("refused", ChangeKind.ADDED),
        ("untitled", ChangeKind.CANCELLED),
    ]
    assert found.changes[0].before is None
    assert found.changes[1].after is None
    assert found.unchanged == len(PLACEMENTS) - 1


def test_times_are_on_the_clock_of_the_city() -> None:
    found = only(schedule(islands={"room": "madrid-tables"}))
    assert found.before
    assert found.after
    assert (f"{found.before.start:%H:%M %z}", f"{found.after.start:%H:%M %z}") == (
        "11:00 +0000",
        "12:00 +0100",
    )
    assert [city.name for city in found.cities] == ["Lisbon", "Madrid"]


def test_whom_a_change_concerns() -> None:
    assert ids(only(schedule(islands={"attendees": ["delegate-2"]}))) == {
        "guangzhou",
        "praia",
        "delegate-1",
        "delegate-2",
    }


def test_a_plenary_concerns_everybody() -> None:
    found = changes(schedule(opening={"start": "2025-03-29T10:30+00:00"}))
    assert [(group.id, group.name) for group in found.by_party()] == [("all", "everybody")]


def test_groups_hold_what_concerns_them() -> None:
    found = changes(schedule(islands={"table": 1}, untitled=None))
    by_party = {group.id: group.activities for group in found.by_party()}
    assert by_party["praia"] == ("islands", "untitled")
    assert by_party["guangzhou"] == ("islands",)
    assert {group.id: group.activities for group in found.by_city()} == {
        "lisbon": ("islands",),
        "madrid": ("untitled",),
    }


def test_a_talk_goes_along_with_its_session() -> None:
    later = {"start": "2025-03-30T10:30+02:00"}
    found = changes(schedule(ecosystem_session=later, talk_metro=later))
    along = {c.activity: c.with_session for c in found.changes}
    assert along == {"ecosystem-session": False, "talk-metro": True}


def test_a_talk_that_moves_within_its_session_goes_its_own_way() -> None:
    found = only(schedule(talk_metro={"start": "2025-03-30T10:00+02:00"}))
    assert not found.with_session


def test_a_longer_activity_is_one_that_moved() -> None:
    given_ = facts()
    given_["sessions"][0]["duration"] = "1h"
    found = only(hand_placed(), Instance.model_validate(given_))
    assert (found.kind, found.what) == (ChangeKind.MOVED, (Aspect.LENGTH,))


def test_what_an_instance_does_not_know_goes_by_its_id() -> None:
    given_ = facts()
    given_["meetings"] = [m for m in given_["meetings"] if m["id"] != "untitled"]
    smaller = Instance.model_validate(given_)
    old, new = hand_placed(), schedule(untitled=None, islands={"room": "attic", "table": None})
    found = changes_between(Edition(smaller, old), Edition(smaller, new)).changes
    assert [(c.activity, c.title, c.kind) for c in found] == [
        ("islands", "Ferries, islands", ChangeKind.MOVED),
        ("untitled", "untitled", ChangeKind.CANCELLED),
    ]
    assert found[0].what == (Aspect.ROOM, Aspect.TABLE)
    assert found[0].after
    assert found[0].after.room.name == "attic"
    assert found[1].before
    assert found[1].before.room.name == "Tables"


def test_what_is_not_known_is_no_difference() -> None:
    given_ = facts()
    given_["meetings"] = [m for m in given_["meetings"] if m["id"] != "untitled"]
    smaller = Instance.model_validate(given_)
    assert not changes_between(Edition(smaller, hand_placed()), Edition(HAND_MADE, hand_placed()))


def test_schedules_of_different_programmes_are_not_compared() -> None:
    other = hand_placed().model_copy(update={"programme": "another"})
    with pytest.raises(ValueError, match="'hand-made' and 'another'"):
        changes(other)


@relaxed
@given(solutions(), solutions())
def test_changes_there_and_back_are_the_same_activities(one: Solution, other: Solution) -> None:
    there = changes_between(Edition(HAND_MADE, one), Edition(HAND_MADE, other))
    back = changes_between(Edition(HAND_MADE, other), Edition(HAND_MADE, one))
    assert {(c.activity, c.what) for c in there.changes} == {(c.activity, c.what) for c in back.changes}
    assert len(there.of(ChangeKind.ADDED)) == len(back.of(ChangeKind.CANCELLED))
    assert there.unchanged == back.unchanged
    assert Changes.model_validate_json(there.model_dump_json()) == there
