"""Which edition of each event a version publishes, and what it says of those that were cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from scheduler.exports.events import Event
from scheduler.publishing.rendering import Rendering
from scheduler.publishing.state import Record, Remains


def next_records(
    last: Mapping[str, Record], now: Rendering, before: Rendering | None, stamp: dt.datetime
) -> dict[str, Record]:
    """Return the editions of all events, those that were cancelled among them.

    The sequence of an event rises when its time or place is not as it was last published, when it is
    cancelled, and when it takes place after all: that is what RFC 5546 (2.1.4) demands, and no more.
    The stamp of an event of which anything is said differently is that of the new version; of any other
    it stays, so that nothing changes where nothing has changed.

    Parameters
    ----------
    last : mapping of str to Record
        The editions of the last version, by UID.
    now : Rendering
        The calendars of the schedule to publish.
    before : Rendering, optional
        The calendars of the one that was published last: what was cancelled is shown as it was there.
    stamp : datetime
        When the version is published.
    """
    records = {uid: _present(uid, last.get(uid), now, stamp) for uid in now.where}
    for uid in last.keys() - records.keys():
        records[uid] = last[uid] if last[uid].cancelled else _cancelled(uid, last[uid], before, stamp)
    return {uid: records[uid] for uid in sorted(records)}


def _present(uid: str, last: Record | None, now: Rendering, stamp: dt.datetime) -> Record:
    where, content = now.where[uid], now.content[uid]
    sequence, modified = 0, stamp
    if last is not None:
        moved = last.cancelled or last.where != where
        sequence = last.sequence + moved
        modified = stamp if moved or last.content != content else last.modified
    return Record.model_construct(
        sequence=sequence, where=where, content=content, modified=modified, cancelled=False, remains=()
    )


def _cancelled(uid: str, last: Record, before: Rendering | None, stamp: dt.datetime) -> Record:
    remains = tuple(_remains(uid, before)) if before is not None and uid not in before.legs else ()
    return last.model_copy(
        update={
            "sequence": last.sequence + 1,
            "modified": stamp,
            "cancelled": True,
            "remains": remains,
        }
    )


def _remains(uid: str, before: Rendering) -> Iterator[Remains]:
    """Yield what each calendar goes on saying of an event; those that say the same together."""
    found: dict[Event, list[str]] = {}
    for stem, event in before.having(uid):
        found.setdefault(event, []).append(stem)
    for event, stems in found.items():
        gone = event.cancelled()
        yield Remains.model_construct(lines=gone.lines, zones=gone.zones, feeds=tuple(stems))
