from __future__ import annotations

import datetime as dt

import pytest

from scheduler.exports.events import Event, Revision

STAMP = dt.datetime(2025, 2, 1, 12, 30, tzinfo=dt.UTC)
EVENT = Event.of(
    "a@x",
    ["STATUS:CONFIRMED", "UID:a@x", "SUMMARY:A", "ATTENDEE:mailto:b", "ATTENDEE:mailto:a"],
    ["Europe/Madrid"],
)


def test_an_edition_has_everything_in_order() -> None:
    assert EVENT.text(Revision(STAMP, 3)).split("\r\n") == [
        "BEGIN:VEVENT",
        "SUMMARY:A",
        "DTSTAMP:20250201T123000Z",
        "UID:a@x",
        "SEQUENCE:3",
        "ATTENDEE:mailto:b",
        "ATTENDEE:mailto:a",
        "LAST-MODIFIED:20250201T123000Z",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "",
    ]


@pytest.mark.parametrize("stamp", [None, dt.datetime(2025, 2, 1)])
def test_an_edition_needs_a_moment(stamp: dt.datetime | None) -> None:
    with pytest.raises(ValueError, match="time zone"):
        EVENT.text(Revision(stamp))


def test_a_cancelled_event_says_so_and_is_otherwise_the_same() -> None:
    cancelled = EVENT.cancelled()
    assert cancelled.all("STATUS") == ("STATUS:CANCELLED",)
    assert cancelled.only("STATUS", without=True) == EVENT.only("STATUS", without=True)
    assert cancelled.digest != EVENT.digest


def test_properties_are_found_by_name() -> None:
    assert EVENT.all("ATTENDEE") == ("ATTENDEE:mailto:b", "ATTENDEE:mailto:a")
    assert EVENT.only("UID", "SUMMARY").lines == ("SUMMARY:A", "UID:a@x")
    assert EVENT.having("ATTENDEE:mailto:c").all("ATTENDEE")[-1] == "ATTENDEE:mailto:c"
