"""``publish``: the next version of a schedule, if there is anything new in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from scheduler.checker import Checker
from scheduler.domain import Instance, Solution
from scheduler.exports import Changes, Edition
from scheduler.exports.views import by_named
from scheduler.publishing import folder as files
from scheduler.publishing.drafting import USUAL, Draft, Last, Manner, stamp_after, told
from scheduler.publishing.folder import Folder
from scheduler.publishing.messages import Letter
from scheduler.publishing.state import State, Version
from scheduler.reading import load, load_solution

__all__ = ["USUAL", "BrokenScheduleError", "Published", "publish"]

_SECOND = dt.timedelta(seconds=1)


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
        said = told(self.version, self.is_new, self.changes, self.letters, self.notes)
        return {**said, "folder": str(self.path)}


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
        made = Draft(Edition(instance, solution), last, stamp_after(at, last), Manner(kinds, cancelled))
        if last is not None and made.is_nothing_new:
            home.point(last.version.version)
            return Published(last.version, False, home.version(last.version.version), made.changes)
        _refuse_early(at, last)
        version = made.version(note, broken)
        path = home.add(version.version, made.files(version))
        return Published(version, True, path, made.changes, made.letters, tuple(made.notes()))


def _last(home: Folder, instance: Instance) -> Last | None:
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
    return Last(version, state, edition, (path / files.CHANGELOG).read_text(encoding="utf-8"))


def _refuse_early(at: dt.datetime | None, last: Last | None) -> None:
    """Refuse a time that is not later than the last version's, when there is something to publish."""
    if at is not None and last is not None and at < last.version.published + _SECOND:
        raise ValueError(
            f"version {last.version.version} was published at {last.version.published:%Y-%m-%dT%H:%M:%SZ}; "
            "the next one has to be later than that"
        )
