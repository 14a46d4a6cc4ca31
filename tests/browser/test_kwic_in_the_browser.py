"""The page of a concordance as a reader meets it: its orders, its groups, and what is hostile in the texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from hostile_study import CODEBOOK, FILES, IMAGE, LINK, write_study
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ptce_qual.cli import main

PLACES = {
    "left": [19, 297, 441, 130],
    "text": [19, 130, 297, 441],
    "right": [19, 441, 130, 297],
}


@pytest.fixture(scope="module")
def concordance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of « subvention » by stage, sorted by the words before."""
    folder = write_study(tmp_path_factory.mktemp("kwic") / "étude", CODEBOOK, FILES)
    out = folder / "subvention.html"
    asked = ["--by", "stage", "--sort", "left", "--include-interviewer", "--window", "40", "--out", str(out)]
    assert main(["--lang", "en", "kwic", "subvention", str(folder), *asked]) == 0
    return out


@pytest.fixture
def opened(context: BrowserContext, concordance: Path) -> Iterator[Page]:
    """Return the page; an error of its script, a dialog or a refusal by its policy fails the test."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.goto(concordance.as_uri())
    yield page
    assert faults == []


def places(page: Page) -> list[int]:
    """Return where the lines begin in their interviews, as they stand on the page."""
    return [int(text.rsplit(":", 1)[1]) for text in page.locator("tr.line .where").all_text_contents()]


def test_lines_are_put_in_another_order_inside_their_groups(opened: Page) -> None:
    assert places(opened) == PLACES["left"]
    for order, expected in PLACES.items():
        opened.get_by_label("Order").select_option(order)
        assert places(opened) == expected, order
    expect(opened.locator("form output")).to_have_text("Lines reordered.")


def test_a_group_leads_to_its_lines(opened: Page) -> None:
    opened.get_by_role("link", name="essor").click()
    expect(opened.locator(".branch th:focus")).to_contain_text("essor")


def test_texts_stay_texts(opened: Page) -> None:
    told = opened.locator(".kwic").text_content() or ""
    assert IMAGE in told
    assert LINK in told
    assert opened.locator("img").count() == 0
    assert opened.locator("script").count() == 1
    assert opened.locator("a[href^='javascript']").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1600])
def test_accessible(browser: Browser, concordance: Path, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(concordance.as_uri())
    found = Axe().run(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found.response["violations"]] == []
    assert wide == width
