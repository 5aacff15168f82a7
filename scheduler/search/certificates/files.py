"""A folder of certificates: the clauses, the proofs, and what they are of."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain import LevelReport, Status
from scheduler.problem.slotted import Slotted
from scheduler.search.certificates.checking import RefusedError
from scheduler.search.certificates.proving import (
    Checked,
    Claim,
    Opposite,
    TooLargeError,
    checked,
    dimacs,
    lines,
    opposite,
    proven,
)

CLAIMS = "claims.txt"
_RULES = "rules"


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one claim.

    Attributes
    ----------
    name : str
        ``rules`` for "there is no schedule", else ``level-K``.
    said : str
        In words.
    good : bool or None
        Accepted, refused, or (None) neither.
    """

    name: str
    said: str
    good: bool | None


def claims_of(slots: Slotted, status: Status, levels: Iterable[LevelReport]) -> dict[str, Claim]:
    """Return what was proven, by name; what was not proven is not claimed."""
    if status is Status.INFEASIBLE:
        return {_RULES: Claim()}
    found: dict[str, Claim] = {}
    fixed: list[int] = []
    for position, report in enumerate(levels):
        if report.status is not Status.OPTIMAL or position >= len(slots.levels):
            break
        found[f"level-{report.level}"] = Claim(tuple(fixed), report.value)
        fixed.append(report.value)
    return found


def write(slots: Slotted, claims: dict[str, Claim], folder: Path, seconds: float) -> Iterator[Entry]:
    """Prove claims, check the proofs, and keep them in a folder; yield what became of each."""
    folder.mkdir(parents=True, exist_ok=True)
    told = []
    for name, claim in claims.items():
        entry, line = _written(slots, name, claim, folder, seconds)
        told.append(line)
        yield entry
    (folder / CLAIMS).write_text("".join(told), encoding="utf-8")


def _written(slots: Slotted, name: str, claim: Claim, folder: Path, seconds: float) -> tuple[Entry, str]:
    line = (
        f"{name} {'none' if claim.value is None else claim.value} {' '.join(map(str, claim.fixed))}".rstrip()
    )
    if claim.value == 0:
        return Entry(name, "0 needs no proof: no cost is ever negative", True), f"{line}\n"
    clauses = opposite(slots, claim)
    text = dimacs(clauses.variables, clauses.clauses)
    (folder / f"{name}.cnf").write_text(text, encoding="ascii")
    line += f" sha256:{hashlib.sha256(text.encode('ascii')).hexdigest()}\n"
    began = time.perf_counter()
    try:
        lemmas = proven(clauses, seconds)
        found = checked(clauses, lemmas, seconds)
    except TooLargeError as error:
        size = f"{len(clauses.clauses)} clauses, {len(text) / 1e6:.1f} MB"
        return Entry(name, f"too large to check here ({size}): {error}", None), line
    except RefusedError as error:
        return Entry(name, f"refused: {error}", False), line
    (folder / f"{name}.drup").write_text(lines(lemmas), encoding="ascii")
    return Entry(name, _accepted(clauses, found, time.perf_counter() - began), True), line


def _accepted(clauses: Opposite, found: Checked, seconds: float) -> str:
    again = {
        True: "and by the verified checker drup",
        None: "(too large for the verified checker drup)",
    }[found.verified]
    return (
        f"proof accepted by the step-by-step checker {again}: {len(clauses.clauses)} clauses, "
        f"of which it takes {found.core}, and {found.steps} lemmas, in {seconds:.1f} s"
    )


def read(folder: Path) -> dict[str, Claim]:
    """Return the claims of a folder.

    Raises
    ------
    RefusedError
        If it says none, or in another form.
    """
    found = {}
    for line in (folder / CLAIMS).read_text(encoding="utf-8").splitlines():
        words = [word for word in line.split() if not word.startswith("sha256:")]
        try:
            value = None if words[1] == "none" else int(words[1])
            found[words[0]] = Claim(tuple(map(int, words[2:])), value)
        except (IndexError, ValueError):
            raise RefusedError(f"{folder / CLAIMS}: not a claim: {line}") from None
    values = [claim.value for claim in found.values()]
    if not found or any(list(c.fixed) != values[:place] for place, c in enumerate(found.values())):
        raise RefusedError(f"{folder / CLAIMS}: each claim must build on all those before it")
    return found


def check_folder(slots: Slotted, folder: Path, seconds: float) -> Iterator[Entry]:
    """Check a folder against a problem: its clauses are made anew, and each proof is gone through again."""
    for name, claim in read(folder).items():
        yield _rechecked(slots, name, claim, folder, seconds)


def _rechecked(slots: Slotted, name: str, claim: Claim, folder: Path, seconds: float) -> Entry:
    if claim.value == 0:
        return Entry(name, "0 needs no proof: no cost is ever negative", True)
    clauses = opposite(slots, claim)
    began = time.perf_counter()
    try:
        _same(clauses, folder / f"{name}.cnf")
        lemmas = _lemmas(folder / f"{name}.drup")
        found = checked(clauses, lemmas, seconds)
    except TooLargeError as error:
        return Entry(name, f"too large to check here: {error}", None)
    except RefusedError as error:
        return Entry(name, f"refused: {error}", False)
    return Entry(name, _accepted(clauses, found, time.perf_counter() - began), True)


def _same(clauses: Opposite, path: Path) -> None:
    if not path.exists() or path.read_text(encoding="ascii") != dimacs(clauses.variables, clauses.clauses):
        raise RefusedError(f"{path.name} is not what the instance and the claim say")


def _lemmas(path: Path) -> list[tuple[int, ...]]:
    try:
        rows = [tuple(map(int, line.split())) for line in path.read_text(encoding="ascii").splitlines()]
    except (OSError, ValueError):
        raise RefusedError(f"{path.name} is not there, or is no proof") from None
    if any(row[-1:] != (0,) or 0 in row[:-1] for row in rows):
        raise RefusedError(f"{path.name} is no proof")
    return [row[:-1] for row in rows]
