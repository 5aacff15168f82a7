"""What a suite is made of: cases, where their instances come from, and what is known of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Best:
    """The best that is known of a case.

    Attributes
    ----------
    values : tuple of int
        The value of each objective level, in their order; empty if there is no schedule.
    source : str
        Who says so.
    infeasible : bool
        Whether there is no schedule.
    proven : bool
        Whether nothing better exists; else it is only what somebody has reached.
    """

    values: tuple[int, ...]
    source: str
    infeasible: bool = False
    proven: bool = True

    def __str__(self) -> str:
        if self.infeasible:
            return "infeasible"
        return ", ".join(map(str, self.values)) + ("" if self.proven else " reached")


@dataclass(frozen=True, slots=True)
class Written:
    """An instance file, as it is."""

    path: Path


@dataclass(frozen=True, slots=True)
class Imported:
    """A published file of the bilateral meeting problem, imported by ``scheduler import b2b``."""

    path: Path


@dataclass(frozen=True, slots=True)
class Generated:
    """A programme made by ``scheduler generate`` with these arguments."""

    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """What a case changes.

    Attributes
    ----------
    name : str
        Of the case that it is made of.
    said : str
        What happens, in a sentence.
    """

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Case:
    """One instance to solve.

    Attributes
    ----------
    name : str
        Unlike all others of the suite.
    origin : Written, Imported or Generated
        How to come by the instance's file.
    limit : float
        Seconds for a search, unless the command says otherwise.
    best : Best or None
        What is known of it.
    smallest : bool
        Whether ``--smallest`` runs it: one per suite, solved in a few seconds.
    base : Base or None
        The case that its instance changes; None: it stands for itself.
    """

    name: str
    origin: Written | Imported | Generated
    limit: float
    best: Best | None = None
    smallest: bool = False
    base: Base | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """A registered suite.

    Attributes
    ----------
    name, purpose : str
    needs_data : bool
        Whether it has nothing to run without the folder of published instances.
    cases : callable
        Returns its cases, given the folder of published instances (None: there is none).
    """

    name: str
    purpose: str
    cases: Callable[[Path | None], tuple[Case, ...]]
    needs_data: bool = False
