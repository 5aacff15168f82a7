"""From one schedule to the next, as the world is told of it: versions, calendars that follow, messages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from scheduler.publishing.folder import BusyError, solution_in

if TYPE_CHECKING:
    from scheduler.publishing.making import USUAL, BrokenScheduleError, Published, publish

__all__ = ["USUAL", "BrokenScheduleError", "BusyError", "Published", "publish", "solution_in"]


def __getattr__(name: str) -> Any:
    """Import what publishes when it is asked for: who only looks for a version needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.making"), name)
