"""Whether conflicts are irreducible, and how long it takes to find them: programmes broken in known ways.

Usage: ``python benchmarks/conflicts.py [--meetings 100] [--programmes 100] [--repairs 0] [--out FILE.md]``.
Each programme can be held until it is broken (``tests/support/breaking.py``). Each reported set is solved
again, from itself alone and by a search that knows nothing of the first one: the set leaves no schedule, and
each set less one leaves one, which the checker accepts. Only the finding is timed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.breaking import broken_instance

from scheduler.domain import Instance, Status
from scheduler.explain.conflict import Conflict
from scheduler.explain.explanation import Explanation, why_infeasible
from scheduler.explain.questions import Answer, Limits, Questions
from scheduler.explain.requirements import Requirements


@dataclass(frozen=True)
class Row:
    """What was found of one programme."""

    seed: int
    way: str
    meetings: int
    requirements: int
    size: int
    seconds: float
    verified: bool
    repairs: str

    @property
    def text(self) -> str:
        """The row of the table."""
        verified = "yes" if self.verified else "NO"
        cells = (self.seed, self.way.replace("_", " "), self.meetings, self.requirements, self.size)
        return f"| {' | '.join(map(str, cells))} | {self.seconds:.2f} | {verified} | {self.repairs} |"


def ask(instance: Instance) -> Answer:
    """Search anew, remembering nothing."""
    return Questions(Limits.of(None, None)).ask(instance)


def verified(instance: Instance, conflict: Conflict) -> bool:
    """Return whether a conflict leaves no schedule, and each less one does, solved again."""
    written, found = Requirements(instance), conflict.requirements
    if conflict.status is not Status.INFEASIBLE or ask(written.needed(found)) is not Answer.NO:
        return False
    return all(ask(written.needed([r for r in found if r is not out])) is Answer.YES for out in found)


def repairs_of(explanation: Explanation) -> str:
    """Return the costs of the repairs that were found, a star for those that are proven."""
    return ", ".join(f"{r.cost}{'*' if r.proven else ''}" for r in explanation.repairs.found)


def measured(seed: int, meetings: int, repairs: int) -> Row:
    """Break a programme, and explain it."""
    way, instance = broken_instance(seed, meetings)
    began = time.perf_counter()
    explanation = why_infeasible(instance, repairs=repairs)
    seconds = time.perf_counter() - began
    conflict = explanation.conflict
    return Row(
        seed,
        way,
        len(instance.meetings),
        len(Requirements(instance).all),
        len(conflict.requirements),
        seconds,
        verified(instance, conflict),
        repairs_of(explanation),
    )


def report(rows: list[Row]) -> str:
    """Return the report."""
    times = sorted(row.seconds for row in rows)
    sizes = [row.size for row in rows]
    good = sum(row.verified for row in rows)
    middle, most = statistics.median(times), times[int(0.9 * len(times))]
    head = [
        "# Conflicts of broken programmes",
        "",
        f"`python benchmarks/conflicts.py`: {len(rows)} programmes that can be held, broken in known ways,",
        f"on {os.cpu_count()} cores. Each set was solved again from itself alone; `verified` says that it",
        "leaves no schedule and that each set less one leaves one. Seconds are those of the finding,",
        "with what it verifies itself.",
        "",
        f"- verified: **{good} of {len(rows)}**",
        f"- seconds: median **{middle:.2f}**, nine in ten {most:.2f}, worst {times[-1]:.2f}",
        f"- size of the set: median {statistics.median(sizes):.0f}, from {min(sizes)} to {max(sizes)}",
        "",
        "| seed | broken | meetings | requirements | in the set | seconds | verified | repairs |",
        "|---:|---|---:|---:|---:|---:|---|---|",
    ]
    return "\n".join([*head, *(row.text for row in rows)]) + "\n"


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=100)
    parser.add_argument("--programmes", type=int, default=100)
    parser.add_argument("--repairs", type=int, default=0)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    rows = []
    for seed in range(given.programmes):
        rows.append(measured(seed, given.meetings, given.repairs))
        print(rows[-1].text, flush=True)
    text = report(rows)
    print(text.split("| seed")[0])
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
