"""Pictures as PNG, drawn by matplotlib's renderer."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

from scheduler.exports.gantt.chart import FREE
from scheduler.exports.gantt.palette import PAPER, SOFT_INK
from scheduler.exports.gantt.picture import Box, Label, Line, Mark, Picture, Shape

DOTS = 144
"""For an inch, which is 72 points."""
MOST_DOTS = 16_000
"""No side is longer: a picture that would be is drawn with fewer dots."""
_COLOURS = 128
"""So many tell the soft edges of letters; with more the file is twice as large, and looks no better."""
_FONTS = (
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Noto Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "Malgun Gothic",
    "Yu Gothic",
    "PingFang SC",
    "Hiragino Sans",
    "Apple SD Gothic Neo",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Thai",
    "Noto Sans Georgian",
    "Noto Sans Armenian",
    "Noto Sans Ethiopic",
    "Noto Sans Khmer",
    "Noto Sans Symbols2",
    "Noto Emoji",
    "Symbola",
)
"""Letters are taken from the first of these that is installed and has them."""
_REGULAR, _BOLD = 400, 700
_FACES = ("-Regular", "-Bold", "Sans.ttf")
_UNKNOWN = "\N{WHITE SQUARE}"


def png_of(picture: Picture) -> bytes:
    """Return a picture as a PNG file; the same picture always as the same bytes (with the same fonts)."""
    from matplotlib.backends.backend_agg import RendererAgg
    from PIL import Image

    dots = min(DOTS, MOST_DOTS * 72 / max(picture.width, picture.height))
    pen = _Pen(RendererAgg, picture, dots)
    for shape in (Box(0, 0, picture.width, picture.height, PAPER), *picture.shapes):
        pen.draw(shape)
    image = Image.fromarray(pen.pixels()).convert("RGB")
    file = io.BytesIO()
    # The method is the one whose result depends on nothing but the picture, and the quickest.
    image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()


class _Pen:
    """Draws shapes, which count downwards from the top, with a renderer that counts upwards."""

    def __init__(self, renderer: Any, picture: Picture, dots: float) -> None:
        from matplotlib.path import Path as Outline
        from matplotlib.transforms import Affine2D

        self._dot = dots / 72
        self._high = round(picture.height * self._dot)
        self._renderer = renderer(round(picture.width * self._dot), self._high, dots)
        self._square = Outline.unit_rectangle()
        self._segment = Outline([(0, 0), (1, 1)])
        self._transform = Affine2D

    def pixels(self) -> Any:
        """Return the pixels, red, green, blue and opacity of each."""
        import numpy as np

        return np.asarray(self._renderer.buffer_rgba())

    def draw(self, shape: Shape) -> None:
        """Draw a shape over what is there."""
        if isinstance(shape, Box):
            self._box(shape)
        elif isinstance(shape, Line):
            self._line(shape)
        elif isinstance(shape, Label):
            self._label(shape)
        else:
            self._mark(shape)

    def _mark(self, mark: Mark) -> None:
        box = mark.box
        if mark.bar.kind == FREE:
            middle = box.y + box.height / 2
            self._line(Line(box.x + 1, middle, box.right - 1, middle, SOFT_INK, 1.0, dotted=True))
        else:
            self._box(box)
        if mark.stripe is not None:
            self._box(mark.stripe)
        for label in mark.labels:
            self._label(label, within=box)

    def _box(self, box: Box) -> None:
        left, right = round(box.x * self._dot), round(box.right * self._dot)
        top, bottom = round(box.y * self._dot), round((box.y + box.height) * self._dot)
        place = self._transform().scale(right - left, bottom - top).translate(left, self._high - bottom)
        context = self._context(box.edge or box.fill, 0.6 if box.edge else 0.0, (3, 2) if box.dashed else ())
        fill = None if box.fill == "none" else _rgb(box.fill)
        self._renderer.draw_path(context, self._square, place, fill)

    def _line(self, line: Line) -> None:
        x1, y1, x2, y2 = (side * self._dot for side in (line.x1, line.y1, line.x2, line.y2))
        place = self._transform().scale(x2 - x1, y1 - y2).translate(x1, self._high - y1)
        context = self._context(line.colour, line.thickness, (1.5, 2) if line.dotted else ())
        self._renderer.draw_path(context, self._segment, place)

    def _context(self, colour: str, thickness: float, dashes: tuple[float, ...]) -> Any:
        context = self._renderer.new_gc()
        context.set_linewidth(thickness * self._dot)
        context.set_foreground(colour if colour != "none" else PAPER)
        context.set_antialiased(True)
        context.set_snap(True)
        if dashes:
            context.set_dashes(0, [dash * self._dot for dash in dashes])
        return context

    def _label(self, label: Label, within: Box | None = None) -> None:
        text = _with_glyphs(label.text)
        if not text.strip():
            return
        font = _font(label.size, label.bold and _drawable(_BOLD).issuperset(map(ord, text)))
        x, y = label.x * self._dot, label.y * self._dot
        if label.anchor != "start":
            wide, _, _ = self._renderer.get_text_width_height_descent(text, font, ismath=False)
            x -= wide if label.anchor == "end" else wide / 2
        context = self._context(label.colour, 0.0, ())
        if within is not None:
            context.set_clip_rectangle(self._clip(within))
        self._renderer.draw_text(context, x, y, text, font, 0)

    def _clip(self, box: Box) -> Any:
        from matplotlib.transforms import Bbox

        left, right = box.x * self._dot, box.right * self._dot
        bottom = self._high - (box.y + box.height) * self._dot
        return Bbox.from_extents(left, bottom, right, bottom + box.height * self._dot)


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


@cache
def _families(weight: int) -> tuple[str, ...]:
    """Return the fonts of the list that there are in a weight."""
    from matplotlib import font_manager

    _notice_fonts()
    found = {font.name for font in font_manager.fontManager.ttflist if font.weight == weight}
    return tuple(name for name in _FONTS if name in found)


@cache
def _notice_fonts() -> None:
    """Let matplotlib know of fonts that were installed after it last looked."""
    from matplotlib import font_manager

    manager = font_manager.fontManager
    known = {Path(font.fname).name for font in manager.ttflist}
    wanted = tuple({name.rpartition(" CJK")[0].replace(" ", "") or name.replace(" ", "") for name in _FONTS})
    for path in sorted(font_manager.findSystemFonts()):
        name = Path(path).name
        if name not in known and name.startswith(wanted) and any(face in name for face in _FACES):
            manager.addfont(path)


@cache
def _font(size: float, bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties

    weight = _BOLD if bold else _REGULAR
    return FontProperties(family=list(_families(weight)), size=size, weight=weight)


@cache
def _drawable(weight: int) -> frozenset[int]:
    """Return the letters that the fonts have: asked for others matplotlib would complain of each."""
    from matplotlib import font_manager

    found: set[int] = set()
    for family in _families(weight):
        properties = font_manager.FontProperties(family=family, weight=weight)
        found.update(font_manager.get_font(font_manager.findfont(properties)).get_charmap())
    return frozenset(found)


def _with_glyphs(text: str) -> str:
    """Return a text with a square in the place of each letter that no font has."""
    if text.isascii():
        return text
    return "".join(
        letter if ord(letter) in _drawable(_REGULAR) else _UNKNOWN
        for letter in text
        if not _invisible(letter)
    )


def _invisible(letter: str) -> bool:
    """Return whether a letter only changes how the one before it looks, as emoji have it."""
    return letter in "\u200d\ufe0e\ufe0f" or 0xE0000 <= ord(letter) <= 0xE01EF
