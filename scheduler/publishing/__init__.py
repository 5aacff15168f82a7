"""From one schedule to the next, as the world is told of it: versions, calendars that follow, messages."""

from scheduler.publishing.folder import BusyError, solution_in

__all__ = ["BusyError", "solution_in"]
