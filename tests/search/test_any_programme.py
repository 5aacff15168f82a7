"""Whatever a programme says: a schedule that comes out is right, and nothing is claimed that is not."""

from hypothesis import HealthCheck, given, settings
from support.any_programme import programmes

from scheduler.checker import check
from scheduler.domain import Instance, Status, TermName
from scheduler.search import SolveOptions
from scheduler.search.solve import solve

OBJECTIVE = [{"term": term.value, "level": 1 + number % 3} for number, term in enumerate(TermName)]
BRIEF = SolveOptions(time_limit=0.3, deterministic=True)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(programmes())
def test_any_programme(written):
    instance = Instance.model_validate(written | {"objective": OBJECTIVE})
    result = solve(instance, BRIEF)
    assert result.status not in (Status.INVALID, Status.CONTRADICTION), result.notes
    if result.solution is None:
        assert result.status in (Status.INFEASIBLE, Status.UNKNOWN)
        return
    verdict = check(instance, result.solution)
    assert verdict.valid
    assert [report.value for report in result.levels] == [level.value for level in verdict.levels]
    assert all(report.bound <= report.value for report in result.levels)
    proven = all(report.status is Status.OPTIMAL for report in result.levels)
    assert result.status is (Status.OPTIMAL if proven else Status.FEASIBLE)
