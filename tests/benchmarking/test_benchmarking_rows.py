import pytest
from support.benchmarks import key, row

from scheduler.benchmarking.rows import Log, Moment, from_json, to_json


def test_a_run_is_read_back_as_it_was():
    one = row(values=(3, 4), bounds=(3, 1), first=0.5, trace=(Moment(0.5, 1, None, 0),))
    assert from_json(to_json(one)) == one


@pytest.mark.parametrize("line", ["", "nothing", "[]", '{"status": "optimal"}', '{"key": {}, "trace": []}'])
def test_what_is_no_run_is_refused(line):
    with pytest.raises(ValueError):  # noqa: PT011
        from_json(line)


def test_runs_that_are_done_are_found_again_in_the_file(tmp_path):
    log = Log(tmp_path / "new" / "suite.jsonl")
    assert log.get(key()) is None
    log.add(row())
    log.add(row(key(case="other"), status="infeasible"))
    again = Log(tmp_path / "new" / "suite.jsonl")
    assert list(again) == list(log)
    assert again.get(key(case="other")).status == "infeasible"
    assert again.get(key(seed=1)) is None


def test_a_line_that_was_cut_short_is_passed_over(tmp_path):
    path = tmp_path / "suite.jsonl"
    path.write_text(to_json(row()) + "\n" + to_json(row())[:40])
    assert [found.key for found in Log(path)] == [key()]


def test_starting_anew_forgets(tmp_path):
    path = tmp_path / "suite.jsonl"
    Log(path).add(row())
    assert list(Log(path, fresh=True)) == []
    assert list(Log(path)) == []


@pytest.mark.parametrize(
    ("facts", "proven", "wrong"),
    [
        ({"status": "optimal", "verdict": "valid", "agrees": "equal"}, True, False),
        ({"status": "infeasible", "verdict": "", "agrees": "equal"}, True, False),
        ({"status": "feasible", "verdict": "valid", "agrees": "worse"}, False, False),
        ({"status": "unknown"}, False, False),
        ({"status": "skipped"}, False, False),
        ({"status": "optimal", "verdict": "valid", "agrees": "contradicts"}, True, True),
        ({"status": "optimal", "verdict": "person: is in two places"}, False, True),
        ({"status": "crashed"}, False, True),
        ({"status": "killed"}, False, True),
        ({"status": "killed", "of": key(solver="rc2")}, False, False),
        ({"status": "contradiction"}, False, True),
    ],
)
def test_what_is_proven_and_what_is_wrong(facts, proven, wrong):
    assert row(**facts).proven is proven
    assert row(**facts).wrong is wrong
