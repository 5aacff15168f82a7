"""Whether two tasks run at the same time."""

from __future__ import annotations

from scheduler.model.context import Context
from scheduler.model.logic import Literal
from scheduler.problem import Task


def overlap(context: Context, one: Task, other: Task) -> Literal:
    """Return a literal that is true exactly when both are placed and overlap."""
    logic = context.logic
    starts, others = context.starts(one), context.starts(other)
    meets = {
        start: [
            literal
            for begin, literal in others.items()
            if begin < start + one.duration and start < begin + other.duration
        ]
        for start in starts
    }
    if not any(meets.values()):
        return logic.false
    both = logic.literal()
    for start, literal in starts.items():
        for meeting in meets[start]:
            logic.cp.add_bool_or([~literal, ~meeting, both])
        logic.cp.add_bool_or([~both, ~literal, *meets[start]])
    logic.cp.add_implication(both, context.placed(one))
    return both
