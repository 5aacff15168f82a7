"""The way of an organiser in a real browser: upload, watch, move, pin, plan again, compare."""

import re
from pathlib import Path

import pytest
from support.browser import PHONE, barriers
from support.forum import FORUM, served
from support.html import html_faults

SECONDS = 30_000


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with served(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="module")
def forum(tmp_path_factory):
    path = tmp_path_factory.mktemp("forum") / "forum.yaml"
    path.write_text(FORUM)
    return path


def upload(page, path):
    page.set_default_timeout(SECONDS)
    page.set_input_files("input[name=programme]", path)
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/programmes/*")


def solve(page):
    page.get_by_role("button", name="Solve").click()
    page.wait_for_url("**/jobs/*")
    page.get_by_role("link", name="Open the board").wait_for()


def open_board(page):
    page.get_by_role("link", name="Open the board").click()
    page.wait_for_url("**/schedules/*")


def card(page, activity):
    return page.locator(f"[id='a-{activity}']")


def said(page):
    return page.inner_text("#said")


def kept(page, folder, name):
    """Write a page down as it is, for the checker of HTML."""
    path = Path(folder) / f"{name}.html"
    path.write_text(page.request.get(page.url).text())
    return path


def test_upload_watch_drag_pin_replan_compare(browser, address, forum, tmp_path):
    pages = []
    with browser.visit(address) as page:
        assert barriers(page) == []
        pages.append(kept(page, tmp_path, "index"))
        upload(page, forum)
        assert barriers(page) == []
        pages.append(kept(page, tmp_path, "programme"))

        solve(page)
        page.locator("[data-level='1'] svg").wait_for()
        assert page.inner_text("[data-level='1'] .value b") == "3"  # one request cannot be granted
        assert "proven" in page.inner_text("[data-level='1'] .status")
        assert barriers(page) == []
        pages.append(kept(page, tmp_path, "job"))

        open_board(page)
        assert barriers(page) == []
        pages.append(kept(page, tmp_path, "board"))
        page.goto(first_meeting_day(page))

        # Where a plenary is, a drop is refused, and the rule is named.
        meeting = page.locator("td .k-meeting").first
        activity = meeting.get_attribute("data-activity")
        drag_onto(page, meeting, page.locator("td[data-room=hall]").first)
        assert re.search(r"\(rule (room|plenary|windows)\)", said(page))
        page.keyboard.press("Escape")

        # A legal one moves it, pins it, and offers to plan again.
        before = page.url
        start = meeting.locator("xpath=ancestor::td").get_attribute("data-start")
        pick_and_drop(page, meeting)
        page.wait_for_url(lambda url: url != before)
        assert "moved to" in page.inner_text(".note")
        assert "pinned" in card(page, activity).inner_text().lower()
        now = card(page, activity).locator("xpath=ancestor::td").get_attribute("data-start")
        assert now != start

        page.get_by_role("link", name="Undo").click()
        page.wait_for_url(lambda url: url.split("?")[0] == before.split("?")[0])
        assert "pinned" not in card(page, activity).inner_text().lower()
        page.go_back()

        page.get_by_role("link", name="What differs").click()
        page.wait_for_url("**/diff*")
        assert "1 moved" in page.inner_text(".lead")
        assert barriers(page) == []
        pages.append(kept(page, tmp_path, "diff"))
        page.go_back()

        page.get_by_role("button", name=re.compile("Re-plan")).click()
        page.wait_for_url("**/jobs/*")
        open_board(page)
        there = page.locator(f"td[data-start='{now}'] [id='a-{activity}']")
        page.goto(f"{page.url.split('?')[0]}?day={now[:10]}-valencia")
        assert there.count() == 1

        page.get_by_role("link", name="People", exact=True).click()
        page.wait_for_url("**/people*")
        assert barriers(page) == []
        pages.append(kept(page, tmp_path, "people"))
    assert html_faults(pages) == []


def first_meeting_day(page):
    """Return the address of the first day with a meeting on its board."""
    links = page.locator("a[data-day]")
    for address in [links.nth(n).get_attribute("href") for n in range(links.count())]:
        page.goto(f"{page.url.split('/schedules')[0]}{address}")
        if page.locator("td .k-meeting").count():
            return page.url
    raise AssertionError("no meeting is on any board")


def drag_onto(page, thing, target):
    """Drag with the mouse, as a hand does, and wait until the slots are known."""
    box, goal = thing.bounding_box(), target.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 24, box["y"] + 16, steps=4)
    page.locator("td.legal").first.wait_for()
    page.mouse.move(goal["x"] + 12, goal["y"] + 8, steps=6)
    page.locator("td.over").wait_for()
    page.mouse.up()
    page.locator("#said", has_text="(rule ").wait_for()


def pick_and_drop(page, thing):
    box = thing.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 24, box["y"] + 16, steps=4)
    slot = page.locator("td.legal").last
    slot.wait_for()
    slot.scroll_into_view_if_needed()
    goal = slot.bounding_box()
    page.mouse.move(goal["x"] + 12, goal["y"] + 8, steps=6)
    page.mouse.up()


def test_by_keys_alone(browser, address, forum):
    with browser.visit(address) as page:
        upload(page, forum)
        solve(page)
        open_board(page)
        page.goto(first_meeting_day(page))
        meeting = page.locator("td .k-meeting").first
        activity = meeting.get_attribute("data-activity")
        meeting.focus()
        page.keyboard.press("Enter")
        page.locator("td.legal:focus").wait_for()
        assert "may go" in said(page)
        assert barriers(page) == []
        page.keyboard.press("Escape")
        assert page.locator("td.legal").count() == 0
        assert page.evaluate("document.activeElement.dataset.activity") == activity

        page.keyboard.press("Enter")
        page.locator("td.legal:focus").wait_for()
        for key in ("ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
            assert page.locator("td.legal:focus").count() == 1
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != before)
        assert "moved to" in page.inner_text(".note")


def test_to_another_day_with_the_card_in_hand(browser, address, forum):
    with browser.visit(address) as page:
        upload(page, forum)
        solve(page)
        open_board(page)
        page.goto(first_meeting_day(page))
        meeting = page.locator("td .k-meeting").first
        activity = meeting.get_attribute("data-activity")
        meeting.focus()
        page.keyboard.press("Enter")
        other = page.locator("a[data-day]:not([aria-current])", has_text="slot").first
        other.locator(".count").wait_for()
        other.click()
        page.wait_for_url("**carry=*")
        page.locator("td.legal").first.click()
        page.wait_for_url(lambda url: "carry" not in url)
        assert "moved to" in page.inner_text(".note")
        assert "pinned" in card(page, activity).inner_text().lower()


def test_the_tray_says_why_and_where_nothing_is_lit(browser, address, forum):
    with browser.visit(address) as page:
        upload(page, forum)
        solve(page)
        open_board(page)
        assert "there is no place and time at all" in card(page, "late").inner_text()
        card(page, "late").click()
        page.locator("#said", has_text="0 slots").wait_for()
        page.locator("td[data-room=area]").last.click()
        assert "Not here (rule" in said(page)


def test_on_a_phone_and_in_the_dark(browser, address, forum):
    with browser.visit(address, PHONE, dark=True, has_touch=True) as page:
        upload(page, forum)
        solve(page)
        open_board(page)
        assert barriers(page) == []
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0
        page.goto(first_meeting_day(page))
        page.locator("td .k-meeting").first.tap()
        page.locator("td.legal").first.wait_for()
        page.locator("td.legal").first.tap()
        page.locator(".note").wait_for()


def test_on_paper_the_board_is_whole(browser, address, forum):
    with browser.visit(address) as page:
        upload(page, forum)
        solve(page)
        open_board(page)
        page.emulate_media(media="print")
        assert not page.locator(".actions").is_visible()
        assert card(page, "opening").is_visible()
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.board-scroll')).overflow") == "visible"
        )


def test_what_is_wrong_with_an_upload_is_read_by_everybody(browser, address, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(FORUM.replace("parties: [lyon, porto]", "parties: [lyon, porta]"))
    context = (
        browser.chromium.new_context()
    )  # no visit: a browser notes each answer of status 422 as an error
    try:
        page = context.new_page()
        page.goto(address)
        page.set_input_files("input[name=programme]", path)
        page.get_by_role("button", name="Upload").click()
        page.locator(".faults").wait_for()
        assert "wrong.yaml:" in page.inner_text(".faults")
        assert barriers(page) == []
    finally:
        context.close()
