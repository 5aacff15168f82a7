"""`solve --certify` and `certificate check`."""

import pytest
from support.command_line import run, write_instance

from scheduler.search.certificates.proving import missing

needs = pytest.mark.skipif(bool(missing()), reason=f"certificates need {' and '.join(missing())}")


def forum(path, most=1, **more):
    """Three who meet each other at one table: one of them has a break."""
    city = {
        "id": "madrid",
        "name": "Madrid",
        "time_zone": "Europe/Madrid",
        "opening": [{"date": "2025-03-10", "from": "09:00", "to": f"{9 + most}:30"}],
        "venues": [{"id": "house", "rooms": [{"id": "area", "tables": 1}]}],
    }
    pairs = (("a", "b"), ("a", "c"), ("b", "c"))
    return write_instance(
        path,
        {
            "programme": {"id": "three", "grid": "30min"},
            "cities": [city],
            "participants": [{"id": name} for name in "abc"],
            "meetings": [
                {"id": f"m{n}", "parties": pair, "duration": "30min", "mandatory": True}
                for n, pair in enumerate(pairs)
            ],
            "objective": [{"term": "breaks"}],
        }
        | more,
    )


@needs
def test_a_certificate_stands_beside_the_solution(tmp_path):
    instance = forum(tmp_path / "three.yaml")
    done = run("solve", instance, "-o", tmp_path / "out", "--certify")
    assert done.exit_code == 0, done.output
    folder = tmp_path / "out" / "three.certificate"
    assert "level-1: proof accepted by the step-by-step checker" in done.output
    assert f"scheduler certificate check {folder} {instance}" in done.output
    assert sorted(path.name for path in folder.iterdir()) == ["claims.txt", "level-1.cnf", "level-1.drup"]
    checked = run("certificate", "check", folder, instance)
    assert checked.exit_code == 0
    (folder / "claims.txt").write_text("level-1 2\n")
    doctored = run("certificate", "check", folder, instance)
    assert doctored.exit_code == 1
    assert "refused" in doctored.output
    (folder / "claims.txt").write_text("")
    assert run("certificate", "check", folder, instance).exit_code == 2


@needs
def test_infeasibility_is_certified(tmp_path):
    instance = forum(tmp_path / "three.yaml", most=0)
    done = run("solve", instance, "-o", tmp_path / "out", "--certify")
    assert done.exit_code == 3
    folder = tmp_path / "out" / "three.certificate"
    assert run("certificate", "check", folder, instance).exit_code == 0


@needs
def test_programmes_that_are_more_than_slots_are_refused_before_they_are_solved(tmp_path):
    instance = forum(tmp_path / "three.yaml", sessions=[{"id": "s", "kind": "workshop", "duration": "30min"}])
    done = run("solve", instance, "-o", tmp_path / "out", "--certify")
    assert done.exit_code == 2
    assert "programmes of meetings in equal slots" in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()


def test_what_is_missing_is_said_before_anything_is_solved(tmp_path, monkeypatch):
    monkeypatch.setattr("scheduler.search.certificates.proving.missing", lambda: ["drup"])
    done = run("solve", forum(tmp_path / "three.yaml"), "-o", tmp_path / "out", "--certify")
    assert done.exit_code == 2
    assert "certificates need drup" in done.output
    assert not (tmp_path / "out").exists()
