"""The sheet that says what each measure is: for whoever gets the workbook without the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ptce_qual.report.contents import Contents
from ptce_qual.report.workbook.book import Book, Column
from ptce_qual.translation import _

Definition = tuple[str, str, str, str]


def add_definitions(book: Book, sheet: Any, contents: Contents) -> None:
    """Write the measures, then what holds for all of them."""
    columns = [
        Column(_("measure"), 30),
        Column(_("what it is"), 60, "wrapped"),
        Column(_("formula"), 50, "wrapped"),
        Column(_("source"), 50, "wrapped"),
    ]
    general = [(_("all measures"), note, "", "") for note in (*contents.coverage.notes, *_limits())]
    book.table(sheet, columns, [*_of_coverage(), *_of_codings(), *general], fixed=1)


def _of_coverage() -> Iterator[Definition]:
    yield (
        "char_coverage",
        _("How much of the text the theme covers, in characters, spaces included."),
        "chars_coded ÷ chars",
        _("As MAXQDA and NVivo count; of the union of spans, so that it never passes {share}.", share="100 %"),
    )
    yield (
        "word_coverage",
        _("The same in words, without punctuation, hesitations and cut words."),
        "words_coded ÷ words",
        "",
    )
    yield "references", _("How many codings there are."), _("number of codings"), _("As NVivo's references.")
    yield (
        "distinct_spans",
        _("How many different passages are coded: two coders on one passage make two codings."),
        _("number of different spans"),
        "",
    )
    yield (
        "unit_coverage",
        _("How many sentences the theme touches; the matrix holds this measure."),
        "units_coded ÷ units",
        "",
    )
    yield "turn_coverage", _("How many turns the theme touches."), "turns_coded ÷ turns", ""
    yield (
        "case_coverage",
        _("How many cases have the theme at least once, of those that speak."),
        "cases_coded ÷ cases",
        "",
    )
    yield (
        "mean_case_word_coverage",
        _("The mean over cases of their coverage in words, so that long interviews do not dominate."),
        _("sum over cases of words_coded ÷ words, ÷ cases"),
        "",
    )
    yield (
        "affirmed, negated, hypothetical",
        _("Codings by what is said of the theme: that it is, that it is not, that it might be or should be."),
        _("number of codings"),
        "",
    )


def _of_codings() -> Iterator[Definition]:
    yield (
        "start, end",
        _("Where the passage stands in the text of its interview: characters, counted from 0, the end left out."),
        "text[start:end] = quote",
        _("The texts are in the folder texts/ of the results."),
    )
    yield "rule_ids", _("The rules of the codebook that matched; CODE-words: words that bring points."), "", ""
    yield (
        "coder",
        _("Who coded: « rules », or a person."),
        "",
        "",
    )


def _limits() -> tuple[str, ...]:
    return (
        _("A coverage measures how much is said, not how much it matters; a coded sentence counts whole."),
        _("Rules find what their authors thought of: read the verbatims before believing a figure."),
    )
