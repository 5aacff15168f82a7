"""From what a picture shows to where it stands on paper, in points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.times import MINUTE, UTC, elapsed
from scheduler.exports.gantt.chart import FREE, Bar, Chart, Group, Of, Panel, Row
from scheduler.exports.gantt.lettering import LEADING, LEAST, clean, fitted, set_in, width
from scheduler.exports.gantt.palette import (
    FINE_GRID,
    GRID,
    HEADING,
    INK,
    KINDS,
    SHUT,
    SOFT_INK,
)
from scheduler.exports.gantt.picture import Box, Label, Line, Mark, Picture, Shape
from scheduler.exports.hours import without
from scheduler.exports.in_words import kind_words

_MARGIN = 14.0
_TITLE, _PANEL_TITLE, _ROW_LABEL, _TICK = 14.0, 11.0, 8.0, 8.0
_BAR_TEXT = 7.5
_PAD = 3.0
_STRIPE = 2.5
_GUTTER = 170.0
"""The most that labels of rows take."""
_BAR = 68.0
"""How wide a bar should be of which a quarter of all are shorter: enough for a name."""
_HOURS = (520.0, 1700.0)
"""The least and the most that the hours take."""
_LANE = 2.0 * _BAR_TEXT * LEADING + _PAD
_THICK = 3.0 * _BAR_TEXT * LEADING + _PAD
_DEEP = 5.0 * _BAR_TEXT * LEADING + _PAD
_THIN = LEAST * LEADING + 2.0
_MANY = 90
"""With more rows than that those of tables are thin: one line each."""
_TALL = 420.0
"""A panel higher than that says the hours below it, too."""
_LEGEND_GAP = 16.0


@dataclass(frozen=True)
class _Hours:
    """The common scale of all panels: minutes since midnight to points."""

    left: float
    first: float
    last: float
    points: float
    """For a minute."""

    @property
    def right(self) -> float:
        return self.left + (self.last - self.first) * self.points

    def at(self, panel: Panel, moment: dt.datetime) -> float:
        minutes = elapsed(panel.midnight, moment) / MINUTE
        return self.left + (min(max(minutes, self.first), self.last) - self.first) * self.points

    def moment(self, panel: Panel, minutes: float) -> dt.datetime:
        return panel.midnight.astimezone(UTC) + minutes * MINUTE


def laid_out(chart: Chart) -> Picture:
    """Return a picture as shapes: title, legend, and panels one below the other on the same hours."""
    return _Layout(chart).picture()


class _Layout:
    """A picture in the making, from the top downwards."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.shapes: list[Shape] = []
        self.y = _MARGIN
        rows = sum(1 for panel in chart.panels for _ in panel.rows) / max(1, len(chart.panels))
        self.thin = rows > _MANY
        self.hours = _scale(chart, _gutter(chart))

    @cached_property
    def right(self) -> float:
        return self.hours.right + _MARGIN + width("00:00", _TICK) / 2

    def picture(self) -> Picture:
        self._title()
        self._legend()
        for panel in self.chart.panels:
            self._panel(panel)
        if not self.chart.panels:
            self._say("Nothing is scheduled.", _PANEL_TITLE)
        count = sum(bar.kind != FREE for bar in self.chart.bars)
        told = f"{count} {'entry' if count == 1 else 'entries'}, rooms or people down, hours across."
        return Picture(self.right, self.y + _MARGIN, clean(self.chart.title), told, tuple(self.shapes))

    # -- head ------------------------------------------------------------------------------------

    def _say(self, text: str, size: float, colour: str = INK, bold: bool = False) -> None:
        self.y += size * LEADING
        said = fitted(clean(text), self.right - 2 * _MARGIN, size * (1.1 if bold else 1))
        self.shapes.append(Label(_MARGIN, self.y - 0.2 * size, said, size, colour, bold))

    def _title(self) -> None:
        self._say(self.chart.title, _TITLE, bold=True)
        self.y += 4

    def _legend(self) -> None:
        """Say which colour is which kind, as far as there are any."""
        kinds = {bar.kind for bar in self.chart.bars}
        items = [(kind_words(kind), kind) for kind in KINDS if kind in kinds]
        more = [("in the audience", "audience")] if any(bar.listening for bar in self.chart.bars) else []
        more += [("free", FREE)] if FREE in kinds else []
        rows = [row for panel in self.chart.panels for row in panel.rows]
        grey = {"away" if row.of is Of.PERSON else "closed" for row in rows if row.open is not None}
        more += [(said, "shut") for said in sorted(grey)]
        x = _MARGIN
        for said, kind in items + more:
            wide = 18 + width(said, _TICK) + _LEGEND_GAP
            if x + wide > self.right - _MARGIN and x > _MARGIN:
                x, self.y = _MARGIN, self.y + _TICK * 1.6
            self.shapes += _sample(kind, x, self.y)
            self.shapes.append(Label(x + 18, self.y + 8, said, _TICK, INK))
            x += wide
        self.y += _TICK * 1.6 + 2

    # -- panels ----------------------------------------------------------------------------------

    def _panel(self, panel: Panel) -> None:
        self.y += 8
        self._say(panel.heading, _PANEL_TITLE, bold=True)
        self._say(panel.clock, _ROW_LABEL, SOFT_INK)
        self.y += 4
        top = self.y
        below: list[Shape] = []
        above: list[Shape] = []
        self.y += _TICK * LEADING + 3
        first = self.y
        for group in panel.groups:
            self._group(panel, group, below, above)
        tall = self.y - first > _TALL
        self.shapes += below
        self.shapes += _grid(self.hours, panel, first, self.y)
        self.shapes += _ticks(self.hours, panel, top + _TICK)
        if tall:
            self.shapes += _ticks(self.hours, panel, self.y + _TICK + 2)
        self.shapes += above
        self.y += _TICK * LEADING + 4 if tall else 4

    def _group(self, panel: Panel, group: Group, below: list[Shape], above: list[Shape]) -> None:
        if group.label:
            height = _ROW_LABEL * LEADING + 3
            room = self.right - 2 * _MARGIN - 2 * _PAD
            below.append(Box(_MARGIN, self.y, self.right - 2 * _MARGIN, height, HEADING))
            said = fitted(clean(group.label), room, _ROW_LABEL * 1.1)
            above.append(Label(_MARGIN + _PAD, self.y + _ROW_LABEL + 1, said, _ROW_LABEL, INK, bold=True))
            self.y += height
        for row in group.rows:
            self._row(panel, row, below, above)

    def _row(self, panel: Panel, row: Row, below: list[Shape], above: list[Shape]) -> None:
        lanes = _lanes(row.bars)
        high = self._lane_height(row)
        height = high * max(1, len(lanes)) + 1
        below += self._shut(panel, row, height)
        y = self.y
        for lane in lanes:
            above += [self._mark(panel, row, bar, y, high) for bar in lane]
            y += high
        size = LEAST if self.thin and row.of is Of.TABLE else _ROW_LABEL
        said = fitted(clean(row.label), self.hours.left - _MARGIN - 3 * _PAD, size)
        above.append(Label(_MARGIN + 2 * _PAD, self.y + height / 2 + 0.35 * size, said, size))
        self.y += height
        above.append(Line(_MARGIN, self.y, self.hours.right, self.y, GRID))

    def _lane_height(self, row: Row) -> float:
        if row.of is Of.TABLE:
            return _THIN if self.thin else _LANE
        if row.of is Of.PERSON:
            return _DEEP
        return _THICK

    def _shut(self, panel: Panel, row: Row, height: float) -> Iterator[Box]:
        """Yield what is grey: where the room is closed or the person away."""
        if row.open is None:
            return
        hours = self.hours
        whole = (hours.moment(panel, hours.first), hours.moment(panel, hours.last))
        for start, end in without([whole], row.open):
            x = hours.at(panel, start)
            yield Box(x, self.y, hours.at(panel, end) - x, height, SHUT)

    def _mark(self, panel: Panel, row: Row, bar: Bar, y: float, height: float) -> Mark:
        x, right = self.hours.at(panel, bar.start), self.hours.at(panel, bar.end)
        if bar.kind == FREE:
            return _free(bar, row, Box(x, y + 1, right - x, height - 1, "none"))
        colours = KINDS[bar.kind]
        fill = "#ffffff" if bar.listening else colours.fill
        box = Box(x, y + 1, right - x, height - 1, fill, colours.stripe, bar.listening)
        stripe = Box(x, y + 1, min(_STRIPE, right - x), height - 1, colours.stripe)
        size = LEAST if height < _LANE else _BAR_TEXT
        most = max(1, int((height - 1) / (size * LEADING)))
        room = box.width - _STRIPE - 1.5 * _PAD
        texts = set_in([clean(line) for line in bar.lines], clean(bar.short), room, most, size)
        start = y + 1 + (height - 1 - len(texts) * size * LEADING) / 2
        labels = tuple(
            Label(x + _STRIPE + _PAD, start + (n + 0.8) * size * LEADING, text, size)
            for n, text in enumerate(texts)
        )
        return Mark(bar, row.id, box, stripe, labels)


def _free(bar: Bar, row: Row, box: Box) -> Mark:
    said = next((text for text in (*bar.lines, bar.short) if width(text, LEAST) < box.width - 2), "")
    middle = box.y + box.height / 2
    labels = (Label(box.x + box.width / 2, middle - 2.5, said, LEAST, SOFT_INK, anchor="middle"),)
    return Mark(bar, row.id, box, None, labels if said else ())


def _sample(kind: str, x: float, y: float) -> Iterator[Shape]:
    """Yield the sign of a kind in the legend."""
    if kind in KINDS:
        yield Box(x, y, 14, 9, KINDS[kind].fill, KINDS[kind].stripe)
        yield Box(x, y, _STRIPE, 9, KINDS[kind].stripe)
    elif kind == FREE:
        yield Line(x, y + 4.5, x + 14, y + 4.5, SOFT_INK, 1.0, dotted=True)
    elif kind == "shut":
        yield Box(x, y, 14, 9, SHUT, GRID)
    else:
        yield Box(x, y, 14, 9, "#ffffff", INK, dashed=True)


def _gutter(chart: Chart) -> float:
    labels = [width(clean(row.label), _ROW_LABEL) for panel in chart.panels for row in panel.rows]
    return min(max(labels, default=0.0), _GUTTER) + 4 * _PAD


def _scale(chart: Chart, gutter: float) -> _Hours:
    """Return a scale on which the usual bar has room for a name, from one whole hour to another."""
    starts = [elapsed(panel.midnight, panel.start) / MINUTE for panel in chart.panels]
    ends = [elapsed(panel.midnight, panel.end) / MINUTE for panel in chart.panels]
    first = 60 * (min(starts, default=9 * 60) // 60)
    last = -60 * (-max(ends, default=18 * 60) // 60)
    last = max(last, first + 60)
    lengths = [elapsed(bar.start, bar.end) / MINUTE for bar in chart.bars if bar.kind != FREE]
    usual = _BAR / sorted(lengths)[len(lengths) // 4] if lengths else 1.0
    least, most = _HOURS
    total = min(max(usual * (last - first), least), most)
    return _Hours(_MARGIN + gutter, first, last, total / (last - first))


def _lanes(bars: Sequence[Bar]) -> list[list[Bar]]:
    """Return bars in as few lanes as it takes for none to overlap; talks below their sessions."""
    lanes: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda b: (b.kind == "talk", b.start.timestamp(), b.end.timestamp(), b.id)):
        for lane in lanes:
            if all(_apart(bar, other) for other in lane):
                lane.append(bar)
                break
        else:
            lanes.append([bar])
    return lanes


def _apart(a: Bar, b: Bar) -> bool:
    return a.end.timestamp() <= b.start.timestamp() or b.end.timestamp() <= a.start.timestamp()


def _grid(hours: _Hours, panel: Panel, top: float, bottom: float) -> Iterator[Line]:
    """Yield a line at each hour, and a fine one at each half."""
    for minutes in _steps(hours):
        x = hours.at(panel, hours.moment(panel, minutes))
        yield Line(x, top, x, bottom, FINE_GRID if minutes % 60 else GRID)


def _ticks(hours: _Hours, panel: Panel, y: float) -> Iterator[Label]:
    """Yield the hours, as the panel's clock shows them at these moments."""
    apart = width("00:00", _TICK) * 1.25
    every = next(step for step in (60, 120, 180, 360, 720, 10**6) if step * hours.points >= apart)
    for minutes in _steps(hours):
        if minutes % every == 0:
            moment = hours.moment(panel, minutes)
            shown = moment.astimezone(panel.midnight.tzinfo)
            end_of_day = minutes == hours.last and minutes % (24 * 60) == 0 and shown.time() == dt.time(0)
            text = "24:00" if end_of_day else f"{shown:%H:%M}"
            yield Label(hours.at(panel, moment), y, text, _TICK, SOFT_INK, anchor="middle")


def _steps(hours: _Hours) -> Iterator[int]:
    fine = 30 * hours.points >= 8
    return iter(range(int(hours.first), int(hours.last) + 1, 30 if fine else 60))
