"""The next version of a schedule, worked out and not yet written: calendars, changes, messages."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from scheduler.domain.times import UTC
from scheduler.exports import Changes, Edition, changes_between
from scheduler.exports.changes_files import changes_data, changes_markdown
from scheduler.exports.ical import calendar_text
from scheduler.exports.instance_file import instance_text
from scheduler.exports.solution_file import solution_text
from scheduler.exports.views import By
from scheduler.publishing import folder as files
from scheduler.publishing.editions import next_records
from scheduler.publishing.messages import Letter, Method, Post, letters
from scheduler.publishing.rendering import Rendering
from scheduler.publishing.state import State, Version, facts_of, json_of
from scheduler.publishing.subscriptions import PUBLISH, Subscription

USUAL = (By.PROGRAMME, By.CITY, By.DELEGATION, By.PARTICIPANT)
"""The kinds of calendars that are published unless something else is said."""

_SECOND = dt.timedelta(seconds=1)
_NO_ORGANIZER = (
    "The programme names no organizer (programme.organizer: {name, email}), so nobody is invited: "
    "an invitation has to say who sends it. The calendars are written."
)
_NO_ADDRESSES = "No participant has an email address, so there is nobody to write to."


@dataclass(frozen=True, slots=True)
class Manner:
    """What is published, and how.

    Attributes
    ----------
    kinds : tuple of By
        Whose calendars.
    cancelled : bool
        Whether calendars go on showing what was cancelled, as cancelled.
    subscription : Subscription or None
        For calendars that a server gives out; None: they are files.
    """

    kinds: tuple[By, ...] = USUAL
    cancelled: bool = True
    subscription: Subscription | None = None


class Last(NamedTuple):
    """The version before, as it stands in its folder."""

    version: Version
    state: State
    edition: Edition
    changelog: str


def stamp_after(at: dt.datetime | None, last: Last | None) -> dt.datetime:
    """Return when the new version is published, in whole seconds of UTC.

    Clients tell the newer of two editions by it, so it is later than the last version's, whatever the
    clock says.
    """
    moment = at or dt.datetime.now(UTC)
    if moment.tzinfo is None:
        raise ValueError("the time of publishing should have a time zone")
    moment = moment.astimezone(UTC).replace(microsecond=0)
    return moment if last is None else max(moment, last.version.published + _SECOND)


class Draft:
    """A version in the making: everything worked out, nothing written.

    Parameters
    ----------
    edition : Edition
        The schedule and its programme.
    last : Last or None
        The version before; None: this is the first.
    stamp : datetime
        When it is published: see :func:`stamp_after`.
    manner : Manner

    Attributes
    ----------
    letters : tuple of Letter
        The messages to send.
    changes : Changes
        What differs from the version before; nothing in the first.

    Raises
    ------
    ValueError
        If the schedule names what its programme does not have, or the two are of different programmes.
    """

    def __init__(self, edition: Edition, last: Last | None, stamp: dt.datetime, manner: Manner) -> None:
        self._edition = edition
        self._last = last
        self._stamp = stamp
        self._manner = manner
        known = last.state if last else State()
        now = Rendering(edition)
        before = Rendering(last.edition) if last else None
        self._now = now
        self._records = next_records(known.records, now, before, stamp)
        post = Post(known, self._records, now, before).outcome()
        self.letters = tuple(letters(post.messages))
        titles = {stem: feed.title for stem, feed in now.feeds.items()}
        years = [now.years, known.years or now.years]
        self._state = State.model_construct(
            records=self._records,
            told=post.told,
            feeds=known.feeds | titles,
            years=(min(first for first, _ in years), max(final for _, final in years)),
        )
        self._calendars = dict(self._all_calendars())
        self.changes = changes_between(last.edition if last else edition, edition)

    @property
    def is_nothing_new(self) -> bool:
        """Whether all calendars are as they were, and nobody has to be told of anything."""
        return self._last is not None and not self.letters and self._digests() == self._last.version.calendars

    def notes(self) -> Iterator[str]:
        """Yield what whoever publishes should know."""
        if self._edition.instance.programme.organizer is None:
            yield _NO_ORGANIZER
        elif not self._now.mailboxes:
            yield _NO_ADDRESSES

    def version(self, note: str, broken: int) -> Version:
        """Return the facts of the version."""
        counts = {kind.value: count for kind, count in self.changes.counts().items()}
        return Version(
            version=self._last.version.version + 1 if self._last else 1,
            published=self._stamp,
            programme=self._edition.instance.programme.id,
            title=self._edition.instance.programme.label,
            note=note,
            by=tuple(kind.value for kind in self._manner.kinds),
            cancelled_shown=self._manner.cancelled,
            broken=broken,
            counts={**counts, "unchanged": self.changes.unchanged},
            messages={method.value: self._count(method) for method in Method},
            calendars=self._digests(),
        )

    def files(self, version: Version) -> dict[str, bytes]:
        """Return the files of the version by their paths in its folder."""
        solution = self._edition.solution.model_copy(update={"instance": files.INSTANCE})
        changes = {"version": version.version, "published": f"{version.published:%Y-%m-%dT%H:%M:%SZ}"}
        contents = {
            files.INSTANCE: instance_text(self._edition.instance).encode(),
            files.SOLUTION: solution_text(solution).encode(),
            files.STATE: json_of(self._state),
            files.VERSION: json_of(version),
            files.CHANGES: _json({**changes, "note": version.note, **changes_data(self.changes)}),
            files.CHANGELOG: _changelog(version, self.changes, self.letters, self._last).encode(),
            files.MESSAGES: _json({**changes, "messages": [letter.data for letter in self.letters]}),
        }
        contents |= {f"{files.CALENDARS}/{name}": content for name, content in self._calendars.items()}
        years = self._state.years or self._now.years
        return contents | {
            f"{files.LETTERS}/{letter.file}": letter.content(self._stamp, years) for letter in self.letters
        }

    def _count(self, method: Method) -> int:
        return sum(letter.method is method for letter in self.letters)

    def _digests(self) -> dict[str, str]:
        return {name: sha256(content).hexdigest() for name, content in self._calendars.items()}

    def _all_calendars(self) -> Iterator[tuple[str, bytes]]:
        """Yield the calendars by their files: those of the schedule, and those whose subject is gone."""
        instance = self._edition.instance
        subscription = self._manner.subscription
        texts: dict[tuple[str, ...], str] = {}
        remains = self._remains() if self._manner.cancelled else {}
        for stem, title in self._state.feeds.items():
            if By(stem.partition("-")[0]) not in self._manner.kinds:
                continue
            feed = self._now.feeds.get(stem)
            events = [*(feed.events if feed else ()), *remains.get(stem, ())]
            zones = {zone for event in events for zone in event.zones} or {instance.cities[0].time_zone}
            for event in events:
                if event.lines not in texts:
                    shown = event if subscription is None else subscription.event(event)
                    texts[event.lines] = shown.text(self._records[event.uid].revision)
            years = self._state.years or self._now.years
            head = [] if subscription is None else subscription.head
            method = PUBLISH if subscription is not None and events else ""
            told_of = (texts[event.lines] for event in events)
            yield f"{stem}.ics", calendar_text(title, zones, years, told_of, method, head)

    def _remains(self) -> dict[str, list[Any]]:
        """Return the cancelled events of each calendar."""
        found: dict[str, list[Any]] = {}
        for uid, record in self._records.items():
            for remains in record.remains:
                event = remains.event(uid)
                for stem in remains.feeds:
                    found.setdefault(stem, []).append(event)
        return found


def told(
    version: Version, is_new: bool, changes: Changes, sent: Iterable[Letter], notes: Iterable[str]
) -> dict[str, Any]:
    """Return what publishing came to as plain data, for JSON."""
    return {
        **facts_of(version),
        "new": is_new,
        "changes": changes_data(changes),
        "messages": [letter.data for letter in sent],
        "notes": list(notes),
    }


def _json(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _changelog(version: Version, changes: Changes, sent: Iterable[Letter], last: Last | None) -> str:
    """Return the list of changes: this version's before all earlier ones."""
    head = f"# {' '.join(version.title.split())}: changes\n"
    lines = [head, f"## Version {version.version}, {version.published:%Y-%m-%d %H:%M} UTC", ""]
    if version.note:
        lines += [" ".join(version.note.split()), ""]
    if last is None:
        lines += [f"The first version: {changes.unchanged} activities.", ""]
    else:
        lines.append(changes_markdown(changes))
    told = len({letter.messages[0].address.casefold() for letter in sent})
    lines += [f"Messages go to {told or 'no'} address{'' if told == 1 else 'es'}.", ""]
    _, _, earlier = last.changelog.partition("\n## ") if last else ("", "", "")
    return "\n".join(lines) + (f"\n## {earlier}" if earlier else "")
