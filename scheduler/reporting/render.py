"""The page of a report as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from scheduler.domain import Instance, Solution
from scheduler.reporting.measure import indicators
from scheduler.reporting.page import page

if TYPE_CHECKING:
    from jinja2 import Template

    from scheduler.reporting.indicators import Indicators


def report(instance: Instance, solutions: Solution | Mapping[str, Solution]) -> str:
    """Return a report on a schedule, or on several side by side: one HTML page that needs nothing else.

    Parameters
    ----------
    instance : Instance
        The programme.
    solutions : Solution, or mapping of str to Solution
        Schedules by the name under which they are shown; the others are compared to the first.

    Returns
    -------
    str
        HTML, the same each time.

    Raises
    ------
    ValueError
        If there is no schedule, or one does not speak of this instance.
    """
    named = {"schedule": solutions} if isinstance(solutions, Solution) else solutions
    return report_of({name: indicators(instance, solution) for name, solution in named.items()})


def report_of(found: Mapping[str, Indicators]) -> str:
    """Return the report on what was measured of some schedules (ValueError if there are none)."""
    if not found:
        raise ValueError("a report is on one schedule at least")
    return _template().render(page=page(found))


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("scheduler.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
