"""The documents, read back: styles, texts, links, language, and the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document
from exported import SAID, contents
from hypothesis import given, settings
from hypothesis import strategies as st

from ptce_qual.analysis.verbatims import Sample, Selection, verbatims
from ptce_qual.codebook.model import Codebook, Points, WordGroup
from ptce_qual.errors import InputError
from ptce_qual.report.documents import render_booklet, render_codebook
from ptce_qual.report.xml_text import xml_text
from ptce_qual.translation import use_language

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def told(document: Document, *styles: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style is not None and one.style.name in styles]


def bold(document: Document, style: str) -> list[str]:
    return [
        run.text for one in document.paragraphs if one.style and one.style.name == style for run in one.runs if run.bold
    ]


def test_the_codebook_has_all_that_a_coder_needs() -> None:
    document = read(render_codebook(contents()))
    assert told(document, "Title", "Subtitle") == ["Essai", "Codebook, version 1 · 4 codes · 4 rules"]
    assert told(document, "Heading 1") == ["Leviers", "Lien"]
    assert told(document, "Heading 2") == ["Argent & biens", "Confiance"]
    text = told(document, "Normal")
    for line in (
        "Definition: Ce que l'on donne.", "Include: Les prêts.", "Exclude: Les ventes.", "Examples",
        "Counterexamples: these do not carry it",
    ):  # fmt: skip
        assert line in text
    assert "argent · 2 rules · formerly sous" in told(document, "Source")
    assert "leviers · no rule of its own" in told(document, "Source")
    assert told(document, "Quote") == [
        "«\u00a0On nous a donné un local.\u00a0»",
        "«\u00a0Rien.\u00a0» (Negated)",
        "«\u00a0Il a donné son avis.\u00a0»",
    ]
    assert bold(document, "Quote") == ["donné", "Rien"]
    assert "To the question « Et l'argent ? »:" in told(document, "Source")


def test_the_codebook_counts_the_words_that_bring_points() -> None:
    made = contents()
    said = [WordGroup(points=2, words="donner prêter"), WordGroup(points=-1, words="vendre")]
    points = Points(needed=5, rule=3, clue=1, said=said, before=[WordGroup(points=1, words="donner")])
    codes = [code.model_copy(update={"points": points}) for code in made.coded.codebook.codes]
    coded = replace(made.coded, codebook=Codebook(title="Essai", codes=codes))
    facts = told(read(render_codebook(replace(made, coded=coded))), "Source")
    assert "argent · 2 rules · 4 words that bring points · formerly sous" in facts
    assert "leviers · 4 words that bring points" in facts


def test_the_list_of_contents_leads_to_the_headings() -> None:
    document = read(render_codebook(contents()))
    body = document.element.body
    listed = {
        link.get(f"{W}anchor"): "".join(text.text for text in link.iter(f"{W}t")) for link in body.iter(f"{W}hyperlink")
    }
    marked = {
        mark.get(f"{W}name"): "".join(text.text for text in mark.getparent().iter(f"{W}t"))
        for mark in body.iter(f"{W}bookmarkStart")
    }
    assert listed == marked
    assert list(listed.values()) == ["Leviers", "Argent & biens", "Confiance", "Lien"]
    kinds = [mark.get(f"{W}fldCharType") for mark in body.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_the_booklet_stands_by_theme_then_case() -> None:
    document = read(render_booklet(contents()))
    assert told(document, "Title", "Subtitle") == ["Verbatims", "Essai"]
    assert told(document, "Heading 1", "Heading 2") == ["Argent & biens", "Pôle alpha", "Confiance", "Pôle bêta"]
    assert told(document, "Quote") == [f"«\u00a0{text}\u00a0»" for text in (*SAID, SAID[-1])]
    assert bold(document, "Quote") == ["On", "Rien", "On", "On"]
    sources = told(document, "Source")
    assert sources[0] == "argent · 3 verbatims (affirmed 1, negated 2)"
    assert sources[1] == f"Affirmed · R · alpha/un:4-{4 + len(SAID[0])}"
    assert any(line.startswith("Fictional interviews.") for line in told(document, "Normal"))


def test_the_booklet_takes_the_sample_that_verbatims_draws() -> None:
    made = contents(tuple(f"Phrase {number}. " for number in range(9)))
    selection, sample = Selection(["argent"]), Sample(2, ["code"], 5)
    document = read(render_booklet(made, selection, Sample(2, seed=5)))
    drawn = verbatims(made.coded, selection, sample).table["quote"]
    assert told(document, "Quote") == [f"«\u00a0{quote}\u00a0»" for quote in drawn]
    assert told(document, "Title") == ["Verbatims of « Argent & biens »"]
    assert told(document, "Source")[0].startswith("argent · 2 of 9 verbatims")
    assert any("seed 5" in line for line in told(document, "Normal"))


def test_a_booklet_of_nothing_says_so() -> None:
    document = read(render_booklet(contents(), Selection(["lien"])))
    assert told(document, "Heading 1") == []
    assert "No coding carries these codes." in told(document, "Normal")
    with pytest.raises(InputError, match="did you mean « lien »"):
        render_booklet(contents(), Selection(["lein"]))


@pytest.mark.parametrize(("language", "told_language"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_language_and_pages(language: str, told_language: str) -> None:
    use_language(language)
    document = read(render_booklet(contents()))
    defaults = document.styles.element.find(f".//{W}docDefaults//{W}lang")
    assert defaults.get(f"{W}val") == told_language
    assert document.core_properties.language == told_language
    quote: Any = document.styles["Quote"].element
    assert quote.find(f".//{W}lang").get(f"{W}val") == "fr-FR"
    footer = document.sections[0].footer.paragraphs[0]._p
    assert [field.text.strip() for field in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3))
def test_any_text_comes_back(said: list[str]) -> None:
    document = read(render_booklet(contents(tuple(said), title=said[0])))
    assert told(document, "Quote")[: len(said)] == [f"«\u00a0{xml_text(text)}\u00a0»" for text in said]
    assert told(document, "Subtitle") == [xml_text(said[0])]


@pytest.mark.parametrize("render", [render_codebook, render_booklet])
def test_the_same_contents_make_the_same_bytes(render: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = render(contents())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_now: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert render(contents()) == made
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2000-01-01T00:00:00Z"}
