"""What an organiser wrote and could take back: each a requirement, with its place and its words."""

from scheduler.explain.requirements.base import FAIRNESS, TAKING_PLACE, Key, Kind, Requirement
from scheduler.explain.requirements.collection import Requirements, keeping, requirements
from scheduler.explain.requirements.rewriting import Edit, Path

__all__ = [
    "FAIRNESS",
    "TAKING_PLACE",
    "Edit",
    "Key",
    "Kind",
    "Path",
    "Requirement",
    "Requirements",
    "keeping",
    "requirements",
]
