"""What cannot be said of an instance by the shape of its parts: names, cycles, lengths.

A fault is a contradiction in what is written, never a programme that is merely hard: an activity for
which no room has the features, or a day too short for all that is mandatory, is a legal instance that
the solver proves infeasible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.domain.faults.doubt import NO_DOUBT, Doubt
from scheduler.domain.faults.duplicates import duplicate_ids, duplicate_terms, repeated_baseline
from scheduler.domain.faults.facts import Facts
from scheduler.domain.faults.lengths import grid_divides_day, lengths
from scheduler.domain.faults.never import pairs, sure_to_meet
from scheduler.domain.faults.order import day_relations, precedences
from scheduler.domain.faults.parties import meeting_parties, roles, splits
from scheduler.domain.faults.places import areas, links, pins, transfers
from scheduler.domain.faults.unknown import unknown_names
from scheduler.domain.instance import Fault, Instance

__all__ = ["NO_DOUBT", "Doubt", "faults"]

CHECKS: tuple[Callable[[Facts], Iterator[Fault]], ...] = (
    grid_divides_day,
    duplicate_ids,
    unknown_names,
    transfers,
    links,
    splits,
    meeting_parties,
    roles,
    pairs,
    sure_to_meet,
    lengths,
    areas,
    pins,
    precedences,
    day_relations,
    duplicate_terms,
    repeated_baseline,
)


def faults(instance: Instance, doubt: Doubt = NO_DOUBT) -> list[Fault]:
    """Return everything wrong with how an instance's parts fit together.

    Parameters
    ----------
    instance : Instance
        Each of its parts has the right shape; their names need not exist.
    doubt : Doubt
        What a reader had to leave out or mend before there was an instance; nothing is concluded
        from it.

    Returns
    -------
    list of Fault
        Paths are the keys as an instance is written (``from``, ``to``), positions count from 0.
    """
    facts = Facts(instance, doubt)
    return [fault for check in CHECKS for fault in check(facts)]
