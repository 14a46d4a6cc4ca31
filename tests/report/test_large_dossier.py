"""Dossiers whose transcripts and verbatims stand on pages apart: no link leads nowhere, nothing is left out."""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import replace

import pytest
from lxml import html
from made_corpora import Interview, made
from small_contents import BOOK, contents

from ptce_qual.report.contents import Contents
from ptce_qual.report.dossier import render_dossier
from ptce_qual.report.figures import Drawing, figures, render_figure
from ptce_qual.report.figures.rendering import FORMS

CASES = ("alpha", "Beta", "beta", "delta")


def many() -> Contents:
    """Return contents with four cases that all speak of grants, one of them in two interviews."""
    interviews = [Interview(case, [("grant",), ("grant", "loan"), ("volunteer",), *[()] * 4]) for case in CASES]
    found = contents(made(BOOK, [*interviews, Interview("alpha", [("grant",), *[()] * 4])]))
    told = {
        "codebook": {"title": "Essai", "version": "1", "sha256": "0" * 64},
        "pipeline": {"sha256": "0" * 64},
        "coding": {"unit": "sentence", "interviewer": False},
    }
    return replace(found, manifest=replace(found.manifest, **told), profile=None)


@pytest.fixture(params=[1, 4, 5, 8])
def pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, html.HtmlElement]:
    """Return all pages of a dossier in which a page holds no more verbatims than told."""
    monkeypatch.setattr("ptce_qual.report.places._MOST_VERBATIMS", 1)
    monkeypatch.setattr("ptce_qual.report.places._MOST_ON_A_PAGE", request.param)
    monkeypatch.setattr("ptce_qual.report.places._MOST_CHARACTERS", 1)
    return {path: html.fromstring(page) for path, page in render_dossier(many(), []).items()}


def test_each_link_leads_to_an_anchor(pages: dict[str, html.HtmlElement]) -> None:
    anchors = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    for path, page in pages.items():
        for href in page.xpath("//a/@href"):
            target, _hash, anchor = href.partition("#")
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert anchor in anchors[found], f"{path}: {href}"


def test_each_coding_is_quoted_once_on_one_page(pages: dict[str, html.HtmlElement]) -> None:
    quoted = Counter(anchor for page in pages.values() for anchor in page.xpath("//li[@class='verbatim']/@id"))
    assert quoted == Counter(f"q-{coding.id}" for coding in many().coded.codings)


def test_pages_of_one_code_name_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ptce_qual.report.places._MOST_VERBATIMS", 1)
    monkeypatch.setattr("ptce_qual.report.places._MOST_ON_A_PAGE", 5)
    files = render_dossier(many(), [])
    names = ["verbatims/grant.html", "verbatims/grant_2.html"]
    assert [name for name in files if name.startswith("verbatims/grant")] == names
    for place, name in enumerate(names):
        page = html.fromstring(files[name])
        assert "9 verbatims are too many for one page: they stand on 2 pages" in page.text_content()
        links = page.xpath("//nav[@class='sheets']//a/@href")
        assert [link.partition("#")[0] for link in links] == [posixpath.basename(names[1 - place])]
    assert "too many for one page" not in files["verbatims/loan.html"].decode()


@pytest.mark.parametrize("order", [FORMS, FORMS[::-1]])
def test_what_a_figure_was_rendered_to_before_changes_nothing(order: tuple[str, ...]) -> None:
    for made_figure in figures(many()):
        drawing = Drawing(made_figure)
        rendered = {form: drawing.file(form) for form in order}  # type: ignore[arg-type]
        assert rendered == {form: render_figure(made_figure, form) for form in order}  # type: ignore[arg-type]
        assert drawing.inline() == Drawing(made_figure).inline()
