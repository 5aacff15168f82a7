"""Delegations and people, as tables and as phrases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Protocol

from scheduler.cli import words
from scheduler.cli.choosing import family
from scheduler.cli.console import Sheet, Terminal
from scheduler.domain import (
    EVERYBODY,
    CityId,
    Delegation,
    HostedActivity,
    Instance,
    Interval,
    PartyId,
    Session,
    SpeakerRole,
    Split,
)


def print_delegations(terminal: Terminal, instance: Instance, party: PartyId | None) -> None:
    """Print the delegations: all, or those that a party is or belongs to."""
    wanted = family(instance, party) if party else {d.id for d in instance.delegations}
    shown = [delegation for delegation in instance.delegations if delegation.id in wanted]
    if not shown:
        return
    terminal.heading("Delegations")
    made = Sheet("Delegation", "Languages", "Attends", "There")
    for delegation in shown:
        made.add(
            delegation.label,
            " ".join(sorted(delegation.languages)),
            _attends(instance, delegation),
            presence(instance, delegation),
        )
    terminal.print(made)


def print_people(terminal: Terminal, instance: Instance, party: PartyId | None) -> None:
    """Print those who have a name: all, or those whom a party consists of."""
    wanted = {p.id for p in (instance.people_of(party) if party else instance.people) if not p.stand_in}
    shown = [person for person in instance.people if person.id in wanted]
    if not shown:
        return
    terminal.heading("People")
    made = Sheet("Name", "Delegation", "Languages", "Speaks for", "There")
    for person in shown:
        made.add(
            person.name,
            instance.party_label(person.delegation) if person.delegation else "",
            " ".join(sorted(person.languages)),
            ", ".join(sorted(person.roles)),
            presence(instance, person),
        )
    terminal.print(made)


class _Present(Protocol):
    """A delegation or a person."""

    @property
    def arrival(self) -> dt.datetime | None: ...
    @property
    def departure(self) -> dt.datetime | None: ...
    @property
    def absences(self) -> tuple[Interval, ...]: ...
    @property
    def cities(self) -> tuple[CityId, ...] | None: ...


def presence(instance: Instance, who: _Present) -> str:
    """Return when and where somebody can be engaged, a line for each limit; nothing if always."""
    return "\n".join(_limits(instance, who))


def _limits(instance: Instance, who: _Present) -> Iterator[str]:
    if who.cities:
        yield "in " + ", ".join(instance.city(city).label for city in who.cities)
    if who.arrival is not None:
        yield f"from {_moment(who.arrival)}"
    if who.departure is not None:
        yield f"until {_moment(who.departure)}"
    for absence in who.absences:
        yield f"away {_moment(absence.start)} to {_moment(absence.end)}"


def _moment(moment: dt.datetime) -> str:
    return f"{words.short_date(moment.date())} {moment:%H:%M}"


def _attends(instance: Instance, delegation: Delegation) -> str:
    """Return how many come, and whether all of them go to a meeting or one."""
    named = sum(not person.stand_in for person in instance.people_of(delegation.id))
    if delegation.split is Split.TOGETHER:
        come = max(delegation.size or 0, named)
        return f"together, {words.counted(come, 'person', 'people')}" if come else "together"
    if not named:
        return f"in {words.counted(delegation.parallel or 1, 'team')}"
    most = f", at most {delegation.parallel} at a time" if delegation.parallel else ""
    return f"by one of {words.counted(named, 'person', 'people')}{most}"


def party_labels(instance: Instance, activity: HostedActivity) -> list[str]:
    """Return the parties of an activity, with the role that is asked of whoever comes."""
    return [
        instance.party_label(party) + (f" ({activity.roles[party]})" if party in activity.roles else "")
        for party in activity.parties
    ]


def session_people(instance: Instance, session: Session) -> list[str]:
    """Return who is asked to a session: speakers with their roles, parties, talks and the audience."""
    lines = [
        instance.party_label(speaker.participant)
        + ("" if speaker.role is SpeakerRole.SPEAKER else f" ({speaker.role.value})")
        for speaker in session.speakers
    ]
    lines += party_labels(instance, session)
    lines += [f"{talk.label}: {instance.party_label(talk.speaker)}" for talk in session.talks]
    if session.audience:
        lines.append("audience: " + audience(instance, session.audience))
    return lines


def audience(instance: Instance, parties: Sequence[PartyId]) -> str:
    """Return whom a session is for."""
    if EVERYBODY in parties:
        return "everybody"
    return ", ".join(instance.party_label(party) for party in parties)
