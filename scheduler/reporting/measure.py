"""Measures a schedule."""

from __future__ import annotations

from scheduler.checker import check
from scheduler.domain import Instance, Solution
from scheduler.domain.times import MINUTE
from scheduler.reporting.indicators import Indicators
from scheduler.reporting.measuring import objective, people, requests, rooms
from scheduler.reporting.measuring.scene import Scene


def indicators(instance: Instance, solution: Solution) -> Indicators:
    """Return everything that is measured of a schedule (``docs/report.md`` defines each to the letter).

    Parameters
    ----------
    instance : Instance
        The programme.
    solution : Solution
        One of its schedules. It need not keep the rules, but must speak of this programme.

    Raises
    ------
    ValueError
        If the solution does not speak of this instance.
    """
    scene = Scene(instance, solution)
    verdict = check(instance, solution)
    everybody = people.days(scene)
    missing = requests.refused(scene)
    return Indicators(
        programme=instance.programme.id,
        title=instance.programme.label,
        status=solution.status,
        valid=verdict.valid,
        breaches=objective.breaches(verdict),
        levels=objective.levels(verdict, solution),
        terms=objective.terms(verdict),
        requests=requests.requests(scene),
        refusals=requests.refusals(missing),
        refused=missing,
        breaks_within=instance.breaks.span,
        breaks_beyond=instance.breaks.tolerance // MINUTE,
        people=everybody,
        rooms=rooms.rooms(scene),
        travel=people.travel(scene, everybody),
        fairness=people.fairness(scene, everybody),
        held=requests.held(scene),
    )
