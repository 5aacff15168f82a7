"""What an organiser has decided, written into the programme: the next re-plan keeps it."""

from __future__ import annotations

from scheduler.domain import ActivityId, Instance, Pin, Placement
from scheduler.explain.asking import hosted, with_activity


def pinned(instance: Instance, placement: Placement) -> Instance:
    """Return a programme in which a session or meeting stays where it was placed.

    Its start and its room are pinned. Tables are all alike: only where the programme itself has pinned a
    table it stays pinned.

    Parameters
    ----------
    instance : Instance
    placement : Placement

    Raises
    ------
    ValueError
        If there is no such session or meeting.
    """
    activity = hosted(instance, placement.activity)
    pin = Pin(start=placement.start, room=placement.room, table=activity.pin.table)
    return with_activity(instance, activity.model_copy(update={"pin": pin}))


def unpinned(instance: Instance, activity: ActivityId) -> Instance:
    """Return a programme in which the start and the room of a session or meeting are free.

    A pinned start made it mandatory, and it is as the programme says again.

    Parameters
    ----------
    instance : Instance
    activity : ActivityId

    Raises
    ------
    ValueError
        If there is no such session or meeting.
    """
    found = hosted(instance, activity)
    if found.pin.start is None and found.pin.room is None:
        return instance
    return with_activity(instance, found.model_copy(update={"pin": Pin(table=found.pin.table)}))
