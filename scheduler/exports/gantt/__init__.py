"""Pictures of a schedule against time, as SVG and PNG."""

from __future__ import annotations

from importlib.util import find_spec

from scheduler.domain import Instance, Solution
from scheduler.exports.formats import Manner

LACKING = (
    "pictures as PNG need matplotlib: pip install 'scheduler[pictures]'; "
    "those of the format gantt-svg need nothing"
)


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return the pictures of a kind, each as SVG and as PNG.

    Raises
    ------
    ValueError
        If matplotlib, which draws the PNG, is not installed, or the solution does not speak of this
        instance.
    """
    if find_spec("matplotlib") is None:
        raise ValueError(LACKING)
    from scheduler.exports.gantt.charts import charts_of
    from scheduler.exports.gantt.layout import laid_out
    from scheduler.exports.gantt.png import png_of
    from scheduler.exports.gantt.svg import svg_of

    found: dict[str, bytes] = {}
    for chart in charts_of(instance, solution, manner.by):
        found[f"{chart.stem}.svg"] = svg_of(chart)
        found[f"{chart.stem}.png"] = png_of(laid_out(chart))
    return found
