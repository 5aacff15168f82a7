from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from lxml import html
from support.browser import DESKTOP, PHONE, Visitor, barriers
from support.exported import instances, named_instances, relaxed, solutions
from support.hand_made import hand_made, hand_placed
from support.html import html_faults
from support.measured import Case, case, cases

from scheduler.domain import Instance, Solution
from scheduler.exports.in_words import REASONS, TERMS
from scheduler.reporting import Indicators, indicators, report, report_of
from scheduler.reporting.units import of


def table(page: Any, caption: str) -> list[list[str]]:
    """Return the rows of a table, those folded away too."""
    found = [each for each in page.iter("table") if text(each.find("caption")).startswith(caption)]
    return [[text(cell) for cell in row] for each in found for row in each.find("tbody").iter("tr")]


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


def is_in(cell: str, value: str) -> bool:
    return " ".join(value.split()) in cell


@relaxed
@given(instances() | named_instances(), solutions())
def test_the_page_says_what_was_measured(instance: Instance, solution: Solution) -> None:
    measured = indicators(instance, solution)
    page = html.document_fromstring(report(instance, solution))
    rows = table(page, "By delegation, the least granted first")
    expected = sorted(measured.requests.by_party, key=lambda one: (one.share or 0.0, -one.asked))
    assert len(rows) == len(expected)
    for row, one in zip(rows, expected, strict=True):
        assert is_in(row[0], one.label)
        assert row[1] == of(one.granted, one.asked)
    rows = table(page, "In the whole programme")
    for row, room in zip(rows, measured.rooms, strict=True):
        assert is_in(row[0], room.label)
        assert f"({round(100 * (room.share or 0))}%)" in row[1] or "(<1%)" in row[1] or "(99%)" in row[1]
    assert [row[0] for row in table(page, "By reason")] == [
        REASONS[one.kind] if one.kind else "no reason is given" for one in measured.refusals
    ]
    broken = table(page, "Rules that are broken")
    assert [row[0] for row in broken] == [breach.rule.value for breach in measured.breaches]
    assert all(is_in(row[1], breach.message) for row, breach in zip(broken, measured.breaches, strict=True))


@relaxed
@given(cases())
def test_histograms_count_everybody_once(found: Case) -> None:
    page = html.document_fromstring(report(*found))
    for caption in ("People by their number", "People by their time"):
        assert sum(int(row[1]) for row in table(page, caption)) == len(found.instance.people)
    waiting = [days for days in indicators(*found).people if days.idle_minutes]
    shown = table(page, "The 10 with the most time") or table(page, "Who has the most time")
    assert len(shown) == min(10, len(waiting))


def test_costs_stand_level_by_level_with_bound_and_proof() -> None:
    page = html.document_fromstring(report(hand_made(), hand_placed()))
    rows = table(page, "Costs, level by level")
    assert rows[0] == [
        "Level 1: " + TERMS[indicators(hand_made(), hand_placed()).terms[0].term],
        "4; bound 1, gap 75%; proven twice; the file says 1",
    ]


def compare() -> str:
    less = hand_placed()
    less = less.model_copy(update={"placements": less.placements[1:], "levels": ()})
    return report(hand_made(), {"ours": hand_placed(), "by hand": less})


def test_several_schedules_stand_side_by_side_with_their_differences() -> None:
    page = html.document_fromstring(compare())
    (mandatory, *_) = table(page, "By priority")
    assert mandatory[1:] == ["2 of 2 (100%)", "1 of 2 (50%) −50 points worse"]  # noqa: RUF001
    assert "Differences are those to ours." in text(page.find("body/header"))
    verdicts = [text(each) for each in page.iterfind("body/header/ul/li")]
    assert verdicts[0] == "ours: Keeps every rule."
    assert verdicts[1].startswith("by hand: Breaks the rules in")


def test_the_same_schedule_is_the_same_page_with_no_time_of_writing() -> None:
    assert report(hand_made(), hand_placed()) == report(hand_made(), hand_placed())
    assert not re.search(r"20[2-9]\d-\d\d-\d\dT", report(hand_made(), hand_placed()))


def test_texts_of_users_are_shown_and_never_run() -> None:
    evil = "<script>alert(1)</script>\"' & 中文 \N{ARABIC LETTER ALEF}"
    instance = hand_made()
    parties = [d.model_copy(update={"name": evil}) for d in instance.delegations]
    instance = instance.changed(delegations=parties)
    made = report(instance, {evil: hand_placed()})
    assert "<script" not in made
    page = html.document_fromstring(made)
    assert any(is_in(row[0], evil) for row in table(page, "By delegation"))


def test_it_is_on_one_schedule_at_least() -> None:
    with pytest.raises(ValueError, match="one schedule at least"):
        report_of({})


def test_a_programme_without_meetings_or_people_has_a_page() -> None:
    instance = hand_made().changed(
        meetings=(), sessions=(), participants=(), delegations=(), tracks=(), interpreters=()
    )
    made = report(instance, Solution(programme=instance.programme.id))
    for said in (
        "Nothing is asked for.",
        "Nobody asks for a meeting.",
        "Nobody has a break.",
        "Nobody travels.",
    ):
        assert said in made


# -- in a browser --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("report")
    made = {
        "one.html": report(hand_made(), hand_placed()),
        "compare.html": compare(),
        "many.html": report_of({f"schedule {n}": _measured(n) for n in range(4)}),
    }
    for name, page in made.items():
        (folder / name).write_text(page, encoding="utf-8")
    return [folder / name for name in made]


def _measured(number: int) -> Indicators:
    instance, solution = case(7)
    left = tuple(p for at, p in enumerate(solution.placements) if at % 4 != number)
    return indicators(instance, solution.model_copy(update={"placements": left}))


def test_the_page_is_valid_html(pages: list[Path]) -> None:
    assert html_faults(pages) == []


def test_nothing_on_it_keeps_anybody_from_reading_it(browser: Visitor, pages: list[Path]) -> None:
    for path in pages:
        for size in (DESKTOP, PHONE):
            with browser.visit(path, size) as page:
                assert barriers(page) == []
                assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_rest_of_a_table_unfolds_and_sections_are_reached_by_keyboard(
    browser: Visitor, pages: list[Path]
) -> None:
    with browser.visit(pages[0]) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.click("nav a >> text=Travel")
        assert page.url.endswith("#travel")
        page.locator("#travel ~ details summary").click()
        assert page.locator("#travel ~ details p").first.is_visible()
