"""Pictures as SVG: text stays text, everything can be pointed at, no font is brought along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from scheduler.domain import Instance, Solution
from scheduler.exports.formats import Manner
from scheduler.exports.gantt.chart import FREE, Chart
from scheduler.exports.gantt.charts import charts_of
from scheduler.exports.gantt.layout import laid_out
from scheduler.exports.gantt.lettering import clean
from scheduler.exports.gantt.palette import INK, PAPER, SOFT_INK
from scheduler.exports.gantt.picture import Box, Label, Line, Mark, Picture

FONTS = (
    "'DejaVu Sans', Verdana, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans CJK KR', 'Microsoft YaHei', "
    "'Malgun Gothic', 'PingFang SC', 'Noto Sans Arabic', sans-serif"
)
"""What a viewer should write in: the first is what the widths are of, the others are as common elsewhere."""


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return the pictures as SVG alone, as :func:`scheduler.exports.export` asks for them."""
    return {f"{chart.stem}.svg": svg_of(chart) for chart in charts_of(instance, solution, manner.by)}


def svg_of(chart: Chart) -> bytes:
    """Return a picture as an SVG file."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + svg_text(laid_out(chart))).encode("utf-8")


def svg_text(picture: Picture) -> str:
    """Return a picture as an ``svg`` element, which may also stand in a page.

    Each bar is a group with ``data-id``, ``data-row``, ``data-kind``, ``data-start`` and ``data-end``.
    """
    wide, high = _number(picture.width), _number(picture.height)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}pt" height="{high}pt" '
        f'viewBox="0 0 {wide} {high}" role="img" font-family="{FONTS}">',
        f"<title>{_text(picture.title)}</title>",
        f"<desc>{_text(picture.told)}</desc>",
        _box(Box(0, 0, picture.width, picture.height, PAPER)),
        *_shapes(picture.shapes),
        "</svg>\n",
    ]
    return "\n".join(lines)


def _shapes(shapes: Iterable[Box | Line | Label | Mark]) -> Iterator[str]:
    for shape in shapes:
        if isinstance(shape, Box):
            yield _box(shape)
        elif isinstance(shape, Line):
            yield _line(shape)
        elif isinstance(shape, Label):
            yield _label(shape)
        else:
            yield from _mark(shape)


def _mark(mark: Mark) -> Iterator[str]:
    """Yield a bar; what it says is held inside it, whatever font it is written in."""
    bar, box = mark.bar, mark.box
    yield (
        f'<g class="bar" data-id="{_text(bar.id)}" data-row="{_text(mark.row)}" data-kind="{bar.kind}" '
        f'data-start="{bar.start.isoformat(timespec="minutes")}" '
        f'data-end="{bar.end.isoformat(timespec="minutes")}">'
    )
    told = "\n".join(clean(line) for line in bar.told.split("\n"))
    yield f"<title>{_text(told, as_it_is=True)}</title>"
    if bar.kind == FREE:
        middle = box.y + box.height / 2
        yield _line(Line(box.x + 1, middle, box.right - 1, middle, SOFT_INK, 1.0, dotted=True))
    else:
        yield _box(box)
    if mark.stripe is not None:
        yield _box(mark.stripe)
    if mark.labels:
        x, y, wide, high = (_number(side) for side in (box.x, box.y, box.width, box.height))
        yield f'<svg x="{x}" y="{y}" width="{wide}" height="{high}" viewBox="{x} {y} {wide} {high}">'
        yield from (_label(label) for label in mark.labels)
        yield "</svg>"
    yield "</g>"


def _box(box: Box) -> str:
    edge = f' stroke="{box.edge}" stroke-width="0.6"' if box.edge else ""
    dash = ' stroke-dasharray="3 2"' if box.dashed else ""
    return (
        f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}" fill="{box.fill}"{edge}{dash}/>'
    )


def _line(line: Line) -> str:
    dots = ' stroke-dasharray="1.5 2"' if line.dotted else ""
    return (
        f'<line x1="{_number(line.x1)}" y1="{_number(line.y1)}" x2="{_number(line.x2)}" '
        f'y2="{_number(line.y2)}" stroke="{line.colour}" stroke-width="{_number(line.thickness)}"{dots}/>'
    )


def _label(label: Label) -> str:
    weight = ' font-weight="bold"' if label.bold else ""
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    colour = label.colour if label.colour != "#000000" else INK
    return (
        f'<text x="{_number(label.x)}" y="{_number(label.y)}" font-size="{_number(label.size)}" '
        f'fill="{colour}"{weight}{anchor}>{_text(label.text)}</text>'
    )


def _text(text: str, as_it_is: bool = False) -> str:
    return escape(text if as_it_is else clean(text))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
