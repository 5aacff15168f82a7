"""The way of an organiser in a real browser, from the upload to a calendar that somebody subscribes to."""

import re
from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from support.browser import PHONE, barriers
from support.forum import FORUM, forum, served

import scheduler
from scheduler.service.instances import solution_json

SECONDS = 20_000
JOB_SECONDS = 120_000
"""A job is in a process of its own, which others may keep from the processor for a while."""
YAML = {"Content-Type": "application/yaml"}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with served(tmp_path_factory.mktemp("served")) as service:
        yield service


@pytest.fixture(scope="module")
def address(service):
    return service.address


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    made = tmp_path_factory.mktemp("forum") / "forum.yaml"
    made.write_text(FORUM)
    return made


@pytest.fixture(scope="module")
def solution():
    return scheduler.solve(forum(), scheduler.SolveOptions(deterministic=True)).solution


def sent_in(browser, address, solution, *, publish=False):
    """Send in a programme and a schedule of it, without solving; return the ids of both."""
    context = browser.chromium.new_context()
    try:
        api = f"{address}/api/v1/programmes"
        programme = context.request.post(api, data=FORUM, headers=YAML).json()["id"]
        text = solution_json(solution)
        schedule = context.request.post(f"{api}/{programme}/schedules", data=text).json()["id"]
        if publish:
            made = context.request.post(f"{api}/{programme}/publications", data={"schedule": schedule})
            assert made.ok, made.text()
        return programme, schedule
    finally:
        context.close()


@pytest.fixture(scope="module")
def entered(browser, address, solution):
    """The addresses of a programme, and of a board of it, which is never changed: a move makes another."""
    programme, schedule = sent_in(browser, address, solution)
    return f"{address}/programmes/{programme}", f"{address}/schedules/{schedule}"


@pytest.fixture(scope="module")
def board(entered):
    return entered[1]


@pytest.fixture(scope="module")
def published(browser, address, solution):
    """The address of a programme of which an edition is out."""
    programme, _ = sent_in(browser, address, solution, publish=True)
    return f"{address}/programmes/{programme}"


@pytest.fixture
def meetings(board, solution):
    """The address of a day with a meeting on its board."""
    day = next(p.start.date() for p in solution.placements if p.activity == "one")
    return f"{board}?day={day}-valencia"


def card(page, activity):
    return page.locator(f"[id='a-{activity}']")


def cell_of(page, activity):
    return card(page, activity).locator("xpath=ancestor::td")


def told(page, *words):
    """Wait until the board has said something; return all of it."""
    for each in words:
        page.locator("#said", has_text=each).wait_for()
    return page.inner_text("#said")


def pick_up(page, activity):
    """Take a card with the mouse, as a hand does, and wait until the slots are lit."""
    box = card(page, activity).bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 24, box["y"] + 16, steps=4)
    page.locator("td.legal").first.wait_for()


def let_go(page, cell):
    """Drag what is in hand over a cell, and let it go there."""
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 8, steps=6)
    page.locator("td.over").wait_for()
    page.mouse.up()


def drop_elsewhere(page, activity):
    """Drag something to a legal slot, and wait for the board with it there."""
    before = page.url
    pick_up(page, activity)
    let_go(page, page.locator("td.legal").last)
    page.wait_for_url(lambda url: url != before)
    page.locator(".note").wait_for()


def press(page, name, then, role="button"):
    page.get_by_role(role, name=name, exact=isinstance(name, str)).click()
    page.wait_for_url(then)


def open_board(page):
    """Wait until a job has ended, and open its board."""
    page.get_by_role("link", name="Open the board").wait_for(timeout=JOB_SECONDS)
    press(page, "Open the board", "**/schedules/*", "link")


def test_upload_watch_drag_pin_replan_publish_subscribe(browser, address, path):
    with browser.visit(address) as page:
        page.set_default_timeout(SECONDS)
        page.set_input_files("input[name=programme]", path)
        press(page, "Upload", "**/programmes/*")
        assert "4 meetings" in page.inner_text(".figures")

        press(page, "Solve", "**/jobs/*")
        page.locator("[data-level='1'] svg").wait_for(timeout=JOB_SECONDS)  # from what the server tells
        page.get_by_role("link", name="Open the board").wait_for(timeout=JOB_SECONDS)
        assert page.inner_text("[data-level='1'] .value b") == "3"  # one request cannot be granted
        assert page.inner_text("[data-level='1'] .status") == "proven"
        open_board(page)
        page.goto(f"{page.url}?day=2025-03-10-valencia")
        board, start = page.url, cell_of(page, "three").get_attribute("data-start")

        # Where a plenary is, a drop is refused, and the rule is named.
        pick_up(page, "three")
        let_go(page, page.locator("td[data-room=hall]").first)
        assert re.search(r"\(rule (room|plenary|person)\): .+", told(page, "Not here"))
        page.keyboard.press("Escape")
        told(page, "is where it was")

        # A legal drop moves it, pins it, and offers to plan again.
        drop_elsewhere(page, "three")
        assert "moved to" in page.inner_text(".note")
        assert "pinned" in card(page, "three").inner_text().lower()
        now = cell_of(page, "three").get_attribute("data-start")
        room = cell_of(page, "three").get_attribute("data-room")
        assert page.get_by_role("button", name="Re-plan, 1 pin kept").is_visible()

        # Undo, and again.
        press(page, "Undo", lambda url: url == board, "link")
        assert cell_of(page, "three").get_attribute("data-start") == start
        assert "pinned" not in card(page, "three").inner_text().lower()
        drop_elsewhere(page, "three")
        press(page, "What differs", "**/diff*", "link")
        assert "1 moved" in page.inner_text(".lead")
        page.go_back()

        press(page, re.compile("Re-plan"), "**/jobs/*")
        open_board(page)
        page.goto(f"{page.url}?day=2025-03-10-valencia")
        kept = cell_of(page, "three")
        assert (kept.get_attribute("data-start"), kept.get_attribute("data-room")) == (now, room)

        press(page, "Publish", "**/publish", "link")
        assert "2 addresses" in page.inner_text("main")
        press(page, "Publish", "**/editions/1")
        press(page, "Everybody\u2019s addresses", "**/addresses", "link")
        page.get_by_role("link", name="Participants").click()
        address_of_ana = page.get_by_role("link", name="Agenda of Ana Reis").get_attribute("href")

    # Somebody else, who has no key and no cookie: an agenda, and a calendar that follows it.
    with browser.visit(address_of_ana) as page:
        assert page.inner_text("h1") == "Ana Reis"
        assert "Edition 1" in page.inner_text(".figures")
        assert page.locator(".agenda .entry").count() == 3
        subscribe = page.get_by_role("link", name="Subscribe").get_attribute("href")
        assert subscribe.startswith("webcal://127.0.0.1:")
        answer = page.request.get(subscribe.replace("webcal://", "http://"))
        assert answer.headers["content-type"].startswith("text/calendar")
        calendar = Calendar.from_ical(answer.body())
        (event,) = [e for e in calendar.walk("VEVENT") if "Ports and rails" in e["SUMMARY"]]
        assert event.decoded("DTSTART").astimezone(UTC) == datetime.fromisoformat(now)
        assert calendar["REFRESH-INTERVAL"]


def test_by_keys_alone(browser, meetings):
    with browser.visit(meetings) as page:
        page.set_default_timeout(SECONDS)
        card(page, "one").focus()
        page.keyboard.press("Enter")
        page.locator("td.legal:focus").wait_for()
        told(page, "may go")
        assert barriers(page) == []
        page.keyboard.press("Escape")
        assert page.locator("td.legal").count() == 0
        assert page.evaluate("document.activeElement.dataset.activity") == "one"

        page.keyboard.press("Enter")
        page.locator("td.legal:focus").wait_for()
        for key in ("ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
            assert page.locator("td.legal:focus").count() == 1
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != before)
        assert "moved to" in page.inner_text(".note")
        assert page.evaluate("document.activeElement.dataset.activity") == "one"


def test_to_another_day_with_the_card_in_hand(browser, meetings):
    with browser.visit(meetings) as page:
        page.set_default_timeout(SECONDS)
        card(page, "one").click()
        other = page.locator("a[data-day]:not([aria-current])", has_text="slot")
        other.click()
        page.wait_for_url("**carry=*")
        page.locator("td.legal").first.click()
        page.wait_for_url(lambda url: "carry" not in url)
        assert "moved to" in page.inner_text(".note")
        assert "pinned" in card(page, "one").inner_text().lower()


def test_the_tray_says_why_and_where_nothing_is_lit(browser, board):
    with browser.visit(board) as page:
        page.set_default_timeout(SECONDS)
        assert "there is no place and time at all" in card(page, "late").inner_text()
        card(page, "late").click()
        told(page, "0 slots")
        page.locator("td[data-room=area]").last.click()
        told(page, "Not here (rule")


def test_on_a_phone_and_in_the_dark(browser, meetings):
    with browser.visit(meetings, PHONE, dark=True, has_touch=True) as page:
        page.set_default_timeout(SECONDS)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        card(page, "one").tap()
        page.locator("td.legal").first.tap()
        page.locator(".note").wait_for()


def test_on_paper_the_board_is_whole(browser, board):
    with browser.visit(f"{board}?day=2025-03-10-valencia") as page:
        page.emulate_media(media="print")
        assert not page.locator(".actions").is_visible()
        assert card(page, "opening").is_visible()
        shown = "getComputedStyle(document.querySelector('.board-scroll')).overflow"
        assert page.evaluate(shown) == "visible"


def test_what_is_wrong_with_an_upload_is_read_by_everybody(browser, address, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(FORUM.replace("parties: [lyon, porto]", "parties: [lyon, porta]"))
    # A browser notes each answer of status 422 as an error.
    with browser.visit(address, complaints="status of 422") as page:
        page.set_default_timeout(SECONDS)
        page.set_input_files("input[name=programme]", wrong)
        page.get_by_role("button", name="Upload").click()
        page.locator(".faults").wait_for()
        assert "wrong.yaml:" in page.inner_text(".faults")
        assert barriers(page) == []


def test_addresses_are_copied_and_not_taken_away_by_a_slip(browser, published):
    with browser.visit(f"{published}/addresses?by=delegation") as page:
        page.set_default_timeout(SECONDS)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copy address of the agenda of Porto").click()
        told(page, "Copied.")
        agenda = page.get_by_role("link", name="Agenda of Porto").get_attribute("href")
        assert page.evaluate("navigator.clipboard.readText()") == agenda
        revoke = page.get_by_role("button", name="Revoke the address of Porto")
        page.once("dialog", lambda dialog: dialog.dismiss())
        revoke.click()
        assert page.request.get(agenda).ok
        page.once("dialog", lambda dialog: dialog.accept())
        revoke.click()
        page.get_by_role("button", name="Restore the address of Porto").wait_for()
        assert page.request.get(agenda).status == 404


@pytest.mark.parametrize("dark", [False, True])
def test_no_page_keeps_anybody_out(browser, address, entered, published, dark):
    programme, board = entered
    with browser.visit(f"{published}/addresses", dark=dark) as page:
        agenda = page.get_by_role("link", name="Agenda of").first.get_attribute("href")
        found = {page.url: barriers(page)}
        inside = (
            f"{published}/editions/1",
            f"{board}/people?party=porto",
            f"{board}/diff",
            f"{board}/publish",
        )
        for each in (address, programme, board, *inside, agenda):
            page.goto(each)
            found[each] = barriers(page)
    assert {each: wrong for each, wrong in found.items() if wrong} == {}


def test_a_key_opens_the_pages_and_no_script_sees_the_session(browser, tmp_path):
    with served(tmp_path, auth=True) as service, browser.visit(service.address) as page:
        page.set_default_timeout(SECONDS)
        page.get_by_label("Key").wait_for()
        assert barriers(page) == []
        page.get_by_label("Key").fill(service.key)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("heading", name="Programmes").wait_for()
        assert page.evaluate("document.cookie") == ""
        (cookie,) = page.context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
        page.get_by_role("button", name="Log out").click()
        page.get_by_label("Key").wait_for()
