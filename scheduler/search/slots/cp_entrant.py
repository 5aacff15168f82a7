"""CP-SAT on clauses as an entrant, in a thread (it lets others run)."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from scheduler.model.clauses.build import ClauseModel
from scheduler.model.clauses.weighing import Charge
from scheduler.search.slots.news import Board, Ending, News


@dataclass(frozen=True, slots=True)
class CpWay:
    """How CP-SAT is set up.

    Attributes
    ----------
    limit : float or None
        In deterministic seconds when ``deterministic``.
    """

    seed: int = 0
    deterministic: bool = False
    limit: float | None = None


class CpEntrant:
    """One run of CP-SAT.

    Parameters
    ----------
    model : ClauseModel
    charges : tuple of Charge
        What to minimise; empty: any schedule.
    """

    proves = True

    def __init__(self, model: ClauseModel, charges: tuple[Charge, ...], way: CpWay) -> None:
        self.name = f"CP-SAT, tables by {model.timetable.tables.value}"
        self._model = model
        self._charges = charges
        self._way = way
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, board: Board) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._work, args=(board,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End soon; a run that is given up is not waited for."""
        self._stop.set()

    def _work(self, board: Board) -> None:
        from scheduler.model.clause_engine import ClauseProgram
        from scheduler.model.engine import Configuration, EngineStatus, run

        program = ClauseProgram(self._model.formula, self._charges)
        outcome = run(
            program.model,
            program.cost,
            Configuration(1, self._way.seed, deterministic=self._way.deterministic, clauses=True),
            limit=self._way.limit,
            tell=lambda incumbent: board.put(News(self.name, bound=max(0, incumbent.bound))),
            stop=self._stop,
        )
        schedule = None
        if outcome.values is not None:
            true = {position + 1 for position in outcome.values.true}
            schedule = tuple(self._model.schedule(true))
        proven = outcome.status is EngineStatus.OPTIMAL
        ending = {EngineStatus.OPTIMAL: Ending.OPTIMAL, EngineStatus.INFEASIBLE: Ending.INFEASIBLE}
        board.put(
            News(
                self.name,
                bound=outcome.bound if proven or outcome.bound else None,
                schedule=schedule,
                ending=ending.get(outcome.status, Ending.GAVE_UP),
                log=outcome.log,
            )
        )
