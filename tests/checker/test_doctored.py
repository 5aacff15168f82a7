"""For each of the fourteen rules a schedule that only this rule refuses."""

import pytest
from support.doctored import CASES, Doctored

from scheduler.checker import check
from scheduler.checker.rules import RULES
from scheduler.domain import RuleName


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule.value)
def test_only_this_rule_refuses_the_doctored_schedule(case: Doctored) -> None:
    assert check(case.instance, case.kept).violations == ()
    broken = check(case.instance, case.broken)
    assert {violation.rule for violation in broken.violations} == {case.rule}
    assert not broken.valid


def test_every_rule_has_its_case_and_its_file_in_the_order_of_the_page() -> None:
    assert [case.rule for case in CASES] == list(RuleName)
    assert [rule.name for rule in RULES] == list(RuleName)
    assert {rule.name.value for rule in RULES} == {
        (rule.alone or rule.together).__module__.rpartition(".")[2] for rule in RULES
    }
