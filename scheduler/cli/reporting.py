"""``scheduler report``: the figures of one schedule or several, as a page or as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click

from scheduler.cli.console import Terminal
from scheduler.cli.outcome import ExitCode, Refused
from scheduler.cli.pairing import load_pair
from scheduler.exports import write_files
from scheduler.reporting import Indicators, indicators, report_of


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of ``report``; the command line's options, one to one."""

    instance: Path
    solution: Path
    others: tuple[Path, ...] = ()
    output: Path | None = None
    as_json: bool = False

    @property
    def page(self) -> Path | None:
        """Where the page goes; None: none is asked for."""
        if self.output is None and not self.as_json:
            return self.solution.parent / "report.html"
        return self.output


def run(order: Order) -> ExitCode:
    """Measure schedules, and write or print what was found."""
    found = _measured(order)
    if order.as_json:
        click.echo(_json(found))
    if order.page is not None:
        write_files(order.page.parent, {order.page.name: report_of(found).encode("utf-8")})
        if not order.as_json:
            Terminal().print(f"  {order.page}", soft_wrap=True)
    return ExitCode.DONE if all(one.valid for one in found.values()) else ExitCode.BROKEN


def _measured(order: Order) -> dict[str, Indicators]:
    """Return what is measured of each schedule, by the name under which it is shown."""
    paths = (order.solution, *order.others)
    found = {}
    for name, path in zip(_names(paths), paths, strict=True):
        instance, solution = load_pair(order.instance, path)
        try:
            found[name] = indicators(instance, solution)
        except ValueError as error:
            raise Refused(f"{path}: {error}") from None
    return found


def _names(paths: tuple[Path, ...]) -> tuple[str, ...]:
    """Return how schedules are called: by their files; by folders too, or numbers, where these are alike."""
    short = tuple(path.name.removesuffix(".yaml").removesuffix(".solution") for path in paths)
    for names in (
        short,
        tuple(f"{path.parent.name}/{name}" for path, name in zip(paths, short, strict=True)),
    ):
        if len(set(names)) == len(names):
            return names
    return tuple(f"{number}: {name}" for number, name in enumerate(short, start=1))


def _json(found: dict[str, Indicators]) -> str:
    schedules = [{"name": name, **one.as_json()} for name, one in found.items()]
    return json.dumps({"schedules": schedules}, indent=1, ensure_ascii=False)
