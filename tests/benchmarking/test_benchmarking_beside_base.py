"""Cases that change others: set beside these, level by level."""

from scheduler.benchmarking.beside_base import Beside, beside_base
from scheduler.benchmarking.cases import Base, Best, Case, Suite, Written
from scheduler.benchmarking.reporting import page, signed
from scheduler.benchmarking.rows import Key, Row
from scheduler.benchmarking.suites import SUITES


def case(name, values=(), base=None):
    return Case(name, Written(None), 60.0, Best(values, "me"), base=base)


def row(name, values, status="optimal", wall=1.0):
    key = Key("letters", name, "scheduler", 1, "1", 60.0, 2, 0)
    return Row(key, status, values=values, wall=wall)


ILL = Base("forum", "Somebody is ill.")
CASES = (case("forum", (3, 10)), case("ill", base=ILL), case("late", base=Base("ill", "A train is late.")))


def test_a_case_is_set_beside_the_run_of_its_base_or_else_the_best_that_is_known():
    ill = row("ill", (5, 8))
    assert [*beside_base(CASES, [row("forum", (2, 9)), ill])] == [
        Beside("ill", "forum", "Somebody is ill.", (2, 9), (5, 8), "optimal")
    ]
    (alone,) = beside_base(CASES, [ill])
    assert alone.before == (3, 10)
    assert alone.differences == (2, -2)


def test_a_layer_is_set_beside_the_layer_below_it():
    found = [*beside_base(CASES, [row("ill", (5, 8)), row("late", (), "infeasible")])]
    assert [(one.case, one.base, one.differences) for one in found] == [
        ("ill", "forum", (2, -2)),
        ("late", "ill", ()),
    ]


def test_the_page_says_what_happens_and_what_it_costs():
    suite = Suite("letters", "all of them", lambda _data: CASES)
    rows = [row("forum", (2, 9)), row("ill", (5, 9))]
    assert "| ill | Somebody is ill. | forum | 2, 9 | 5, 9 | +3, 0 | optimal |" in page(suite, rows, CASES)
    assert "Beside what they change" not in page(suite, rows)


def test_differences_have_signs():
    assert signed((3, 0, -12)) == "+3, 0, -12"
    assert signed(()) == ""


def test_the_scenarios_of_the_project_name_cases_and_say_what_happens():
    cases = {each.name: each for each in SUITES["scenarios"].cases(None)}
    changing = [each for each in cases.values() if each.base is not None]
    assert len(changing) >= 10
    for each in changing:
        assert each.base.name in cases
        assert each.base.said.endswith((".", "another."))
