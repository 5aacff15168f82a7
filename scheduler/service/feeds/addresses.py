"""Which calendars there are to subscribe to, what they are called, and where they are."""

from __future__ import annotations

from scheduler.exports.views import By, View, label_of
from scheduler.service.feeds.answers import PATH
from scheduler.service.state import Service
from scheduler.service.store.records import Feed


def view_of(feed: Feed) -> View:
    """Return whose calendar a feed is."""
    kind, _, subject = feed.stem.partition("-")
    return View(By(kind), subject)


def feed_of(service: Service, programme: str, view: View) -> Feed | None:
    """Return the feed of somebody's or something's calendar; None before it is published."""
    return service.store.feeds.of_stem(programme, view.stem)


def path_of(service: Service, feed: Feed) -> str:
    """Return where a feed is, below the service's own address; whoever knows it needs no key."""
    return PATH.format(secret=service.store.feeds.secret(feed))


def address_of(service: Service, feed: Feed, base: str) -> str:
    """Return the whole address of a feed.

    Parameters
    ----------
    service : Service
    feed : Feed
    base : str
        How the request calls the service, for services that are not told how the outside does.
    """
    return (service.settings.base_url or base).rstrip("/") + path_of(service, feed)


class FeedNames:
    """What the calendars of a programme are called: as the newest edition has it.

    Parameters
    ----------
    service : Service
    programme : str
    """

    def __init__(self, service: Service, programme: str) -> None:
        newest = service.store.publications.get(programme)
        self._instance = None if newest is None else service.instances.instance(programme, newest.version)

    def of(self, view: View) -> str:
        """Return a name; of what the programme no longer has, the id."""
        if self._instance is None:
            return view.id
        try:
            return label_of(self._instance, view)
        except ValueError:
            return view.id
