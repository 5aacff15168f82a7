"""Five versions of one programme, read back property by property."""

from __future__ import annotations

import datetime as dt
from typing import Any

import icalendar
import pytest
from support.hand_made import PLACEMENTS, facts, solution_of
from support.itip import Client, Reader, attendees
from support.itip import facts as said
from support.rfc5545 import read_all

from scheduler.domain import Instance
from scheduler.publishing import Published, publish

FIRST = dt.datetime(2025, 2, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
VISIT = {"activity": "visit", "start": "2025-03-30T15:00+02:00", "room": "hall"}


def programme(**titles: str) -> Instance:
    """Return the programme made by hand, with addresses for two more, and some titles changed."""
    given = facts()
    for person, address in (("delegate-4", "delegate-4@tallinn.example"), ("chair", "chair@track.example")):
        next(p for p in given["participants"] if p["id"] == person)["email"] = address
    for meeting in given["meetings"]:
        meeting["title"] = titles.get(meeting["id"], meeting.get("title", ""))
    given["sessions"][2]["parties"] = ["tallinn"]
    return Instance.model_validate(given)


def placed(**changed: dict[str, Any] | None) -> list[dict[str, Any]]:
    found = {p["activity"]: dict(p) for p in PLACEMENTS}
    for name, change in changed.items():
        if change is None:
            del found[name]
        else:
            found[name] = found.get(name, {}) | change
    return list(found.values())


CHAIN: list[tuple[Instance, list[dict[str, Any]]]] = [
    (programme(), placed()),
    # The meeting "islands" gets other people, "untitled" moves; the field visit is added.
    (
        programme(),
        placed(
            islands={"attendees": ["delegate-2"]},
            untitled={"start": "2025-03-30T13:00+02:00"},
            visit=VISIT,
        ),
    ),
    # "untitled" is cancelled and "islands" has another title and another table.
    (
        programme(islands="Ferries"),
        placed(islands={"attendees": ["delegate-2"], "table": 1}, untitled=None, visit=VISIT),
    ),
    # "untitled" takes place after all, "islands" has its first people again, the visit is cancelled.
    (programme(islands="Ferries"), placed(islands={"table": 1})),
    # The opening is earlier.
    (programme(islands="Ferries"), placed(islands={"table": 1}, opening={"start": "2025-03-29T09:30+00:00"})),
]

SEQUENCES = {
    "opening": [0, 0, 0, 0, 1],
    "islands": [0, 0, 1, 1, 1],
    "untitled": [0, 1, 2, 3, 3],
    "visit": [None, 0, 0, 1, 1],
    "ecosystem-session": [0, 0, 0, 0, 0],
}
"""In each version; None: not there yet."""
MODIFIED = {
    "opening": [0, 0, 0, 0, 4],
    "islands": [0, 1, 2, 3, 3],
    "untitled": [0, 1, 2, 3, 3],
    "visit": [None, 1, 1, 3, 3],
    "ecosystem-session": [0, 0, 0, 0, 0],
}
"""The version that last changed it."""
CANCELLED = [set(), set(), {"untitled"}, {"visit"}, {"visit"}]
EVERYBODY = {
    "delegate-1@gz.example",
    "delegate-2@gz.example",
    "delegate-3@tallinn.example",
    "delegate-4@tallinn.example",
    "moderator@open-cities.example",
    "chair@track.example",
}
TALLINN = {"delegate-3@tallinn.example", "delegate-4@tallinn.example"}
LATER = [
    {
        **{key: {"untitled": "REQUEST", "visit": "REQUEST"} for key in TALLINN},
        "delegate-1@gz.example": {"islands": "CANCEL"},
        "delegate-2@gz.example": {"islands": "REQUEST"},
    },
    {**{key: {"untitled": "CANCEL"} for key in TALLINN}, "delegate-2@gz.example": {"islands": "REQUEST"}},
    {
        **{key: {"untitled": "REQUEST", "visit": "CANCEL"} for key in TALLINN},
        "delegate-1@gz.example": {"islands": "REQUEST"},
        "delegate-2@gz.example": {"islands": "CANCEL"},
    },
    {address: {"opening": "REQUEST"} for address in EVERYBODY},
]
"""Who gets what, from the second version on."""


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Published]:
    folder = tmp_path_factory.mktemp("published")
    return [
        publish(
            instance,
            solution_of(placements),
            folder,
            at=FIRST + number * DAY,
            by=("programme", "city", "room", "delegation", "participant"),
            force=True,
        )
        for number, (instance, placements) in enumerate(CHAIN)
    ]


@pytest.fixture(scope="module")
def readers(versions: list[Published]) -> list[Reader]:
    return [Reader(published.path) for published in versions]


def stamp(version: int) -> str:
    return f"{FIRST + version * DAY:%Y%m%dT%H%M%SZ}"


def short(uid: str) -> str:
    activity, _, rest = uid.partition("@")
    assert rest == "hand-made.scheduler"
    return activity


def test_the_chain_has_five_versions(versions: list[Published]) -> None:
    assert [published.version.version for published in versions] == [1, 2, 3, 4, 5]
    assert all(published.is_new for published in versions)


def test_every_event_has_its_edition_in_every_calendar(readers: list[Reader]) -> None:
    for number, reader in enumerate(readers):
        for events in reader.feeds().values():
            for uid, event in events.items():
                if (name := short(uid)) in SEQUENCES:
                    assert int(event["SEQUENCE"].value) == SEQUENCES[name][number], (number, name)
                    modified = MODIFIED[name][number]
                    assert modified is not None
                    assert event["DTSTAMP"].value == event["LAST-MODIFIED"].value == stamp(modified)
                    off = name in CANCELLED[number]
                    assert event["STATUS"].value == ("CANCELLED" if off else "CONFIRMED")


def test_what_is_cancelled_stays_where_it_was(readers: list[Reader]) -> None:
    uid = "untitled@hand-made.scheduler"
    for stem in (
        "programme",
        "city-madrid",
        "room-madrid-tables",
        "delegation-praia",
        "participant-delegate-3",
    ):
        before, off = readers[1].feed(stem)[uid], readers[2].feed(stem)[uid]
        assert [f for f in said(off) if f[0] != "STATUS"] == [f for f in said(before) if f[0] != "STATUS"]
    assert uid not in readers[2].feed("participant-delegate-1")
    assert readers[3].feed("programme")[uid]["STATUS"].value == "CONFIRMED"


def test_an_independent_parser_reads_the_same(readers: list[Reader]) -> None:
    for number, reader in enumerate(readers):
        for path in sorted((reader.path / "calendars").iterdir()):
            for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
                if (name := short(str(event["UID"]))) in SEQUENCES:
                    assert event["SEQUENCE"] == SEQUENCES[name][number]
                    modified = FIRST + (MODIFIED[name][number] or 0) * DAY
                    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == modified
                    assert (event["STATUS"] == "CANCELLED") == (name in CANCELLED[number])
        folder = reader.path / "messages"
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            for message in icalendar.Calendar.from_ical(path.read_bytes(), multiple=True):
                method = path.stem.rpartition("-")[2].upper()
                assert message["METHOD"] == method
                (event,) = message.walk("VEVENT")
                assert event["DTSTAMP"].dt == FIRST + number * DAY
                assert str(event["ORGANIZER"]) == "mailto:office@open-cities.example"


def test_the_first_version_invites_everybody(readers: list[Reader]) -> None:
    touched = readers[0].touched()
    assert set(touched) == EVERYBODY
    assert all(set(messages.values()) == {"REQUEST"} for messages in touched.values())
    assert set(touched["delegate-1@gz.example"]) == {"opening", "islands", "ecosystem-session"}
    # Somebody who speaks is asked to the talk; the audience of the opening is told of it.
    assert set(touched["delegate-2@gz.example"]) == {"opening", "talk-metro"}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_messages_go_to_those_whom_a_change_touches(readers: list[Reader], number: int) -> None:
    assert readers[number].touched() == LATER[number - 1]


def test_what_is_off_for_everybody_says_so_and_what_is_off_for_one_does_not(readers: list[Reader]) -> None:
    (off,) = read_all((readers[2].path / "messages" / "delegate-3-cancel.ics").read_bytes())
    (event,) = off.parts("VEVENT")
    assert event["STATUS"].value == "CANCELLED"
    assert event["SEQUENCE"].value == "2"
    (taken_off,) = read_all((readers[1].path / "messages" / "delegate-1-cancel.ics").read_bytes())
    (event,) = taken_off.parts("VEVENT")
    assert "STATUS" not in event
    assert event["SEQUENCE"].value == "1"
    assert attendees(event) == {"delegate-1@gz.example"}
    assert event["DTSTART"].value == "20250329T110000"


def test_whoever_comes_back_is_not_sent_a_lower_number(readers: list[Reader]) -> None:
    messages = read_all((readers[3].path / "messages" / "delegate-1-request.ics").read_bytes())
    (event,) = messages[0].parts("VEVENT")
    assert short(event["UID"].text) == "islands"
    assert int(event["SEQUENCE"].value) == 1


@pytest.mark.parametrize("address", sorted(EVERYBODY))
def test_messages_alone_keep_a_calendar_right(readers: list[Reader], address: str) -> None:
    client = Client(address)
    for reader in readers:
        for content in reader.mail().get(address, ()):
            client.receive(content)
        feed = reader.standing(f"participant-{address.partition('@')[0]}")
        assert {uid: said(e) for uid, e in client.events.items()} == {uid: said(e) for uid, e in feed.items()}


def test_the_list_of_changes_has_every_version(readers: list[Reader]) -> None:
    page = (readers[4].path / "CHANGES.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        f"## Version {number + 1}, 2025-02-0{number + 1} 12:00 UTC" for number in (4, 3, 2, 1, 0)
    ]
    assert page.count("# Open cities") == 1
    assert "Tallinn - Praia, Cabo Verde (untitled)" in page
