"""The page of a concordance in a headless Chromium: orders, accessibility, nothing fetched, no text that runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from searches import interview, searched
from spacy.language import Language

from ptce_qual.lexicometry.concordance import SORTS, Lines, concordance
from ptce_qual.lexicometry.frequencies import frequencies
from ptce_qual.report.concordance_page import render_concordance

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
SAID = (
    "La mairie zélée <img src=x onerror=alert(1)>.",
    "Une école mairie bleue.",
    "Une eau mairie âgée. <b>Eh</b> oui.",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("PTCE_QUAL_BROWSER") == "required":
            pytest.fail("there is no Chromium to open pages with")
        pytest.skip("there is no Chromium to open pages with")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, nlp: Language, tmp_path: Path) -> Iterator[Page]:
    coded = searched(nlp, "mairie", [interview("a", *SAID, stage="<i>x</i>"), interview("b", "La mairie.", stage="y")])
    lines = Lines(sort="left", by=("stage",))
    orders = {sort: concordance(coded, "<u>mairie</u>", Lines(sort=sort, by=("stage",))) for sort in SORTS}
    file = tmp_path / "kwic.html"
    file.write_bytes(render_concordance(orders, frequencies(coded, ["stage"]), lines))
    opened = browser.new_page(color_scheme=request.param, viewport={"width": 400, "height": 800})
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.on("dialog", lambda dialog: told.append(dialog.message))
    opened.on("request", lambda asked: told.append(asked.url) if not asked.url.startswith("file:") else None)
    opened.goto(file.as_uri())
    yield opened
    opened.close()
    assert told == []


def test_lines_are_put_in_each_order_inside_their_groups(page: Page) -> None:
    for order, expected in {
        "text": "zélée bleue âgée",
        "left": "âgée bleue zélée",
        "right": "âgée bleue zélée",
    }.items():
        page.select_option("[name=order]", order)
        told = [text.split()[0].strip(".") for text in page.locator("tr.line td.right").all_text_contents()]
        assert told == [*expected.split(), ""], order
    expect(page.locator("form output")).to_have_text("Lines reordered.")


def test_nothing_of_a_text_is_markup(page: Page) -> None:
    assert page.locator("img, i, u, b").count() == 0
    assert page.locator("h1").inner_text() == "Concordance of « <u>mairie</u> »"
    assert page.locator(".branch th").first.inner_text().startswith("<i>x</i>")


def test_the_page_is_accessible_and_no_wider_than_the_screen(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.locator("section table a").first.click()
    expect(page.locator("#g1")).to_be_focused()
