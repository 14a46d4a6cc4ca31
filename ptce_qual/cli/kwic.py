"""`ptce-qual kwic`: each place where an expression stands, with the words around it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ptce_qual.cli.options import (
    CacheOption,
    CodebookOption,
    CorpusArgument,
    Form,
    FormOption,
    InterviewerOption,
    JobsOption,
    ModelOption,
    SeedOption,
    TopOption,
)
from ptce_qual.cli.selection import SampleOption
from ptce_qual.translation import _, _n

if TYPE_CHECKING:
    from ptce_qual.lexicometry.concordance import Lines
    from ptce_qual.workflow.kwic import Search

_SUFFIXES = (".csv", ".html")


class Sort(StrEnum):
    """The orders of a concordance."""

    TEXT = "text"
    LEFT = "left"
    RIGHT = "right"
    NODE = "node"


ExpressionArgument = Annotated[
    str,
    typer.Argument(
        metavar="EXPRESSION",
        help=_(
            "A word or an expression of the codebook's rules, in quotes: 'laisser faire', 'décloisonn*', "
            "'@collectivite financer|verser'; or a whole rule in braces: '{phrase: laisser faire, gap: 0}'."
        ),
    ),
]
WindowOption = Annotated[int, typer.Option("--window", "-w", min=0, help=_("Words on each side."))]
SortOption = Annotated[
    Sort,
    typer.Option(
        "--sort", "-s", help=_("By the place in the text, the words to the left (nearest first) or right, or the node.")
    ),
]
GroupsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="ATTRIBUTE",
        help=_("Count by case, function, role, speaker, any attribute, and keep lines together so; may be repeated."),
    ),
]
AcrossOption = Annotated[
    bool, typer.Option("--across-turns/--within-turns", help=_("Whether the context goes on beyond the turn."))
]


def _known_suffix(path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() not in _SUFFIXES:
        raise typer.BadParameter(_("{path} must end in .csv or .html", path=path.as_posix()))
    return path


FileOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE.csv|FILE.html",
        callback=_known_suffix,
        help=_("Write all lines to a table, or to a page that can be sorted, instead of showing them."),
    ),
]


def add_command(app: typer.Typer) -> None:
    """Add `kwic`."""
    app.command("kwic", help=_("Show each place where a word or an expression stands, with the words around it."))(kwic)


def kwic(
    expression: ExpressionArgument,
    corpus: CorpusArgument = None,
    window: WindowOption = 10,
    sort: SortOption = Sort.TEXT,
    by: GroupsOption = None,
    across_turns: AcrossOption = False,
    top: TopOption = 50,
    sample: SampleOption = None,
    seed: SeedOption = 0,
    form: FormOption = Form.TABLE,
    out: FileOption = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
    interviewer: InterviewerOption = None,
    jobs: JobsOption = None,
    cache: CacheOption = True,
) -> None:
    """Show a concordance."""
    from ptce_qual.cli.terminal import print_problems, progress
    from ptce_qual.lexicometry.concordance import Lines
    from ptce_qual.study import open_study
    from ptce_qual.study.writing import check_file_writable
    from ptce_qual.workflow.kwic import SearchOptions, search

    study, problems = open_study(corpus, codebook=codebook)
    print_problems(problems)
    if out is not None:
        study.check_out(out)
        check_file_writable(out)
    lines = Lines(window, sort.value, tuple(by or ()), across_turns, sample, seed)
    options = SearchOptions(model, interviewer, jobs, use_cache=cache)
    with progress(_("Searching")) as show:
        found = search(study, expression, options, by=lines.by, progress=show)
    print_problems(found.problems)
    _show(found, expression, lines, form, top, out)
    if found.failed:
        raise typer.Exit(1)


def _show(found: Search, expression: str, lines: Lines, form: Form, top: int, out: Path | None) -> None:
    from ptce_qual.cli.kwic_view import print_concordance
    from ptce_qual.cli.tables import print_result
    from ptce_qual.cli.terminal import print_problems
    from ptce_qual.lexicometry.concordance import concordance
    from ptce_qual.lexicometry.frequencies import frequencies
    from ptce_qual.workflow.kwic import doubtful_words

    told = concordance(found.coded, expression, lines)
    counted = frequencies(found.coded, lines.by)
    if not found.coded.codings:
        print_problems(doubtful_words(found), notices=True)
    if out is not None:
        _write(out, found, expression, lines, len(told.table))
    if form is not Form.TABLE:
        print_result(told, form)
    else:
        overall = frequencies(found.coded) if lines.by else counted
        print_concordance(told, counted, overall, top=0 if out is not None else top)


def _write(out: Path, found: Search, expression: str, lines: Lines, count: int) -> None:
    from ptce_qual.cli.terminal import error_console, plain
    from ptce_qual.study.writing import write_files
    from ptce_qual.workflow.kwic import files_of_kwic

    files = files_of_kwic(out.name, found, expression, lines)
    write_files(out.parent, files)
    names = ", ".join((out.parent / name).as_posix() for name in files)
    message = _n("{count} line written to {files}", "{count} lines written to {files}", count, files=names)
    error_console().print(plain(message), style="bold")
