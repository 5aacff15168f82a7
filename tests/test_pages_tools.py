"""What pages are tested with finds what is wrong with a page."""

import pytest
from support.browser import PHONE, barriers
from support.html import html_faults

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>'


def page_of(tmp_path, body):
    path = tmp_path / "page.html"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_a_page_is_opened_from_its_file(browser, tmp_path):
    with browser.visit(page_of(tmp_path, "<main><h1>Schön 日程</h1></main>"), PHONE) as page:
        assert page.inner_text("h1") == "Schön 日程"
        assert page.viewport_size == {"width": 390, "height": 844}
        assert barriers(page) == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<script>throw new Error('broken')</script>", "broken"),
        ('<img src="missing.png" alt="">', "missing.png"),
        ('<img src="http://localhost:1/x.png" alt="">', "asks the network"),
    ],
)
def test_a_visit_fails_with_the_page(browser, tmp_path, body, complaint):
    with (
        pytest.raises(AssertionError, match=complaint),
        browser.visit(page_of(tmp_path, body)) as page,
    ):
        page.wait_for_load_state()


def test_barriers_are_named(browser, tmp_path):
    body = '<main><h1>Hall</h1><p style="color: #aaa; background: #fff">pale</p><img src="data:,"></main>'
    with browser.visit(page_of(tmp_path, body)) as page:
        found = barriers(page)
    assert [line.split(":")[0] for line in found] == ["color-contrast", "image-alt"]


def test_faults_of_html_are_named(tmp_path):
    assert html_faults([page_of(tmp_path, "<main><h1>Hall</h1></main>")]) == []
    (fault,) = html_faults([page_of(tmp_path, "<main><h1>Hall</h1><blink>now</blink></main>")])
    assert fault.startswith("page.html:1: Element “blink” not allowed")
