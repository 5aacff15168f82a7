"""What is asked of everybody: most meetings a day and in all, most engagements in a row, a meal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.domain import Delegation, Load, MealBreak, Participant, PartyId
from scheduler.explain import wording as words
from scheduler.explain.requirements.base import Kind, Requirement
from scheduler.explain.requirements.rewriting import Path, put
from scheduler.explain.requirements.scope import Scope

_Told = Callable[[Any, Load], str]


def _meal(meal: MealBreak, _load: Load) -> str:
    return f"has {words.length(meal.duration)} free for a meal in {words.hours(meal.start, meal.end)}"


def _row(most: int, load: Load) -> str:
    rest = f"a rest of {words.length(load.rest)}" if load.rest else "a rest"
    return f"has at most {words.counted(most, 'engagement')} in a row without {rest}"


_FIELDS: tuple[tuple[str, Kind, _Told], ...] = (
    (
        "meetings_per_day",
        Kind.MEETINGS_PER_DAY,
        lambda most, _: f"has at most {words.counted(most, 'meeting')} a day",
    ),
    ("in_a_row", Kind.IN_A_ROW, _row),
    ("meal", Kind.MEAL, _meal),
)


@dataclass(frozen=True, slots=True)
class _Holder:
    """Somebody for whom limits hold, and the limits that hold: their own, their delegation's, everybody's."""

    path: Path
    party: PartyId
    written: tuple[tuple[Path, Load], ...]

    def source(self, field: str) -> Path | None:
        """Return where a limit that holds is written."""
        return next((path for path, load in self.written if getattr(load, field) is not None), None)


def of_loads(scope: Scope) -> Iterator[Requirement]:
    """Yield each limit with the place where it is written; without it, those for whom it held have none."""
    holders = list(_holders(scope))
    for path, who, load in _written(scope):
        for field, kind, told in _FIELDS:
            limit = getattr(load, field)
            held = [h for h in holders if h.source(field) == path] if limit is not None else []
            if held:
                edits = tuple(put((*h.path, "load", field), None) for h in held)
                about = tuple(h.party for h in held) if path != ("load",) else ()
                sentence = f"{who} {told(limit, load.over(scope.instance.load))}"
                yield Requirement(kind, (*path, field), about, sentence, edits)


def of_quotas(scope: Scope) -> Iterator[Requirement]:
    """Yield the most meetings that parties hold in the whole programme."""
    for path, party in _parties(scope):
        most = party.meetings.most
        if most is not None:
            name = words.party(scope.instance, party.id)
            at = (*path, "meetings", "most")
            sentence = f"{name} holds at most {words.counted(most, 'meeting')} in the whole programme"
            yield Requirement(Kind.MEETINGS_IN_ALL, at, (party.id,), sentence, (put(at, None),))


def _written(scope: Scope) -> Iterator[tuple[Path, str, Load]]:
    instance = scope.instance
    yield ("load",), "everybody", instance.load
    for path, party in _parties(scope):
        name = words.party(instance, party.id)
        together = isinstance(party, Delegation) and not instance.people_of(party.id)[0].stand_in
        yield (*path, "load"), f"everybody of {name}" if together else name, party.load


def _parties(scope: Scope) -> Iterator[tuple[Path, Delegation | Participant]]:
    for i, delegation in enumerate(scope.instance.delegations):
        if delegation.id in scope.parties:
            yield ("delegations", i), delegation
    for i, participant in enumerate(scope.instance.participants):
        if participant.id in scope.people:
            yield ("participants", i), participant


def _holders(scope: Scope) -> Iterator[_Holder]:
    """Yield participants, and delegations that name no members."""
    instance = scope.instance
    homes = {d.id: (("delegations", i, "load"), d.load) for i, d in enumerate(instance.delegations)}
    top: tuple[Path, Load] = (("load",), instance.load)
    for path, party in _parties(scope):
        own = ((*path, "load"), party.load)
        if isinstance(party, Participant):
            home = (homes[party.delegation],) if party.delegation in homes else ()
            yield _Holder(path, party.id, (own, *home, top))
        elif instance.people_of(party.id)[0].stand_in:
            yield _Holder(path, party.id, (own, top))
