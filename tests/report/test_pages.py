"""Pages hold all that they need: nothing is fetched, nothing but their own script runs, any text can stand in them."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from linked_pages import faults, fetched, parsed, ready, sections
from made_corpora import Interview, made
from small_contents import BOOK, contents, large, small

from ptce_qual.analysis.comparison import Labels
from ptce_qual.report import places
from ptce_qual.report.analysis_tables import AnalysisTables
from ptce_qual.report.contents import Contents
from ptce_qual.report.dossier import render_dossier
from ptce_qual.report.pages import with_code
from ptce_qual.report.places import places_of
from ptce_qual.translation import speaking
from ptce_qual.wording import number

NASTY = "</script><script>alert(1)</script> & \"q\" 'r' {{ 7 * 7 }} {% raw %} ]]> <!-- \ud800 \x07 \U0001f600"


def hostile() -> Contents:
    """Return contents with every text nasty that can be."""
    labels = Labels(dict.fromkeys([code.id for code in BOOK.codes], NASTY), {"staff": NASTY}, {})
    shown = ready(replace(small(), labels=labels, title=NASTY))
    texts = tuple(
        replace(one, text=one.text[:-9] + "</title>\ud800", attributes={"title": NASTY, NASTY: NASTY})
        for one in shown.coded.corpus.transcripts
    )
    named = tuple(replace(case, label=NASTY) for case in shown.coded.corpus.cases)
    return replace(
        shown, coded=replace(shown.coded, corpus=replace(shown.coded.corpus, transcripts=texts, cases=named))
    )


@pytest.fixture(params=["small", "apart", "hostile"])
def files(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    if request.param == "apart":
        monkeypatch.setattr(places, "_MOST_CHARACTERS", -1)
        monkeypatch.setattr(places, "_MOST_VERBATIMS", -1)
    return render_dossier(hostile() if request.param == "hostile" else ready(small()))


def test_the_policy_lets_the_page_s_own_script_run_and_no_other(files: dict[str, bytes]) -> None:
    for path, page in parsed(files).items():
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        (script,) = re.findall(rb"<script>(.*?)</script>", files[path], re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
        assert f"script-src 'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none'; ")
        assert page.xpath("//@*[starts-with(name(), 'on')]") == []
        assert len(page.xpath("//script")) == 1


def test_nothing_is_fetched(files: dict[str, bytes]) -> None:
    for content in files.values():
        assert fetched(content) == []
        assert parsed({"page.html": content})["page.html"].xpath("//a[contains(@href, '//')]") == []


def test_pages_are_utf_8_and_their_links_lead_somewhere(files: dict[str, bytes]) -> None:
    for content in files.values():
        content.decode("utf-8")
    assert faults(files) == []


def test_texts_stand_as_they_are() -> None:
    page = parsed(render_dossier(hostile()))["report.html"]
    assert "{{ 7 * 7 }} {% raw %} ]]> <!-- ?" in page.text_content()
    assert "alert(1)" not in page.xpath("string(//script)")


def test_a_page_in_each_language() -> None:
    for language, decimals in (("en", "11.4%"), ("fr", "11,4\u202f%")):
        with speaking(language):
            files = render_dossier(ready(small()))
        assert f'<html lang="{language}">'.encode() in files["report.html"]
        assert decimals in sections(files)["coverage"]


def test_sections_say_why_they_are_empty() -> None:
    bare = made(BOOK, [Interview("alpha", [(), ()])])
    shown = ready(contents(bare))
    shown = replace(
        shown,
        comparison=None,
        cooccurrence=None,
        saturation=None,
        profile=None,
        left_out={"comparison": "only one case"},
    )
    told = sections(render_dossier(shown))
    assert "No passage is coded." in told["summary"]
    assert "No passage is coded." in told["verbatims"]
    assert "only one case" in told["comparison"]
    assert "There are no two themes" in told["cooccurrence"]
    assert "too few interviews" in told["saturation"]
    assert "given: ptce-qual agreement sets" in told["agreement"]
    assert "cases.csv" in told["profile"]


def test_the_same_bytes_again() -> None:
    assert render_dossier(ready(large(cases=5, codes=6))) == render_dossier(ready(large(cases=5, codes=6)))


def test_backticks_are_code_and_nothing_else_is_followed() -> None:
    assert with_code("a `b <i>` & c`") == "a <code>b &lt;i&gt;</code> &amp; c`"


def test_residuals_are_a_table_too() -> None:
    shown = ready(small())
    assert shown.comparison is not None
    table = AnalysisTables(shown, places_of(shown.coded), "report.html").residuals(shown.comparison)
    cells = shown.comparison.cells.table
    assert len(table.rows) == cells["code_id"].nunique()
    first = cells[cells["code_id"] == cells["code_id"].iloc[0]]
    told = [cell.text.rstrip("*") for cell in table.rows[0][1:]]
    assert told == [number(value, 1) for value in first["residual"]]
