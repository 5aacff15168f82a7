"""The discrete view of a programme that every solver shares: minutes, admissible placements, conflicts.

All times are whole minutes since 1970, in UTC (:class:`~scheduler.problem.clock.Clock`).
Nothing here knows a solver.
"""

from scheduler.problem.discretise import discretise
from scheduler.problem.problem import Problem
from scheduler.problem.tasks import Choice, Engagement, Option, Task

__all__ = ["Choice", "Engagement", "Option", "Problem", "Task", "discretise"]
