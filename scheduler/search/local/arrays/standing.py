"""Who is engaged or blocked by what stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain import ParticipantId
from scheduler.problem import Task
from scheduler.problem.problem import engagements_of
from scheduler.search.local.held import Held
from scheduler.search.local.numbers import Arrays, columns

if TYPE_CHECKING:
    from scheduler.search.local.board import Board


def arrays(board: Board) -> Arrays:
    """Return what is in people's timelines already.

    Returns
    -------
    dict of str to array
        ``fixed_body``, ``fixed_start``, ``fixed_end``, ``fixed_place``, ``fixed_day``
            Per engagement: who is where, from minute to minute.
        ``blocked_body``, ``blocked_start``, ``blocked_end``
            Per person of an audience: who takes no meeting, from minute to minute.
    """
    fixed = [row for held in board.held for row in _engaged(board, held)]
    blocked = [row for held in board.held for row in _blocked(board, held)]
    return columns(("fixed_body", "fixed_start", "fixed_end", "fixed_place", "fixed_day"), fixed) | columns(
        ("blocked_body", "blocked_start", "blocked_end"), blocked
    )


def _engaged(board: Board, held: Held) -> Iterator[tuple[int, ...]]:
    option = held.option
    where = board.number_of_place[option.place], board.dates.index(option.date)
    for e in engagements_of(option.task):
        here = e.option.start == option.start and e.option.place is option.place
        if here and _is_engaged(board, e.person.id, held, chosen=e.chosen, unless=e.unless):
            yield board.bodies.person(e.person.id), *_times(board, held), *where


def _blocked(board: Board, held: Held) -> Iterator[tuple[int, ...]]:
    for person in held.option.task.audience:
        yield board.bodies.person(person.id), *_times(board, held)


def _times(board: Board, held: Held) -> tuple[int, int]:
    return board.ticks.since(held.option.start), board.ticks.since(held.option.end)


def _is_engaged(
    board: Board, person: ParticipantId, held: Held, *, chosen: bool, unless: Task | None
) -> bool:
    if chosen:
        return person in held.chosen
    if unless is None:
        return True
    return all(person not in other.chosen for other in board.held if other.option.task is unless)
