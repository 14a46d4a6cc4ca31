"""The dossier as a reader meets it: links, filters, keyboard, themes, paper, and what is hostile in the texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from hostile_study import IMAGE, LINK, SCRIPT
from playwright.sync_api import Browser, Page, expect

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_from_a_cell_to_its_verbatims_to_the_interview_and_back(page: Page) -> None:
    page.get_by_role("link", name="Autonomie, Pôle alpha: ").click()
    heading = page.locator("#v-autonomie--alpha")
    expect(heading).to_be_visible()
    expect(heading).to_be_focused()
    quotes = page.locator("section.case", has=heading).locator(".verbatim")
    expect(quotes).to_have_count(2)
    expect(quotes.first.locator(".quote")).to_have_text("Oui, on a décidé seuls.")
    assert quotes.first.locator("mark").all_text_contents() == ["décidé seuls"]
    quotes.first.get_by_text("Why").click()
    expect(quotes.first.locator(".reasons")).to_contain_text("rule seuls, line")
    quotes.first.locator(".source a").click()
    note = page.locator(".note:target")
    expect(note).to_be_visible()
    assert note.evaluate("one => one.open && one.closest('details.transcript').open")
    note.get_by_role("link", name="among the verbatims").click()
    assert "#q-" in page.url
    expect(page.locator(".verbatim:target")).to_be_in_viewport()


def test_the_interviews_filtered_by_theme(page: Page) -> None:
    form = page.locator("[data-filter]")
    form.get_by_label("Show the theme").select_option(label="Autonomie")
    expect(form.locator("output")).to_have_text("4 passages shown")
    assert set(page.locator(".note:visible summary").all_inner_texts()) == {"Autonomie"}
    assert page.locator(".coded:not(.plain)").evaluate_all("all => all.every(one => one.dataset.code === 'autonomie')")
    form.get_by_label("Show the theme").select_option(label="all themes")
    expect(form.locator("output")).to_have_text("9 passages shown")


def test_the_verbatims_filtered_by_case_and_polarity(page: Page) -> None:
    form = page.locator("[data-quotes]")
    form.get_by_label("Polarity").select_option(label="Hypothetical")
    expect(form.locator("output")).to_have_text("1 verbatim shown")
    form.get_by_label("Case").select_option(label="Pôle alpha")
    expect(form.locator("output")).to_have_text("0 verbatims shown")
    expect(page.locator("details.code:visible")).to_have_count(0)


def test_a_link_lifts_the_filter_that_hides_where_it_leads(page: Page) -> None:
    page.locator("[data-quotes]").get_by_label("Case").select_option(label="Pôle alpha")
    hidden = page.locator("section.case.off h4, section.case.off h3").first.get_attribute("id")
    page.evaluate("name => { location.hash = name }", hidden)
    expect(page.locator(f"#{hidden}")).to_be_in_viewport()
    expect(page.locator("[data-quotes]").get_by_label("Case")).to_have_value("")
    page.locator("[data-filter]").get_by_label("Show the theme").select_option(label="Autonomie")
    note = page.locator(".note.off").first.get_attribute("id")
    page.evaluate("name => { location.hash = name }", note)
    expect(page.locator(f"#{note}")).to_be_in_viewport()


def test_reasons_show_while_the_keyboard_is_on_a_label(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details.transcript')) one.open = true")
    notes = page.locator(".note")
    first, second = (notes.nth(place).locator("summary") for place in (0, 1))
    first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(first).to_be_focused()
    assert notes.nth(0).evaluate("one => one.open")
    second.focus()
    assert not notes.nth(0).evaluate("one => one.open")
    assert notes.nth(1).evaluate("one => one.open")
    page.keyboard.press("Enter")
    first.focus()
    assert notes.nth(1).evaluate("one => one.open")


def test_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.get_by_role("link", name="Verbatims", exact=True).first.focus()
    page.keyboard.press("Enter")
    page.locator("#v-argent > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#v-argent").evaluate("one => one.open")
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.verbatim .why > summary')"):
            break
    page.keyboard.press("Space")
    expect(page.locator(".verbatim .reasons:visible").first).to_contain_text("of the codebook")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_dark_by_the_system_and_by_the_button(browser: Browser, results: Path, page: Page) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.get_by_role("button", name="Light or dark").click()
    dark = page.evaluate(paper)
    assert dark == "rgb(21, 24, 29)"
    other = browser.new_context(color_scheme="dark").new_page()
    other.goto((results / "report.html").as_uri())
    assert other.evaluate(paper) == dark
    other.get_by_role("button", name="Light or dark").click()
    assert other.evaluate(paper) == "rgb(255, 255, 255)"
    other.context.close()


def test_printed_with_its_verbatims(page: Page, tmp_path: Path) -> None:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.code:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.code[open]").count() == 0
    printed = page.pdf(path=tmp_path / "dossier.pdf", format="A4")
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") >= 4
    page.emulate_media(media="print")
    expect(page.locator("nav.contents")).to_be_hidden()
    darkest = page.locator(".heat td.h5").first
    assert darkest.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"  # else white on white


def test_texts_stay_texts(page: Page) -> None:
    for told in (SCRIPT, IMAGE, LINK, "<b>de l'île</b>"):
        assert told in (page.locator("main").text_content() or "")
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("main i, main b").count() == 0
    assert page.title() == "Étude <i>d'essai</i>"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1600])
def test_accessible(browser: Browser, results: Path, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto((results / "report.html").as_uri())
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
    context.close()
    faults = found.response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in faults] == []


def test_nothing_is_wider_than_a_telephone(browser: Browser, results: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((results / "report.html").as_uri())
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width == 360


def test_without_script_all_is_there(browser: Browser, results: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((results / "report.html").as_uri() + "#v-autonomie--alpha")
    expect(page.locator("#v-autonomie--alpha")).to_be_visible()
    expect(page.locator("[data-filter]")).to_be_hidden()
    context.close()
