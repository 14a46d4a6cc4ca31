"""The sheet of what was said, by theme, then case."""

from __future__ import annotations

import re
from typing import Any

from ptce_qual.analysis.unit_names import role_name
from ptce_qual.analysis.verbatims import emphasised
from ptce_qual.report.contents import Contents
from ptce_qual.report.workbook.book import Book, Column
from ptce_qual.result import Result
from ptce_qual.translation import _
from ptce_qual.wording import polarity

_QUOTE = 4  # its column; what is before and after stands beside it
_AROUND = 120  # characters before and after


def first_rows(quoted: Result) -> dict[tuple[str, str], int]:
    """Return code and case → the row of the sheet (from 0) where the first of its verbatims stands."""
    found: dict[tuple[str, str], int] = {}
    for row, key in enumerate(zip(quoted.table["code_id"], quoted.table["case_id"], strict=True), start=1):
        found.setdefault(key, row)
    return found


def add_verbatims(book: Book, sheet: Any, contents: Contents, quoted: Result) -> None:
    """Write the rows of `verbatims`, the words that rules found in bold."""
    columns = [
        Column(_("theme"), 30, "wrapped"),
        Column(_("case"), 22, "wrapped"),
        Column(_("polarity"), 13),
        Column(_("before"), 40, "wrapped"),
        Column(_("verbatim"), 70, "wrapped"),
        Column(_("after"), 40, "wrapped"),
        Column(_("speaker"), 16, "wrapped"),
        Column(_("role"), 13),
        Column(_("place"), 40),
        Column("code_id", 22),
        Column("rule_ids", 26),
        Column(_("coder"), 10),
    ]
    shapes = [book.format(column.kind) for column in columns]
    faint = book.format("wrapped", font_color="#666666")
    for row, one in enumerate(quoted.table.to_dict("records"), start=1):
        cells = (
            contents.labels.code(one["code_id"]),
            contents.case(one["case_id"]),
            polarity(one["polarity"]),
            _end_of(one["before"]),
            one["quote"],
            _start_of(one["after"]),
            one["speaker"],
            role_name(one["role"]),
            f"{one['transcript_id']}:{one['start']}-{one['end']}",
            one["code_id"],
            one["rule_ids"].replace("|", ", "),
            one["coder"],
        )
        for place, (cell, shape) in enumerate(zip(cells, shapes, strict=True)):
            if place != _QUOTE:
                book.text(sheet, row, place, cell, faint if abs(place - _QUOTE) == 1 else shape)
        book.pieces(sheet, row, _QUOTE, emphasised(one["quote"], one["start"], one["matches"]))
        book.fit(sheet, row, cells, columns)
    book.head(sheet, columns, len(quoted.table), fixed=2)


def _end_of(text: str) -> str:
    told = _on_one_line(text)
    return told if len(told) <= _AROUND else "… " + told[-_AROUND:].partition(" ")[2]


def _start_of(text: str) -> str:
    told = _on_one_line(text)
    return told if len(told) <= _AROUND else told[:_AROUND].rpartition(" ")[0] + " …"


def _on_one_line(text: str) -> str:
    return re.sub(r"\s*[\r\n]\s*", " ", text.strip())
