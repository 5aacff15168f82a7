"""The files of the site: pages from templates, calendars, and the scripts and styles beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.domain import (
    HostedActivity,
    Instance,
    ParticipantId,
    PartyId,
    RoomId,
    Solution,
    is_mandatory,
)
from scheduler.exports.agenda import Agendas
from scheduler.exports.entries import Agenda
from scheduler.exports.formats import Files, Manner
from scheduler.exports.ical import CalendarWriter, Revision
from scheduler.exports.site import words
from scheduler.exports.site.book import Book, Ref, calendar_of, link, links, page_of
from scheduler.exports.site.codes import base_of, subscription, svg_of
from scheduler.exports.site.grid import grid_of
from scheduler.exports.site.lines import CityDay, Lines
from scheduler.exports.site.searching import search_script
from scheduler.exports.views import PROGRAMME, By, View, label_of, views

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
ASSETS = HERE / "assets"


def files(instance: Instance, solution: Solution, manner: Manner) -> Files:
    """Return the site of a schedule; ``manner.address`` is where it will be found, if that is known.

    Raises
    ------
    ValueError
        If the solution does not speak of this instance, or the address is none of the web.
    """
    return dict(Site(instance, solution, manner).files())


class Site:
    """Everything that the pages of one schedule share.

    Parameters
    ----------
    instance : Instance
        The programme.
    solution : Solution
        One of its schedules.
    manner : Manner
        ``address``, ``stamp`` and ``sequence`` are used.
    """

    def __init__(self, instance: Instance, solution: Solution, manner: Manner) -> None:
        self._instance = instance
        self._solution = solution
        self._base = base_of(manner.address)
        self._agendas = Agendas(instance, solution)
        self._calendars = CalendarWriter(instance, solution, Revision(manner.stamp, manner.sequence))
        self._book = Book(instance)
        self._lines = Lines(self._book, self._agendas.entries)
        self._programme = self._agendas.of(PROGRAMME)
        self._templates = _environment()

    @cached_property
    def _days(self) -> tuple[CityDay, ...]:
        return self._lines.city_days(self._programme)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files, those first that a visitor comes to first."""
        yield "index.html", self._page("index.html", "", self._programme.title, **self._overview())
        for day in self._days:
            grid = grid_of(day.entries, [room for venue in day.city.venues for room in venue.rooms])
            title = f"{words.long_date(day.date)}, {day.city.label}"
            yield f"day/{day.key}.html", self._page("day.html", "../", title, day=day, grid=grid)
        yield "people.html", self._page("people.html", "", "People", others=self._others())
        yield "places.html", self._page("places.html", "", "Places")
        yield "search.html", self._page("search.html", "", "Search")
        yield from self._agenda_pages()
        yield (
            "organisers/index.html",
            self._page("organisers.html", "../", "For organisers", refused=self._refused()),
        )
        for view in (PROGRAMME, *views(self._instance, By.CITY)):
            yield calendar_of(view), self._calendars.calendar(self._agendas.of(view))
        sessions = [line for day in self._days for line in day.sessions]
        yield "assets/search.js", search_script(self._instance, self._book, sessions)
        for path in sorted(ASSETS.iterdir()):
            yield f"assets/{path.name}", path.read_bytes()

    def _agenda_pages(self) -> Iterator[tuple[str, bytes]]:
        """Yield the pages of parties and rooms, each with its calendar."""
        for view in (*self._book.own_views(), *views(self._instance, By.ROOM)):
            agenda = self._agendas.of(view)
            yield calendar_of(view), self._calendars.calendar(agenda)
            yield page_of(view), self._agenda_page(agenda)

    def _agenda_page(self, agenda: Agenda) -> bytes:
        view = agenda.view
        days = self._lines.days(agenda)
        named = {By.DELEGATION: self._of_delegation, By.PARTICIPANT: self._of_person, By.ROOM: self._of_room}
        told = named[view.by](view)
        name = label_of(self._instance, view)
        return self._page("agenda.html", "../", name, days=days, view=view, **self._calendar(view), **told)

    def _calendar(self, view: View) -> dict[str, Any]:
        """Return where a calendar is: beside the pages, and in the world where that is known."""
        path = calendar_of(view)
        if not self._base:
            return {"calendar": path, "subscription": "", "code": ""}
        address = self._base + path
        return {"calendar": path, "subscription": subscription(address), "code": svg_of(address)}

    def _of_delegation(self, view: View) -> dict[str, Any]:
        people = self._instance.people_of(PartyId(view.id))
        members = [self._book.person(person) for person in people if person.id != view.id]
        return {"kind": "Delegation", "belongs": None, "organisation": "", "members": members}

    def _of_person(self, view: View) -> dict[str, Any]:
        person = self._instance.person(ParticipantId(PartyId(view.id)))
        belongs = self._book.party(person.delegation) if person.delegation is not None else None
        return {
            "kind": "Team" if person.stand_in else "Participant",
            "belongs": belongs,
            "organisation": self._book.organisation(person),
            "members": [],
        }

    def _of_room(self, view: View) -> dict[str, Any]:
        room = RoomId(view.id)
        venue, city = self._instance.venue_of(room), self._instance.city_of(room)
        belongs = Ref(f"{venue.label}, {city.label}", f"places.html#v-{venue.id}")
        return {"kind": "Room", "belongs": belongs, "organisation": "", "members": []}

    def _overview(self) -> dict[str, Any]:
        dates = sorted(day.date for day in self._days)
        opening = [each.date for city in self._instance.cities for each in city.opening]
        first, last = (dates[0], dates[-1]) if dates else (min(opening), max(opening))
        return {
            "dates": words.dates(first, last),
            "days": self._days,
            "sessions": sum(len(day.sessions) for day in self._days),
            "meetings": sum(day.count for day in self._days),
            **self._calendar(PROGRAMME),
        }

    def _others(self) -> list[Ref]:
        return [self._book.person(p) for p in self._instance.people if p.delegation is None]

    def _refused(self) -> list[dict[str, Any]]:
        """Return the sessions and meetings without a place, in the order of the instance."""
        placed = {placement.activity for placement in self._solution.placements}
        reasons = {item.activity: item.reason for item in self._solution.unscheduled}
        return [
            {
                "id": activity.id,
                "title": activity.label,
                "parties": self._book.parties(activity.parties),
                "priority": "mandatory" if is_mandatory(activity) else activity.priority,
                "reason": reasons.get(activity.id, ""),
            }
            for activity in self._instance.activities
            if isinstance(activity, HostedActivity) and activity.id not in placed
        ]

    def _page(self, template: str, root: str, title: str, **told: Any) -> bytes:
        page = self._templates.get_template(template).render(
            root=root, title=title, programme=self._instance.programme, instance=self._instance,
            book=self._book, words=words, **told
        )  # fmt: skip
        return page.encode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def plain(value: Any) -> Any:
        """Take out of texts what HTML does not allow; markup is ours."""
        return words.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=plain,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"link": link, "links": links}
    return environment
