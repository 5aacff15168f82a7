"""Reports of a suite: a table of runs, and a page to read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from scheduler.benchmarking.beside_base import Beside, beside_base
from scheduler.benchmarking.cases import Case, Suite
from scheduler.benchmarking.machine import machine
from scheduler.benchmarking.rows import OURS, Row
from scheduler.benchmarking.solvers import SOLVERS
from scheduler.benchmarking.summary import Standing, spread, standings, typical
from scheduler.exports.writing import write_files

COLUMNS = (
    "suite,case,solver,run,version,limit,workers,seed,status,best,source,agrees,activities,people,values,"
    "bounds,wall,processor,megabytes,first,preparing,verdict,note"
)
"""Of the table of runs; ``values`` and ``bounds`` per level, joined with spaces."""


def write_reports(suite: Suite, rows: Sequence[Row], folder: Path, cases: Sequence[Case] = ()) -> list[Path]:
    """Write the table and the page of a suite, and return their files."""
    texts = {
        f"{suite.name}.csv": table(rows).encode("utf-8"),
        f"{suite.name}.md": page(suite, rows, cases).encode("utf-8"),
    }
    return [*write_files(folder, texts)]


def table(rows: Sequence[Row]) -> str:
    """Return the runs as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS.split(","))
    for row in rows:
        facts = {name: getattr(row, name, None) for name in COLUMNS.split(",")}
        facts |= {name: getattr(row.key, name) for name in row.key.__slots__} | {"run": row.key.number}
        facts |= {name: " ".join(map(str, getattr(row, name))) for name in ("values", "bounds")}
        writer.writerow("" if facts[name] is None else facts[name] for name in COLUMNS.split(","))
    return text.getvalue()


def page(suite: Suite, rows: Sequence[Row], cases: Sequence[Case] = ()) -> str:
    """Return the page that people read; of ``cases``, those that change others are set beside these."""
    solvers = tuple(dict.fromkeys(row.key.solver for row in rows))
    lines = [f"# {suite.name}: {suite.purpose}", ""]
    lines += [f"- {line}" for line in _circumstances(rows, solvers)]
    lines += ["", "## Solvers", "", *_standings_table(standings(rows)), "", *_how_to_read(rows)]
    lines += ["", "## Cases", "", *_cases_table(rows)]
    if changed := [*beside_base(cases, rows)]:
        lines += ["", "## Beside what they change", "", *_base_table(changed), "", _HOW_TO_READ_BASE]
    peers = tuple(name for name in solvers if name != OURS and any(_of(rows, name)))
    if peers:
        lines += ["", "## Side by side", "", *_peers_table(rows, peers)]
    if notes := [*_notes(rows)]:
        lines += ["", "## Notes", "", *notes]
    return "\n".join(lines) + "\n"


def _circumstances(rows: Sequence[Row], solvers: tuple[str, ...]) -> Iterator[str]:
    yield from machine(solvers)
    for name, said in (
        ("version", {row.key.version for row in rows}),
        ("workers", {str(row.key.workers) for row in rows}),
        ("seed", {str(row.key.seed) for row in rows}),
        ("limit in seconds", {f"{row.key.limit:g}" for row in rows}),
        ("runs of each case", {str(max(row.key.number for row in rows))} if rows else set()),
    ):
        yield f"{name}: {', '.join(sorted(said))}"


def _of(rows: Sequence[Row], solver: str) -> list[Row]:
    return [row for row in rows if row.key.solver == solver and row.ran]


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _ruled(right: str) -> str:
    """Return the line below a table's head: ``r`` for each column of numbers, else ``l``."""
    return "|" + "|".join("---:" if side == "r" else "---" for side in right) + "|"


def _standings_table(found: Sequence[Standing]) -> Iterator[str]:
    yield _line(
        "solver",
        "cases",
        "proven",
        "as known",
        "better",
        "worse",
        "wrong",
        "longest s",
        "mean s",
        "times ours",
    )
    yield _ruled("lrrrrrrrrr")
    for one in found:
        ratio = "" if one.times_ours is None else f"{one.times_ours:.2f}"
        counts = (one.cases, one.proven, one.equal, one.better, one.worse, one.wrong)
        means = (f"{one.worst:.1f}", f"{one.mean:.2f}", ratio)
        yield _line(SOLVERS[one.solver].title, *map(str, counts), *means)


_HOW_TO_READ = """\
*mean*: geometric mean of the seconds by the clock of the whole process: start, reading, search, writing.
A case that was not proven (optimal, or infeasible) counts as its limit. *times ours*: geometric mean of a
solver's time over ours, case by case; above 1 we are faster. *as known*: the value is the best known one.
*wrong*: a schedule that breaks a rule, a false claim, a crash."""


def _how_to_read(rows: Sequence[Row]) -> Iterator[str]:
    yield _HOW_TO_READ
    if any(row.key.number > 1 for row in rows):
        yield f"Of several runs of a case the median counts; our longest was {spread(rows, OURS):.2f} of it."


def _cases_table(rows: Sequence[Row]) -> Iterator[str]:
    yield _line(
        "case",
        "activities",
        "best known",
        "value",
        "bound",
        "status",
        "first s",
        "wall s",
        "CPU s",
        "MB",
        "verdict",
    )
    yield _ruled("lrlrrlrrrrl")
    for case, row in typical(rows, OURS).items():
        first = "" if row.first is None else f"{row.first:.2f}"
        size = f"{row.activities}" if row.activities else ""
        used = (f"{row.wall:.2f}", f"{row.processor:.2f}", f"{row.megabytes:.0f}")
        said = (row.best, listed(row.values), listed(row.bounds), row.status)
        verdict = row.verdict or ("proof only" if row.status == "infeasible" else "")
        yield _line(case, size, *said, first, *used, verdict)


_HOW_TO_READ_BASE = """\
Values per level. *change*: how much worse each level is than that of the base; below 0 it is better.
The first level that differs decides."""


def _base_table(found: Sequence[Beside]) -> Iterator[str]:
    yield _line("case", "what happens", "changes", "value there", "value", "change", "status")
    yield _ruled("lllrrrl")
    for one in found:
        values = (listed(one.before), listed(one.after), signed(one.differences))
        yield _line(one.case, one.said, one.base, *values, one.status)


def signed(differences: Sequence[int]) -> str:
    """Return differences per level, each with its sign."""
    return ", ".join(f"{difference:+d}" if difference else "0" for difference in differences)


def _peers_table(rows: Sequence[Row], peers: tuple[str, ...]) -> Iterator[str]:
    """Yield a table of values and seconds; of what was not proven also the bound."""
    solvers = (OURS, *peers)
    found = {name: typical(rows, name) for name in solvers}
    yield _line("case", "best known", *solvers)
    yield _ruled("ll" + "r" * len(solvers))
    for case in dict.fromkeys(row.key.case for row in rows):
        known = next(row.best for row in rows if row.key.case == case)
        yield _line(case, known, *(_short(found[name].get(case)) for name in solvers))


def _short(row: Row | None) -> str:
    if row is None:
        return ""
    if row.wrong:
        return f"wrong, {row.wall:.2f} s"
    if row.proven:
        return f"**{listed(row.values) or 'none'}**, {row.wall:.2f} s"
    bound = f", at least {listed(row.bounds)}" if row.bounds else ""
    return f"{listed(row.values) or 'nothing'}{bound}, {row.wall:.0f} s"


def _notes(rows: Sequence[Row]) -> Iterator[str]:
    """Yield why something was skipped or wrong, once for each reason."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.wrong:
            said = row.verdict if row.verdict not in ("", "valid") else row.agrees or row.note or row.status
            reasons.setdefault((row.key.solver, f"wrong: {said}"), []).append(row.key.case)
        elif not row.ran:
            reasons.setdefault((row.key.solver, f"skipped: {row.note}"), []).append(row.key.case)
    for (solver, reason), cases in reasons.items():
        names = list(dict.fromkeys(cases))
        where = ", ".join(names) if len(names) <= 3 else f"{len(names)} cases"
        yield f"- {solver}, {where}: {reason}"


def listed(values: Sequence[int]) -> str:
    """Return the values of levels as they are written everywhere."""
    return ", ".join(map(str, values))
