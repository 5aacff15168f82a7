"""The agenda of one party, place or programme as a page of its own, which leads to nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain import Instance, PartyId, Person, Room, Solution
from scheduler.exports import Agendas
from scheduler.exports.site.book import Book, Group, Named, Ref
from scheduler.exports.site.codes import subscription, svg_of
from scheduler.exports.site.lines import Day, Lines
from scheduler.exports.views import View, label_of


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
class PublicAgenda:
    """What the page of one agenda shows.

    Attributes
    ----------
    view : View
    name : str
        Whose agenda it is.
    days : tuple of Day
    calendar : str
        The address of its calendar.
    subscription : str
        The same, for programs that follow it.
    code : str
        That as a QR code, in SVG.
    """

    view: View
    name: str
    days: tuple[Day, ...]
    calendar: str
    subscription: str
    code: str


def public_agenda(instance: Instance, solution: Solution, view: View, calendar: str) -> PublicAgenda:
    """Return the page of an agenda.

    Parameters
    ----------
    instance, solution : Instance, Solution
        What was published.
    view : View
        Whose agenda.
    calendar : str
        The whole address of its calendar.
    """
    agendas = Agendas(instance, solution)
    lines = Lines(Unlinked(instance), agendas.entries)
    return PublicAgenda(
        view=view,
        name=label_of(instance, view),
        days=lines.days(agendas.of(view)),
        calendar=calendar,
        subscription=subscription(calendar),
        code=svg_of(calendar),
    )
