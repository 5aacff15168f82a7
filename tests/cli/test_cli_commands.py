import json
import subprocess
import sys
import types
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from support.command_line import TINY, StandIn, run, write_hand_made

import scheduler
from scheduler import exports
from scheduler.cli import commands, main
from scheduler.cli.commands import FORMATS, KINDS
from scheduler.cli.outcome import Commands, ExitCode
from scheduler.domain import Status
from scheduler.exports import By
from scheduler.reading import schema
from scheduler.search import Result, SolveOptions


@pytest.fixture
def search(monkeypatch):
    return StandIn(monkeypatch, Result(Status.UNKNOWN))


def test_help_names_every_command_and_exit_code():
    result = run("--help")
    assert result.exit_code == 0
    for name in ("solve", "check", "export", "show", "schema", "Exit codes", "3 proven infeasible"):
        assert name in " ".join(result.stdout.split())


@pytest.mark.parametrize("command", ["solve", "check", "export", "show", "schema"])
def test_every_command_explains_itself(command):
    result = run(command, "-h")
    assert result.exit_code == 0
    assert f"scheduler {command}" in result.stdout


def test_the_version_is_the_packages():
    assert run("--version").stdout == f"scheduler, version {scheduler.__version__}\n"


def test_the_schema_is_printed_as_json():
    assert json.loads(run("schema").stdout) == schema()


def test_the_options_know_what_the_exports_know():
    assert exports.FORMATS == FORMATS
    assert tuple(By) == KINDS


def test_options_reach_the_search(search):
    arguments = ("--time-limit", "2.5", "--workers", "2", "--seed", "7", "--deterministic", "-q")
    run("solve", TINY, *arguments)
    assert search.options == SolveOptions(time_limit=2.5, workers=2, seed=7, deterministic=True)


def test_without_options_the_search_has_all_the_time(search):
    run("solve", TINY)
    assert search.options == SolveOptions()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--time-limit", "0"), "'0' is not a number of seconds above 0."),
        (("--time-limit", "nan"), "'nan' is not a number"),
        (("--time-limit", "inf"), "'inf' is not a number"),
        (("--time-limit", "soon"), "'soon' is not a number"),
        (("--workers", "0"), "'--workers'"),
        (("--seed", "-1"), "'--seed'"),
        (("--export", "icla"), "there is no 'icla' (did you mean 'ical'?)."),
        (("--export", "ical,pdf"), "there is no 'pdf' (there are ical, csv"),
        (("--export", "csv", "--by", "cities"), "there is no 'cities' (did you mean 'city'?)."),
        (("--by", "city"), "add --export"),
        (("--colour",), "No such option"),
    ],
)
def test_bad_usage_is_told_and_nothing_is_searched(search, arguments, said):
    result = run("solve", TINY, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert search.options is None


@pytest.mark.parametrize("arguments", [(), ("check",), ("check", "one.yaml"), ("solve",), ("dance",)])
def test_missing_and_unknown_words_are_bad_usage(arguments):
    assert run(*arguments).exit_code == 2


def test_export_needs_a_format(tmp_path):
    result = run("export", *write_hand_made(tmp_path))
    assert result.exit_code == 2
    assert "--format" in result.stderr


def test_python_m_scheduler_is_the_command_line():
    done = subprocess.run(
        [sys.executable, "-m", "scheduler", "--version"], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, f"scheduler, version {scheduler.__version__}\n")


def test_a_terminal_without_the_characters_shows_something(tmp_path):
    instance, solution = write_hand_made(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "scheduler", "show", instance, solution],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "COLUMNS": "100"},
        timeout=60,
    )
    assert done.returncode == 0
    assert b"Ferries, islands" in done.stdout
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("code", "ends_with"), [(ExitCode.ABORTED, 130), (0, 0), (2, 2), (None, 0)])
def test_nothing_is_waited_for_at_the_end(monkeypatch, code, ends_with):
    def cli(prog_name):
        assert prog_name == "scheduler"
        raise SystemExit(code)

    ended = []
    monkeypatch.setattr(commands, "cli", cli)
    monkeypatch.setattr("os._exit", ended.append)
    main("scheduler")
    assert ended == [ends_with]


def test_what_is_said_at_the_end_is_said(monkeypatch):
    def cli(prog_name):
        raise SystemExit("said at the end")

    monkeypatch.setattr(commands, "cli", cli)
    with pytest.raises(SystemExit, match="said at the end"):
        main("scheduler")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_output_that_is_full_is_told_by_the_exit_code():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "scheduler", "--help"], stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)


def test_a_command_may_have_a_module_of_its_own(monkeypatch):
    module = types.ModuleType("elsewhere")
    module.greet = click.Command("greet", callback=lambda: click.echo("hello"))
    monkeypatch.setitem(sys.modules, "elsewhere", module)
    group = Commands("scheduler")
    group.elsewhere = {"greet": "elsewhere"}
    runner = CliRunner()
    assert runner.invoke(group, ["greet"]).output == "hello\n"
    assert "greet" in runner.invoke(group, ["--help"]).output
    assert "No such command" in runner.invoke(group, ["wave"]).output
