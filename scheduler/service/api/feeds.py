"""Who can be subscribed to, at which address; addresses are changed and revoked here."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel

from scheduler.exports.views import By
from scheduler.service.access import Caller, Planner, Reader, Scope, ThisProgramme
from scheduler.service.feeds.addresses import FeedNames, address_of, view_of
from scheduler.service.problems import not_found, responses
from scheduler.service.state import Served, Service
from scheduler.service.store.records import Feed


def _told_once(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"  # addresses are secrets: nobody is to keep an answer


router = APIRouter(prefix="/programmes/{programme}/feeds", tags=["feeds"], dependencies=[Depends(_told_once)])
_LOOK = responses(401, 403, 404, 422)


class FeedOut(BaseModel):
    """A calendar to subscribe to: whose it is and, for keys that may publish, its address."""

    id: str
    by: By
    subject: str
    name: str
    revoked: bool
    created: dt.datetime
    address: str | None


def _feed(
    programme: ThisProgramme, service: Served, feed: Annotated[UUID, Path(description="A feed's id.")]
) -> Feed:
    found = service.store.feeds.get(str(feed))
    if found is None or found.programme != programme.id:
        raise not_found("feed")
    return found


ThisFeed = Annotated[Feed, Depends(_feed)]


@router.get("", responses=_LOOK)
def list_feeds(
    programme: ThisProgramme,
    service: Served,
    caller: Reader,
    request: Request,
    by: Annotated[By | None, Query(description="Whose: only of this kind.")] = None,
    subject: Annotated[str | None, Query(max_length=80, description="Only of this id.")] = None,
) -> list[FeedOut]:
    """List the calendars of everything that was ever published; there are none before the first edition.

    Whoever has an address needs no key, so only keys that may publish are told of addresses.
    """
    desk = _Desk(service, caller, request, programme.id)
    feeds = [(view_of(feed), feed) for feed in service.store.feeds.of(programme.id)]
    return [desk.out(feed) for view, feed in feeds if by in (None, view.by) and subject in (None, view.id)]


@router.get("/{feed}", responses=_LOOK)
def get(feed: ThisFeed, service: Served, caller: Reader, request: Request) -> FeedOut:
    """Return a feed."""
    return _Desk(service, caller, request, feed.programme).out(feed)


@router.post("/{feed}/rotate", responses=_LOOK)
def rotate(feed: ThisFeed, service: Served, caller: Planner, request: Request) -> FeedOut:
    """Give a feed another address; the one that it had leads nowhere from now on."""
    return _Desk(service, caller, request, feed.programme).changed(service.store.feeds.rotate(feed.id))


@router.post("/{feed}/revoke", responses=_LOOK)
def revoke(feed: ThisFeed, service: Served, caller: Planner, request: Request) -> FeedOut:
    """Have the address of a feed lead nowhere."""
    return _Desk(service, caller, request, feed.programme).changed(service.store.feeds.revoke(feed.id))


@router.post("/{feed}/restore", responses=_LOOK)
def restore(feed: ThisFeed, service: Served, caller: Planner, request: Request) -> FeedOut:
    """Have an address that was revoked lead where it did."""
    return _Desk(service, caller, request, feed.programme).changed(service.store.feeds.restore(feed.id))


class _Desk:
    """Tells of the feeds of one programme."""

    def __init__(self, service: Service, caller: Caller, request: Request, programme: str) -> None:
        self._service = service
        self._base = str(request.base_url) if caller.scope >= Scope.PLAN else None
        self._names = FeedNames(service, programme)

    def changed(self, feed: Feed | None) -> FeedOut:
        """Return a feed that was changed."""
        self._service.feeds.look_again()
        if feed is None:
            raise not_found("feed")
        return self.out(feed)

    def out(self, feed: Feed) -> FeedOut:
        """Return a feed."""
        view = view_of(feed)
        return FeedOut(
            id=feed.id,
            by=view.by,
            subject=view.id,
            name=self._names.of(view),
            revoked=feed.revoked,
            created=feed.created,
            address=None if self._base is None else address_of(self._service, feed, self._base),
        )
