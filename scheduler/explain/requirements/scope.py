"""What of an instance its requirements are asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain import (
    ActivityId,
    HostedActivity,
    Instance,
    Meeting,
    ParticipantId,
    PartyId,
    Person,
    Placement,
    Session,
    is_mandatory,
)
from scheduler.explain.requirements.rewriting import Path
from scheduler.problem.discretising import people_behind


@dataclass(frozen=True)
class Scope:
    """An instance, and what of it can be in a conflict.

    Where no bound of fairness is set, an activity that need not take place is in nobody's way: what is said
    of it alone is no part of any conflict.
    """

    instance: Instance

    @property
    def fair_breaks(self) -> bool:
        """Whether the numbers of breaks are bounded: then whoever is engaged more, or less, may break it."""
        return self.instance.fairness.breaks is not None

    @property
    def fair(self) -> bool:
        """Whether a bound of fairness is set."""
        return self.fair_breaks or bool(self.instance.fairness.granted_percent)

    @cached_property
    def frozen(self) -> dict[ActivityId, Placement]:
        """What began before now, and stays."""
        now = self.instance.programme.now
        if now is None:
            return {}
        return {
            p.activity: p
            for p in self.instance.baseline
            if self.instance.has_activity(p.activity) and p.start.timestamp() < now.timestamp()
        }

    def stays(self, hosted: HostedActivity) -> bool:
        """Return whether a session (or a talk of it) or a meeting began before now."""
        return any(part in self.frozen for part in parts_of(hosted))

    def must(self, hosted: HostedActivity) -> bool:
        """Return whether a session or meeting has to take place, for whatever reason."""
        pinned = isinstance(hosted, Session) and any(is_mandatory(talk) for talk in hosted.talks)
        return is_mandatory(hosted) or pinned or self.stays(hosted)

    @cached_property
    def hosted(self) -> tuple[tuple[Path, HostedActivity], ...]:
        """Sessions and meetings that can be in a conflict, each with its path."""
        return tuple((p, a) for p, a in all_hosted(self.instance) if self.fair or self.must(a))

    @cached_property
    def people(self) -> dict[ParticipantId, Person]:
        """Everybody who may be engaged by what can be in a conflict."""
        found: dict[ParticipantId, Person] = {}
        for _, activity in self.hosted:
            found |= {person.id: person for person in _engaged(self.instance, activity)}
        return found

    @cached_property
    def parties(self) -> frozenset[PartyId]:
        """The ids of these people, and of their delegations."""
        return frozenset(self.people) | {p.delegation for p in self.people.values() if p.delegation}


def parts_of(hosted: HostedActivity) -> tuple[ActivityId, ...]:
    """Return the ids of a session and its talks, or of a meeting."""
    talks = tuple(talk.id for talk in hosted.talks) if isinstance(hosted, Session) else ()
    return (hosted.id, *talks)


def all_hosted(instance: Instance) -> Iterator[tuple[Path, HostedActivity]]:
    """Yield all sessions and meetings, each with its path."""
    yield from ((("sessions", i), session) for i, session in enumerate(instance.sessions))
    yield from ((("meetings", i), meeting) for i, meeting in enumerate(instance.meetings))


def _engaged(instance: Instance, activity: HostedActivity) -> Iterator[Person]:
    """Yield whoever may be engaged by an activity."""
    yield from people_behind(instance, activity.parties)
    if not isinstance(activity, Session):
        assert isinstance(activity, Meeting)
        return
    yield from people_behind(instance, activity.audience)
    yield from (instance.person(speaker.participant) for speaker in activity.speakers)
    yield from (instance.person(talk.speaker) for talk in activity.talks)
    if activity.track is not None:
        yield from (instance.person(chair) for chair in instance.track(activity.track).chairs)
