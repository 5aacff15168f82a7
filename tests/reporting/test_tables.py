from __future__ import annotations

import pytest

from scheduler.reporting.tables import Better, compared


@pytest.mark.parametrize(
    ("first", "second", "better", "points", "text", "verdict"),
    [
        (0.5, 0.75, Better.MORE, "%", "+25 points", "better"),
        (0.5, 0.25, Better.MORE, "%", "−25 points", "worse"),  # noqa: RUF001
        (10, 14, Better.LESS, "min", "+4 min", "worse"),
        (10, 9, Better.LESS, "", "−1", "better"),  # noqa: RUF001
        (10, 9, Better.NEITHER, "", "−1", "other"),  # noqa: RUF001
        (1.0, 1.25, Better.LESS, "", "+0.2", "worse"),
    ],
)
def test_what_differs_is_told_with_which_way_is_better(
    first: float, second: float, better: Better, points: str, text: str, verdict: str
) -> None:
    one, other = compared([first, second], ["a", "b"], better, points=points)
    assert one.difference is None
    assert other.difference is not None
    assert (other.difference.text, other.difference.verdict) == (text, verdict)


def test_what_is_alike_or_nothing_does_not_differ() -> None:
    cells = compared([1.0, 1.0, None, 1.0001], ["", "", "", ""], Better.LESS)
    assert [cell.difference for cell in cells] == [None] * 4
    assert compared([None, 1.0], ["", ""])[1].difference is None


def test_bars_are_as_long_as_the_number_and_no_longer_than_whole() -> None:
    assert [cell.bar for cell in compared([1, 2, 9, None], [""] * 4, full=4)] == [0.25, 0.5, 1.0, 0.0]
    assert [cell.bar for cell in compared([1], [""])] == [None]
