"""The site in a browser, from files and without a network: for everybody, by keyboard, on paper."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from support.browser import DESKTOP, PHONE, Visitor, barriers
from support.hand_made import facts, hand_placed
from support.html import html_faults

from scheduler import load, load_solution
from scheduler.domain import Instance
from scheduler.exports import export

ROOT = Path(__file__).parents[3]
ASIA = ROOT / "instances/asia-innova-2017.yaml"
ASIA_PLACED = ROOT / "solutions/asia-innova-2017/asia-innova-2017.solution.yaml"
ADDRESS = "https://forum.example/2017"
PAGES = (
    "index.html",
    "day/2017-11-21-madrid.html",
    "party/guangzhou.html",
    "people.html",
    "places.html",
    "search.html?q=seoul",
    "organisers/index.html",
)


@pytest.fixture(scope="module")
def asia(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of Asia Innova 2017, which knows where on the web it will be."""
    folder = tmp_path_factory.mktemp("asia")
    export(load(ASIA), load_solution(ASIA_PLACED), "site", directory=folder, address=ADDRESS)
    return folder


@pytest.fixture(scope="module")
def many_scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the programme made by hand, with names from right to left and what looks like markup."""
    given = facts()
    given["participants"][0]["name"] = "Łucja Ørsted-Müller"
    given["participants"][2]["name"] = "محمد الأمين، مدير"
    given["participants"][3]["name"] = "<script>alert(1)</script>"
    given["delegations"][0]["name"] = "서울특별시 \u202e reversed"
    given["programme"]["title"] = '<img src="http://localhost:1/x" onerror="alert(1)">'
    folder = tmp_path_factory.mktemp("scripts")
    export(Instance.model_validate(given), hand_placed(), "site", directory=folder)
    return folder


def address(folder: Path, page: str) -> str:
    return f"{folder.as_uri()}/{page}"


def test_html_is_valid(asia: Path, many_scripts: Path) -> None:
    pages = [asia / page.partition("?")[0] for page in PAGES] + sorted(many_scripts.rglob("*.html"))
    assert len(pages) > 25
    assert html_faults(pages) == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_keeps_anybody_out(browser: Visitor, asia: Path, page: str) -> None:
    with browser.visit(address(asia, page)) as tab:
        assert barriers(tab) == []


@pytest.mark.parametrize("page", PAGES[:3])
def test_nor_in_the_dark_or_on_a_phone(browser: Visitor, asia: Path, page: str) -> None:
    with browser.visit(address(asia, page), PHONE, dark=True) as tab:
        assert barriers(tab) == []
        # Nothing but what scrolls by itself is wider than the phone.
        assert tab.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_search_by_keyboard_alone(browser: Visitor, asia: Path) -> None:
    with browser.visit(asia / "party" / "seoul.html") as tab:
        assert tab.locator("#found").is_hidden()
        tab.keyboard.press("/")
        tab.keyboard.type("GOMEZ lopez")
        tab.locator("#found li").first.wait_for()
        assert tab.inner_text("#found [role=status]") == "1 result"
        assert tab.locator("#found .label").all_inner_texts() == [
            "Sandra Gómez López, Vice Mayor of Valencia"
        ]
        assert barriers(tab) == []
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/party/gomez.html")
        assert tab.inner_text("h1").startswith("Sandra Gómez López")


def test_escape_and_a_click_elsewhere_close_what_was_found(browser: Visitor, asia: Path) -> None:
    with browser.visit(asia / "index.html") as tab:
        tab.fill("#q", "madrid")
        tab.locator("#found li").first.wait_for()
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Escape")
        assert tab.locator("#found").is_hidden()
        assert tab.evaluate("document.activeElement.id") == "q"
        tab.fill("#q", "seoul")
        tab.locator("#found li").first.wait_for()
        tab.click("h1")
        assert tab.locator("#found").is_hidden()


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("sydney", {"Delegation"}),
        ("youth entrep", {"Workshop"}),
        ("case study: guangzhou", {"Talk"}),
        ("auditorium", {"Room"}),
        ("cibeles", {"Venue", "Room"}),
        ("zzz", set()),
    ],
)
def test_what_is_searched(browser: Visitor, asia: Path, typed: str, kinds: set[str]) -> None:
    with browser.visit(address(asia, f"search.html?q={typed}")) as tab:
        tab.wait_for_function(
            "/result|Nothing/.test(document.querySelector('#found [role=status]').textContent)"
        )
        assert tab.input_value("#q") == typed
        found = {text.split(" · ")[0] for text in tab.locator("#found .more").all_inner_texts()}
        assert kinds <= found
        assert bool(found) is bool(kinds)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lucja orsted", "Łucja Ørsted-Müller"),
        ("MULLER", "Łucja Ørsted-Müller"),
        ("الأمين", "محمد الأمين، مدير"),
        ("서울", "서울특별시 \u202e reversed"),
        ("<script>", "<script>alert(1)</script>"),
    ],
)
def test_search_knows_many_scripts(browser: Visitor, many_scripts: Path, typed: str, name: str) -> None:
    with browser.visit(many_scripts / "index.html") as tab:
        tab.fill("#q", typed)
        tab.locator("#found li").first.wait_for()
        assert tab.locator("#found .label").first.text_content() == name


def test_names_run_their_own_way_and_are_no_markup(browser: Visitor, many_scripts: Path) -> None:
    with browser.visit(many_scripts / "party" / "tallinn.html") as tab:
        assert tab.title().endswith('<img src="http://localhost:1/x" onerror="alert(1)">')
        name = tab.get_by_text("محمد الأمين، مدير").first
        assert name.evaluate("node => getComputedStyle(node).direction") == "rtl"
        assert tab.evaluate("getComputedStyle(document.body).direction") == "ltr"


def test_nothing_runs_but_the_script_of_the_site(browser: Visitor, asia: Path) -> None:
    blocked = """() => new Promise(done => {
        document.addEventListener("securitypolicyviolation", event => done(event.violatedDirective));
        const script = document.createElement("script");
        script.textContent = "window.wrong = true";
        document.head.append(script);
    })"""
    with browser.visit(asia / "index.html", complaints="Content Security Policy") as tab:
        assert tab.evaluate(blocked) == "script-src-elem"
        assert tab.evaluate("window.wrong") is None


def test_the_pages_read_the_same_without_javascript(browser: Visitor, asia: Path) -> None:
    with browser.visit(asia / "search.html", java_script_enabled=False) as tab:
        assert "The search needs JavaScript" in tab.inner_text("main")
        tab.click("nav >> text=People")
        tab.click("text=Yuan Feng")
        assert tab.locator("li.entry").count() > 5


def test_the_first_stop_of_the_keyboard_skips_to_the_content(browser: Visitor, asia: Path) -> None:
    with browser.visit(asia / "index.html") as tab:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "skip"
        assert tab.locator(".skip").bounding_box()["y"] >= 0
        tab.keyboard.press("Enter")
        assert tab.url.endswith("#content")


def test_on_paper_an_agenda_is_one_page_without_what_is_for_screens(
    browser: Visitor, many_scripts: Path
) -> None:
    with browser.visit(many_scripts / "party" / "tallinn.html") as tab:
        printed = tab.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        tab.emulate_media(media="print")
        for gone in (".top", ".skip", ".button", ".bottom"):
            assert tab.locator(gone).first.is_hidden()
        assert tab.locator("h1").is_visible()


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_code_is_the_address_of_the_calendar(browser: Visitor, asia: Path, media: str) -> None:
    import zxingcpp
    from PIL import Image

    with browser.visit(asia / "party" / "yuan-feng.html", DESKTOP, dark=True) as tab:
        tab.emulate_media(media=media)
        picture = Image.open(io.BytesIO(tab.locator(".code").screenshot(scale="css")))
        (code,) = zxingcpp.read_barcodes(picture)
        assert code.text == f"{ADDRESS}/calendars/participant-yuan-feng.ics"
        path = asia / code.text.removeprefix(f"{ADDRESS}/")
        assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")
        assert tab.get_attribute("text=Subscribe", "href") == code.text.replace("https:", "webcal:")


def test_no_code_where_the_address_is_not_known(many_scripts: Path) -> None:
    for page in many_scripts.rglob("*.html"):
        assert 'class="code"' not in page.read_text(encoding="utf-8")
