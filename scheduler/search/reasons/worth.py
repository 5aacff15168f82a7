"""What requests are worth, to tell which of two comes first."""

from __future__ import annotations

from scheduler.domain import ActivityId, HostedActivity, Instance
from scheduler.problem import Problem, Task

MANDATORY = float("inf")
"""What is mandatory comes before every request."""


def worth_of(instance: Instance, task: Task) -> int:
    """Return what a request that is not granted costs."""
    assert isinstance(task.activity, HostedActivity)
    return instance.priorities[task.activity.priority]


def worth_in(problem: Problem, activity: ActivityId) -> float:
    """Return what something placed is worth; of a talk, what its session is."""
    task = problem.by_id[activity]
    task = task.session or task
    return MANDATORY if task.mandatory else worth_of(problem.instance, task)
