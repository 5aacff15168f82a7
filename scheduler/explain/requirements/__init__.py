"""What an organiser wrote and could take back: each a requirement, with its place and its words."""

from scheduler.explain.requirements.base import Edit, Kind, Path, Requirement

__all__ = ["Edit", "Kind", "Path", "Requirement"]
