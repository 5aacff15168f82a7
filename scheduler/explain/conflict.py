"""Which requirements cannot all be had: an irreducible set of them, found and verified by solving."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from scheduler.domain import Instance, Solution, Status
from scheduler.explain.requirements import Requirement
from scheduler.search.result import SolveOptions
from scheduler.search.solve import solve


@dataclass(frozen=True, slots=True)
class Shown:
    """What was verified of a conflict.

    Attributes
    ----------
    infeasible : bool
        The requirements alone, everything else taken back, leave no schedule.
    confirmed : bool
        So says a second run too, set up differently.
    irreducible : bool
        Without any one of them there is a schedule, found and checked.
    """

    infeasible: bool = False
    confirmed: bool = False
    irreducible: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """How the search for a conflict ended.

    Attributes
    ----------
    status : Status
        ``INFEASIBLE``: there is no schedule, and ``requirements`` says why. ``OPTIMAL``: there is one.
        ``UNKNOWN``, ``INTERRUPTED``, ``CONTRADICTION``: it is not known whether there is one.
    requirements : tuple of Requirement
        Which cannot all be had, in the order of the instance.
    headline : tuple of str
        What they come to, in sentences that follow from them.
    shown : Shown
    solution : Solution or None
        A schedule, where there is one: any, not the best.
    notes : tuple of str
        What a reader should know: what was not shown, and why.
    """

    status: Status
    requirements: tuple[Requirement, ...] = ()
    headline: tuple[str, ...] = ()
    shown: Shown = Shown()
    solution: Solution | None = None
    notes: tuple[str, ...] = ()


def find_conflict(
    instance: Instance, options: SolveOptions | None = None, stop: threading.Event | None = None
) -> Conflict:
    """Return an irreducible set of requirements that leave no schedule, or a schedule.

    Parameters
    ----------
    instance : Instance
    options : SolveOptions or None
        Limits and workers for the whole; None: until it is found.
    stop : threading.Event or None
        Ends the search soon after it is set; what is not shown by then is said not to be.
    """
    result = solve(instance.changed(objective=()), options, None, stop)
    return Conflict(result.status, solution=result.solution, notes=result.notes)
