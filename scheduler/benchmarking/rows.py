"""What is known of one run, and the file to which runs are added."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OURS = "scheduler"
"""The name of our own solver."""
PROVEN = ("optimal", "infeasible")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a search at which something changed.

    Attributes
    ----------
    seconds : float
        Since the process was started.
    level : int
        Of the objective.
    value, bound : int or None
        Of the best schedule so far, and what is proven.
    """

    seconds: float
    level: int
    value: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class Key:
    """What makes a run another run: one that is done is not done again."""

    suite: str
    case: str
    solver: str
    number: int
    version: str
    limit: float
    workers: int
    seed: int


@dataclass(frozen=True, slots=True)
class Row:
    """One run.

    Attributes
    ----------
    key : Key
    status : str
        ``optimal``, ``feasible``, ``infeasible``, ``unknown`` ...; ``killed``: it took too much; ``crashed``;
        ``skipped``: it was not run, and ``note`` says why.
    best : str
        The best that was known.
    source : str
        Who says so.
    agrees : str
        What the run says of it: ``equal``, ``better``, ``worse`` or ``contradicts``; empty if nothing.
    activities, people : int
        The size of the instance; 0 if unknown.
    values, bounds : tuple of int
        Per objective level; values as the checker has them.
    wall, processor, megabytes : float
        As in :class:`scheduler.benchmarking.measuring.Measured`.
    first : float or None
        Seconds from the start of the process to the first whole schedule.
    preparing : float
        Seconds to import or generate the instance, not counted in ``wall``.
    verdict : str
        ``valid``, what is wrong, or nothing if there is no schedule.
    note : str
        What a reader should know besides.
    trace : tuple of Moment
    """

    key: Key
    status: str
    best: str = ""
    source: str = ""
    agrees: str = ""
    activities: int = 0
    people: int = 0
    values: tuple[int, ...] = ()
    bounds: tuple[int, ...] = ()
    wall: float = 0.0
    processor: float = 0.0
    megabytes: float = 0.0
    first: float | None = None
    preparing: float = 0.0
    verdict: str = ""
    note: str = ""
    trace: tuple[Moment, ...] = ()

    @property
    def ran(self) -> bool:
        """Whether there was a run at all."""
        return self.status != "skipped"

    @property
    def proven(self) -> bool:
        """Whether the question is settled, by a schedule that is none too many or by none at all."""
        return self.status in PROVEN and self.verdict in ("", "valid")

    @property
    def wrong(self) -> bool:
        """Whether something is the matter: a fault, not a lack of time."""
        faulty = self.status in ("crashed", "invalid", "contradiction") or self.agrees == "contradicts"
        overdue = self.status == "killed" and self.key.solver == OURS  # ours is to end by itself
        return faulty or overdue or self.verdict not in ("", "valid")


def to_json(row: Row) -> str:
    """Return a run on one line."""
    return json.dumps(dataclasses.asdict(row), ensure_ascii=False, separators=(",", ":"))


def from_json(line: str) -> Row:
    """Read a run back.

    Raises
    ------
    ValueError
        If the line holds no run, or one of another form.
    """
    try:
        facts: dict[str, Any] = json.loads(line)
        facts["key"] = Key(**facts["key"])
        facts["trace"] = tuple(Moment(**moment) for moment in facts["trace"])
        for name in ("values", "bounds"):
            facts[name] = tuple(facts[name])
        return Row(**facts)
    except (TypeError, KeyError) as error:
        raise ValueError(str(error)) from None


class Log:
    """The runs of a suite in a file, one to a line; a run is there whole as soon as it is over."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self._path = path
        if fresh:
            path.unlink(missing_ok=True)
        self._rows = {row.key: row for row in self._read()}

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def get(self, key: Key) -> Row | None:
        """Return a run that is done."""
        return self._rows.get(key)

    def add(self, row: Row) -> None:
        """Take a run down."""
        self._rows[row.key] = row
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(to_json(row) + "\n")

    def _read(self) -> Iterator[Row]:
        """Yield the runs of the file; a line that was cut short, or is of another version, is passed over."""
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                yield from_json(line)
            except ValueError:
                continue
