"""A headless browser that opens pages from files, without a network, and says what is wrong with them.

Tests take the fixture :func:`browser`, which ``conftest.py`` makes known to all, and visit pages with it::

    def test_the_page_says_so(browser, tmp_path):
        with browser.visit(tmp_path / "index.html") as page:
            assert page.inner_text("h1") == "Asia Innova 2017"
            assert barriers(page) == []

A visit fails when the page asked for anything outside its folder or wrote an error to the console.
The environment variable ``SCHEDULER_BROWSER`` names the browser, and then it has to be there; without it
``chromium`` is looked for, and tests that need it are skipped where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.tools import tool

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

VARIABLE = "SCHEDULER_BROWSER"
QUIET = (
    "--no-sandbox",  # the continuous run is root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = (1280, 900)
PHONE = (390, 844)


@dataclass(frozen=True)
class Visitor:
    """Opens pages, each visit in a profile of its own."""

    chromium: Browser

    @contextmanager
    def visit(
        self,
        page: Path | str,
        size: tuple[int, int] = DESKTOP,
        *,
        dark: bool = False,
        complaints: str = "",
        **more: Any,
    ) -> Iterator[Page]:
        """Open a page and, when the visit is over, hold that it had no errors and asked for no network.

        Parameters
        ----------
        page : path or str
            A file, or a whole address (``file:///...#day``); ``http://localhost`` when a test has a server.
        size : tuple of int
            Of the window: ``DESKTOP`` or ``PHONE``.
        dark : bool
            Whether the visitor likes dark pages.
        complaints : str
            What is in complaints that are expected.
        **more
            What else ``new_context`` of Playwright takes.
        """
        address = page.resolve().as_uri() if isinstance(page, Path) else page
        local = address.startswith("file:")
        context = self.chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            offline=local,
            **more,
        )
        wrong: list[str] = []
        try:
            tab = context.new_page()
            tab.set_default_timeout(10_000)
            tab.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
            tab.on("pageerror", lambda error: wrong.append(str(error)))
            tab.on("requestfailed", lambda asked: _hold_found(asked, wrong))
            if local:
                tab.on("request", lambda asked: _hold_local(asked.url, wrong))
            tab.goto(address)
            yield tab
        finally:
            context.close()
        unexpected = [line for line in wrong if not complaints or complaints not in line]
        if unexpected:
            raise AssertionError("\n".join(unexpected))


def _hold_found(asked: Request, wrong: list[str]) -> None:
    if asked.failure != "net::ERR_ABORTED":  # whoever goes to another page lets go of what still comes
        wrong.append(f"not found: {asked.url}")


def _hold_local(url: str, wrong: list[str]) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        wrong.append(f"asks the network for {url}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Visitor]:
    """A headless browser, for the tests of one module.

    Not for the whole run: while it is there, nothing else of that process can run an event loop.
    """
    executable = tool("chromium", VARIABLE, "browser ", "a browser: install chromium, or name one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        try:
            yield Visitor(chromium)
        finally:
            chromium.close()


def barriers(page: Page) -> list[str]:
    """Return what axe-core finds on a page that keeps somebody from using it, a line for each element."""
    from axe_playwright_python.sync_playwright import Axe

    # It would fetch style sheets to look for rules that turn the screen, which files may not.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {' '.join(map(str, node['target']))} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
