"""What each meeting needs, and where it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain import Meeting
from scheduler.problem import Task
from scheduler.problem.cells import CellSet, members
from scheduler.search.local.numbers import NONE, Arrays, ints, lists
from scheduler.search.local.remaining import Remaining

if TYPE_CHECKING:
    from scheduler.search.local.board import Board


def arrays(board: Board) -> Arrays:
    """Return the meetings.

    Returns
    -------
    dict of str to array
        ``duration``
            Per meeting, in minutes.
        ``duration_index``
            Per meeting: its length.
        ``worth``
            Per meeting: the weight of its priority.
        ``mandatory``
            Per meeting: 1 or 0.

        and those of :func:`_classes`, :func:`_choices` and :func:`_languages`.
    """
    length = {duration: number for number, duration in enumerate(board.durations)}
    found = {
        "duration": ints(task.duration for task in board.tasks),
        "duration_index": ints(length[task.duration] for task in board.tasks),
        "worth": ints(_worth(board, task) for task in board.tasks),
        "mandatory": ints(task.mandatory for task in board.tasks),
    }
    return found | _classes(board) | _choices(board) | _languages(board)


def _meeting(task: Task) -> Meeting:
    assert isinstance(task.activity, Meeting)
    return task.activity


def _worth(board: Board, task: Task) -> int:
    return board.problem.instance.priorities[_meeting(task).priority]


def _classes(board: Board) -> Arrays:
    """Return the cells; meetings with the same cells share a class.

    Returns
    -------
    dict of str to array
        ``cells_of``
            Per meeting: its class.
        ``classes``
            Lists of cells, per class, ascending (and so in the order of starts).
    """
    remaining = Remaining(board)
    number: dict[CellSet, int] = {}
    cells_of = [number.setdefault(remaining.cells(task), len(number)) for task in board.tasks]
    return {"cells_of": ints(cells_of), **lists("classes", [members(cells) for cells in number])}


def _choices(board: Board) -> Arrays:
    """Return who takes part.

    Returns
    -------
    dict of str to array
        ``takers``
            Lists of bodies, per meeting: who takes part whatever is chosen.
        ``choices``
            Lists of choices, per meeting: one attendee each. They are numbered through.
        ``candidates``, ``candidate_masks``
            Lists of bodies, per choice, and of the masks of the cells at which each of them is there.
    """
    person, number, available = board.bodies.person, board.masks.number, board.cells.available
    choices = [(task, choice) for task in board.tasks for choice in task.choices]
    first = board.first_choice
    return {
        **lists("takers", [[person(p.id) for p in task.takers] for task in board.tasks]),
        **lists("choices", [range(first[n], first[n + 1]) for n in range(len(board.tasks))]),
        **lists("candidates", [[person(p.id) for p in choice.candidates] for _, choice in choices]),
        **lists(
            "candidate_masks",
            [[number(available(p, task.duration)) for p in choice.candidates] for task, choice in choices],
        ),
    }


def _languages(board: Board) -> Arrays:
    """Return what parties speak; nothing where nobody's languages are known.

    Returns
    -------
    dict of str to array
        ``party_choice``
            Lists per meeting, an item for each party: the position of its choice among those of the meeting;
            -1 where it does not split.
        ``party_languages``
            Lists per meeting, an item for each party: what its people speak between them, as bits.
    """
    spoken = any(person.languages for person in board.problem.people)
    tasks = board.tasks if spoken else ()
    silent: list[list[int]] = [] if spoken else [[]] * len(board.tasks)
    party_choice = []
    for task in tasks:
        split = {choice.party: position for position, choice in enumerate(task.choices)}
        party_choice.append([split.get(party, NONE) for party in _meeting(task).parties])
    party_languages = [[board.bodies.languages(party) for party in _meeting(task).parties] for task in tasks]
    return lists("party_choice", party_choice or silent) | lists("party_languages", party_languages or silent)
