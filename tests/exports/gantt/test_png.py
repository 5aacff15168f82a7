from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from support.hand_made import hand_made, hand_placed

from scheduler.exports import By
from scheduler.exports.formats import Manner
from scheduler.exports.gantt import files, png
from scheduler.exports.gantt.charts import charts_of
from scheduler.exports.gantt.layout import laid_out
from scheduler.exports.gantt.palette import KINDS
from scheduler.exports.gantt.picture import Label, Mark, Picture

TESTS = Path(__file__).parents[2]


def pictures(by: By) -> list[Picture]:
    return [laid_out(chart) for chart in charts_of(hand_made(), hand_placed(), by)]


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_picture_has_its_size_and_every_bar_its_colour_where_it_stands() -> None:
    for picture in pictures(By.CITY):
        image = opened(png.png_of(picture))
        dot = png.DOTS / 72
        assert image.size == (round(picture.width * dot), round(picture.height * dot))
        pixels = np.asarray(image.convert("RGB")).astype(int)
        for mark in (shape for shape in picture.shapes if isinstance(shape, Mark)):
            # The last corner inside the frame, where no letter is.
            x, y = round((mark.box.right - 2) * dot), round((mark.box.y + mark.box.height - 2) * dot)
            wanted = KINDS[mark.bar.kind].fill
            assert abs(pixels[y, x] - [int(wanted[at : at + 2], 16) for at in (1, 3, 5)]).max() <= 12


def test_letters_are_drawn() -> None:
    (picture, _) = pictures(By.CITY)
    wordless = Picture(
        picture.width,
        picture.height,
        "",
        "",
        tuple(shape for shape in picture.shapes if not isinstance(shape, Label)),
    )
    with_words, without = (np.asarray(opened(png.png_of(p)).convert("L")) for p in (picture, wordless))
    assert ((with_words < 100) & (without > 150)).sum() > 500


def test_files_hold_no_time_and_no_program_and_are_the_same_twice() -> None:
    first, second = (files(hand_made(), hand_placed(), Manner(By.CITY)) for _ in range(2))
    assert first == second
    names = ["gantt-lisbon-2025-03-29", "gantt-madrid-2025-03-30"]
    assert list(first) == [f"{name}.{ending}" for name in names for ending in ("svg", "png")]
    for name in names:
        assert opened(first[f"{name}.png"]).info.keys() <= {"dpi", "transparency"}
        assert b"tEXt" not in first[f"{name}.png"]


def test_a_very_long_picture_is_drawn_with_fewer_dots() -> None:
    image = opened(png.png_of(Picture(20.0, 20_000.0, "", "", ())))
    assert image.size == (16, png.MOST_DOTS)


def test_letters_of_any_script_are_drawn_without_complaint(
    caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    texts = [
        "代表一",
        "대표",
        "代表いち",
        "مندوب",
        "😀 👩‍👧",
        "\U000e0041",
        "\u0600\ufffd\U0001f9ff",
        "$x$ \\frac",
    ]
    labels = tuple(
        Label(5, 20.0 * n, text, 9, bold=bold)
        for bold in (False, True)
        for n, text in enumerate(texts, start=1)
    )
    image = opened(png.png_of(Picture(120.0, 200.0, "", "", labels)))
    assert np.asarray(image.convert("L")).min() < 100
    assert [record.message for record in caplog.records if record.levelname != "DEBUG"] == []
    assert [str(warning.message) for warning in recwarn.list if "lyph" in str(warning.message)] == []


def test_without_matplotlib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.exports.gantt.find_spec", lambda _: None)
    with pytest.raises(ValueError, match=r"pip install 'scheduler\[pictures\]'"):
        files(hand_made(), hand_placed(), Manner())


def test_matplotlib_is_loaded_for_png_alone() -> None:
    code = (
        "import sys\n"
        "from support.hand_made import hand_made, hand_placed\n"
        "from scheduler.exports.formats import Manner, format_named\n"
        "format_named('gantt-svg').files(hand_made(), hand_placed(), Manner())\n"
        "print({'matplotlib', 'numpy', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=TESTS, check=True)
    assert done.stdout.strip() == "set()"
