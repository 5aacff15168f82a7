"""What the kernel does not know."""

from __future__ import annotations

from scheduler.problem import Problem, Task

MOST_CHOICES = 4
MOST_LANGUAGES = 30
MOST_LEVELS = 8


class UnsupportedError(Exception):
    """The kernel does not know something that the problem asks for; the text says what."""


def refuse_unsupported(problem: Problem) -> None:
    """Refuse what the kernel does not know.

    Raises
    ------
    UnsupportedError
    """
    for task in problem.meetings:
        _refuse_meeting(task)
    if len({language for p in problem.people for language in p.languages}) > MOST_LANGUAGES:
        raise UnsupportedError(f"more than {MOST_LANGUAGES} languages")
    if len({term.level for term in problem.instance.objective}) > MOST_LEVELS:
        raise UnsupportedError(f"more than {MOST_LEVELS} levels")


def _refuse_meeting(task: Task) -> None:
    if len(task.choices) > MOST_CHOICES:
        raise UnsupportedError(f"more than {MOST_CHOICES} parties that split at one meeting")
    if task.activity.pin.table is not None:
        raise UnsupportedError("pinned tables")
    if task.stay is not None:
        raise UnsupportedError("meetings that have taken place")
