"""Runs of a suite, with scripts in place of solvers that take seconds."""

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from support.command_line import INSTANCES

from scheduler.benchmarking import running
from scheduler.benchmarking.cases import Best, Case, Imported, Suite, Written
from scheduler.benchmarking.rows import OURS
from scheduler.benchmarking.running import Order, agreement, run_suite
from scheduler.benchmarking.solvers import SOLVERS, Solver

FORUM = """
nBusiness = 3; nMeetings = 2; nTables = 1; nTotalSlots = 3; nMorningSlots = 3;
requested = [|1, 2,3, |1, 3,3, |];
meetingsxBusiness = [{1,2,3}, {1,2}, {1,3}];
nMeetingsBusiness = [2,1,1];
forbidden = [{0}, {0}, {0}];
fixed = [0,0];
precedences = [{}, {}];
"""


@dataclass(frozen=True, slots=True)
class Scripted(Solver):
    """A solver that is a line of Python."""

    code: str = ""

    def unable(self, case):
        return ""

    def command(self, task):
        return [sys.executable, "-S", "-c", self.code]


def printing(*lines):
    return "\n".join(f"print({json.dumps(line)!r}, flush=True)" for line in lines)


@pytest.fixture
def forum(tmp_path):
    path = tmp_path / "forum.dzn"
    path.write_text(FORUM)
    return Suite("forums", "", lambda _data: (Case("forum", Imported(path), 30.0, Best((0,), "me")),))


@pytest.fixture
def solve(tmp_path, forum, monkeypatch):
    """Return a function that has the only case solved by a script."""

    def run(code, **how):
        peer = Scripted("rc2", "a script", code=code)
        monkeypatch.setattr(running, "SOLVERS", {"rc2": peer})
        given = {"results": tmp_path / "results", "peers": ("rc2",)} | how
        told = []
        rows = run_suite(forum, Order(**given), lambda row, old: told.append(old))
        assert len(rows) == len(told)
        return rows, told

    return run


def test_a_schedule_is_judged_by_both_definitions(solve):
    end = {"status": "optimal", "value": 0, "bound": 0, "slots": [0, 1]}
    ((row,), _) = solve(printing({"time": 1, "value": 2, "bound": 0}, "noise", end))
    assert (row.status, row.values, row.bounds) == ("optimal", (0,), (0,))
    assert (row.verdict, row.agrees, row.activities, row.people) == ("valid", "equal", 2, 3)
    assert row.proven
    assert row.trace[0].value == 2
    assert row.wall > 0
    assert row.preparing > 0


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ({"value": 0, "slots": [0, 0]}, "participant 1 is in two meetings at once"),
        ({"value": 0, "slots": [0, 2]}, "it claims 0, the checker says 1"),
        ({"value": 1, "bound": 2, "slots": [0, 2]}, "it claims that nothing is below 2, and has 1"),
        ({"value": 0, "slots": [0]}, "placement: Meeting m2 is mandatory and has no place"),
    ],
)
def test_false_claims_are_named(solve, end, said):
    ((row,), _) = solve(printing({"status": "optimal"} | end))
    assert said in row.verdict or "placement" in row.verdict
    assert row.wrong
    assert not row.proven


def test_a_proven_value_that_is_not_the_best_known_contradicts_it(solve):
    ((row,), _) = solve(printing({"status": "optimal", "value": 1, "bound": 1, "slots": [0, 2]}))
    assert row.verdict == "valid"
    assert row.agrees == "contradicts"


def test_a_script_that_fails_is_told(solve):
    ((row,), _) = solve("raise SystemExit('no memory')")
    assert (row.status, row.note, row.wrong) == ("crashed", "no memory", True)


def test_a_script_that_does_not_end_is_ended(solve, monkeypatch):
    monkeypatch.setattr(running, "_GRACE", 0.1)
    ((row,), _) = solve(printing({"time": 1, "bound": 4}) + "\nimport time; time.sleep(600)", limit=0.5)
    assert (row.status, row.bounds, row.values) == ("killed", (4,), ())
    assert not row.wrong


def test_what_is_done_is_not_done_again(solve):
    code = printing({"status": "infeasible"})
    assert solve(code)[1] == [False]
    assert solve(code)[1] == [True]
    assert solve(code, runs=2)[1] == [True, False]
    assert solve(code, seed=1)[1] == [False]
    assert solve(code, fresh=True)[1] == [False]


def test_an_instance_that_cannot_be_made_is_told_and_not_kept(solve, tmp_path):
    (tmp_path / "forum.dzn").write_text("nonsense")
    for _ in range(2):
        ((row,), (old,)) = solve(printing({"status": "infeasible"}))
        assert row.status == "crashed"
        assert "forum.dzn" in row.note
        assert not old


def test_solvers_take_turns(tmp_path):
    order = Order(tmp_path, peers=("rc2", "highs"))
    assert [solver.name for solver in order.solvers] == [OURS, "highs", "rc2"]


def test_cases_are_chosen(tmp_path):
    cases = tuple(Case(name, Written(Path(name)), 1.0, smallest=name == "a1") for name in ("a1", "a2", "b"))
    suite = Suite("letters", "", lambda _data: cases)
    assert [case.name for case in Order(tmp_path, pattern="a*").cases(suite)] == ["a1", "a2"]
    assert [case.name for case in Order(tmp_path, smallest=True).cases(suite)] == ["a1"]
    assert Order(tmp_path, pattern="c").cases(suite) == ()


def test_our_own_solver_is_the_command_that_everybody_runs(tmp_path):
    case = Case("tiny", Written(INSTANCES / "tiny.yaml"), 30.0, Best((0, 2), "me"))
    suite = Suite("small", "", lambda _data: (case,))
    (row,) = run_suite(suite, Order(tmp_path), lambda _row, _old: None)
    assert (row.status, row.values, row.bounds, row.verdict) == ("optimal", (0, 2), (0, 2), "valid")
    assert row.agrees == "equal"
    assert 0 < row.first < row.wall
    assert not list(tmp_path.rglob("*.yaml"))


@pytest.mark.parametrize(
    ("status", "values", "best", "said"),
    [
        ("optimal", (5, 1), Best((5, 1), ""), "equal"),
        ("feasible", (5, 2), Best((5, 1), ""), "worse"),
        ("feasible", (4, 9), Best((5, 1), "", proven=False), "better"),
        ("optimal", (6, 0), Best((5, 1), "", proven=False), "contradicts"),
        ("feasible", (4, 9), Best((5, 1), ""), "contradicts"),
        ("feasible", (4,), Best((), "", infeasible=True), "contradicts"),
        ("infeasible", (), Best((5,), ""), "contradicts"),
        ("infeasible", (), Best((), "", infeasible=True), "equal"),
        ("unknown", (), Best((5,), ""), ""),
        ("optimal", (5,), None, ""),
    ],
)
def test_a_run_is_held_against_the_best_known(status, values, best, said):
    from support.benchmarks import row

    case = Case("one", Written(Path("one")), 1.0, best)
    assert agreement(replace(row(), status=status, values=values), case) == said


def test_peers_are_asked_for_what_they_lack():
    forum = Case("forum", Imported(Path("f.dzn")), 1.0)
    tiny = Case("tiny", Written(Path("t.yaml")), 1.0)
    assert "the published form only" in SOLVERS["linear-cpsat"].unable(tiny)
    assert SOLVERS["linear-cpsat"].unable(forum) == ""
    assert "cannot express it" in SOLVERS["conference"].unable(forum)
    missing = Solver("linear-cpsat", "", ("no-such-package",))
    assert missing.unable(forum) == "needs no-such-package (pip install 'scheduler[benchmark]')"
    assert "needs the repository's" in Solver("nobody", "").unable(forum)
    assert SOLVERS[OURS].unable(tiny) == ""
