"""A SAT solver of PySAT's as an entrant, in a process of its own."""

from __future__ import annotations

import pickle
import subprocess
import threading

from scheduler.model.clauses.build import ClauseModel
from scheduler.model.clauses.sat_process import Job, packed
from scheduler.model.clauses.weighing import Charge
from scheduler.search.slots.news import Board, Ending, News
from scheduler.search.slots.spares import Spares

_NAMES = {"cadical153": "CaDiCaL 1.5.3", "cadical195": "CaDiCaL 1.9.5"}


class SatEntrant:
    """One run of a SAT solver.

    Parameters
    ----------
    model : ClauseModel
    charges : tuple of Charge
        What to minimise; empty: any schedule.
    solver : str
        PySAT's name.
    least : int or None
        Raise the bound from here, question by question; None: be guided by cores.
    spares : Spares
        Where its process comes from.
    clauses : bytes or None
        The model's clauses, where they are packed already.
    """

    proves = True

    def __init__(
        self,
        model: ClauseModel,
        charges: tuple[Charge, ...],
        solver: str,
        least: int | None = None,
        spares: Spares | None = None,
        clauses: bytes | None = None,
    ) -> None:
        self.name = f"{_NAMES[solver]}, tables by {model.timetable.tables.value}"
        self._model = model
        clauses = packed(model.formula.clauses) if clauses is None else clauses
        self._job = Job(solver, model.formula.variables, clauses, charges, least)
        self._process: subprocess.Popen[bytes] | None = None
        self._spares = spares or Spares(0)

    def start(self, board: Board) -> None:
        """Begin."""
        self._process = self._spares.take()
        threading.Thread(target=self._work, args=(self._process, board), daemon=True).start()

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _work(self, process: subprocess.Popen[bytes], board: Board) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        ending = Ending.GAVE_UP
        try:
            with process.stdin as given:
                pickle.dump(self._job, given)
            for line in process.stdout:
                ending = self._heard(line.split(), board) or ending
        except (OSError, ValueError):  # it was ended meanwhile
            ending = Ending.GAVE_UP
        board.put(News(self.name, ending=ending))

    def _heard(self, words: list[bytes], board: Board) -> Ending | None:
        """Put up what a line says; return the ending that it announces."""
        match words:
            case [b"bound", bound]:
                board.put(News(self.name, bound=int(bound)))
            case [b"model", _, bits]:
                number = int(bits, 16)
                schedule = self._model.schedule(_Bits(number))
                board.put(News(self.name, schedule=tuple(schedule)))
            case [b"best", bound]:
                board.put(News(self.name, bound=int(bound)))
                return Ending.OPTIMAL
            case [b"none"]:
                return Ending.INFEASIBLE
        return None


class _Bits:
    """A number as the set of the places of its ones."""

    def __init__(self, number: int) -> None:
        self._bytes = number.to_bytes(number.bit_length() // 8 + 1, "little")

    def __contains__(self, place: object) -> bool:
        assert isinstance(place, int)
        byte = place >> 3
        return byte < len(self._bytes) and bool(self._bytes[byte] >> (place & 7) & 1)
