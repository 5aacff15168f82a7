"""Which engine runs jobs."""

from __future__ import annotations

from scheduler.service.jobs.local import LocalEngine
from scheduler.service.jobs.orders import Engine
from scheduler.service.settings import EngineName, Settings


def refuse_missing(settings: Settings) -> None:
    """See, before anything starts, whether the engine that the settings name can be there.

    Raises
    ------
    ValueError
        If it cannot.
    """
    if settings.jobs and settings.engine is EngineName.RAY:
        from scheduler.service.jobs.ray_engine import refuse_unreachable

        refuse_unreachable(settings.ray_address)


def engine_of(settings: Settings) -> Engine:
    """Return the engine that the settings name.

    Raises
    ------
    ValueError
        If it is not there.
    """
    if settings.engine is EngineName.RAY:
        from scheduler.service.jobs.ray_engine import RayEngine  # an extra

        return RayEngine(settings.ray_address)
    return LocalEngine(settings.niceness)
