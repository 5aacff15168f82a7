"""What goes wrong after a schedule is made: ten disruptions of a programme, for re-planning to be tried on.

Each is the programme changed in one respect that the schedule really uses, and everything mandatory can still
take place.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from pydantic import ValidationError

from scheduler.benchmarking.mishaps import parties, places
from scheduler.benchmarking.mishaps.scene import Attempt, Scene
from scheduler.checker import check
from scheduler.domain import Instance, Meeting, Solution, Status
from scheduler.search import SolveOptions
from scheduler.search.solve import solve

KINDS: dict[str, Callable[[Scene], Iterator[Attempt]]] = {
    "illness": parties.illness,
    "hall-closed": places.hall_closed,
    "delegation-late": parties.delegation_late,
    "delegation-leaves-early": parties.delegation_leaves_early,
    "new-requests": parties.new_requests,
    "tables-lost": places.tables_lost,
    "interpreters-lost": parties.interpreters_lost,
    "session-longer": places.session_longer,
    "venue-swapped": places.venue_swapped,
    "party-cancels": parties.party_cancels,
}
"""The kinds of disruption by name; each yields candidates, which are tried in their order."""

_TRIES = 30
"""Candidates of each kind that are looked at."""
_SECONDS = 10.0
"""The longest that is spent to find out whether everything mandatory can still take place."""


@dataclass(frozen=True, slots=True)
class Disruption:
    """Something that went wrong.

    Attributes
    ----------
    name : str
        Of its kind.
    sentence : str
        What happened, as an organiser would say it.
    instance : Instance
        The programme as it is now; its baseline is what it was.
    """

    name: str
    sentence: str
    instance: Instance


def disruptions(instance: Instance, solution: Solution, seed: int = 0) -> tuple[Disruption, ...]:
    """Return ten disruptions of a programme, each of another kind.

    Parameters
    ----------
    instance : Instance
    solution : Solution
        A valid schedule of it: what is disrupted is something that it uses.
    seed : int
        The same programme, schedule and seed give the same disruptions, and what befalls the programme of
        one kind does not depend on the other kinds.

    Returns
    -------
    tuple of Disruption
        In the order of :data:`KINDS`. A kind that cannot befall the programme (nobody interprets), or that
        would leave something mandatory without a place whomever it hit, is left out.
    """
    chosen = (_first(name, instance, solution, seed) for name in KINDS)
    return tuple(disruption for disruption in chosen if disruption is not None)


def _first(name: str, instance: Instance, solution: Solution, seed: int) -> Disruption | None:
    """Return the first disruption of a kind that hits the schedule and leaves what is mandatory possible."""
    scene = Scene(instance, solution, random.Random(f"{seed} {name}"))
    for attempt in islice(KINDS[name](scene), _TRIES):
        try:
            changed = attempt.change()
        except ValidationError:  # the parts no longer fit together: a pin on a table that is lost
            continue
        if (not attempt.breaks or _broken(changed, solution)) and _possible(changed, solution):
            return Disruption(name, attempt.sentence, changed)
    return None


def _broken(instance: Instance, solution: Solution) -> bool:
    """Return whether a changed programme refuses what is left of a schedule."""
    left = [placed for placed in solution.placements if instance.has_activity(placed.activity)]
    return bool(check(instance, solution.model_copy(update={"placements": tuple(left)})).violations)


def _possible(instance: Instance, solution: Solution) -> bool:
    """Return whether the programme has a schedule: what is optional can always be left out."""
    without = _without_requests(instance)
    if not _broken(without, solution):
        return True
    ended = solve(without, SolveOptions(time_limit=_SECONDS)).status
    return ended in (Status.OPTIMAL, Status.FEASIBLE)


def _without_requests(instance: Instance) -> Instance:
    """Return a programme without its optional meetings and without an objective."""
    optional = {meeting.id for meeting in instance.meetings if not _is_due(meeting)}
    together = (
        relation.model_copy(update={"activities": left})
        for relation in instance.day_relations
        if len(left := tuple(a for a in relation.activities if a not in optional)) > 1
    )
    return instance.changed(
        meetings=tuple(meeting for meeting in instance.meetings if meeting.id not in optional),
        precedences=tuple(
            order for order in instance.precedences if optional.isdisjoint((order.before, order.after))
        ),
        day_relations=tuple(together),
        objective=(),
    )


def _is_due(meeting: Meeting) -> bool:
    return meeting.mandatory or meeting.pin.start is not None
