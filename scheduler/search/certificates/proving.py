"""A claim -> the clauses of its opposite -> a proof that these cannot hold."""

from __future__ import annotations

import importlib.util
import os
import pickle
import subprocess
import sys
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.model.clauses.build import build
from scheduler.model.clauses.formula import Clause
from scheduler.model.clauses.packing import packed, unpacked
from scheduler.model.clauses.timetable import suited
from scheduler.problem.slotted import Slotted
from scheduler.search.certificates.checking import RefusedError, Step, check

_PROGRAM = "scheduler.model.clauses.proof_process"
_SOLVER = "cadical195"
_ROOT = Path(__file__).parents[3]
_DRUP_WORK = 2_000_000
"""Clauses times lemmas up to which the verified checker, which looks at all of them, ends within seconds."""

_DRUP_SECONDS = 20.0
_DRUP = "import sys, drup; print(drup.check_proof_from_files(*sys.argv[1:]).outcome is drup.Outcome.VALID)"


class TooLargeError(Exception):
    """The proof was not found, or not trimmed, within its time."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a certificate is of.

    Attributes
    ----------
    fixed : tuple of int
        Values of the earlier levels, in their order.
    value : int or None
        Of the next level nothing is below it; None: there is no schedule at all.
    """

    fixed: tuple[int, ...] = ()
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Opposite:
    """The clauses that hold for exactly the schedules that a claim denies."""

    variables: int
    clauses: tuple[Clause, ...]


def opposite(slots: Slotted, claim: Claim) -> Opposite:
    """Return the clauses of "something better exists": the rules, earlier levels kept, and one less."""
    model = build(slots, suited(slots), narrow=False)
    for level, value in enumerate(claim.fixed):
        model.limit(level, value)
    if claim.value is not None:
        model.limit(len(claim.fixed), claim.value - 1)
    return Opposite(model.formula.variables, tuple(model.formula.clauses))


def missing() -> list[str]:
    """Return the libraries that certificates need and that are not installed."""
    found = [name for name, module in (("python-sat", "pysat"), ("drup", "drup")) if not _has(module)]
    return found + ([] if _has("scheduler.search.certificates._trim") else ["a C++ compiler at installation"])


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def proven(clauses: Opposite, seconds: float) -> list[tuple[int, ...]]:
    """Return the lemmas of a proof that clauses cannot hold, as few as are needed.

    Raises
    ------
    RefusedError
        If the clauses can be satisfied: the claim is wrong.
    TooLargeError
        If the time did not suffice.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", _PROGRAM],
            input=pickle.dumps((_SOLVER, packed(clauses.clauses))),
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])},
        )
    except subprocess.TimeoutExpired:
        raise TooLargeError(f"no proof within {seconds:.0f} s") from None
    if not done.stdout:
        raise RefusedError("the clauses can be satisfied: what is claimed is not so")
    found = [tuple(lemma) for lemma in unpacked(done.stdout)]
    return [step.lemma for step in hinted(clauses, found, seconds)]


def hinted(clauses: Opposite, lemmas: Sequence[Clause], seconds: float) -> list[Step]:
    """Return those of the lemmas that are needed, and why each of them follows.

    Raises
    ------
    RefusedError
        If one does not follow.
    TooLargeError
        If the time did not suffice.
    """
    from scheduler.search.certificates import _trim

    try:
        found = _trim.trim(packed(clauses.clauses), packed(lemmas), seconds)
    except ValueError as error:
        raise RefusedError(str(error)) from None
    if found is None:
        raise TooLargeError(f"not trimmed within {seconds:.0f} s")
    return list(_steps(found, len(clauses.clauses), lemmas))


def _steps(found: bytes, originals: int, lemmas: Sequence[Clause]) -> Iterator[Step]:
    numbers = array("i")
    numbers.frombytes(found)
    place = 0
    while place < len(numbers):
        position, many = numbers[place], numbers[place + 1]
        hints = numbers[place + 2 : place + 2 + many]
        place += 2 + many
        lemma = position - originals
        literals = tuple(lemmas[lemma]) if lemma < len(lemmas) else ()
        yield Step(position + 1, literals, tuple(hint + 1 for hint in hints))


@dataclass(frozen=True, slots=True)
class Checked:
    """How a proof was checked.

    Attributes
    ----------
    steps, core : int
        Lemmas, and clauses of the formula, that it takes.
    verified : bool or None
        What the checker made from verified code says; None when the proof is too large for it.
    """

    steps: int
    core: int
    verified: bool | None


def checked(clauses: Opposite, lemmas: Sequence[Clause], seconds: float) -> Checked:
    """Check a proof: by hints, without search, and by verified code as well if it is small enough.

    Raises
    ------
    RefusedError
        If it does not prove that the clauses cannot hold.
    TooLargeError
        If the time did not suffice.
    """
    steps = hinted(clauses, lemmas, seconds)
    count = check(clauses.clauses, steps)
    core = sorted({hint for step in steps for hint in step.hints if hint <= len(clauses.clauses)})
    needed = [clauses.clauses[number - 1] for number in core]
    small = all(needed) and (len(core) + count) * count <= _DRUP_WORK
    verified = _verified(clauses.variables, needed, [step.lemma for step in steps]) if small else None
    if verified is False:
        raise RefusedError("the verified checker refuses the proof")
    return Checked(count, len(core), verified)


def _verified(variables: int, clauses: Sequence[Clause], lemmas: Sequence[Clause]) -> bool | None:
    """Let the verified checker read the clauses that are needed, and the proof; None if it takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        cnf, drup = Path(folder) / "core.cnf", Path(folder) / "core.drup"
        cnf.write_text(dimacs(variables, clauses), encoding="ascii")
        drup.write_text(lines(lemmas), encoding="ascii")
        command = [sys.executable, "-c", _DRUP, str(cnf), str(drup)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_DRUP_SECONDS, check=True)
        except subprocess.TimeoutExpired:
            return None
    return done.stdout.strip() == "True"


def dimacs(variables: int, clauses: Sequence[Clause]) -> str:
    """Return clauses as a DIMACS file."""
    return f"p cnf {variables} {len(clauses)}\n{lines(clauses)}"


def lines(clauses: Sequence[Clause]) -> str:
    """Return clauses as lines, each closed by 0."""
    return "".join(" ".join(map(str, (*clause, 0))) + "\n" for clause in clauses)
