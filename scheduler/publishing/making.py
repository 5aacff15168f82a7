"""``publish``: the next version of a schedule, if there is anything new in it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from scheduler.checker import Checker
from scheduler.domain import Instance, Solution
from scheduler.domain.times import UTC
from scheduler.exports import Changes, Edition, changes_between
from scheduler.exports.changes_files import changes_data, changes_markdown
from scheduler.exports.ical import calendar_text
from scheduler.exports.instance_file import instance_text
from scheduler.exports.solution_file import solution_text
from scheduler.exports.views import By, by_named
from scheduler.publishing import folder as files
from scheduler.publishing.editions import next_records
from scheduler.publishing.folder import Folder
from scheduler.publishing.messages import Letter, Method, Post, letters
from scheduler.publishing.rendering import Rendering
from scheduler.publishing.state import State, Version, facts_of, json_of
from scheduler.reading import load, load_solution

USUAL = (By.PROGRAMME, By.CITY, By.DELEGATION, By.PARTICIPANT)
"""The kinds of calendars that are published unless something else is said."""

_SECOND = dt.timedelta(seconds=1)
_NO_ORGANIZER = (
    "The programme names no organizer (programme.organizer: {name, email}), so nobody is invited: "
    "an invitation has to say who sends it. The calendars are written."
)
_NO_ADDRESSES = "No participant has an email address, so there is nobody to write to."


class BrokenScheduleError(ValueError):
    """The schedule breaks rules, and so is not published.

    Attributes
    ----------
    count : int
        In how many places.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(f"the schedule breaks the rules in {count} place{'s' if count != 1 else ''}")


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing came to.

    Attributes
    ----------
    version : Version
        The version that is the current one now.
    is_new : bool
        Whether it was made now; if not, there was nothing new to publish.
    path : pathlib.Path
        Its folder.
    changes : Changes
        What differs from the version before; nothing in the first.
    letters : tuple of Letter
        The messages to send.
    notes : tuple of str
        What whoever publishes should know besides.
    """

    version: Version
    is_new: bool
    path: Path
    changes: Changes
    letters: tuple[Letter, ...] = ()
    notes: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """Return it as plain data, for JSON: the version and what came with it."""
        return {
            **facts_of(self.version),
            "new": self.is_new,
            "folder": str(self.path),
            "changes": changes_data(self.changes),
            "messages": [letter.data for letter in self.letters],
            "notes": list(self.notes),
        }


def publish(
    instance: Instance,
    solution: Solution,
    directory: str | PathLike[str],
    *,
    at: dt.datetime | None = None,
    by: Sequence[str] = USUAL,
    cancelled: bool = True,
    note: str = "",
    force: bool = False,
) -> Published:
    """Publish a schedule as the next version in a folder, unless that would change nothing.

    Parameters
    ----------
    instance : Instance
        The programme.
    solution : Solution
        The schedule.
    directory : path
        The folder of all versions; it is made if need be.
    at : datetime, optional
        When it is published, with a time zone; now, if not given. Later than the version before.
    by : sequence of str
        Whose calendars to write.
    cancelled : bool
        Whether calendars go on showing what was cancelled, as cancelled.
    note : str
        For the list of changes.
    force : bool
        Whether to publish a schedule that breaks rules too.

    Returns
    -------
    Published
        With ``is_new`` false when there was nothing new: then no file is touched.

    Raises
    ------
    BrokenScheduleError
        If the schedule breaks rules.
    BusyError
        If somebody else is publishing to the same folder.
    ValueError
        If the folder is of another programme, or ``at`` is not later than the last version.
    InputError
        If the files of the last version cannot be read.
    OSError
        If the folder cannot be written to. The last version is whole in any case.
    """
    kinds = tuple(dict.fromkeys(by_named(kind) for kind in by))
    broken = sum(1 for _ in Checker(instance).violations(solution))
    if broken and not force:
        raise BrokenScheduleError(broken)
    home = Folder(Path(directory))
    with home.locked():
        last = _last(home, instance)
        made = _Making(Edition(instance, solution), last, _stamp(at, last), kinds, cancelled)
        if last is not None and made.is_nothing_new:
            home.point(last.version.version)
            return Published(last.version, False, home.version(last.version.version), made.changes)
        _refuse_early(at, last)
        version = made.version(note, broken)
        path = home.add(version.version, made.files(version, last))
        return Published(version, True, path, made.changes, made.letters, tuple(made.notes()))


class _Last(NamedTuple):
    """The version before, as it stands in its folder."""

    version: Version
    state: State
    edition: Edition
    changelog: str


def _last(home: Folder, instance: Instance) -> _Last | None:
    number = home.last
    if not number:
        return None
    path = home.version(number)
    try:
        version = Version.model_validate_json((path / files.VERSION).read_bytes())
        state = State.model_validate_json((path / files.STATE).read_bytes())
    except ValueError as error:
        raise ValueError(f"{path}: its {files.VERSION} or {files.STATE} is damaged: {error}") from None
    if version.programme != instance.programme.id:
        raise ValueError(
            f"{home.path}: holds versions of the programme {version.programme!r}, not of "
            f"{instance.programme.id!r}"
        )
    edition = Edition(load(path / files.INSTANCE), load_solution(path / files.SOLUTION))
    return _Last(version, state, edition, (path / files.CHANGELOG).read_text(encoding="utf-8"))


def _stamp(at: dt.datetime | None, last: _Last | None) -> dt.datetime:
    """Return when the new version is published, in whole seconds of UTC.

    Clients tell the newer of two editions by it, so it is later than the last version's, whatever the
    clock says.
    """
    moment = at or dt.datetime.now(UTC)
    if moment.tzinfo is None:
        raise ValueError("the time of publishing should have a time zone")
    moment = moment.astimezone(UTC).replace(microsecond=0)
    return moment if last is None else max(moment, last.version.published + _SECOND)


def _refuse_early(at: dt.datetime | None, last: _Last | None) -> None:
    """Refuse a time that is not later than the last version's, when there is something to publish."""
    if at is not None and last is not None and at < last.version.published + _SECOND:
        raise ValueError(
            f"version {last.version.version} was published at {last.version.published:%Y-%m-%dT%H:%M:%SZ}; "
            "the next one has to be later than that"
        )


class _Making:
    """A version in the making: everything worked out, nothing written."""

    def __init__(
        self, edition: Edition, last: _Last | None, stamp: dt.datetime, kinds: tuple[By, ...], cancelled: bool
    ) -> None:
        self._edition = edition
        self._last = last
        self._stamp = stamp
        self._kinds = kinds
        self._shows_cancelled = cancelled
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
        assert self._last is not None
        return not self.letters and self._digests() == self._last.version.calendars

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
            by=tuple(kind.value for kind in self._kinds),
            cancelled_shown=self._shows_cancelled,
            broken=broken,
            counts={**counts, "unchanged": self.changes.unchanged},
            messages={method.value: self._count(method) for method in Method},
            calendars=self._digests(),
        )

    def files(self, version: Version, last: _Last | None) -> dict[str, bytes]:
        """Return the files of the version by their paths in its folder."""
        solution = self._edition.solution.model_copy(update={"instance": files.INSTANCE})
        changes = {"version": version.version, "published": f"{version.published:%Y-%m-%dT%H:%M:%SZ}"}
        contents = {
            files.INSTANCE: instance_text(self._edition.instance).encode(),
            files.SOLUTION: solution_text(solution).encode(),
            files.STATE: json_of(self._state),
            files.VERSION: json_of(version),
            files.CHANGES: _json({**changes, "note": version.note, **changes_data(self.changes)}),
            files.CHANGELOG: _changelog(version, self.changes, self.letters, last).encode(),
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
        texts: dict[tuple[str, ...], str] = {}
        remains = self._remains() if self._shows_cancelled else {}
        for stem, title in self._state.feeds.items():
            if By(stem.partition("-")[0]) not in self._kinds:
                continue
            feed = self._now.feeds.get(stem)
            events = [*(feed.events if feed else ()), *remains.get(stem, ())]
            zones = {zone for event in events for zone in event.zones} or {instance.cities[0].time_zone}
            for event in events:
                if event.lines not in texts:
                    texts[event.lines] = event.text(self._records[event.uid].revision)
            years = self._state.years or self._now.years
            yield f"{stem}.ics", calendar_text(title, zones, years, (texts[e.lines] for e in events))

    def _remains(self) -> dict[str, list[Any]]:
        """Return the cancelled events of each calendar."""
        found: dict[str, list[Any]] = {}
        for uid, record in self._records.items():
            for remains in record.remains:
                event = remains.event(uid)
                for stem in remains.feeds:
                    found.setdefault(stem, []).append(event)
        return found


def _json(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _changelog(version: Version, changes: Changes, sent: Iterable[Letter], last: _Last | None) -> str:
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
