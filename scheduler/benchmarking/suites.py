"""The registered suites. Best-known values are read where they stand, each with its source."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from scheduler.benchmarking.cases import Base, Best, Case, Generated, Imported, Suite, Written

ROOT = Path(__file__).parents[2]
"""The repository; instances and their reference solutions are no part of the installed package."""
PACKAGE = Path(__file__).parents[1]
PUBLISHED, SCALE = "b2bsop", "b2bsop-scale"
"""Folders of published and of large random instances, in the folder that ``--data`` names."""
_LEVEL = re.compile(r"^  - \{level: \d+, value: (\d+), bound: (\d+)", re.M)
_NAMED_BASE = re.compile(r"^base: (\S+)$", re.M)
_GENERATED = (1_000, 5_000, 20_000, 100_000)
_SMALL_LIMIT, _LARGE_LIMIT, _LARGEST_LIMIT = 60.0, 120.0, 480.0


def _asia(_data: Path | None) -> tuple[Case, ...]:
    return (_scenario(_instances() / "asia-innova-2017.yaml", smallest=True),)


def _scenarios(_data: Path | None) -> tuple[Case, ...]:
    folder = _instances()
    files = [*sorted(folder.glob("*.yaml")), *sorted((folder / "scenarios").glob("*.yaml"))]
    return tuple(_scenario(path, smallest=path.stem == "tiny") for path in files)


def _instances() -> Path:
    folder = ROOT / "instances"
    if not folder.is_dir():
        raise FileNotFoundError(2, "the repository's instances are not there", str(folder))
    return folder


def _scenario(path: Path, *, smallest: bool) -> Case:
    """Return a case with the value of its reference solution; an instance without one has no schedule."""
    solution = ROOT / "solutions" / path.stem / f"{path.stem}.solution.yaml"
    if not solution.exists():
        best = Best((), "solutions/README.md", infeasible=True)
    else:
        levels = _LEVEL.findall(solution.read_text(encoding="utf-8"))
        proven = all(value == bound for value, bound in levels)
        best = Best(tuple(int(value) for value, _ in levels), f"solutions/{path.stem}", proven=proven)
    return Case(path.stem, Written(path), _SMALL_LIMIT, best, smallest, _base(path))


def _base(path: Path) -> Base | None:
    """Return what an instance changes; the first line of its head says what happens."""
    text = path.read_text(encoding="utf-8")
    named = _NAMED_BASE.search(text)
    return Base(Path(named[1]).stem, text.partition("\n")[0].lstrip("# ")) if named else None


def _b2b(data: Path | None) -> tuple[Case, ...]:
    folder = _within(data, PUBLISHED)
    known = {row["instance"]: row["optimum"] for row in _rows(folder / "published.csv")}
    source = "JAIR 74 (2022) 263-301"
    return tuple(
        Case(
            path.stem,
            Imported(path),
            _SMALL_LIMIT,
            _published(known.get(path.stem, ""), source),
            smallest=path.stem == "tic-12.original",
        )
        for path in sorted(folder.glob("*.dzn"))
    )


def _published(optimum: str, source: str) -> Best | None:
    if optimum == "UNSAT":
        return Best((), source, infeasible=True)
    return Best((int(optimum),), source) if optimum else None


def _scale(data: Path | None) -> tuple[Case, ...]:
    return (*_random(data), *_generated())


def _random(data: Path | None) -> Iterator[Case]:
    """Yield the large random instances of the published form, the smaller ones first."""
    if data is None or not (data / SCALE).is_dir():
        return
    source = f"{SCALE}/reference.csv, a prototype's 60 s"
    for row in _rows(data / SCALE / "reference.csv"):
        path = data / SCALE / f"{row['instance']}.dzn"
        best = Best((int(row["prototype_breaks_60s"]),), source, proven=False)
        yield Case(path.stem, Imported(path), _SMALL_LIMIT, best)


def _generated() -> Iterator[Case]:
    """Yield generated programmes of three cities and four days, and a small one of two cities and days."""
    small = ("--meetings", "6", "--cities", "2", "--days", "2", "--seed", "1")
    yield Case("generated-6", Generated(small), _SMALL_LIMIT, smallest=True)
    for meetings in _GENERATED:
        arguments = ("--meetings", str(meetings), "--cities", "3", "--days", "4", "--seed", "1")
        limit = _LARGEST_LIMIT if meetings == max(_GENERATED) else _LARGE_LIMIT
        yield Case(f"generated-{meetings}", Generated(arguments), limit)


def _within(data: Path | None, name: str) -> Path:
    """Return a folder of published instances, or the folder itself where the instances lie in it.

    Raises
    ------
    FileNotFoundError
        If there are no instances.
    """
    if data is None:
        raise FileNotFoundError(2, "no folder of published instances is named")
    for folder in (data / name, data):
        if any(folder.glob("*.dzn")):
            return folder
    raise FileNotFoundError(2, "there are no published instances (*.dzn)", str(data / name))


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table; none if it is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SUITES = {
    suite.name: suite
    for suite in (
        Suite("asia", "Asia Innova 2017: four days, three cities, four objective levels", _asia),
        Suite("scenarios", "every instance of the repository, and what may happen to them", _scenarios),
        Suite("b2b", "published bilateral meeting problems (JAIR 2022)", _b2b, needs_data=True),
        Suite("scale", "programmes a hundred times larger", _scale),
    )
}
