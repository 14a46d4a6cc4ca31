"""The sheets of a workbook, in the order in which they are read."""

from __future__ import annotations

from ptce_qual.analysis.verbatims import verbatims
from ptce_qual.errors import InputError
from ptce_qual.model import Problem
from ptce_qual.report.contents import Contents
from ptce_qual.report.workbook.book import COLUMNS, ROWS, Book
from ptce_qual.report.workbook.definitions import add_definitions
from ptce_qual.report.workbook.matrix import add_matrix
from ptce_qual.report.workbook.read_me import add_read_me
from ptce_qual.report.workbook.sheets import add_cases, add_codebook, add_codings, add_coverage
from ptce_qual.report.workbook.verbatims import add_verbatims, first_rows
from ptce_qual.translation import _


def render_workbook(contents: Contents) -> bytes:
    """Return a workbook (.xlsx): the same bytes for the same contents.

    Raises:
        InputError: there is more than a sheet can hold.
    """
    check_fits(contents)
    quoted = verbatims(contents.coded)
    book = Book(contents.title)
    sheets = {name: book.sheet(told) for name, (told, _what) in sheets_told().items()}
    add_read_me(book, sheets, contents, sheets_told())
    add_matrix(book, sheets["matrix"], contents, sheets["verbatims"], first_rows(quoted))
    add_verbatims(book, sheets["verbatims"], contents, quoted)
    add_coverage(book, sheets["coverage"], contents)
    add_codings(book, sheets["codings"], contents)
    add_codebook(book, sheets["codebook"], contents)
    add_cases(book, sheets["cases"], contents)
    add_definitions(book, sheets["definitions"], contents)
    return book.close()


def check_fits(contents: Contents) -> None:
    """See that the sheets can hold what is to be written.

    Raises:
        InputError: they can't.
    """
    sizes = (
        (_("codings"), len(contents.coded.codings), ROWS - 1),
        (_("rows of coverage"), len(contents.coverage.table), ROWS - 1),
        (_("cases"), len(contents.coded.corpus.cases), COLUMNS - 4),
    )
    for what, count, most in sizes:
        if count > most:
            message = _("{count} {what}: a sheet holds {most} at the most", count=count, what=what, most=most)
            remedy = _("Use the CSV files of the results, which have no such limit.")
            raise InputError(message, (Problem("error", "codings.xlsx", None, message, remedy),))


def sheets_told() -> dict[str, tuple[str, str]]:
    """Return the sheets: what each is called, and what it holds."""
    return {
        "read_me": (_("Read me"), _("This page.")),
        "matrix": (
            _("Matrix"),
            _(
                "Themes × cases: the share of the sentences of each case that a theme touches. A theme that groups "
                "others takes in theirs. A click on a figure leads to its first verbatim."
            ),
        ),
        "verbatims": (
            _("Verbatims"),
            _("What was said, by theme, then case; the words that rules found are in bold, with some words around."),
        ),
        "coverage": (_("Coverage"), _("All measures of each theme, over all and by case, with what they are made of.")),
        "codings": (_("Codings"), _("One row a coding, as in codings.csv.")),
        "codebook": (_("Codebook"), _("The themes with their definitions, and how many rules and codings each has.")),
        "cases": (_("Cases"), _("What is known of each case.")),
        "definitions": (_("Definitions"), _("What each measure is, how it is computed, and its limits.")),
    }
