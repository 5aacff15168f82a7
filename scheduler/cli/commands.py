"""The commands and their options; what they do is imported when they run, so that help is quick."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any

import click

import scheduler
from scheduler.cli import quick
from scheduler.cli.choices import number_or_none, seconds, words
from scheduler.cli.options import FORMATS, KINDS, searching, settle_kinds
from scheduler.cli.outcome import Commands, ExitCode

PEERS = ("naive-cpsat", "linear-cpsat", "highs", "rc2", "conference")
"""Other solvers that ``benchmark`` can run."""

_NEW_OBJECTS = 200_000
"""So many are made before the garbage collector looks at them."""

_FILE = click.Path(path_type=Path)
_INSTANCE = click.argument("instance", type=_FILE)
_SOLUTION = click.argument("solution", type=_FILE)

_EPILOG = (
    "Exit codes: 0 done; 1 the schedule breaks a rule; 2 bad usage or bad input; "
    "3 proven infeasible; 4 nothing found within the limit."
)


@click.group(
    name="scheduler", cls=Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(scheduler.__version__, prog_name="scheduler")
def cli() -> None:
    """Schedule programmes that travel: who meets whom, where and when.

    INSTANCE is a YAML file that describes one programme; SOLUTION is a file that `solve` has written.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows ?, not a traceback


Commands.elsewhere = {
    "diff": "scheduler.cli.diff_command",
    "explain": "scheduler.cli.explain_command",
    "keys": "scheduler.cli.keys_command",
    "publish": "scheduler.cli.publish_command",
    "replan": "scheduler.cli.replan_command",
    "report": "scheduler.cli.report_command",
    "serve": "scheduler.cli.serve_command",
    "suggest": "scheduler.cli.suggest_command",
    "template": "scheduler.cli.template_command",
}


@cli.command()
@_INSTANCE
@searching
@click.option("--report", type=_FILE, metavar="FILE", help="Write how the search went, as JSON.")
@click.option("--certify", is_flag=True, help="Prove again what was proven, and write the proofs.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def solve(ctx: click.Context, /, **given: Any) -> None:
    """Find the best schedule, prove it, check it and write it.

    Ctrl-C ends the search and keeps the best schedule so far; a second one aborts.
    """
    from scheduler.model.clauses.spares import prepare, settle

    settle_kinds(given)
    if not given["deterministic"]:
        prepare(1)  # it gets ready while this process reads; two at a time would slow the reading down
    quick.import_lightly()
    from scheduler.cli.solving import Order, run

    try:
        ctx.exit(run(Order(**given)))
    finally:
        settle()


@cli.command()
@_INSTANCE
@_SOLUTION
@click.pass_context
def check(ctx: click.Context, instance: Path, solution: Path) -> None:
    """Say which rules a schedule breaks, and recompute what it costs."""
    from scheduler.cli.checking import run

    ctx.exit(run(instance, solution))


@cli.command()
@_INSTANCE
@_SOLUTION
@click.option(
    "--format",
    "formats",
    type=words(*FORMATS),
    metavar="FORMATS",
    required=True,
    help=f"One or more of {', '.join(FORMATS)}, with commas between them.",
)
@click.option(
    "--by",
    "kinds",
    type=words(*KINDS),
    metavar="KINDS",
    default="programme",
    show_default=True,
    help=f"Whose agendas to write: {', '.join(KINDS)}.",
)
@click.option(
    "-o",
    "--output",
    "directory",
    type=_FILE,
    metavar="DIR",
    help="Where to write.  [default: a folder named as the format, beside the solution]",
)
@click.option(
    "--sequence",
    type=click.IntRange(0),
    metavar="N",
    default=0,
    show_default=True,
    help="For calendars: how often the schedule has changed since they were first given out.",
)
@click.option("--bom", is_flag=True, help="For tables: a byte order mark, by which Excel knows UTF-8.")
@click.option(
    "--base-url",
    "address",
    metavar="URL",
    default="",
    help="For a site: where on the web it will be found, for QR codes and subscriptions to its calendars.",
)
@click.option("--force", is_flag=True, help="Write agendas even of a schedule that breaks rules.")
@click.pass_context
def export(ctx: click.Context, /, **given: Any) -> None:
    """Write a schedule's agendas: calendars, tables and other files."""
    from scheduler.cli.exporting import Order, run

    ctx.exit(run(Order(**given)))


@cli.command()
@_INSTANCE
@click.argument("solution", type=_FILE, required=False)
@click.option("--city", metavar="C", help="Only this city (its id or name).")
@click.option("--party", metavar="P", help="Only this delegation or participant (id or name).")
@click.pass_context
def show(
    ctx: click.Context, instance: Path, solution: Path | None, city: str | None, party: str | None
) -> None:
    """Print a programme, or a schedule day by day."""
    from scheduler.cli.showing import run

    ctx.exit(run(instance, solution, city, party))


@cli.group()
def certificate() -> None:
    """Proofs that `solve --certify` has written."""


@certificate.command(name="check")
@click.argument("directory", type=_FILE)
@_INSTANCE
@click.pass_context
def check_certificate(ctx: click.Context, directory: Path, instance: Path) -> None:
    """Check proofs against an instance: its clauses are made anew, and each proof is gone through."""
    from scheduler.cli.certifying import run_check

    ctx.exit(run_check(directory, instance))


class Importers(Commands):
    """The group of all that makes instances of other files."""

    elsewhere = {
        "conference": "scheduler.cli.conference_command",
        "spreadsheet": "scheduler.cli.spreadsheet_command",
    }


@cli.group(name="import", cls=Importers)
def import_() -> None:
    """Make an instance of a file in another format."""


@import_.command()
@click.argument("file", type=_FILE)
@click.option(
    "-o", "--output", type=_FILE, metavar="FILE.yaml", required=True, help="The instance file to write."
)
@click.option(
    "--fairness",
    type=number_or_none,
    metavar="D|none",
    default="2",
    show_default=True,
    help="The most by which the breaks of two participants may differ.",
)
@click.pass_context
def b2b(ctx: click.Context, file: Path, output: Path, fairness: int | None) -> None:
    """Import a benchmark of bilateral meetings (MiniZinc data, .dzn).

    The format is that of the Business-to-Business Meeting Scheduling Problem (Bofill et al., JAIR 74, 2022).
    """
    from scheduler.cli.importing import run_b2b

    ctx.exit(run_b2b(file, output, fairness))


@cli.command()
@click.option(
    "--meetings", type=click.IntRange(1, 200_000), metavar="N", required=True, help="Requested meetings."
)
@click.option(
    "--cities", type=click.IntRange(1, 12), metavar="C", default=3, show_default=True, help="Cities."
)
@click.option("--days", type=click.IntRange(1, 14), metavar="D", default=4, show_default=True, help="Days.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), metavar="N", default=0, show_default=True, help="Of chance."
)
@click.option(
    "--utilisation",
    type=click.FloatRange(0, 2, min_open=True),
    metavar="U",
    default=0.85,
    show_default=True,
    help="Requested meetings for each table and slot.",
)
@click.option(
    "--mandatory",
    type=click.FloatRange(0, 0.2),
    metavar="M",
    default=0.05,
    show_default=True,
    help="Share of the meetings that must take place.",
)
@click.option("-o", "--output", "directory", type=_FILE, metavar="DIR", required=True, help="Where to write.")
@click.pass_context
def generate(ctx: click.Context, /, directory: Path, **given: Any) -> None:
    """Make up a large programme: a YAML file with tables beside it.

    The same options give the same files, byte for byte. Everything mandatory can take place.
    """
    from scheduler.cli.generating import run

    ctx.exit(run(directory, given))


@cli.command()
@click.argument("suites", nargs=-1, required=True, metavar="SUITE...")
@click.option(
    "--data",
    type=_FILE,
    metavar="DIR",
    envvar="SCHEDULER_DATA",
    help="Where the published instances are.  [default: SCHEDULER_DATA]",
)
@click.option(
    "--out",
    "results",
    type=_FILE,
    metavar="DIR",
    default=Path("benchmarks/results"),
    show_default=True,
    help="Where reports go.",
)
@click.option("--limit", type=seconds, metavar="S", help="Of each search.  [default: as the case says]")
@click.option(
    "--case",
    "pattern",
    metavar="PATTERN",
    default="*",
    help="Only cases of this name; * and ? stand for anything.",
)
@click.option("--smallest", is_flag=True, help="Only the smallest case of each suite.")
@click.option(
    "--runs",
    type=click.IntRange(1, 100),
    metavar="N",
    default=1,
    show_default=True,
    help="How often each case is run.",
)
@click.option(
    "--peers",
    type=words(*PEERS, "all"),
    metavar="SOLVERS",
    help=f"Run other solvers by turns with ours: all, or some of {', '.join(PEERS)}.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    default=2,
    show_default=True,
    help="Threads of each solver.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    metavar="N",
    default=0,
    show_default=True,
    help="Of each search.",
)
@click.option("--fresh", is_flag=True, help="Forget the runs that are done; else they are not done again.")
@click.pass_context
def benchmark(ctx: click.Context, /, suites: tuple[str, ...], **given: Any) -> None:
    """Measure suites of instances: asia, scenarios, b2b, scale.

    Each run is a process of its own; each schedule is judged by the checker; reports go to a folder.
    """
    from scheduler.benchmarking.running import Order
    from scheduler.cli.benchmarking import run

    given["peers"] = PEERS if "all" in (given["peers"] or ()) else given["peers"] or ()
    ctx.exit(run(suites, Order(**given)))


@cli.command()
def schema() -> None:
    """Print the JSON Schema of instance files, for editors."""
    import json

    from scheduler.reading import schema as schema_of_instances

    click.echo(json.dumps(schema_of_instances(), indent=2, ensure_ascii=False))


def main(prog_name: str | None = None) -> None:
    """Run the command line and end the process."""
    # A large programme is millions of objects, none of which is ever let go: looking for some takes a while.
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
    quick.without_plugins()
    quick.methods_when_called()
    try:
        cli(prog_name=prog_name)
    except SystemExit as ending:
        if not isinstance(ending.code, int | None):
            raise
        # Whatever is to be written is written. To take everything apart first would be a tenth of a short
        # run, and after an abort the search may still be running in threads that nothing waits for any more.
        os._exit(_flushed(ending.code or 0))
    except OSError as error:  # help that cannot be printed; what commands meet they tell themselves
        click.echo(f"Error: {error.strerror or error}", err=True)
        os._exit(ExitCode.BAD_INPUT)


def _flushed(code: int) -> int:
    """Write what is still buffered; return the exit code, or that of an output that cannot be written to."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = code or ExitCode.BAD_INPUT
    return code
