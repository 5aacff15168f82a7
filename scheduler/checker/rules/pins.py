"""Rule 10: what is pinned stays, and so does the past."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.rules.base import Rule
from scheduler.checker.schedule import Schedule
from scheduler.checker.wording import about, clock, subject
from scheduler.domain import Placement, RuleName, Violation
from scheduler.domain.times import UTC

_NAME = RuleName.PINS


def _alone(facts: Facts, placed: Placed) -> Iterator[Violation]:
    for message in (*_pin(facts, placed), *_past(facts, placed)):
        yield about(_NAME, f"{subject(placed)} {message}", [placed])


def _pin(facts: Facts, placed: Placed) -> Iterator[str]:
    pin = placed.activity.pin
    if pin.start is not None and pin.start.astimezone(UTC) != placed.start:
        yield f"is pinned to {clock(pin.start, placed.zone)}"
    if pin.room is not None and pin.room != placed.room.id:
        yield f"is in {placed.room.label} and pinned to {facts.instance.room(pin.room).label}"
    if pin.table is not None and pin.table != placed.placement.table:
        yield f"is pinned to table {pin.table}"


def _past(facts: Facts, placed: Placed) -> Iterator[str]:
    now = facts.instance.programme.now
    if now is None:
        return
    earlier = facts.frozen.get(placed.id)
    if earlier is not None:
        yield from _changes(placed, earlier)
    elif placed.start < now.astimezone(UTC):
        yield f"starts before now ({clock(now, placed.zone)}) and did not in the baseline"


def _changes(placed: Placed, earlier: Placement) -> Iterator[str]:
    began = f"began on {clock(earlier.start, placed.zone)}, before now, and should stay"
    placement = placed.placement
    if placed.start != earlier.start.astimezone(UTC):
        yield f"{began} at that time"
    if placement.room != earlier.room:
        yield f"{began} in the room {earlier.room}"
    if placement.table != earlier.table:
        yield f"{began} {'without a table' if earlier.table is None else f'at table {earlier.table}'}"
    if set(placement.attendees) != set(earlier.attendees):
        yield f"{began} with the same people"
    if placement.interpreter != earlier.interpreter:
        yield f"{began} with the same interpreter, if any"


def _together(schedule: Schedule) -> Iterator[Violation]:
    frozen = schedule.facts.frozen
    if not frozen:
        return
    placed = {placement.activity for placement in schedule.raw}
    for activity, earlier in frozen.items():
        if activity not in placed:
            label = schedule.instance.activity(activity).label
            yield Violation(
                rule=_NAME,
                message=f"'{label}' began before now and should stay where it is in the baseline",
                activities=(activity,),
                room=earlier.room,
                start=earlier.start,
            )


RULE = Rule(_NAME, alone=_alone, together=_together)
