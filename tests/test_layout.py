"""Imports run one way: domain <- {reading, checker, exports, problem} <- {model, generating} <- search ..."""

import ast
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "scheduler"
FLOORS = (
    ("domain",),
    ("sheets",),
    ("reading", "checker", "exports", "problem"),
    ("model", "generating"),
    ("search",),
    ("explain", "publishing", "reporting"),
    ("service",),
    ("benchmarking",),
    ("cli", "__init__", "__main__"),
)
"""From the ground up; those on one floor do not import each other, except at the top."""
FLOOR = {part: number for number, parts in enumerate(FLOORS) for part in parts}
HOMES = {
    "ortools": {"model"},
    "pandas": {"exports"},
    "icalendar": {"exports"},
    "ruamel": {"reading"},
    "yaml": {"reading", "cli"},
    "matplotlib": {"benchmarking", "exports", "reporting"},
    "python_calamine": {"reading"},
    "xlsxwriter": {"exports"},
    "jinja2": {"exports", "reporting", "service"},
    "segno": {"exports", "service"},
    "pysat": {"model"},
    "ray": {"search", "service"},
    "alembic": {"service"},
    "fastapi": {"service"},
    "psycopg": {"service"},
    "sqlalchemy": {"service"},
    "starlette": {"service"},
    "uvicorn": {"service"},
    "click": {"cli"},
    "rich": {"cli"},
}
"""Which parts may import a library; what is not named here may be imported anywhere."""


def part_of(path):
    """Return the part of the house that a file is in: ``domain``, ..., ``__init__`` for the top."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path):
    """Yield the full name of each module that a file imports, wherever in the file it does."""
    package = ("scheduler", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            before = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*before, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def imported_parts(path):
    """Return the parts of the house that a file imports; what the top itself defines is ``__init__``."""
    inner = (name.split(".")[1:2] for name in imports_of(path) if name.split(".")[0] == "scheduler")
    return {
        name if (PACKAGE / name).exists() or (PACKAGE / f"{name}.py").exists() else "__init__"
        for name in chain.from_iterable(part or ["__init__"] for part in inner)
    }


def may_import(part, other):
    return part == other or FLOOR[other] < FLOOR[part] or FLOOR[part] == len(FLOORS) - 1


FILES = sorted(PACKAGE.rglob("*.py"))


def test_every_part_has_its_floor():
    assert {part_of(path) for path in FILES} <= set(FLOOR)


@pytest.mark.parametrize("part", sorted({part_of(path) for path in FILES}))
def test_imports_run_one_way(part):
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for path in FILES
        if part_of(path) == part
        for other in imported_parts(path)
        if not may_import(part, other)
    ]
    assert wrong == []


def test_libraries_stay_where_they_belong():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in FILES
        for name in imports_of(path)
        if part_of(path) not in HOMES.get(name.split(".")[0], {part_of(path)})
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "where", "found"),
    [
        ("from scheduler.domain import Instance", "model/x.py", {"scheduler.domain.Instance"}),
        ("def f():\n    import scheduler.cli", "model/x.py", {"scheduler.cli"}),
        ("from . import y", "model/x.py", {"scheduler.model.y"}),
        ("from ..search import solve", "model/x.py", {"scheduler.search.solve"}),
        ("from ... import search", "model/rules/x.py", {"scheduler.search"}),
    ],
)
def test_every_form_of_import_is_seen(code, where, found, tmp_path, monkeypatch):
    path = tmp_path / where
    path.parent.mkdir(parents=True)
    path.write_text(code)
    monkeypatch.setattr(f"{__name__}.PACKAGE", tmp_path)
    assert set(imports_of(path)) == found


@pytest.mark.parametrize(
    ("part", "other", "allowed"),
    [
        ("model", "domain", True),
        ("model", "checker", True),
        ("checker", "exports", False),
        ("domain", "checker", False),
        ("model", "search", False),
        ("search", "__init__", False),
        ("cli", "__init__", True),
        ("cli", "cli", True),
    ],
)
def test_which_way_is_one_way(part, other, allowed):
    assert may_import(part, other) is allowed
