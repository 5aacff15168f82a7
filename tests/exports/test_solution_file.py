from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support.exported import relaxed
from support.hand_made import hand_placed

from scheduler.domain import Placement, Solution, Status, Unscheduled
from scheduler.exports import solution_text, write_solution
from scheduler.reading import load_solution

IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}", fullmatch=True) | st.sampled_from(
    ["no", "null", "1e3", "0x1f", "007", "12", "1.5", "2017-11-20", "12.", "1_000", "True", "y", "0", "0b1"]
)
PLACEMENTS = st.builds(
    lambda activity, start, room, table, attendees, seat: Placement.model_validate(
        {
            "activity": activity,
            "start": start,
            "room": room,
            "table": table,
            "attendees": attendees,
            "interpreter": seat,
        }
    ),
    IDS,
    st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2026, 12, 31)).map(
        lambda t: t.replace(second=0, microsecond=0).isoformat() + "+05:30"
    ),
    IDS,
    st.none() | st.integers(1, 99),
    st.lists(IDS, max_size=3),
    st.none() | st.builds(lambda pool, unit: {"pool": pool, "unit": unit}, IDS, st.integers(1, 9)),
)
SOLUTIONS = st.builds(
    lambda programme, placements, reasons: Solution(
        programme=programme,
        placements=tuple(sorted(placements, key=lambda p: (p.start, p.activity))),
        unscheduled=tuple(Unscheduled(activity=f"a{n}", reason=r) for n, r in enumerate(reasons)),
    ),
    IDS,
    st.lists(PLACEMENTS, max_size=4),
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=3),
)


def as_text(text: str) -> Solution:
    return Solution.model_validate(yaml.load(text, Loader=yaml.BaseLoader))


def resolved(text: str) -> Solution:
    return Solution.model_validate(yaml.safe_load(text))


@relaxed
@given(SOLUTIONS)
def test_a_solution_reads_back_whether_scalars_are_resolved_or_not(solution: Solution) -> None:
    text = solution_text(solution)
    assert as_text(text) == solution
    assert resolved(text) == solution
    assert solution_text(as_text(text)) == text


def test_placements_stand_in_the_order_of_time_one_to_a_line() -> None:
    solution = hand_placed()
    read = as_text(solution_text(solution))
    assert [p.activity for p in read.placements] == [
        "opening",
        "islands",
        "ecosystem-session",
        "talk-metro",
        "talk-words",
        "untitled",
    ]
    assert sorted(read.placements, key=lambda p: p.activity) == sorted(
        solution.placements, key=lambda p: p.activity
    )
    assert read.model_copy(update={"placements": solution.placements}) == solution
    lines = [line for line in solution_text(solution).splitlines() if "room:" in line]
    assert len(lines) == len(solution.placements)


def test_the_order_is_that_of_instants_not_of_clocks() -> None:
    starts = {"later": "2025-03-29T09:30+00:00", "earlier": "2025-03-29T10:00+01:00"}
    placements = tuple(
        Placement.model_validate({"activity": name, "start": start, "room": "r"})
        for name, start in starts.items()
    )
    text = solution_text(Solution(programme="p", placements=placements))
    assert text.index("earlier") < text.index("later")


def test_the_head_says_how_to_check_and_what_was_claimed() -> None:
    first, *rest = solution_text(hand_placed()).splitlines()
    assert first == "# Check it: scheduler check INSTANCE.yaml THIS-FILE"
    assert rest[:5] == [
        "programme: hand-made",
        "status: optimal",
        "levels:",
        "  - {level: 1, value: 1, bound: 1, status: optimal, confirmed: true}",
        "  - {level: 2, value: 5, bound: 5, status: optimal}",
    ]


def test_what_says_nothing_is_left_out() -> None:
    (line,) = [line for line in solution_text(hand_placed()).splitlines() if "opening" in line]
    assert line == "  - {activity: opening, start: 2025-03-29T10:00+00:00, room: noble-hall}"


@pytest.mark.parametrize("status", list(Status))
def test_an_empty_solution_reads_back(status: Status) -> None:
    empty = Solution(programme="p", status=status)
    assert as_text(solution_text(empty)) == empty
    assert resolved(solution_text(empty)) == empty


def test_a_written_solution_is_read_by_the_reader(tmp_path: Path) -> None:
    path = write_solution(hand_placed(), tmp_path / "new" / "x.solution.yaml")
    assert path == tmp_path / "new" / "x.solution.yaml"
    assert path.read_bytes().endswith(b"\n")
    assert b"\r" not in path.read_bytes()
    read = load_solution(path)
    assert read == as_text(solution_text(hand_placed()))
    assert [p.name for p in path.parent.iterdir()] == ["x.solution.yaml"]
