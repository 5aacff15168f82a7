from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from support.hand_made import PLACEMENTS, facts, hand_made, hand_placed, solution_of
from support.itip import Reader, attendees, tree
from support.rfc5545 import read_all

from scheduler.domain import Instance, Solution
from scheduler.publishing import BrokenScheduleError, BusyError, Published, publish
from scheduler.publishing.folder import Folder
from scheduler.reading import load, load_solution

FIRST = dt.datetime(2025, 2, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def placed(**changed: dict[str, Any]) -> Solution:
    return solution_of([p | changed.get(p["activity"], {}) for p in PLACEMENTS])


def programme(organizer: bool = True, **addresses: str | None) -> Instance:
    """Return the programme made by hand with other addresses (None: the person does not come)."""
    given = facts()
    if not organizer:
        del given["programme"]["organizer"]
    gone = {name.replace("_", "-") for name, address in addresses.items() if address is None}
    given["participants"] = [
        p | ({"email": new} if (new := addresses.get(p["id"].replace("-", "_"))) is not None else {})
        for p in given["participants"]
        if p["id"] not in gone
    ]
    return Instance.model_validate(given)


def out(
    folder: Path, number: int, instance: Instance | None = None, solution: Solution | None = None, **how: Any
) -> Published:
    at = FIRST + number * DAY
    return publish(instance or hand_made(), solution or hand_placed(), folder, at=at, **{"force": True} | how)


def messages(published: Published) -> dict[str, dict[str, str]]:
    return Reader(published.path).touched()


def test_a_version_has_the_schedule_and_its_programme(tmp_path: Path) -> None:
    published = out(tmp_path, 0, note="The first one")
    assert load(published.path / "instance.yaml") == hand_made()
    solution = load_solution(published.path / "solution.yaml")
    assert {p.activity for p in solution.placements} == {p["activity"] for p in PLACEMENTS}
    assert solution.instance == "instance.yaml"
    changes = json.loads((published.path / "changes.json").read_text(encoding="utf-8"))
    assert (changes["version"], changes["published"], changes["note"]) == (
        1,
        "2025-02-01T12:00:00Z",
        "The first one",
    )
    data = published.data()
    assert (data["version"], data["new"], data["calendars"]) == (1, True, len(published.version.calendars))
    assert json.loads(json.dumps(data)) == data


def test_the_same_schedule_is_published_once(tmp_path: Path) -> None:
    out(tmp_path, 0)
    before = tree(tmp_path)
    for again in (out(tmp_path, 0), out(tmp_path, 1), publish(hand_made(), hand_placed(), tmp_path)):
        assert not again.is_new
        assert again.version.version == 1
        assert again.letters == ()
    assert tree(tmp_path) == before


def test_what_nobody_sees_makes_no_version(tmp_path: Path) -> None:
    out(tmp_path, 0)
    given = facts()
    given["meetings"][0]["priority"] = "high"
    assert not out(tmp_path, 1, Instance.model_validate(given)).is_new


def test_other_calendars_make_a_version_without_messages(tmp_path: Path) -> None:
    out(tmp_path, 0, by=("programme",))
    published = out(tmp_path, 1, by=("programme", "room"))
    assert published.is_new
    assert published.letters == ()
    assert not published.changes
    assert {name.partition("-")[0] for name in published.version.calendars} == {"programme.ics", "room"}


def test_a_schedule_that_breaks_rules_is_not_published(tmp_path: Path) -> None:
    wrong = placed(islands={"table": 9})
    with pytest.raises(BrokenScheduleError, match="in 1 place") as caught:
        out(tmp_path / "no", 0, solution=wrong, force=False)
    assert caught.value.count == 1
    assert not (tmp_path / "no").exists()
    assert out(tmp_path / "yes", 0, solution=wrong).version.broken == 1


def test_times_of_publishing_rise(tmp_path: Path) -> None:
    other = placed(islands={"table": 1})
    out(tmp_path, 1)
    with pytest.raises(ValueError, match="version 1 was published at 2025-02-02T12:00:00Z"):
        out(tmp_path, 0, solution=other)
    with pytest.raises(ValueError, match="time zone"):
        publish(hand_made(), other, tmp_path, at=dt.datetime(2025, 2, 3))
    assert out(tmp_path, 2, solution=other).is_new


def test_a_clock_that_was_put_back_does_not_put_stamps_back(tmp_path: Path) -> None:
    far = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
    publish(hand_made(), hand_placed(), tmp_path, at=far)
    published = publish(hand_made(), placed(islands={"table": 1}), tmp_path, force=True)
    assert published.version.published == far + dt.timedelta(seconds=1)


def test_a_folder_of_another_programme_is_refused(tmp_path: Path) -> None:
    out(tmp_path, 0)
    given = facts()
    given["programme"]["id"] = "another"
    solution = hand_placed().model_copy(update={"programme": "another"})
    with pytest.raises(ValueError, match="holds versions of the programme 'hand-made', not of 'another'"):
        out(tmp_path, 1, Instance.model_validate(given), solution)


def test_a_damaged_version_is_told(tmp_path: Path) -> None:
    (out(tmp_path, 0).path / "state.json").write_text("{")
    with pytest.raises(ValueError, match="is damaged"):
        out(tmp_path, 1)


def test_two_do_not_publish_at_once(tmp_path: Path) -> None:
    with Folder(tmp_path).locked(), pytest.raises(BusyError):
        out(tmp_path, 0)


# -- who is told ---------------------------------------------------------------------------------------


def test_without_an_organiser_nobody_is_invited_and_later_everybody_is(tmp_path: Path) -> None:
    first = out(tmp_path, 0, programme(organizer=False))
    assert messages(first) == {}
    assert "names no organizer" in first.notes[0]
    second = out(tmp_path, 1)
    assert {kind for got in messages(second).values() for kind in got.values()} == {"REQUEST"}
    assert second.notes == ()


def test_who_is_taken_off_while_nobody_can_write_is_told_later(tmp_path: Path) -> None:
    out(tmp_path, 0)
    other = placed(islands={"attendees": ["delegate-2"]})
    assert messages(out(tmp_path, 1, programme(organizer=False), other)) == {}
    third = out(tmp_path, 2, solution=other)
    assert messages(third)["delegate-1@gz.example"]["islands"] == "CANCEL"
    (off,) = read_all((third.path / "messages" / "delegate-1-cancel.ics").read_bytes())
    (event,) = off.parts("VEVENT")
    assert event["UID"].text == "islands@hand-made.scheduler"
    assert event["ORGANIZER"].value == "mailto:office@open-cities.example"


def test_without_addresses_there_is_nobody_to_write_to(tmp_path: Path) -> None:
    nobody = programme(delegate_1="", delegate_2="", delegate_3="", moderator="")
    assert "has an email address" in out(tmp_path, 0, nobody).notes[0]


def test_a_new_address_is_invited_and_the_old_one_is_let_go(tmp_path: Path) -> None:
    out(tmp_path, 0)
    second = out(tmp_path, 1, programme(delegate_3="d3@new.example"))
    got = messages(second)
    assert set(got["delegate-3@tallinn.example"].values()) == {"CANCEL"}
    assert set(got["d3@new.example"].values()) == {"REQUEST"}
    assert set(got["delegate-3@tallinn.example"]) == set(got["d3@new.example"])
    assert {letter.data["file"] for letter in second.letters} >= {
        "delegate-3-request.ics",
        "delegate-3-cancel.ics",
    }


def test_who_does_not_come_after_all_is_let_go_and_the_calendar_stays(tmp_path: Path) -> None:
    given = facts()
    without = [p for p in PLACEMENTS if p["activity"] != "untitled"]
    out(tmp_path, 0)
    given["participants"] = [p for p in given["participants"] if p["id"] != "delegate-3"]
    second = out(tmp_path, 1, Instance.model_validate(given), solution_of(without))
    assert set(messages(second)["delegate-3@tallinn.example"].values()) == {"CANCEL"}
    (event,) = Reader(second.path).feed("participant-delegate-3").values()
    assert (event["UID"].text, event["STATUS"].value) == ("untitled@hand-made.scheduler", "CANCELLED")
    third = out(tmp_path, 2, Instance.model_validate(given), solution_of(without), cancelled=False)
    assert third.is_new
    assert messages(third) == {}
    assert Reader(third.path).feed("participant-delegate-3") == {}


def test_who_shares_an_address_is_told_once(tmp_path: Path) -> None:
    both = "team@gz.example"
    first = out(tmp_path, 0, programme(delegate_1=both, delegate_2=both))
    assert messages(first)[both] == dict.fromkeys(
        ["opening", "islands", "ecosystem-session", "talk-metro"], "REQUEST"
    )
    # The meeting passes from one to the other: for the address nothing falls away.
    second = out(
        tmp_path,
        1,
        programme(delegate_1=both, delegate_2=both),
        placed(islands={"attendees": ["delegate-2"]}),
    )
    assert messages(second) == {both: {"islands": "REQUEST"}}


def test_an_address_in_other_letters_is_the_same(tmp_path: Path) -> None:
    out(tmp_path, 0)
    second = out(tmp_path, 1, programme(delegate_3="Delegate-3@Tallinn.Example"))
    assert {kind for got in messages(second).values() for kind in got.values()} <= {"REQUEST"}


def test_listeners_are_told_as_listeners(tmp_path: Path) -> None:
    first = out(tmp_path, 0)
    for message in read_all((first.path / "messages" / "delegate-1-request.ics").read_bytes()):
        (event,) = message.parts("VEVENT")
        role = {a.value: a.params["ROLE"] for a in event.all("ATTENDEE")}["mailto:delegate-1@gz.example"]
        assert role == ("REQ-PARTICIPANT" if "islands" in event["UID"].text else "NON-PARTICIPANT")
    opening = Reader(first.path).feed("programme")["opening@hand-made.scheduler"]
    assert attendees(opening) == set()
