"""What the checks look up: which names there are, and which is nearest to one that there is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from scheduler.domain.activities import HostedActivity, Talk
from scheduler.domain.faults.doubt import Doubt, Kind, Path
from scheduler.domain.faults.spelling import Spellings
from scheduler.domain.instance import EVERYBODY, Fault, Instance

_MOST_EFFORT = 1_000_000
"""Looking for the nearest of many names is slow: past this many, unknown names are told without one."""


class Facts:
    """An instance, what is in doubt of it, and its names.

    Attributes
    ----------
    instance : Instance
    doubt : Doubt
    """

    def __init__(self, instance: Instance, doubt: Doubt) -> None:
        self.instance = instance
        self.doubt = doubt
        self._nearest: dict[tuple[Kind, str], str | None] = {}
        self._spellings: dict[Kind, Spellings] = {}
        self._effort = 0

    @cached_property
    def names(self) -> dict[Kind, frozenset[str]]:
        """All names of each kind, those left out included."""
        instance = self.instance
        delegations = [d.id for d in instance.delegations]
        participants = [p.id for p in instance.participants]
        stand_ins = [p.id for p in instance.people if p.stand_in]
        found: dict[Kind, Iterable[str]] = {
            Kind.CITY: instance.zones,
            Kind.VENUE: [v.id for c in instance.cities for v in c.venues],
            Kind.ROOM: [r.id for r in instance.rooms],
            Kind.DELEGATION: delegations,
            # A stand-in is the only body that its delegation has: it may chair, speak and moderate.
            Kind.PARTICIPANT: [*participants, *stand_ins],
            Kind.PARTY: [*delegations, *participants],
            Kind.TRACK: [t.id for t in instance.tracks],
            Kind.ACTIVITY: [a.id for a in instance.activities],
            Kind.DAY_PART: instance.day_parts,
            Kind.PRIORITY: instance.priorities,
        }
        return {kind: frozenset(ids) | self.doubt.names.get(kind, frozenset()) for kind, ids in found.items()}

    def unknown(self, path: Path, kind: Kind, names: Iterable[str]) -> Iterator[Fault]:
        """Yield a fault for each of some names (the list at ``path``) that nothing of the kind has."""
        for i, name in enumerate(names):
            if not self.knows(kind, name):
                yield self.no_such((*path, i), kind, name)

    def knows(self, kind: Kind, name: str) -> bool:
        """Return whether something of the kind has a name, as far as can be said."""
        return name in self.names[kind] or kind in self.doubt.unread

    def no_such(self, path: Path, kind: Kind, name: str) -> Fault:
        """Return the fault of a name that nothing of the kind has."""
        message = f"is no {kind} of this programme"
        if name == EVERYBODY and kind is Kind.PARTY:
            message += "; everybody can only be an `audience` or an `interest`"
        elif known := self.nearest(kind, name):
            message += f'; did you mean "{known}"?'
        return Fault(path, name, message)

    def nearest(self, kind: Kind, name: str) -> str | None:
        """Return the known name most like another one, if any is like it at all."""
        key = (kind, name)
        if key not in self._nearest:
            self._effort += len(self.names[kind])
            if kind not in self._spellings:
                self._spellings[kind] = Spellings(self.names[kind])
            self._nearest[key] = self._spellings[kind].nearest(name) if self._effort <= _MOST_EFFORT else None
        return self._nearest[key]

    @cached_property
    def hosted(self) -> tuple[tuple[Path, HostedActivity], ...]:
        """Sessions and meetings, each with its path."""
        return (
            *((("sessions", i), session) for i, session in enumerate(self.instance.sessions)),
            *((("meetings", i), meeting) for i, meeting in enumerate(self.instance.meetings)),
        )

    @cached_property
    def talks(self) -> tuple[tuple[Path, Talk], ...]:
        """Talks, each with its path."""
        return tuple(
            (("sessions", i, "talks", j), talk)
            for i, session in enumerate(self.instance.sessions)
            for j, talk in enumerate(session.talks)
        )
