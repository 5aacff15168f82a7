"""What is asked of a programme: activities by id, and what is wrong with what they are to be."""

from __future__ import annotations

from pydantic import ValidationError

from scheduler.domain import (
    ActivityId,
    HostedActivity,
    Instance,
    InstanceError,
    Meeting,
    Session,
)


def hosted(instance: Instance, activity: ActivityId) -> HostedActivity:
    """Return a session or meeting.

    Raises
    ------
    ValueError
        If there is none of that id.
    """
    found = instance.activity(activity) if instance.has_activity(activity) else None
    if found is None:
        raise ValueError(f"there is no meeting {activity!r}")
    if not isinstance(found, HostedActivity):
        session = instance.session_of(activity)
        raise ValueError(f"{activity!r} is a talk: it has a place when its session {session.id!r} has one")
    return found


def with_activity(instance: Instance, activity: HostedActivity) -> Instance:
    """Return an instance in which a session or meeting takes the place of the one with its id."""
    if isinstance(activity, Session):
        others = tuple(activity if s.id == activity.id else s for s in instance.sessions)
        return instance.changed(sessions=others)
    assert isinstance(activity, Meeting)
    return instance.changed(meetings=tuple(activity if m.id == activity.id else m for m in instance.meetings))


def faults_of(error: ValidationError | InstanceError) -> tuple[str, ...]:
    """Return what is wrong with what was asked."""
    if isinstance(error, InstanceError):
        return tuple(f"{fault.value} {fault.message}" for fault in error.faults)
    found: list[str] = []
    for detail in error.errors():
        cause = detail.get("ctx", {}).get("error")
        found += faults_of(cause) if isinstance(cause, InstanceError) else [str(detail["msg"])]
    return tuple(found)
