"""The workbook, read back: texts are texts, links lead to the right row, and the bytes are the same each time."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from exported import SAID, contents
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from ptce_qual.analysis.coverage import coverage
from ptce_qual.errors import InputError
from ptce_qual.model import Corpus
from ptce_qual.report.documents import render_booklet
from ptce_qual.report.workbook import book as book_module
from ptce_qual.report.workbook import render, render_workbook
from ptce_qual.report.workbook.book import cell_text, sheet_name, utf16_length
from ptce_qual.report.xml_text import xml_text
from ptce_qual.translation import use_language


def read(content: bytes, **options: Any) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content), **options)


@pytest.fixture(scope="module")
def workbook() -> Workbook:
    return read(render_workbook(contents()), rich_text=True)


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_sheets(workbook: Workbook) -> None:
    assert workbook.sheetnames == [
        "Read me", "Matrix", "Verbatims", "Coverage", "Codings", "Codebook", "Cases", "Definitions",
    ]  # fmt: skip
    assert workbook.active is not None
    assert workbook.active.title == "Read me"
    for sheet in workbook.worksheets[1:]:
        assert sheet.freeze_panes is not None
        assert int(re.sub("[A-Z]", "", sheet.freeze_panes)) == 2
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(sheet.column_dimensions[cell.column_letter].width >= 8 for cell in sheet[1])


def test_read_me_tells_what_it_is_and_links_each_sheet(workbook: Workbook) -> None:
    told = [cell for row in rows(workbook["Read me"]) for cell in row if cell]
    assert told[0] == "Essai"
    assert any(str(cell).startswith("Fictional interviews.") for cell in told)
    assert {"ptce-qual 0.1", "2 interviews, 2 cases", "4 codings"} <= set(told)
    links = {link.location for row in workbook["Read me"].iter_rows() for cell in row if (link := cell.hyperlink)}
    assert links == {f"'{name}'!A1" for name in workbook.sheetnames}


def test_no_notice_where_nothing_is_invented() -> None:
    told = rows(read(render_workbook(contents(fictional=False)))["Read me"])
    assert not any("Fictional" in str(cell) for row in told for cell in row)


def test_the_matrix_has_shares_and_each_leads_to_the_first_verbatim(workbook: Workbook) -> None:
    matrix, quotes = workbook["Matrix"], workbook["Verbatims"]
    assert [cell.value for cell in matrix[1]] == ["theme", "code_id", "all cases", "Pôle alpha", "Pôle bêta"]
    shares = {row[1]: row[2:] for row in rows(matrix)[1:]}
    assert shares == {
        "leviers": [pytest.approx(4 / 6), 1, pytest.approx(1 / 3)],
        "argent": [0.5, 1, 0],
        "confiance": [pytest.approx(1 / 6), 0, pytest.approx(1 / 3)],
        "lien": [0, 0, 0],
    }
    linked = 0
    for row in matrix.iter_rows(min_row=2, min_col=4):
        for cell in row:
            assert cell.number_format.startswith("0.0%")
            code_id = matrix.cell(cell.row, 2).value
            if not cell.value:
                assert cell.hyperlink is None
                continue
            target = int(re.fullmatch(r"'Verbatims'!A(\d+)", cell.hyperlink.location)[1])
            case, code = quotes.cell(target, 2).value, quotes.cell(target, 10).value
            assert case == matrix.cell(1, cell.column).value
            assert code_id in {code, "leviers"}
            assert (quotes.cell(target - 1, 2).value, quotes.cell(target - 1, 10).value) != (case, code)
            linked += 1
    assert linked == 4


def test_themes_that_group_others_stand_out_and_are_not_in_the_scale(workbook: Workbook) -> None:
    matrix = workbook["Matrix"]
    assert [cell.font.bold for cell in matrix["A"][1:]] == [True, False, False, False]
    assert [cell.alignment.indent for cell in matrix["A"][1:]] == [0, 1, 1, 0]
    (scale,) = matrix.conditional_formatting
    assert str(scale.sqref) == "D3:E5"


def test_verbatims_stand_by_theme_and_case_with_the_words_found_in_bold(workbook: Workbook) -> None:
    told = rows(workbook["Verbatims"])
    assert [(row[0], row[1], row[2]) for row in told[1:]] == [
        ("Argent & biens", "Pôle alpha", "Affirmed"),
        ("Argent & biens", "Pôle alpha", "Negated"),
        ("Argent & biens", "Pôle alpha", "Negated"),
        ("Confiance", "Pôle bêta", "Hypothetical"),
    ]
    assert [str(row[4]) for row in told[1:]] == [*SAID, SAID[-1]]
    bold = [piece.text for piece in told[1][4] if not isinstance(piece, str) and piece.font.b]
    assert bold == ["On"]
    assert told[1][8] == f"alpha/un:4-{4 + len(SAID[0])}"
    assert told[2][3] == SAID[0].strip()


def test_coverage_is_the_whole_table(workbook: Workbook) -> None:
    sheet, table = workbook["Coverage"], contents().coverage.table
    told = rows(sheet)
    assert told[0][4:] == list(table.columns[2:])
    assert len(told) == len(table) + 1
    formats = {cell.value: sheet.cell(2, cell.column).number_format for cell in sheet[1]}
    assert formats["word_coverage"] == "0.0%"
    assert formats["words"] == "#,##0"


def test_codebook_and_cases(workbook: Workbook) -> None:
    codebook = rows(workbook["Codebook"])
    assert codebook[2][:9] == [
        "Argent & biens", "argent", "Ce que l'on donne.", "Les prêts.", "Les ventes.", 2, 3, 3, 1,
    ]  # fmt: skip
    assert codebook[1][5:8] == [None, None, None]
    cases = rows(workbook["Cases"])
    assert cases[0] == ["case_id", "case", "interviews", "codings", "Stade", "budget"]
    assert cases[1:] == [["alpha", "Pôle alpha", 1, 3, "jeune", 0], ["beta", "Pôle bêta", 1, 1, None, 12.5]]


def test_each_measure_is_defined(workbook: Workbook) -> None:
    defined = {name for row in rows(workbook["Definitions"])[1:] for name in str(row[0]).split(", ")}
    shares = {name for name in contents().coverage.table.columns if name.endswith("coverage")}
    assert shares | {"references", "distinct_spans", "affirmed", "start", "rule_ids"} <= defined


NASTY = ["=1+1", "+1", "-1", "@x", "=cmd|'/c calc'!A1", "http://x.fr", "mailto:a@b", "<r>x</r>", "<r><t>x</t></r>"]
NASTY += [
    "_x0041_",
    "a\x00b\x0b\ud800\ufffe",
    " deux  espaces ",
    "'apostrophe",
    "1",
    "TRUE",
    "#N/A",
    "\r\nà la\rligne\n",
]


@pytest.mark.parametrize("text", NASTY)
def test_a_text_stays_a_text(text: str) -> None:
    for rich in (False, True):
        made = read(render_workbook(contents((text, "Puis rien.", f"{text} puis rien."))), rich_text=rich)
        cell = made["Codings"].cell(2, 12)
        assert cell.data_type in ("s", "r")
        assert cell.hyperlink is None
        assert str(cell.value) == xml_text(text)
        assert str(made["Verbatims"].cell(4, 5).value) == xml_text(f"{text} puis rien.")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3))
@example(["<r>", "</r>", "<r> </r>"])
def test_any_text_comes_back(said: list[str]) -> None:
    made = read(render_workbook(contents(tuple(said), title=said[0])))
    expected = [xml_text(text) for text in said]
    assert [str(row[4]) for row in rows(made["Verbatims"])[1 : len(said) + 1]] == expected
    quotes = rows(made["Codings"])
    assert [str(row[quotes[0].index("quote")]) for row in quotes[1 : len(said) + 1]] == expected


@given(st.text(max_size=50), st.lists(st.text(max_size=40), max_size=3))
def test_names_of_sheets_are_as_a_spreadsheet_takes_them(name: str, taken: list[str]) -> None:
    told = sheet_name(name, taken)
    assert 1 <= len(told) <= 31
    assert not set(told) & set("[]:*?/\\")
    assert not told.startswith("'")
    assert not told.endswith("'")
    assert told.lower() not in {one.lower() for one in taken}


@pytest.mark.parametrize("text", ["a" * 40_000, "🎉" * 20_000, "a" * 32_767])
def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(text: str) -> None:
    told = cell_text(text)
    assert utf16_length(told) <= 32_767
    assert (told == text) == (len(text) == 32_767)
    assert told == text or told.endswith(" […: cut here]")
    made = read(render_workbook(contents((text + "a a",))))
    assert str(made["Verbatims"].cell(2, 5).value).endswith(" […: cut here]")


def test_more_than_a_sheet_holds_is_told_before_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "ROWS", 4)
    monkeypatch.setattr(render, "verbatims", None)
    with pytest.raises(InputError, match="4 codings: a sheet holds 3 at the most"):
        render_workbook(contents())


def test_the_same_contents_make_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    made = render_workbook(contents())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert render_workbook(contents()) == made
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["2000-01-01T00:00:00Z"] * 2


def test_links_stop_where_a_spreadsheet_would_refuse_more(monkeypatch: pytest.MonkeyPatch) -> None:
    from ptce_qual.report.workbook import matrix

    assert book_module.LINKS < 65_531
    monkeypatch.setattr(matrix, "LINKS", 1)
    made = read(render_workbook(contents()))["Matrix"]
    assert sum(cell.hyperlink is not None for row in made.iter_rows() for cell in row) == 1
    assert made["D3"].value == 1


def test_names_of_sheets_in_french_are_linked_too() -> None:
    use_language("fr")
    made = read(render_workbook(contents()))
    assert made.worksheets[1].cell(3, 4).hyperlink.location == f"'{made.sheetnames[2]}'!A2"


def test_little_and_strange_corpora() -> None:
    whole = contents()
    foreign = replace(whole.coded.codings[0], code_id="ailleurs", coder="une autre", evidence=())
    bare = tuple(replace(one, turns=(), case_id="") for one in whole.coded.corpus.transcripts)
    for codings, corpus in (
        ((), whole.coded.corpus),
        ((foreign,), whole.coded.corpus),
        (whole.coded.codings, Corpus(whole.coded.corpus.transcripts[:1], whole.coded.corpus.cases[:1])),
        (whole.coded.codings, Corpus(bare, ())),
    ):
        coded = replace(whole.coded, codings=codings, corpus=corpus)
        made = replace(whole, coded=coded, coverage=coverage(coded, by=("case",)))
        quoted = sum(len(coded.codings_of[one.id]) for one in corpus.transcripts)
        assert read(render_workbook(made))["Verbatims"].max_row == quoted + 1
        assert render_booklet(made)
