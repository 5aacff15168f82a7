"""Laws of chains of versions, whatever the schedules are."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.exported import placements
from support.hand_made import facts, solution_of
from support.itip import Client, Facts, Reader, edition, tree
from support.itip import facts as said

from scheduler.domain import Instance
from scheduler.publishing import publish

FIRST = dt.datetime(2025, 2, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def _addresses(**changed: str) -> dict[str, Any]:
    given_ = facts()
    for person in given_["participants"]:
        if person["id"] in changed:
            person["email"] = changed[person["id"].replace("_", "-")]
    return given_


def _titled() -> dict[str, Any]:
    given_ = facts()
    given_["meetings"][0]["title"] = "Ferries"
    given_["meetings"][0]["duration"] = "45min"
    given_["participants"][2]["name"] = "Delegate three"
    return given_


PROGRAMMES = [
    Instance.model_validate(given_)
    for given_ in (
        facts(),
        _addresses(chair="chair@track.example", late="late@track.example"),
        _addresses(moderator=""),
        _addresses(chair="moderator@open-cities.example"),
        _titled(),
    )
]
"""The programme made by hand; with more addresses, fewer, one that two people share; with other names."""
CHAINS = st.lists(st.tuples(st.integers(0, len(PROGRAMMES) - 1), placements()), min_size=2, max_size=4)


class Watcher:
    """Looks at each version as it comes, and knows what came before."""

    def __init__(self) -> None:
        self.editions: dict[str, tuple[int, str]] = {}
        self.where: dict[str, tuple[str, ...] | None] = {}
        self.clients: dict[str, Client] = {}
        self.feeds: dict[str, dict[str, Facts]] = {}

    def look(self, version: Path, instance: Instance) -> None:
        reader = Reader(version)
        stamp = dt.datetime.fromisoformat(reader.facts["published"]).strftime("%Y%m%dT%H%M%SZ")
        self._editions(reader, stamp)
        self._messages(reader, instance, stamp)

    def _editions(self, reader: Reader, stamp: str) -> None:
        """Sequences rise exactly when time, place or status change; stamps are one and the same."""
        found: dict[str, tuple[int, str]] = {}
        places: dict[str, tuple[str, ...] | None] = {}
        for events in reader.feeds().values():
            for uid, event in events.items():
                assert found.setdefault(uid, edition(event)) == edition(event)
                assert event["LAST-MODIFIED"].value == event["DTSTAMP"].value <= stamp
                off = event["STATUS"].value == "CANCELLED"
                names = ("DTSTART", "DTEND", "LOCATION")
                places.setdefault(uid, None if off else tuple(event[name].value for name in names))
        for uid, now in found.items():
            before = self.editions.get(uid)
            if uid.startswith(("travel+", "talk-")):  # not in all versions to be seen
                assert before is None or now[0] >= before[0]
            elif before is None:
                assert now[0] == 0
            elif self.where[uid] != places[uid]:
                assert now == (before[0] + 1, stamp)
            else:
                assert now[0] == before[0]
        self.editions |= found
        self.where |= places

    def _messages(self, reader: Reader, instance: Instance, stamp: str) -> None:
        """Everybody gets what changed in their calendar, and a client that takes it in has their calendar."""
        mail = reader.mail()
        boxes: dict[str, dict[str, Facts]] = {address: {} for address in self.feeds}
        for person in instance.people:
            if person.email:
                box = boxes.setdefault(person.email.casefold(), {})
                for uid, event in reader.standing(f"participant-{person.id}").items():
                    box.setdefault(uid, said(event))
        for address, box in boxes.items():
            client = self.clients.setdefault(address, Client(address))
            before = self.feeds.get(address, {})
            touched = set(self.touched(reader).get(address, ()))
            changed = {uid for uid in {*before, *box} if before.get(uid) != box.get(uid)}
            assert changed <= touched
            if address not in self.feeds or changed == touched:
                pass
            else:  # only where the place has another id under the same name
                assert all(edition(client.events[uid]) < self.editions[uid] for uid in touched - changed)
            for content in mail.pop(address, []):
                client.receive(content)
            assert {uid: said(event) for uid, event in client.events.items()} == box
            for uid, event in client.events.items():
                assert edition(event)[0] >= self.editions[uid][0]
        assert mail == {}
        self.feeds = boxes

    @staticmethod
    def touched(reader: Reader) -> dict[str, set[str]]:
        return {
            address: {f"{name}@hand-made.scheduler" for name in messages}
            for address, messages in reader.touched().items()
        }


@settings(deadline=None, max_examples=25, report_multiple_bugs=False, phases=(Phase.reuse, Phase.generate))
@given(CHAINS)
def test_chains_of_versions_keep_the_laws(chain: list[tuple[int, list[dict[str, Any]]]]) -> None:
    synced, os.fsync = os.fsync, lambda _: None  # no power is cut here
    try:
        with tempfile.TemporaryDirectory() as name:
            folder, watcher = Path(name), Watcher()
            for number, (which, places) in enumerate(chain):
                instance, solution = PROGRAMMES[which], solution_of(places)
                published = publish(instance, solution, folder, at=FIRST + number * HOUR, force=True)
                if published.is_new:
                    watcher.look(published.path, instance)
            before = tree(folder)
            again = publish(instance, solution, folder, force=True)
            assert not again.is_new
            assert tree(folder) == before
    finally:
        os.fsync = synced
