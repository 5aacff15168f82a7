import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import scheduler

ROOT = Path(__file__).parents[1]
HEAVY = (
    "ortools",
    "pandas",
    "numpy",
    "icalendar",
    "pydantic",
    "rich",
    "yaml",
    "ruamel",
    "xlsxwriter",
    "python_calamine",
    "jinja2",
    "segno",
    "matplotlib",
    "fastapi",
    "sqlalchemy",
    "uvicorn",
    "ray",
)


def loaded_by(code):
    """Return the top-level packages that are loaded after some code has run in a fresh process."""
    program = (
        f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}}, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "code",
    [
        "import scheduler",
        "import scheduler.cli",
        "from scheduler.cli.commands import cli; cli(['--help'], standalone_mode=False)",
        "from scheduler.cli.commands import cli; cli(['solve', '--help'], standalone_mode=False)",
        "from scheduler.cli.commands import cli; cli(['serve', '--help'], standalone_mode=False)",
        "from scheduler.cli.commands import cli; cli(['keys', 'add', '--help'], standalone_mode=False)",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_used(code):
    assert not loaded_by(code).intersection(HEAVY)


@pytest.mark.parametrize(
    "code",
    [
        "import scheduler; scheduler.load('instances/tiny.yaml')",
        "from scheduler.cli.commands import cli; cli(['schema'], standalone_mode=False)",
        "from scheduler.cli.commands import cli\ntry: cli(['solve', 'none.yaml'], standalone_mode=False)\n"
        "except BaseException: pass",
    ],
)
def test_reading_loads_neither_solver_nor_tables(code, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert not loaded_by(code).intersection({"ortools", "pandas", "icalendar"})


def test_what_solves_is_loaded_before_what_it_may_need():
    loaded = loaded_by("import scheduler.cli.solving, scheduler.search.solve, scheduler.exports")
    assert not loaded.intersection(
        {
            "ortools",
            "pandas",
            "numpy",
            "icalendar",
            "rich",
            "xlsxwriter",
            "jinja2",
            "fastapi",
            "sqlalchemy",
            "ray",
        }
    )


def test_every_public_name_is_there():
    for name in scheduler.__all__:
        assert getattr(scheduler, name) is not None
    assert dir(scheduler) == sorted(scheduler.__all__)


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="has no attribute 'slove'"):
        scheduler.slove  # noqa: B018


def test_every_public_function_and_class_is_described():
    for name in set(scheduler.__all__) - {"__version__"}:
        assert getattr(scheduler, name).__doc__, name


def test_the_public_functions_do_what_the_command_line_does(tmp_path):
    instance = scheduler.load(ROOT / "instances" / "tiny.yaml")
    result = scheduler.solve(instance, scheduler.SolveOptions(workers=1, deterministic=True))
    assert result.status is scheduler.Status.OPTIMAL
    assert scheduler.check(instance, result.solution).valid
    path = scheduler.write_solution(result.solution, tmp_path / "s.yaml")
    assert scheduler.load_solution(path).levels == result.levels
    assert [p.name for p in scheduler.export(instance, result.solution, "ical", "city", tmp_path)] == [
        "city-valencia.ics"
    ]


def test_the_version_is_said_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["dynamic"] == ["version"]
    assert "version" not in project
    assert all(part.isdigit() for part in scheduler.__version__.split("."))


def test_no_file_names_a_package_host_or_a_machine():
    words = ("index-url", "find-links", "/simple", "/root/", "/home/")
    for name in ("pyproject.toml", "Makefile", ".ci/run", "README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not [word for word in words if word in text], name


def test_the_continuous_run_is_executable():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
