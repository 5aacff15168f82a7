"""Exit codes, and how errors reach whoever typed the command: in words, never as a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from importlib import import_module
from typing import Any, ClassVar, NoReturn

import click

DEBUG = "SCHEDULER_DEBUG"
"""The environment variable that asks for tracebacks."""


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    BROKEN = 1
    """The schedule breaks a rule."""
    BAD_INPUT = 2
    """Bad usage, a bad file, or a folder that cannot be written to."""
    INFEASIBLE = 3
    """Proven: there is no schedule."""
    NOTHING_FOUND = 4
    """No schedule was found within the limit."""
    FAULT = 70
    """A fault of the program (EX_SOFTWARE of sysexits.h)."""
    ABORTED = 130
    """A second Ctrl-C."""
    PIPE_CLOSED = 141
    """Whoever read the output has left."""


class Refused(click.ClickException):
    """What was asked for cannot be done, and why."""

    exit_code = ExitCode.BAD_INPUT


class Broken(Refused):
    """The schedule breaks a rule, and so is not used."""

    exit_code = ExitCode.BROKEN


class Commands(click.Group):
    """The group of all commands; whatever goes wrong in one of them ends here.

    Attributes
    ----------
    elsewhere : dict of str to str
        Commands by name that have a module of their own, and which one: it is imported when the command
        is run, or when help names them all.
    """

    elsewhere: ClassVar[dict[str, str]] = {}

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with _in_words():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *self.elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of that name."""
        home = self.elsewhere.get(cmd_name)
        if home is None:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(home), cmd_name)
        return command


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except BrokenPipeError:
        _leave_pipe()
    except KeyboardInterrupt:
        _end(ExitCode.ABORTED, "Aborted.")
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        _end(*_told(error))


def _told(error: Exception) -> tuple[ExitCode, str]:
    """Return how to end after an error, and what to say."""
    from scheduler.reading import InputError

    if isinstance(error, InputError):
        count = len(error.faults)
        return ExitCode.BAD_INPUT, f"{error}\n{count} error{'s' if count != 1 else ''} found."
    if isinstance(error, OSError):
        name = error.filename2 or error.filename  # of a renaming, the file that was to be there
        place = f"{name}: " if name else ""
        return ExitCode.BAD_INPUT, f"Error: {place}{error.strerror or error}"
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return (
        ExitCode.FAULT,
        f"Error: this is a fault of the program, not of your files ({said}). "
        f"Please report it; {DEBUG}=1 shows where it happened.",
    )


def _end(code: ExitCode, message: str) -> NoReturn:
    click.echo(message, err=True)
    raise click.exceptions.Exit(code)


def _leave_pipe() -> NoReturn:
    """End without a word; what is still buffered goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise click.exceptions.Exit(ExitCode.PIPE_CLOSED)
