"""Re-planning after ten disruptions, each beside a fresh solve of the changed programme.

Usage: ``python benchmarks/replanning.py [--meetings 300] [--seed 1] [--limit 60] [--workers 2] [--out F]``.
A programme is made up (``scheduler generate``) and solved within the limit; that schedule is the baseline.
Each of the ten disruptions of ``scheduler.benchmarking.disruptions`` is planned again and solved afresh, each
within the limit. Every schedule is judged by the checker: it is valid, and what has moved is counted by it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scheduler.benchmarking.disruptions import Disruption, disruptions
from scheduler.benchmarking.machine import machine
from scheduler.checker import check
from scheduler.domain import Instance, ObjectiveTerm, Solution, TermName
from scheduler.explain.replan import Replanned, replan
from scheduler.generating import GenerateSpec, generate
from scheduler.search import Result, SolveOptions
from scheduler.search.solve import solve

COLUMNS = (
    ("disruption", "---"),
    ("engagements", "---:"),
    ("must move", "---:"),
    ("moved", "---:"),
    ("proven", ":---:"),
    ("dropped", "---:"),
    ("people", "---:"),
    ("quality", "---"),
    ("bounds", "---"),
    ("s", "---:"),
    ("fresh: moved", "---:"),
    ("people ", "---:"),
    ("quality ", "---"),
    ("s ", "---:"),
)

NOTES = """
Every schedule was checked against the changed programme and keeps all its rules.

*engagements*: sessions and meetings of the baseline that the changed programme still has. *must move*: so
many of them are moved or dropped in any schedule, proven. *moved*: moved or dropped here. *people*: who have
an engagement that is not what it was. *quality*: the levels of the programme's own objective (requests not
granted, breaks, changes of city), less is better; *bounds*: the least they come to in any schedule as near to
the baseline. *fresh*: the changed programme solved without regard to the baseline, within the same limit.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One disruption: planned again, and solved afresh."""

    disruption: Disruption
    replanned: Replanned
    seconds: float
    fresh: Result
    fresh_seconds: float

    def cells(self, baseline: Solution) -> Iterator[str]:
        """Yield what stands in the row."""
        found = self.replanned
        solution, fresh = found.solution, self.fresh.solution
        assert solution is not None
        assert fresh is not None
        assert check(self.disruption.instance, solution).valid
        assert check(self.disruption.instance, fresh).valid
        moved, people = distance(self.disruption.instance, baseline, solution)
        yield self.disruption.name
        yield str(len(found.engagements))
        yield str(found.bound)
        yield str(moved)
        yield "yes" if found.bound == moved else "no"
        yield str(len(found.dropped))
        yield str(people)
        yield quality(self.disruption.instance, solution)
        yield ", ".join(str(level.bound) for level in found.result.levels[2:])
        yield f"{self.seconds:.1f}"
        yield from map(str, distance(self.disruption.instance, baseline, fresh))
        yield quality(self.disruption.instance, fresh)
        yield f"{self.fresh_seconds:.1f}"


def distance(instance: Instance, baseline: Solution, solution: Solution) -> tuple[int, int]:
    """Return how many engagements of a baseline are not where they were, and how many people are affected."""
    terms = (ObjectiveTerm(term=TermName.MOVED), ObjectiveTerm(term=TermName.PEOPLE_AFFECTED))
    measured = instance.changed(objective=terms, baseline=baseline.placements)
    moved, people = (term.value for term in check(measured, solution).terms)
    return moved, people


def quality(instance: Instance, solution: Solution) -> str:
    """Return the levels of a programme's own objective."""
    return ", ".join(str(level.value) for level in check(instance, solution).levels)


def rows(instance: Instance, baseline: Solution, options: SolveOptions, seed: int) -> Iterator[Row]:
    """Yield the disruptions, one after the other."""
    for disruption in disruptions(instance, baseline, seed):
        began = time.perf_counter()
        again = replan(disruption.instance, baseline, search=options)
        between = time.perf_counter()
        afresh = solve(disruption.instance, options)
        row = Row(disruption, again, between - began, afresh, time.perf_counter() - between)
        print(" | ".join(row.cells(baseline)), file=sys.stderr, flush=True)
        yield row


def report(arguments: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of the report."""
    instance = generate(GenerateSpec(meetings=arguments.meetings, seed=arguments.seed))
    options = SolveOptions(time_limit=arguments.limit, workers=arguments.workers)
    baseline = solve(instance, options).solution
    assert baseline is not None
    found = list(rows(instance, baseline, options, arguments.seed))
    yield f"# Planning again: ten disruptions of a programme of {arguments.meetings} meetings\n"
    yield from (f"- {line}" for line in machine(()))
    yield f"- workers: {arguments.workers}, limit of each run in seconds: {arguments.limit:g}"
    yield f"- programme: `scheduler generate --meetings {arguments.meetings} --seed {arguments.seed}`"
    placed = len(baseline.placements)
    yield f"- baseline: {placed} placements (talks too), quality {quality(instance, baseline)}\n"
    yield from table(found, baseline)
    yield NOTES
    yield from (f"- {row.disruption.name}: {row.disruption.sentence}" for row in found)


def table(found: Iterable[Row], baseline: Solution) -> Iterator[str]:
    """Yield the lines of the table."""
    yield _line(name for name, _ in COLUMNS)
    yield _line(rule for _, rule in COLUMNS)
    yield from (_line(row.cells(baseline)) for row in found)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Run it and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/replan.md"))
    arguments = parser.parse_args()
    text = "\n".join(report(arguments)) + "\n"
    arguments.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
