"""Agendas at the addresses of their feeds, for whoever has one: no key, no cookie, no way to others."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from scheduler.domain import Instance, PartyId, Person, Room
from scheduler.exports import Agendas
from scheduler.exports.site.book import Book, Group, Named, Ref
from scheduler.exports.site.codes import subscription, svg_of
from scheduler.exports.site.lines import Day, Lines
from scheduler.exports.views import View, label_of
from scheduler.publishing.cancelled import Cancelled, cancelled_in
from scheduler.publishing.folder import STATE
from scheduler.publishing.state import State
from scheduler.service.feeds.addresses import address_of, view_of
from scheduler.service.pages.rendering import rendered
from scheduler.service.problems import ProblemError, not_found
from scheduler.service.state import Served, Service
from scheduler.service.store.records import Feed, Publication

router = APIRouter(include_in_schema=False)
PATH = "/agenda/{secret}"
HEADS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
"""Nothing that goes elsewhere tells of the address."""
_KEPT = 3
"""So many editions are kept ready: all pages of one are made from the same."""


class Unlinked(Book):
    """Names without pages: who may see one agenda is not led to others."""

    def party(self, party: PartyId) -> Ref:
        """Return a delegation or a person."""
        return Ref(super().party(party).label)

    def person(self, person: Person) -> Ref:
        """Return a person."""
        return Ref(super().person(person).label)

    def room(self, room: Room) -> Ref:
        """Return a room."""
        return Ref(super().room(room).label)

    def _group(self, party: PartyId | None, people: list[Named]) -> Group:
        found = super()._group(party, people)
        return Group(None if found.delegation is None else Ref(found.delegation.label), found.people)


@dataclass(frozen=True, slots=True)
class Given:
    """An edition, ready to show anybody's agenda."""

    instance: Instance
    agendas: Agendas
    lines: Lines
    state: State

    def title(self, view: View) -> str:
        """Return whose agenda it is: also of somebody who does not come any more."""
        try:
            return label_of(self.instance, view)
        except ValueError:
            return self.state.feeds.get(view.stem, view.id)

    def days(self, view: View) -> tuple[Day, ...]:
        """Return an agenda day by day; nothing of whom the programme no longer has."""
        try:
            return self.lines.days(self.agendas.of(view))
        except (KeyError, ValueError):
            return ()

    def cancelled(self, view: View) -> tuple[Cancelled, ...]:
        """Return what was taken off it, as its calendar shows it."""
        return cancelled_in(self.state, view.stem)


class Editions:
    """The editions that agendas were asked of last; none ever changes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], Given] = OrderedDict()
        self._lock = threading.Lock()

    def given(self, service: Service, publication: Publication) -> Given:
        """Return an edition; one at a time is made, and whoever wants the same waits for it.

        Raises
        ------
        ProblemError
            If it is gone.
        """
        key = publication.programme, publication.edition
        with self._lock:
            if key not in self._kept:
                self._kept[key] = _made(service, publication)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]


def _made(service: Service, publication: Publication) -> Given:
    schedule = service.store.schedules.get(publication.schedule)
    pair = None if schedule is None else service.instances.both(schedule)
    state = service.store.publications.file(publication.programme, publication.edition, STATE)
    if pair is None or state is None:
        raise not_found("agenda")
    agendas = Agendas(*pair)
    lines = Lines(Unlinked(pair[0]), agendas.entries)
    return Given(pair[0], agendas, lines, State.model_validate_json(state.data))


def path_of(service: Service, feed: Feed) -> str:
    """Return where the agenda of a feed is, below the service's own address."""
    return PATH.format(secret=service.store.feeds.secret(feed))


@router.get(PATH)
def agenda(secret: str, request: Request, service: Served) -> Response:
    """Show an agenda to whoever has its address, and how to subscribe to it."""
    try:
        return HTMLResponse(_page(secret, request, service).encode(), headers=HEADS)
    except ProblemError as error:
        text = rendered("nothing.html", title=error.problem.title, problem=error.problem)
        return HTMLResponse(text.encode(), error.problem.status, headers=HEADS)


def _page(secret: str, request: Request, service: Service) -> str:
    feed = service.store.feeds.find(secret)
    publication = None if feed is None else service.store.publications.get(feed.programme)
    if feed is None or publication is None:
        raise not_found("agenda")
    editions: Editions = request.app.state.editions
    given = editions.given(service, publication)
    view = view_of(feed)
    calendar = address_of(service, feed, str(request.base_url))
    return rendered(
        "agenda.html",
        title=given.title(view),
        programme=given.instance.programme,
        publication=publication,
        days=given.days(view),
        cancelled=given.cancelled(view),
        calendar=calendar,
        subscription=subscription(calendar),
        code=svg_of(calendar),
    )
