"""For each of the fourteen rules a schedule that only this rule of the model refuses."""

import pytest
from support.doctored import CASES
from support.fixing import allows, fix, model_of, option_of

from scheduler.domain import RuleName
from scheduler.model.rules import RULES
from scheduler.problem import discretise

ALONE = {RuleName.WINDOWS, RuleName.AVAILABILITY, RuleName.PINS}
"""What the broken schedule's placement breaks by itself: it has no variable."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule.value)
def test_only_this_rule_refuses_the_doctored_schedule(case):
    assert allows(case.instance, case.kept)
    assert not allows(case.instance, case.broken)
    assert allows(case.instance, case.broken, without=case.rule)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule.value)
def test_what_breaks_a_rule_by_itself_has_no_variable(case):
    problem = discretise(case.instance)
    found = [option_of(problem, placement) for placement in case.broken.placements]
    assert (None in found) == (case.rule in ALONE)
    assert fix(model_of(case.instance), case.broken) == (
        case.rule not in {*ALONE, RuleName.DELEGATION, RuleName.NEVER}
    )


def test_every_rule_has_its_file_in_the_order_of_the_page():
    assert [rule.name for rule in RULES] == list(RuleName)
    assert [rule.add.__module__ for rule in RULES] == [f"scheduler.model.rules.{r.value}" for r in RuleName]
    assert [rule.applies.__module__ for rule in RULES] == [rule.add.__module__ for rule in RULES]


def test_a_rule_that_does_not_apply_has_nothing_to_add():
    for case in CASES:
        problem = discretise(case.instance)
        for rule in RULES:
            if not rule.applies(problem):
                context = model_of(case.instance)
                before = len(context.logic.cp.proto.constraints)
                rule.add(context)
                assert len(context.logic.cp.proto.constraints) == before, (case.rule, rule.name)
