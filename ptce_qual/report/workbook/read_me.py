"""The first sheet: what this workbook is, of what, and where things are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ptce_qual.analysis.unit_names import unit_name
from ptce_qual.report.contents import Contents
from ptce_qual.report.notices import fictional_notice
from ptce_qual.report.workbook.book import Book, Column, place_in
from ptce_qual.translation import _, _n

_COLUMNS = (Column("", 22), Column("", 100, "wrapped"))
_NOTICE_HEIGHT = 32


def add_read_me(book: Book, sheets: Mapping[str, Any], contents: Contents, told: Mapping[str, tuple[str, str]]) -> None:
    """Write the sheet.

    Args:
        sheets: all sheets by key.
        told: what each is called, and what it holds.
    """
    sheet = sheets["read_me"]
    for place, column in enumerate(_COLUMNS):
        sheet.set_column(place, place, column.width)
    book.text(sheet, 0, 0, contents.title, book.format("title"))
    if contents.fictional:
        sheet.merge_range(1, 0, 1, len(_COLUMNS) - 1, "", book.format("notice"))
        sheet.set_row(1, _NOTICE_HEIGHT)
        book.text(sheet, 1, 0, fictional_notice(), book.format("notice"))
    facts = list(_facts(contents))
    for row, (name, value) in enumerate(facts, start=3):
        book.text(sheet, row, 0, name, book.format("bold"))
        book.text(sheet, row, 1, value, book.format("wrapped"))
        book.fit(sheet, row, (name, value), _COLUMNS)
    first = len(facts) + 4
    book.text(sheet, first, 0, _("Sheets"), book.format("heading"))
    book.text(sheet, first, 1, "", book.format("heading"))
    for row, (key, (_name, what)) in enumerate(told.items(), start=first + 1):
        sheet.write_url(row, 0, place_in(sheets[key], 0), book.format("link"), sheets[key].get_name())
        book.text(sheet, row, 1, what, book.format("wrapped"))
        book.fit(sheet, row, ("", what), _COLUMNS)
    sheet.activate()


def _facts(contents: Contents) -> Iterator[tuple[str, str]]:
    coded, manifest = contents.coded, contents.manifest
    yield _("Made by"), f"ptce-qual {manifest.packages.get('ptce-qual', '')}".strip()
    codebook = manifest.codebook
    yield _("Codebook"), _("{title} (version {version})", title=codebook["title"], version=codebook["version"])
    interviews = _n("{count} interview", "{count} interviews", len(coded.corpus.transcripts))
    cases = _n("{count} case", "{count} cases", len(coded.corpus.cases))
    yield _("Corpus"), f"{interviews}, {cases}"
    yield _("Codings"), _n("{count} coding", "{count} codings", len(coded.codings))
    yield _("Coded are"), unit_name(coded.codebook.unit)
    coders = sorted({coding.coder for coding in coded.codings})
    yield _("Coders"), ", ".join(coders)
    if manifest.not_read:
        yield _("Not read"), ", ".join(manifest.not_read)
