"""The sheets that are plain tables: coverage, codings, codebook, cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ptce_qual.analysis.codings_table import codings_table
from ptce_qual.analysis.coverage import ALL, POLARITIES
from ptce_qual.analysis.profile.case_attributes import SEPARATOR, case_attributes, number
from ptce_qual.codebook.tree import codes_in_order
from ptce_qual.report.contents import Contents
from ptce_qual.report.workbook.book import Book, Column, Kind
from ptce_qual.translation import _

_WIDTHS = {
    "transcript_id": 34, "case_id": 16, "speaker": 16, "role": 13, "code_id": 22, "polarity": 12, "rule_ids": 30,
    "quote": 80, "coder": 10, "start": 9, "end": 9,
}  # fmt: skip


def add_coverage(book: Book, sheet: Any, contents: Contents) -> None:
    """Write the coverage, a row a code and case."""
    table = contents.coverage.table
    measures = [str(name) for name in table.columns[2:]]
    columns = [Column("code_id", 22), Column(_("theme"), 40), Column("case_id", 16), Column(_("case"), 28)]
    columns += [Column(name, max(11, len(name) * 0.75), _kind(name)) for name in measures]
    rows = (
        (
            row["code_id"],
            contents.labels.code(row["code_id"]),
            row["group"],
            _("all cases") if row["group"] == ALL else contents.case(row["group"]),
            *(row[name] for name in measures),
        )
        for row in table.to_dict("records")
    )
    book.table(sheet, columns, rows, fixed=4)


def _kind(measure: str) -> Kind:
    return "share" if measure.endswith("coverage") else "count"


def add_codings(book: Book, sheet: Any, contents: Contents) -> None:
    """Write the codings as codings.csv has them, with the labels of code and case."""
    table = codings_table(contents.coded)
    names = [str(name) for name in table.columns]
    columns = [Column(_("theme"), 30), Column(_("case"), 24)]
    columns += [Column(name, _WIDTHS[name], "wrapped" if name == "quote" else _of_bounds(name)) for name in names]
    rows = (
        (contents.labels.code(row["code_id"]), contents.case(row["case_id"]), *(row[name] for name in names))
        for row in table.to_dict("records")
    )
    book.table(sheet, columns, rows)


def _of_bounds(name: str) -> Kind:
    return "number" if name in ("start", "end") else "text"


def add_codebook(book: Book, sheet: Any, contents: Contents) -> None:
    """Write the codebook in the order of its tree."""
    codebook = contents.coded.codebook
    columns = [
        Column(_("theme"), 44, "wrapped"),
        Column("code_id", 24),
        Column(_("definition"), 60, "wrapped"),
        Column(_("include"), 45, "wrapped"),
        Column(_("exclude"), 45, "wrapped"),
        Column(_("rules"), 8, "count"),
        Column(_("examples"), 10, "count"),
        Column(_("codings"), 10, "count"),
        *(Column(polarity, 13, "count") for polarity in POLARITIES),
    ]
    table = contents.coverage.table
    overall = table[table["group"] == ALL].set_index("code_id")
    tree = codes_in_order(codebook, {code.id for code in codebook.codes})
    for row, (depth, code_id, label) in enumerate(tree, start=1):
        code = codebook.by_id[code_id]
        more = {"bold": True} if any(codebook.children(code_id)) else {}
        book.text(sheet, row, 0, label, book.format("wrapped", indent=depth, **more))
        counted = ("references", *POLARITIES)
        counts = [overall.at[code_id, name] if code_id in overall.index else None for name in counted]
        cells = (
            code_id, code.definition.strip(), code.include.strip(), code.exclude.strip(), len(code.rules) or None,
            len(code.examples) + len(code.counterexamples) or None, *counts,
        )  # fmt: skip
        for place, (cell, column) in enumerate(zip(cells, columns[1:], strict=True), start=1):
            book.value(sheet, row, place, cell, book.format(column.kind))
        book.fit(sheet, row, (label, *cells), columns)
    book.head(sheet, columns, len(tree), fixed=1)


def add_cases(book: Book, sheet: Any, contents: Contents) -> None:
    """Write what is known of the cases; what is a number is written as one."""
    names = list(dict.fromkeys(name for case in contents.coded.corpus.cases for name in case.attributes))
    numbers = case_attributes(contents.coded.corpus.cases).numbers
    columns = [Column("case_id", 18), Column(_("case"), 32), Column(_("interviews"), 11, "count")]
    columns += [Column(_("codings"), 10, "count")]
    for name in names:
        told = contents.labels.attribute(name)
        columns.append(Column(told, 14, "number") if name in numbers else Column(told, 22, "wrapped"))
    book.table(sheet, columns, _cases(contents, names, set(numbers)), fixed=2)


def _cases(contents: Contents, names: list[str], numbers: set[str]) -> Iterator[list[object]]:
    coded = contents.coded
    for case in coded.corpus.cases:
        own = [one for one in coded.corpus.transcripts if one.case_id == case.id]
        row: list[object] = [case.id, case.label, len(own), sum(len(coded.codings_of[one.id]) for one in own)]
        row += [_told(contents, name, case.attributes.get(name, ""), is_number=name in numbers) for name in names]
        yield row


def _told(contents: Contents, name: str, value: str, *, is_number: bool) -> object:
    found = number(value) if is_number else None
    if found is not None:
        return found
    return ", ".join(contents.labels.group(name, part) for part in value.split(SEPARATOR))
