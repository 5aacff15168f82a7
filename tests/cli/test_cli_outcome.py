import errno
import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner
from support.command_line import TINY, run, run_apart, write_instance
from support.hand_made import facts

from scheduler.cli.outcome import Broken, Commands, ExitCode, Refused
from scheduler.reading import InputError, InputFault


def failing(error):
    """Return a command line whose only command fails."""

    @click.group(cls=Commands)
    def cli():
        pass

    @cli.command()
    def fail():
        raise error

    return CliRunner().invoke(cli, ["fail"])


def test_every_fault_of_a_file_is_a_line_and_they_are_counted():
    faults = [
        InputFault("a.yaml", 3, 5, ("cities",), "x", "is wrong"),
        InputFault("b.csv", 2, 1, (), None, "is odd"),
    ]
    result = failing(InputError(faults))
    assert result.exit_code == 2
    assert result.stderr == 'a.yaml:3:5: cities: "x" is wrong\nb.csv:2:1: is odd\n2 errors found.\n'
    assert result.stdout == ""


def test_one_fault_is_one_error():
    assert failing(InputError([InputFault("a", 0, 0, (), None, "is empty")])).stderr.endswith(
        "1 error found.\n"
    )


def test_files_that_cannot_be_used_are_named():
    result = failing(PermissionError(errno.EACCES, os.strerror(errno.EACCES), "out/x.yaml"))
    assert (result.exit_code, result.stderr) == (2, "Error: out/x.yaml: Permission denied\n")


def test_errors_of_the_system_without_a_file_are_told_as_they_are():
    assert failing(OSError("no room")).stderr == "Error: no room\n"


@pytest.mark.parametrize(("error", "code"), [(Refused("no"), 2), (Broken("no"), 1)])
def test_refusals_have_their_codes(error, code):
    result = failing(error)
    assert (result.exit_code, result.stderr) == (code, "Error: no\n")


def test_a_fault_of_the_program_is_one_line_with_a_hint(monkeypatch):
    monkeypatch.delenv("SCHEDULER_DEBUG", raising=False)
    result = failing(KeyError("a\nb"))
    assert result.exit_code == ExitCode.FAULT
    assert len(result.stderr.splitlines()) == 1
    assert "KeyError" in result.stderr
    assert "SCHEDULER_DEBUG=1" in result.stderr


def test_a_fault_of_the_program_shows_its_trace_on_demand(monkeypatch):
    monkeypatch.setenv("SCHEDULER_DEBUG", "1")
    result = failing(KeyError("a"))
    assert isinstance(result.exception, KeyError)


def test_an_interrupt_before_or_after_the_search_aborts():
    result = failing(KeyboardInterrupt())
    assert (result.exit_code, result.stderr) == (ExitCode.ABORTED, "Aborted.\n")


def test_an_abort_ends_the_process_at_once():
    code = """
import scheduler.cli.showing as showing
def load(path):
    raise KeyboardInterrupt
showing.load = load
"""
    done = run_apart("show", TINY, code=code)
    assert (done.returncode, done.stderr) == (130, "Aborted.\n")


def test_who_stops_reading_stops_the_printing():
    reader, writer = os.pipe()
    os.close(reader)
    for arguments in (["schema"], ["show", TINY]):
        command = [sys.executable, "-m", "scheduler", *map(str, arguments)]
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, timeout=60)
        assert (done.returncode, done.stderr) == (141, b"")
    os.close(writer)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"programme\x00", "is a binary file"),
        (b"programme: [", ":1:"),
        (b"just text", "should be a mapping"),
        (b"programme: {id: x, grid: 15min, gird: 1}", "gird"),
    ],
)
def test_bad_files_are_told_without_a_traceback(tmp_path, content, said):
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    for arguments in (("solve", path), ("show", path), ("check", path, path)):
        result = run(*arguments)
        assert result.exit_code == 2
        assert said in result.stderr
        assert str(path) in result.stderr
        assert "error" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("where", ["missing.yaml", "."])
def test_paths_that_are_no_files_are_told(tmp_path, where):
    result = run("solve", tmp_path / where)
    assert result.exit_code == 2
    assert str(tmp_path) in result.stderr


def test_bad_solutions_are_told(tmp_path):
    instance = write_instance(tmp_path / "i.yaml", facts())
    solution = tmp_path / "s.yaml"
    solution.write_text("programme: hand-made\nplacements: 3\n")
    for command in ("check", "show"):
        result = run(command, instance, solution)
        assert result.exit_code == 2
        assert f"{solution}:2:" in result.stderr


def test_a_schedule_of_another_programme_is_refused(tmp_path):
    solution = tmp_path / "s.yaml"
    solution.write_text("programme: other\nplacements: []\n")
    for command in (("check",), ("show",), ("export", "--format", "csv")):
        result = run(command[0], TINY, solution, *command[1:])
        assert result.exit_code == 2
        assert "'other'" in result.stderr
        assert "'tiny'" in result.stderr
