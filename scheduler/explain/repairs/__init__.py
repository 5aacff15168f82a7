"""The cheapest repairs of a programme that leaves no schedule, proven to be the cheapest."""

from scheduler.explain.repairs.search import Repair, Repairs, RepairSearch, repaired_instance
from scheduler.explain.repairs.steps import Step, steps_of

__all__ = ["Repair", "RepairSearch", "Repairs", "Step", "repaired_instance", "steps_of"]
