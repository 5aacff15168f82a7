"""Pictures of a suite: who is fast how often, values over time, time and memory against size."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from scheduler.benchmarking.rows import OURS, Moment, Row
from scheduler.benchmarking.summary import seconds_to_settle, typical

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Told apart by those who see few colours."""
_MARKERS = ("o", "s", "^", "D", "v", "P")
_MOST_PANELS = 12
_DOTS = 110
_FAR = 10


def write_plots(suite: str, rows: Sequence[Row], folder: Path) -> list[Path]:
    """Write the pictures that say something, as PNG; none without matplotlib."""
    if find_spec("matplotlib") is None:
        return []
    import matplotlib as mpl

    mpl.use("Agg")
    found = {name: typical(rows, name) for name in dict.fromkeys(row.key.solver for row in rows if row.ran)}
    order = sorted(found, key=lambda name: (name != OURS, name))
    found = {name: found[name] for name in order}
    pictures = {"profile": _profile(found), "over-time": _over_time(found), "size": _size(found)}
    return [
        _saved(figure, folder / f"{suite}-{name}.png")
        for name, figure in pictures.items()
        if figure is not None
    ]


def _saved(figure: Any, path: Path) -> Path:
    import matplotlib.pyplot as plt

    figure.savefig(path, dpi=_DOTS)
    plt.close(figure)
    return path


def profile(found: dict[str, dict[str, Row]]) -> dict[str, list[float]]:
    """Return for each solver its times over the fastest solver's, sorted, of the cases that it has settled.

    Dolan and Moré, "Benchmarking optimization software with performance profiles", Mathematical
    Programming 91 (2002) 201-213. Cases that no solver has settled say nothing, and are left out.
    """
    ratios: dict[str, list[float]] = {name: [] for name in found}
    for case in _shared(found):
        times = {name: seconds_to_settle(found[name][case]) for name in found if found[name][case].proven}
        for name, length in times.items():
            ratios[name].append(max(length, 0.001) / max(min(times.values()), 0.001))
    return {name: sorted(own) for name, own in ratios.items()}


def _shared(found: dict[str, dict[str, Row]]) -> list[str]:
    """Return the cases that all solvers were run on, and some have settled."""
    cases = next(iter(found.values()), {})
    everywhere = [case for case in cases if all(case in own for own in found.values())]
    return [case for case in everywhere if any(own[case].proven for own in found.values())]


def _profile(found: dict[str, dict[str, Row]]) -> Any:
    count = len(_shared(found))
    if len(found) < 2 or not count:
        return None
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 5), layout="constrained")
    ratios = profile(found)
    end = 1.3 * max((own[-1] for own in ratios.values() if own), default=1.0)
    for (name, own), colour in zip(ratios.items(), _COLOURS, strict=False):
        x = [1.0, *own, end]
        y = [0.0, *((i + 1) / count for i in range(len(own))), len(own) / count]
        axes.step(x, y, where="post", color=colour, label=f"{name} ({len(own)} of {count})", linewidth=1.8)
    axes.set(xscale="log", xlim=(1, max(end, 1.5)), ylim=(0, 1.03))
    axes.set_xlabel("time of the whole process, as a multiple of the fastest solver's")
    axes.set_ylabel("share of cases proven within that")
    _label_plainly(axes.xaxis)
    axes.grid(visible=True, which="major", alpha=0.3)
    figure.legend(loc="outside upper center", ncols=3, frameon=False)
    return figure


def _over_time(found: dict[str, dict[str, Row]]) -> Any:
    """Draw values and our bound over time, of the cases that took longest."""
    ours = found.get(OURS, {})
    told = [case for case, row in ours.items() if len(_curve(row, _level(row))) > 1]
    cases = sorted(told, key=lambda case: -ours[case].wall)[:_MOST_PANELS]
    if not cases:
        return None
    import matplotlib.pyplot as plt

    columns = min(3, len(cases))
    height = -(-len(cases) // columns)
    size = (max(7.5, 4.2 * columns), 0.8 + 2.7 * height)
    figure, panels = plt.subplots(height, columns, figsize=size, layout="constrained", squeeze=False)
    for case, axes in zip(cases, panels.flat, strict=False):
        _draw_case(axes, case, found)
    for axes in islice(panels.flat, len(cases), None):
        axes.set_visible(False)
    handles = {label: handle for axes in panels.flat for handle, label in zip(*_legend(axes), strict=True)}
    figure.legend(
        handles.values(),
        handles.keys(),
        loc="outside upper center",
        ncols=3 if columns < 3 else 6,
        frameon=False,
    )
    figure.supxlabel("seconds since the process was started", fontsize=10)
    return figure


def _legend(axes: Any) -> tuple[list[Any], list[str]]:
    handles, labels = axes.get_legend_handles_labels()
    return handles, labels


def _draw_case(axes: Any, case: str, found: dict[str, dict[str, Row]]) -> None:
    level = _level(found[OURS][case])
    for (name, own), colour in zip(found.items(), _COLOURS, strict=False):
        if case in own and (curve := _curve(own[case], level)):
            x, y = [at for at, _ in curve], [value for _, value in curve]
            if name == OURS or len(own[case].bounds) == 1:
                x, y = [*x, max(own[case].wall, x[-1])], [*y, y[-1]]
            axes.step(x, y, where="post", color=colour, label=name, linewidth=1.6)
    bounds = [(at.seconds, at.bound) for at in found[OURS][case].trace if at.level == level and at.bound]
    if bounds:
        x, y = [at for at, _ in bounds], [bound for _, bound in bounds]
        x, y = [*x, max(found[OURS][case].wall, x[-1])], [*y, y[-1]]
        axes.step(x, y, where="post", color=_COLOURS[0], linestyle=":", label=f"{OURS}: bound")
    several = len(found[OURS][case].values) > 1
    axes.set_title(f"{case}, level {level}" if several else case, fontsize=9)
    _scale(axes)
    axes.tick_params(labelsize=8)
    axes.grid(visible=True, alpha=0.3)


def _plain(number: float, _position: float) -> str:
    """Return the label of a tick without powers of ten."""
    return f"{number:g}"


def _scale(axes: Any) -> None:
    """Let the times stand on a logarithmic scale where they are far apart, in plain numbers."""
    times = [x for line in axes.get_lines() for x in line.get_xdata()]
    least, most = min(times), max(times)
    if most > _FAR * least:
        axes.set_xscale("log")
    axes.xaxis.set_major_formatter(_plain)
    axes.yaxis.get_major_locator().set_params(integer=True)


def _level(row: Row) -> int:
    """Return the level whose value has changed most often."""
    levels = [at.level for at in row.trace if at.value is not None]
    return max(levels, key=levels.count, default=1)


def _curve(row: Row, level: int) -> list[tuple[float, int]]:
    """Return the best value so far, at each moment at which it changed."""
    curve: list[tuple[float, int]] = []
    for at in _of_level(row.trace, level):
        if at.value is not None and (not curve or at.value < curve[-1][1]):
            curve.append((max(at.seconds, 0.001), at.value))
    return curve


def _of_level(trace: Sequence[Moment], level: int) -> list[Moment]:
    return [at for at in trace if at.level == level]


_AGAINST_SIZE = (
    ("wall", "seconds by the clock"),
    ("first", "seconds to the first whole schedule"),
    ("megabytes", "peak memory in MB"),
)


def _size(found: dict[str, dict[str, Row]]) -> Any:
    """Draw time and memory against the number of activities; hollow: not proven."""
    sizes = {row.activities for own in found.values() for row in own.values() if row.activities}
    if len(sizes) < 2:
        return None
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(1, 3, figsize=(13, 4.6), layout="constrained")
    for axes, (what, words) in zip(panels, _AGAINST_SIZE, strict=True):
        for (name, own), colour, marker in zip(found.items(), _COLOURS, _MARKERS, strict=False):
            known = [row for row in own.values() if row.activities and getattr(row, what)]
            _scatter(axes, name, known, what, colour, marker)
        axes.set(xscale="log", yscale="log", xlabel="sessions, talks and meetings", ylabel=words)
        for axis in (axes.xaxis, axes.yaxis):
            _label_plainly(axis)
        axes.grid(visible=True, alpha=0.3)
    handles = {label: handle for axes in panels for handle, label in zip(*_legend(axes), strict=True)}
    figure.legend(handles.values(), handles.keys(), loc="outside upper center", ncols=6, frameon=False)
    panels[0].set_title("hollow: not proven within the limit", fontsize=9, loc="left")
    return figure


def _label_plainly(axis: Any) -> None:
    """Label a logarithmic axis in plain numbers; what is between powers of ten only on a short one."""
    from matplotlib.ticker import NullFormatter

    least, most = axis.get_view_interval()
    axis.set_major_formatter(_plain)
    axis.set_minor_formatter(_plain if most < _FAR * least else NullFormatter())


def _scatter(axes: Any, name: str, rows: Sequence[Row], what: str, colour: str, marker: str) -> None:
    labels = iter((name, None))  # one for both, whichever there is
    for proven in (True, False):
        chosen = [row for row in rows if row.proven is proven]
        if chosen:
            axes.scatter(
                [row.activities for row in chosen],
                [getattr(row, what) for row in chosen],
                s=26,
                marker=marker,
                facecolors=colour if proven else "none",
                edgecolors=colour,
                linewidths=1.1,
                label=next(labels),
            )
