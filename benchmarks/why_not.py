"""Why not: is the stated price the difference that forcing the meeting in makes?

Random programmes of 60 meetings of two kinds, in each of which some requests have to go:

- *one area*: meetings differ in time alone, so the search of equal slots prices them;
- *two venues*: two areas with a way between them, daily limits, a delegation that splits, a plenary.

For some requests without a place the price is asked of ``scheduler.why_not``. The other side is worked out
without it: the instance is written anew with the meeting mandatory, and solved by the model of the whole
(``Exact``) alone, with one thread and another seed; the values of the given schedule are taken from those of
its best one, both by the checker. The model also has to agree that none is better than the given schedule.

    python benchmarks/why_not.py --programmes 6 --questions 3 > benchmarks/results/why-not.md
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.checker import check
from scheduler.domain import Instance, Solution, Status
from scheduler.explain.why_not import Asked, Outcome, why_not
from scheduler.problem import discretise
from scheduler.search import SolveOptions
from scheduler.search.exact import Exact
from scheduler.search.mandate import Mandate
from scheduler.search.solve import solve

MEETINGS, PARTIES = 60, 18
LIMIT = 60.0


@dataclass(frozen=True)
class Row:
    programme: str
    given: tuple[int, ...]
    given_again: tuple[int, ...] | None
    meeting: str
    outcome: str
    price: tuple[int, ...] | None
    forced: tuple[int, ...] | None
    moved: int
    seconds: float
    proven: bool

    @property
    def agrees(self) -> bool:
        if self.outcome == Outcome.IMPOSSIBLE:
            return self.forced is None
        return self.proven and self.price == self.forced


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programmes", type=int, default=6, help="of each kind")
    parser.add_argument("--questions", type=int, default=3, help="for each programme")
    given = parser.parse_args()
    rows = [
        row
        for kind in (one_area, two_venues)
        for seed in range(given.programmes)
        for row in asked(kind.__name__.replace("_", " "), kind(seed), seed, given.questions)
    ]
    report(rows)


def asked(kind: str, instance: Instance, seed: int, questions: int) -> Iterator[Row]:
    result = solve(instance, SolveOptions(time_limit=LIMIT, workers=2))
    assert result.solution is not None
    if result.status is not Status.OPTIMAL:
        print(f"<!-- {kind} {seed}: not proven within {LIMIT:.0f} s, left out -->")
        return
    values = tuple(level.value for level in result.levels)
    again = exactly(instance)
    refused = [u.activity for u in result.solution.unscheduled]
    for meeting in random.Random(seed).sample(refused, min(questions, len(refused))):
        began = time.perf_counter()
        options = SolveOptions(time_limit=LIMIT, workers=2)
        answer = why_not(instance, result.solution, Asked(activity=meeting), options)
        seconds = time.perf_counter() - began
        best = exactly(with_mandatory(instance, meeting))
        yield Row(
            f"{kind} {seed}",
            values,
            again,
            meeting,
            answer.outcome.value,
            tuple(level.change for level in answer.levels) if answer.levels else None,
            None if best is None else tuple(b - v for b, v in zip(best, values, strict=True)),
            len(answer.differences.displaced) + len(answer.differences.moved),
            seconds,
            answer.proven or answer.outcome is Outcome.IMPOSSIBLE,
        )


def exactly(instance: Instance) -> tuple[int, ...] | None:
    """Return what the best schedule by the model alone costs, as the checker counts; None: there is none."""
    problem = discretise(instance)
    found = Exact(problem, Mandate(SolveOptions(workers=1, seed=7))).run()
    if found.placements is None:
        assert found.status is Status.INFEASIBLE
        return None
    assert found.status is Status.OPTIMAL
    verdict = check(instance, Solution(programme=instance.programme.id, placements=found.placements))
    assert verdict.valid
    return tuple(level.value for level in verdict.levels)


def with_mandatory(instance: Instance, meeting: str) -> Instance:
    data = instance.model_dump()
    for found in data["meetings"]:
        found["mandatory"] = found["mandatory"] or found["id"] == meeting
    return Instance.model_validate(data, by_name=True, by_alias=False)


# -- programmes ----------------------------------------------------------------------------------


def one_area(seed: int) -> Instance:
    chance = random.Random(seed)
    opening = [{"date": "2025-03-10", "from": "09:00", "to": "14:30"}]
    rooms = [{"id": "area", "tables": 6}]
    city = {
        "id": "madrid",
        "time_zone": "Europe/Madrid",
        "opening": opening,
        "venues": [{"id": "house", "rooms": rooms}],
    }
    names = [f"p{n}" for n in range(PARTIES)]
    return instance(chance, [city], names, [], {"objective": [{"term": "requests", "level": 1}]})


def two_venues(seed: int) -> Instance:
    chance = random.Random(1000 + seed)
    opening = [{"date": "2025-03-10", "from": "09:00", "to": "14:30"}]
    venues = [{"id": f"v{n}", "rooms": [{"id": f"area{n}", "tables": 3}, {"id": f"hall{n}"}]} for n in (1, 2)]
    city = {
        "id": "madrid",
        "time_zone": "Europe/Madrid",
        "opening": opening,
        "transfer": "30min",
        "venues": venues,
    }
    names = [f"p{n}" for n in range(PARTIES - 1)]
    more = {
        "delegations": [{"id": "team", "split": "members", "load": {"meetings_per_day": 3}}],
        "participants": [{"id": f"t{n}", "delegation": "team"} for n in (1, 2)],
        "sessions": [
            {"id": "opening", "kind": "inaugural", "duration": "30min", "audience": chance.sample(names, 6)}
        ],
        "load": {"meetings_per_day": 5},
        "objective": [{"term": "requests", "level": 1}, {"term": "preferences", "level": 2}],
    }
    return instance(chance, [city], names, ["team"], more)


def instance(chance: random.Random, cities: list, names: list[str], teams: list[str], more: dict) -> Instance:
    pairs = sorted({tuple(sorted(chance.sample(names + teams, 2))) for _ in range(400)})
    meetings = [
        {
            "id": f"m{n}",
            "parties": pair,
            "priority": chance.choice(("high", "normal", "normal", "low")),
            "windows": [window(chance)],
            "prefer": {"windows": [window(chance)]},
        }
        for n, pair in enumerate(chance.sample(pairs, MEETINGS))
    ]
    given = {
        "programme": {"id": "why-not", "grid": "30min"},
        "cities": cities,
        "meetings": meetings,
        **more,
    }
    given["delegations"] = [{"id": name} for name in names] + more.get("delegations", [])
    return Instance.model_validate(given)


def window(chance: random.Random) -> dict[str, str]:
    """Return two hours or so in which both can: without, most of the time goes into proofs."""
    start = chance.randint(18, 24)
    end = start + chance.randint(3, 5)
    return {"from": f"{start // 2:02d}:{start % 2 * 30:02d}", "to": f"{end // 2:02d}:{end % 2 * 30:02d}"}


# -- report --------------------------------------------------------------------------------------


def report(rows: list[Row]) -> None:
    wrong = [row for row in rows if not row.agrees]
    same = [row for row in rows if row.given == row.given_again]
    print("# Why not: the stated price, and what forcing the meeting in costs\n")
    seconds = [row.seconds for row in rows]
    print(f"{len(rows)} questions on programmes of {MEETINGS} meetings.")
    print(f"Answers equal to what was worked out apart: {len(rows) - len(wrong)}; not equal: {len(wrong)}.")
    print(f"Given schedules that are the best by the other side too: in {len(same)} of {len(rows)} rows.")
    print(f"Seconds for an answer: {statistics.median(seconds):.1f} (median), {max(seconds):.1f} (most).\n")
    print("| programme | given | again | meeting | outcome | stated | apart | others moved | s | equal |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        equal = "yes" if row.agrees else "NO"
        cells = (row.programme, row.given, row.given_again, row.meeting, row.outcome, row.price, row.forced)
        print(f"| {' | '.join(map(_text, cells))} | {row.moved} | {row.seconds:.1f} | {equal} |")


def _text(cell: object) -> str:
    """Return a cell as it is printed: values per level with commas between them."""
    return ", ".join(map(str, cell)) if isinstance(cell, tuple) else str(cell)


if __name__ == "__main__":
    main()
