"""A SAT solver of PySAT's as an entrant, in a process of its own."""

from __future__ import annotations

import pickle
import threading

from scheduler.model.clauses.job import Job
from scheduler.model.clauses.spares import Process, Spares, end
from scheduler.search.slots.news import Board, Ending, News

_NAMES = {"cadical153": "CaDiCaL 1.5.3", "cadical195": "CaDiCaL 1.9.5", "glucose4": "Glucose 4.1"}


class SatEntrant:
    """One run of a SAT solver.

    Parameters
    ----------
    job : Job
        What is to be solved. With ``most``: that nothing costs so little is news as a bound.
    spares : Spares or None
        Where its process comes from, and where it goes back to.
    """

    proves = True

    def __init__(self, job: Job, spares: Spares | None = None) -> None:
        asked = "" if job.most is None else f", asked for {job.most}"
        self.name = f"{_NAMES[job.solver]}, tables by {job.tables.value}{asked}"
        self._job = job
        self._process: Process | None = None
        self._spares = spares or Spares(0)
        self._handing_back = threading.Lock()

    def start(self, board: Board) -> None:
        """Begin."""
        self._process = self._spares.take()
        threading.Thread(target=self._work, args=(self._process, board), daemon=True).start()

    def stop(self) -> None:
        """End the process."""
        with self._handing_back:
            if self._process is not None:
                end(self._process)

    def _work(self, process: Process, board: Board) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        ending = Ending.GAVE_UP
        try:
            pickle.dump(self._job, process.stdin)
            process.stdin.flush()
            for line in process.stdout:
                if (heard := self._heard(line.split(), board)) is not None:
                    ending = heard
                    break
        except (OSError, ValueError):  # it was ended meanwhile
            ending = Ending.GAVE_UP
        self._leave(process, ending)
        board.put(News(self.name, ending=ending))

    def _leave(self, process: Process, ending: Ending) -> None:
        with self._handing_back:
            if ending is not Ending.GAVE_UP and process.poll() is None:
                self._process = None
                self._spares.give_back(process)

    def _heard(self, words: list[bytes], board: Board) -> Ending | None:
        """Put up what a line says; return the ending that it announces."""
        match words:
            case [b"bound", bound]:
                board.put(News(self.name, bound=int(bound)))
            case [b"slots", _, *slots]:
                board.put(News(self.name, schedule=tuple(map(int, slots))))
            case [b"best" | b"none" as how, *bound]:
                return self._ended(board, int(bound[0]) if how == b"best" else None)
        return None

    def _ended(self, board: Board, least: int | None) -> Ending:
        """Put up what has come out; only the least cost of all schedules is a bound."""
        if self._job.most is None and least is None:
            return Ending.INFEASIBLE
        if self._job.most is None:
            board.put(News(self.name, bound=least))
        elif least is None:
            board.put(News(self.name, bound=self._job.most + 1))
        return Ending.OPTIMAL
