from __future__ import annotations

import pytest
from support.hand_made import hand_made

from scheduler.exports import By, View, view_of_party, views
from scheduler.exports.views import PROGRAMME, label_of


def ids(by: str) -> list[str]:
    return [view.id for view in views(hand_made(), by)]


def test_views_are_all_there_is_of_a_kind() -> None:
    assert views(hand_made(), "programme") == (PROGRAMME,)
    assert ids("city") == ["lisbon", "madrid"]
    assert ids("venue") == ["town-hall", "centre"]
    assert ids("room") == ["noble-hall", "lisbon-tables", "hall", "madrid-tables"]
    assert ids("delegation") == ["guangzhou", "praia", "tallinn"]


def test_participants_are_all_people_stand_ins_included() -> None:
    everybody = ids("participant")
    assert everybody[:2] == ["delegate-1", "delegate-2"]
    assert everybody[-1] == "praia"
    assert len(everybody) == len(set(everybody)) == 8


def test_an_unknown_kind_of_view_names_the_known_ones() -> None:
    known = "programme, city, venue, room, delegation, participant"
    with pytest.raises(ValueError, match=rf"by {known}; there is none by 'town'"):
        views(hand_made(), "town")


@pytest.mark.parametrize(
    ("view", "label"),
    [
        (PROGRAMME, 'Open cities, "by hand"'),
        (View(By.CITY, "madrid"), "Madrid"),
        (View(By.VENUE, "centre"), "Conference centre, east wing"),
        (View(By.ROOM, "hall"), "hall"),
        (View(By.DELEGATION, "praia"), "Praia, Cabo Verde"),
        (View(By.PARTICIPANT, "delegate-1"), "代表一"),
    ],
)
def test_labels_are_the_names_of_things(view: View, label: str) -> None:
    assert label_of(hand_made(), view) == label


@pytest.mark.parametrize("by", [by for by in By if by is not By.PROGRAMME])
def test_a_view_of_nothing_is_refused(by: By) -> None:
    with pytest.raises(ValueError, match=f"there is no {by.value} 'nowhere'"):
        label_of(hand_made(), View(by, "nowhere"))


def test_a_party_is_a_delegation_or_else_a_person() -> None:
    assert view_of_party(hand_made(), "tallinn") == View(By.DELEGATION, "tallinn")
    assert view_of_party(hand_made(), "praia") == View(By.DELEGATION, "praia")
    assert view_of_party(hand_made(), "late") == View(By.PARTICIPANT, "late")
    with pytest.raises(ValueError, match="no delegation or participant 'nobody'"):
        view_of_party(hand_made(), "nobody")


def test_files_are_called_after_their_views() -> None:
    assert PROGRAMME.stem == "programme"
    assert View(By.PARTICIPANT, "busan.1").stem == "participant-busan.1"
