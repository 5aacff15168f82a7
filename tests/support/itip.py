"""A small calendar program that does with messages what RFC 5546 says, and reads what is published."""

from __future__ import annotations

import json
from pathlib import Path

from support.rfc5545 import Component, Property, read, read_all

EDITION = {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE"}
Facts = tuple[tuple[str, tuple[tuple[str, str], ...], str], ...]


def facts(event: Component) -> Facts:
    """Return everything that an event says but which edition of it this is."""
    return tuple(
        (p.name, tuple(p.params.items()), p.value) for p in event.properties if p.name not in EDITION
    )


def edition(event: Component) -> tuple[int, str]:
    """Return what orders two editions of an event (2.1.4, 2.1.5): SEQUENCE, then DTSTAMP."""
    return int(event["SEQUENCE"].value), event["DTSTAMP"].value


def mail(found: Property) -> str:
    """Return the address of an ATTENDEE or ORGANIZER."""
    assert found.value.startswith("mailto:")
    return found.value.removeprefix("mailto:").casefold()


def attendees(event: Component) -> set[str]:
    """Return the addresses of all who attend."""
    return {mail(found) for found in event.all("ATTENDEE")}


class Client:
    """The calendar of one address, kept by messages alone."""

    def __init__(self, address: str) -> None:
        self.address = address.casefold()
        self.events: dict[str, Component] = {}
        self._known: dict[str, tuple[int, str]] = {}

    def receive(self, data: bytes) -> None:
        """Take in a file of messages; an edition that is not newer than what is known is an error."""
        for message in read_all(data):
            (event,) = message.parts("VEVENT")  # all of one message have one UID, and none recurs
            uid = event["UID"].text
            assert mail(event["ORGANIZER"])
            assert self.address in attendees(event)
            assert edition(event) > self._known.get(uid, (-1, ""))
            if message["METHOD"].value == "REQUEST":
                assert event["SUMMARY"].text
                assert event["STATUS"].value == "CONFIRMED"
                self.events[uid] = event
            else:
                self._cancel(uid, message, event)
            self._known[uid] = edition(event)

    def _cancel(self, uid: str, message: Component, event: Component) -> None:
        assert message["METHOD"].value == "CANCEL"
        assert int(event["SEQUENCE"].value) > self._known[uid][0]
        if "STATUS" in event:
            assert event["STATUS"].value == "CANCELLED"
        else:
            assert attendees(event) == {self.address}
        del self.events[uid]


class Reader:
    """A published version as its files have it."""

    def __init__(self, version: Path) -> None:
        self.path = version
        self.facts = json.loads((version / "version.json").read_text(encoding="utf-8"))

    def feed(self, stem: str) -> dict[str, Component]:
        """Return the events of a calendar by UID."""
        calendar = read((self.path / "calendars" / f"{stem}.ics").read_bytes())
        assert "METHOD" not in calendar
        events = calendar.parts("VEVENT")
        by_uid = {event["UID"].text: event for event in events}
        assert len(by_uid) == len(events)
        return by_uid

    def feeds(self) -> dict[str, dict[str, Component]]:
        """Return all calendars by the stems of their files."""
        return {path.stem: self.feed(path.stem) for path in (self.path / "calendars").iterdir()}

    def standing(self, stem: str) -> dict[str, Component]:
        """Return what takes place of a calendar, journeys left out."""
        return {
            uid: event
            for uid, event in self.feed(stem).items()
            if event["STATUS"].value == "CONFIRMED" and event["CATEGORIES"].text != "travel"
        }

    def mail(self) -> dict[str, list[bytes]]:
        """Return the files of messages by the address that they go to."""
        listed = json.loads((self.path / "messages.json").read_text(encoding="utf-8"))["messages"]
        found: dict[str, list[bytes]] = {}
        for each in listed:
            content = (self.path / "messages" / each["file"]).read_bytes()
            messages = read_all(content)
            assert [m.parts("VEVENT")[0]["UID"].text for m in messages] == each["events"]
            assert {m["METHOD"].value for m in messages} == {each["method"]}
            found.setdefault(each["address"].casefold(), []).append(content)
        folder = self.path / "messages"
        there = {p.name for p in folder.iterdir()} if folder.exists() else set()
        assert there == {each["file"] for each in listed}
        return found

    def touched(self) -> dict[str, dict[str, str]]:
        """Return for each address which event it gets which kind of message of."""
        found: dict[str, dict[str, str]] = {}
        for address, files in self.mail().items():
            for message in (m for content in files for m in read_all(content)):
                uid = message.parts("VEVENT")[0]["UID"].text.split("@")[0]
                assert uid not in found.setdefault(address, {})
                found[address][uid] = message["METHOD"].value
        return found


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return everything in a folder: contents and times of change."""
    return {
        str(path.relative_to(folder)): (
            path.readlink().as_posix().encode() if path.is_symlink() else path.read_bytes(),
            path.lstat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }
