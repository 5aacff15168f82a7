"""Publishing: the next edition of a programme, with calendars that follow and a feed for each of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from scheduler.checker import Checker
from scheduler.domain import Instance, Solution
from scheduler.exports import Changes, Edition
from scheduler.exports.views import By
from scheduler.publishing.drafting import Draft, Last, Manner, stamp_after, told
from scheduler.publishing.folder import CHANGELOG, STATE, VERSION
from scheduler.publishing.messages import Letter
from scheduler.publishing.state import State, Version
from scheduler.publishing.subscriptions import Subscription
from scheduler.service.problems import ProblemError, ProblemItem, not_found
from scheduler.service.state import Service
from scheduler.service.store.publications import TakenError
from scheduler.service.store.records import Programme, Publication, Schedule

KINDS = (By.PROGRAMME, By.CITY, By.ROOM, By.DELEGATION, By.PARTICIPANT)
"""Whose calendars an edition has: the same in each, so that nobody subscribes to one that ends."""
_TRIES = 3
_MOST_SHOWN = 50
"""So many broken rules are told of."""
_WAIT_SECONDS = 60
_TURN = threading.Lock()
"""One at a time: two at once would be no quicker, and take twice the memory."""
_WAITING = threading.BoundedSemaphore(6)
"""So many may publish or wait for it: the threads that requests run in are for others too."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a schedule is to be published.

    Attributes
    ----------
    note : str
        A sentence for the list of changes.
    cancelled : bool
        Whether calendars go on showing what was cancelled, as cancelled.
    force : bool
        Whether to publish a schedule that breaks rules too.
    """

    note: str = ""
    cancelled: bool = True
    force: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The newest edition, and whether it was made now: if not, there was nothing new to publish."""

    publication: Publication
    is_new: bool


def publish(service: Service, schedule: Schedule, order: Order | None = None) -> Outcome:
    """Publish a schedule as the next edition of its programme, unless that would change nothing.

    Parameters
    ----------
    service : Service
    schedule : Schedule
    order : Order, optional

    Raises
    ------
    ProblemError
        If the schedule breaks rules (409), it or its programme is gone (404), or others have been
        publishing all the while (503).
    """
    order = order or Order()
    programme = service.store.programmes.get(schedule.programme)
    pair = service.instances.both(schedule)
    if programme is None or pair is None:
        raise not_found("schedule")
    broken = _broken(*pair, force=order.force)
    with _turn():
        for _ in range(_TRIES):
            publishing = _Publishing(service, programme, schedule, Edition(*pair))
            try:
                return publishing.outcome(order, broken)
            except TakenError:  # by another server, just now: there is another edition to follow
                if service.store.programmes.get(programme.id) is None:
                    raise not_found("programme") from None
    raise _busy()


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing a schedule would come to.

    Attributes
    ----------
    last : Publication or None
        The newest edition; None: there is none.
    is_new : bool
        Whether there is anything new to publish.
    changes : Changes
        What differs from the newest edition.
    letters : tuple of Letter
        Whom a message would go to.
    notes : tuple of str
        What whoever publishes should know.
    """

    last: Publication | None
    is_new: bool
    changes: Changes
    letters: tuple[Letter, ...]
    notes: tuple[str, ...]


def preview(service: Service, schedule: Schedule) -> Preview:
    """Return what publishing a schedule would come to, and publish nothing.

    Raises
    ------
    ProblemError
        As of :func:`publish`; a schedule that breaks rules is none of these.
    """
    programme = service.store.programmes.get(schedule.programme)
    pair = service.instances.both(schedule)
    if programme is None or pair is None:
        raise not_found("schedule")
    with _turn():
        return _Publishing(service, programme, schedule, Edition(*pair)).preview()


@contextmanager
def _turn() -> Iterator[None]:
    if not _WAITING.acquire(blocking=False):
        raise _busy()
    try:
        if not _TURN.acquire(timeout=_WAIT_SECONDS):
            raise _busy()
        try:
            yield
        finally:
            _TURN.release()
    finally:
        _WAITING.release()


def _busy() -> ProblemError:
    told_ = "somebody else is publishing just now; try again after that"
    return ProblemError(503, told_, headers={"Retry-After": "10"})


def _broken(instance: Instance, solution: Solution, *, force: bool) -> int:
    """Return in how many places a schedule breaks the rules; only by force it may.

    Raises
    ------
    ProblemError
        If it does.
    """
    violations = list(Checker(instance).violations(solution))
    if violations and not force:
        items = [ProblemItem(message=each.message, path=each.rule.value) for each in violations]
        count = f"{len(items)} place{'s' if len(items) != 1 else ''}"
        raise ProblemError(409, f"the schedule breaks the rules in {count}", islice(items, _MOST_SHOWN))
    return len(violations)


class _Publishing:
    """An edition in the making."""

    def __init__(self, service: Service, programme: Programme, schedule: Schedule, edition: Edition) -> None:
        self._service = service
        self._programme = programme
        self._schedule = schedule
        self._edition = edition

    def outcome(self, order: Order, broken: int) -> Outcome:
        """Publish it, if there is anything new in it.

        Raises
        ------
        TakenError
            If somebody else has published in between.
        """
        newest = self._service.store.publications.get(self._programme.id)
        last = None if newest is None else self._last(newest)
        draft = self._draft(last, order)
        if newest is not None and draft.is_nothing_new:
            return Outcome(newest, False)
        version = draft.version(order.note, broken)
        data = told(version, True, draft.changes, draft.letters, draft.notes())
        made = Publication(
            programme=self._programme.id,
            edition=version.version,
            schedule=self._schedule.id,
            version=self._schedule.version,
            published=version.published,
            note=order.note,
            data=data,
        )
        stems = [name.removesuffix(".ics") for name in version.calendars]
        self._service.store.publications.add(made, draft.files(version), stems)
        self._service.feeds.look_again()
        return Outcome(made, True)

    def preview(self) -> Preview:
        """Return what it would come to."""
        newest = self._service.store.publications.get(self._programme.id)
        draft = self._draft(None if newest is None else self._last(newest), Order())
        is_new = newest is None or not draft.is_nothing_new
        return Preview(newest, is_new, draft.changes, draft.letters, tuple(draft.notes()))

    def _draft(self, last: Last | None, order: Order) -> Draft:
        subscription = Subscription.to(self._edition.instance.programme, f"urn:uuid:{self._programme.id}")
        manner = Manner(KINDS, order.cancelled, subscription)
        try:
            return Draft(self._edition, last, stamp_after(None, last), manner)
        except ValueError as error:
            raise ProblemError(409, str(error)) from None

    def _last(self, newest: Publication) -> Last:
        """Return what an edition has to know of the one before."""
        schedule = self._service.store.schedules.get(newest.schedule)
        pair = None if schedule is None else self._service.instances.both(schedule)
        if pair is None:
            raise not_found("programme")
        return Last(
            Version.model_validate_json(self._file(newest, VERSION)),
            State.model_validate_json(self._file(newest, STATE)),
            Edition(*pair),
            self._file(newest, CHANGELOG).decode(),
        )

    def _file(self, publication: Publication, path: str) -> bytes:
        found = self._service.store.publications.file(publication.programme, publication.edition, path)
        if found is None:
            raise not_found("programme")
        return found.data
