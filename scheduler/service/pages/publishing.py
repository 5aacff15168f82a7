"""Giving a schedule out: what would be new and who would be told, the editions, and everybody's address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from scheduler.checker import check
from scheduler.exports.cells import csv_text
from scheduler.exports.changes import Change
from scheduler.exports.changes_files import KINDS, counted, named, was_and_is
from scheduler.exports.views import By, View
from scheduler.service import publications
from scheduler.service.access import visible_programme, visible_schedule
from scheduler.service.api.schedules import download, pair, type_of
from scheduler.service.feeds.addresses import FeedNames, address_of, view_of
from scheduler.service.pages.agenda import path_of
from scheduler.service.pages.guarding import Anybody, Looking, OwnForm, Planning
from scheduler.service.pages.rendering import page
from scheduler.service.pages.routing import PageRoute, to
from scheduler.service.problems import not_found
from scheduler.service.state import Served, Service
from scheduler.service.store.records import Feed, Programme

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_MOST_BROKEN = 20
_MOST_SHOWN = 500
"""So many changes, messages or addresses are shown on a page; files have all."""
_GROUPS = {
    By.PROGRAMME: "Everything",
    By.CITY: "Cities",
    By.VENUE: "Venues",
    By.ROOM: "Rooms",
    By.DELEGATION: "Delegations",
    By.PARTICIPANT: "Participants",
}
_PEOPLE_FIRST = (By.DELEGATION, By.PARTICIPANT, By.PROGRAMME, By.CITY, By.VENUE, By.ROOM)
_COLUMNS = ("kind", "id", "name", "email", "agenda", "calendar")


# -- publishing --------------------------------------------------------------------------------------


@router.get("/schedules/{schedule}/publish")
def before(schedule: str, request: Request, visit: Anybody, caller: Planning, service: Served) -> Response:
    """Show what would be new, and who would be told."""
    found = visible_schedule(service, caller, schedule)
    broken = check(*pair(service, found)).violations
    preview = publications.preview(service, found)
    addresses = {letter.messages[0].address.casefold() for letter in preview.letters}
    return page(
        request,
        visit,
        "publish.html",
        "Publish",
        programme=visible_programme(service, caller, found.programme),
        schedule=found,
        preview=preview,
        told=counted(preview.changes),
        changes=preview.changes.changes[:_MOST_SHOWN],
        letters=[letter.data for letter in preview.letters[:_MOST_SHOWN]],
        addresses=len(addresses),
        broken=broken[:_MOST_BROKEN],
        broken_count=len(broken),
        kinds=KINDS,
        named=named,
        was_and_is=was_and_is,
    )


@router.post("/schedules/{schedule}/publish", dependencies=[OwnForm])
def publish(
    schedule: str,
    caller: Planning,
    service: Served,
    note: Annotated[str, Form(max_length=500, pattern=r"^[^\x00]*$")] = "",
    force: Annotated[bool, Form()] = False,
) -> Response:
    """Publish a schedule as the next edition."""
    found = visible_schedule(service, caller, schedule)
    order = publications.Order(note=note.strip(), force=force)
    made = publications.publish(service, found, order)
    new = "" if made.is_new else "?nothing=new"
    return to(f"/programmes/{found.programme}/editions/{made.publication.edition}{new}")


# -- editions ----------------------------------------------------------------------------------------


@router.get("/programmes/{programme}/editions/{edition}")
def edition_page(
    programme: str,
    edition: int,
    request: Request,
    visit: Anybody,
    caller: Looking,
    service: Served,
    nothing: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show an edition: what was new in it, and who is to be told."""
    found = visible_programme(service, caller, programme)
    publication = service.store.publications.get(found.id, edition) if 0 < edition < 2**31 else None
    if publication is None:
        raise not_found("edition")
    data = publication.data
    changes = [Change.model_validate(each) for each in data["changes"]["changes"][:_MOST_SHOWN]]
    counts = data["changes"]["counts"]
    told = [f"{counts[kind.value]} {words}" for kind, words in KINDS.items() if counts.get(kind.value)]
    return page(
        request,
        visit,
        "edition.html",
        f"Edition {publication.edition}",
        programme=found,
        publication=publication,
        nothing_new=nothing == "new",
        told=f"{', '.join(told) or 'nothing changed'}; {counts['unchanged']} as before",
        changes=changes,
        letters=data["messages"][:_MOST_SHOWN],
        addresses=len({each["address"].casefold() for each in data["messages"]}),
        notes=data["notes"],
        kinds=KINDS,
        named=named,
        was_and_is=was_and_is,
    )


@router.get("/programmes/{programme}/editions/{edition}/files/{path:path}")
def edition_file(programme: str, edition: int, path: str, caller: Planning, service: Served) -> Response:
    """Return a file of an edition: a message to send, or the list of changes."""
    found = visible_programme(service, caller, programme)
    is_one = 0 < edition < 2**31 and "\0" not in path and len(path) <= 200
    content = service.store.publications.file(found.id, edition, path) if is_one else None
    if content is None:
        raise not_found("file")
    name = path.rpartition("/")[2]
    return download(content.data, name, type_of(name))


# -- addresses ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody's agenda is, and their calendar."""

    feed: Feed
    view: View
    name: str
    agenda: str
    calendar: str


@router.get("/programmes/{programme}/addresses")
def addresses(
    programme: str,
    request: Request,
    visit: Anybody,
    caller: Planning,
    service: Served,
    by: Annotated[By | None, Query()] = None,
    name: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Show who has which address."""
    found = visible_programme(service, caller, programme)
    everything = list(_addresses(service, found, str(request.base_url)))
    kinds = [kind for kind in _PEOPLE_FIRST if any(each.view.by is kind for each in everything)]
    chosen = by if by is not None or not kinds else kinds[0]
    fitting = [
        each for each in everything if each.view.by is chosen and name.casefold() in each.name.casefold()
    ]
    return page(
        request,
        visit,
        "addresses.html",
        "Addresses",
        programme=found,
        kinds=[(kind.value, _GROUPS[kind]) for kind in kinds],
        chosen=chosen.value if chosen else "",
        group=_GROUPS[chosen] if chosen else "",
        name=name,
        addresses=fitting[:_MOST_SHOWN],
        count=len(fitting),
    )


@router.get("/programmes/{programme}/addresses.csv")
def addresses_csv(programme: str, request: Request, caller: Planning, service: Served) -> Response:
    """Return all addresses as a table, to write to everybody."""
    found = visible_programme(service, caller, programme)
    emails = _emails(service, found)
    rows = [
        [each.view.by.value, each.view.id, each.name, emails.get(each.view, ""), each.agenda, each.calendar]
        for each in _addresses(service, found, str(request.base_url))
        if not each.feed.revoked
    ]
    return download(csv_text(_COLUMNS, rows).encode(), f"{found.key}-addresses.csv", "text/csv")


@router.post("/programmes/{programme}/addresses", dependencies=[OwnForm])
def change_address(
    programme: str,
    caller: Planning,
    service: Served,
    rotate: Annotated[str, Form(max_length=50)] = "",
    revoke: Annotated[str, Form(max_length=50)] = "",
    restore: Annotated[str, Form(max_length=50)] = "",
    by: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Give somebody another address, or have the one that they have lead nowhere, or there again."""
    found = visible_programme(service, caller, programme)
    feed = service.store.feeds.get(rotate or revoke or restore)
    if feed is None or feed.programme != found.id:
        raise not_found("address")
    feeds = service.store.feeds
    (feeds.rotate if rotate else feeds.revoke if revoke else feeds.restore)(feed.id)
    service.feeds.look_again()
    kind = f"?by={by}" if by in list(By) else ""
    return to(f"/programmes/{found.id}/addresses{kind}#f-{feed.id}")


def _addresses(service: Service, programme: Programme, base: str) -> Iterator[Address]:
    names = FeedNames(service, programme.id)
    outside = (service.settings.base_url or base).rstrip("/")
    for feed in service.store.feeds.of(programme.id):
        view = view_of(feed)
        agenda = outside + path_of(service, feed)
        yield Address(feed, view, names.of(view), agenda, address_of(service, feed, base))


def _emails(service: Service, programme: Programme) -> dict[View, str]:
    """Return the email addresses of people, as the newest edition has them."""
    newest = service.store.publications.get(programme.id)
    instance = None if newest is None else service.instances.instance(programme.id, newest.version)
    people = () if instance is None else instance.people
    return {View(By.PARTICIPANT, person.id): person.email for person in people}
