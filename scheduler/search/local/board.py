"""A problem as the kernel for programmes that travel sees it: everything has a number.

Sessions stand where they have been placed before; meetings are what is searched. The arrays that the numbers
are put into are those of :mod:`scheduler.search.local.arrays`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import accumulate

from scheduler.domain import Meeting, TermName
from scheduler.problem import Problem
from scheduler.problem.cells import Cell, Cells, CellSet
from scheduler.search.local.arrays import arrays_of
from scheduler.search.local.bodies import Bodies
from scheduler.search.local.held import Held
from scheduler.search.local.limits import refuse_unsupported
from scheduler.search.local.masks import Masks
from scheduler.search.local.numbers import Arrays
from scheduler.search.local.ticks import ticks_of

_RULES_UNIT = 0.05
"""Little, so that while rules are mended nothing else suffers much."""


class Board:
    """Meetings to place around what stands.

    Parameters
    ----------
    problem : Problem
    held : iterable of Held
        What stands.
    go_on : callable
        Called now and then while the board is made; may raise.

    Raises
    ------
    UnsupportedError
        Where the kernel does not know what the problem asks for.

    Attributes
    ----------
    tasks : tuple of Task
        The meetings, by number.
    cells : Cells
        Where they may be.
    bodies : Bodies
        People and interpreters.
    durations : list of int
        The lengths of meetings in minutes, ascending; a *length* of the arrays is a position here.
    dates : tuple of datetime.date
        The dates of the days, in order.
    ticks : Ticks
        The board's time.
    masks : Masks
        Sets of cells that have a number.
    number_of_place, number_of_city : dict
        By place, and by a city's id.
    """

    def __init__(
        self, problem: Problem, held: Iterable[Held] = (), go_on: Callable[[], None] = lambda: None
    ) -> None:
        refuse_unsupported(problem)
        self.problem = problem
        self.held = tuple(held)
        self.tasks = problem.meetings
        self.cells = Cells(problem, self.tasks, go_on)
        self.bodies = Bodies(problem)
        self.masks = Masks(len(self.cells.cells))
        self.number_of_place = {place: number for number, place in enumerate(problem.geography.places)}
        self.number_of_city = {city.id: number for number, city in enumerate(problem.instance.cities)}
        self.dates = tuple(sorted({c.date for c in self.cells.cells} | {h.option.date for h in self.held}))
        self.durations = sorted({task.duration for task in self.tasks})
        self.ticks = ticks_of(
            [cell.start for cell in self.cells.cells],
            self.durations,
            [(held.option.start, held.option.end) for held in self.held],
        )

    @cached_property
    def day_of_cell(self) -> list[int]:
        """The position of each cell's date in ``dates``."""
        day = {date: number for number, date in enumerate(self.dates)}
        return [day[cell.date] for cell in self.cells.cells]

    @cached_property
    def first_choice(self) -> list[int]:
        """Where the choices of each meeting begin, and where the last ones end."""
        return list(accumulate((len(task.choices) for task in self.tasks), initial=0))

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The numbers of the objective's levels, ascending."""
        return tuple(sorted({term.level for term in self.problem.instance.objective}))

    def cells_where(self, test: Callable[[Cell], bool]) -> CellSet:
        """Return the cells that pass a test."""
        return sum(1 << number for number, cell in enumerate(self.cells.cells) if test(cell))

    def unit(self, level: int) -> float:
        """Return the least that a level charges for anything at all.

        Parameters
        ----------
        level : int
            Position in the objective; -1 for what rules ask.
        """
        if level < 0:
            return _RULES_UNIT
        instance, number = self.problem.instance, self.levels[level]
        worth = [instance.priorities[priority] for priority in self._priorities]
        least = {TermName.REQUESTS: min(worth, default=1), TermName.IDLE_MINUTES: self.ticks.tick}
        return min(t.weight * least.get(t.term, 1) for t in instance.objective if t.level == number)

    @cached_property
    def _priorities(self) -> set[str]:
        return {task.activity.priority for task in self.tasks if isinstance(task.activity, Meeting)}

    def arrays(self) -> Arrays:
        """Return everything the kernel is given."""
        return arrays_of(self)
