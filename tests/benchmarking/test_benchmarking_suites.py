"""The suites: what their cases are, and where best-known values come from."""

import pytest

from scheduler.benchmarking.cases import Best, Generated, Imported, Written
from scheduler.benchmarking.suites import PUBLISHED, SCALE, SUITES

FORUMS = ("tic-12.original", "hard", "impossible", "unheard-of")


@pytest.fixture
def data(tmp_path):
    """Return a folder of instances as they are published, but empty."""
    for folder, names in ((PUBLISHED, FORUMS), (SCALE, ("random-9", "random-90"))):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.dzn").touch()
    (tmp_path / PUBLISHED / "published.csv").write_text(
        "instance,optimum,maxsat_s,chuffed_s\ntic-12.original,0,0.1,\nhard,6,1,\nimpossible,UNSAT,1,\n"
    )
    (tmp_path / SCALE / "reference.csv").write_text(
        "instance,lower_bound,prototype_breaks_60s\nrandom-90,2,23\nrandom-9,1,2\n"
    )
    return tmp_path


def cases(name, data=None):
    return {case.name: case for case in SUITES[name].cases(data)}


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_has_cases_of_different_names_and_a_smallest(name, data):
    found = SUITES[name].cases(data)
    assert len({case.name for case in found}) == len(found)
    assert sum(case.smallest for case in found) == 1
    assert all(case.limit > 0 for case in found)


def test_asia_has_the_values_of_its_reference_solution():
    (case,) = cases("asia").values()
    assert isinstance(case.origin, Written)
    assert case.best == Best((21, 24, 25, 13), "solutions/asia-innova-2017")


def test_scenarios_are_all_instances():
    found = cases("scenarios")
    assert {"tiny", "every-rule", "over-full", "two-time-zones"} < set(found)
    assert found["tiny"].best.values == (0, 2)
    assert found["infeasible"].best.infeasible
    assert all(case.best.proven for case in found.values() if case.base is None)
    assert found["asia-two-at-once"].base.name == "asia-shorter-day"


def test_published_values_are_read_beside_the_instances(data):
    found = cases("b2b", data)
    assert found["hard"].best == Best((6,), "JAIR 74 (2022) 263-301")
    assert found["hard"].origin == Imported(data / PUBLISHED / "hard.dzn")
    assert str(found["impossible"].best) == "infeasible"
    assert found["unheard-of"].best is None


def test_the_folder_of_the_instances_itself_will_do(data):
    assert cases("b2b", data / PUBLISHED) == cases("b2b", data)


def test_large_programmes_are_given_and_generated(data):
    found = cases("scale", data)
    assert found["random-90"].best.values == (23,)
    assert str(found["random-90"].best) == "23 reached"
    assert isinstance(found["generated-100000"].origin, Generated)
    assert set(found) - set(cases("scale")) == {"random-9", "random-90"}


@pytest.mark.parametrize("folder", [None, "nowhere"])
def test_instances_that_are_not_there_are_missed(folder, tmp_path):
    with pytest.raises(FileNotFoundError):
        SUITES["b2b"].cases(folder and tmp_path / folder)
