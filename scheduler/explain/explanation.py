"""Why there is no schedule, and what would help: both, as one value and as data."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scheduler.domain import Instance, Status
from scheduler.explain.conflict import Conflict, ConflictSearch
from scheduler.explain.questions import Limits, Questions
from scheduler.explain.repairs.search import Repair, Repairs, RepairSearch
from scheduler.explain.requirements import Path, Requirements
from scheduler.reading import Places
from scheduler.search.result import SolveOptions


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found of a programme.

    Attributes
    ----------
    conflict : Conflict
        With the status: ``OPTIMAL`` when there is a schedule after all.
    repairs : Repairs
        None where there is a schedule, or it is not known whether there is one.
    """

    conflict: Conflict
    repairs: Repairs

    @property
    def status(self) -> Status:
        """Whether there is a schedule."""
        return self.conflict.status

    def data(self, places: Places | None = None) -> dict[str, Any]:
        """Return all of it as JSON has it; ``place`` is where each thing is written, if that is known."""
        conflict, repairs = self.conflict, self.repairs
        at = _located(places, [r.path for r in conflict.requirements])
        return {
            "status": conflict.status.value,
            "headline": list(conflict.headline),
            "requirements": [
                {
                    "kind": requirement.kind.value,
                    "about": list(requirement.about),
                    "sentence": requirement.sentence,
                    "path": list(requirement.path),
                    "place": place,
                }
                for requirement, place in zip(conflict.requirements, at, strict=True)
            ],
            "shown": asdict(conflict.shown),
            "repairs": [_repair(repair, places) for repair in repairs.found],
            "bound": repairs.bound,
            "complete": repairs.complete,
            "notes": [*conflict.notes, *repairs.notes],
        }


def _repair(repair: Repair, places: Places | None) -> dict[str, Any]:
    at = _located(places, [step.path for step in repair.steps])
    return {
        "cost": repair.cost,
        "proven": repair.proven,
        "steps": [
            {"sentence": step.sentence, "cost": step.cost, "path": list(step.path), "place": place}
            for step, place in zip(repair.steps, at, strict=True)
        ],
        "schedule": [placement.model_dump(mode="json") for placement in repair.solution.placements],
    }


def _located(places: Places | None, paths: Sequence[Path]) -> Sequence[str | None]:
    return [None] * len(paths) if places is None else places.of(paths)


def why_infeasible(
    instance: Instance,
    options: SolveOptions | None = None,
    stop: threading.Event | None = None,
    *,
    repairs: int = 3,
) -> Explanation:
    """Return why an instance has no schedule, and what would help.

    Parameters
    ----------
    instance : Instance
    options : SolveOptions or None
        Limits and workers for the whole; None: until it is found.
    stop : threading.Event or None
        Ends the search soon after it is set; what is not shown by then is said not to be.
    repairs : int
        How many different repairs to look for.

    Returns
    -------
    Explanation
        An irreducible set of requirements that leave no schedule, and the cheapest repairs.
    """
    questions = Questions(Limits.of(options, stop))
    requirements = Requirements(instance)
    conflict = ConflictSearch(requirements, questions).run()
    if conflict.status is not Status.INFEASIBLE or not repairs:
        return Explanation(conflict, Repairs())
    search = RepairSearch(instance, requirements, questions)
    return Explanation(conflict, search.run(conflict.requirements, repairs))
