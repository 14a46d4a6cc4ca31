"""`ptce-qual report`: the dossier, one offline page that leads from each figure to its verbatims."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ptce_qual.cli.options import ResultsArgument
from ptce_qual.translation import LANGUAGES, _

_MEGABYTE = 1_000_000


class FigureForm(StrEnum):
    """The forms of figures."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


def _known_language(language: str | None) -> str | None:
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(_("« {language} » is none of {known}", language=language, known=", ".join(LANGUAGES)))
    return language


ReportLanguageOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        callback=_known_language,
        metavar="|".join(LANGUAGES),
        help=_("The language of the page; by default the codebook's."),
    ),
]


def add_command(app: typer.Typer) -> None:
    """Add `report`."""
    app.command(
        "report",
        help=_(
            "Make the dossier: report.html, one page that opens anywhere and leads from each figure to its verbatims, "
            "and the figures of a paper in figures/."
        ),
    )(report)


def report(
    context: typer.Context,
    results: ResultsArgument = None,
    language: ReportLanguageOption = None,
    figures: Annotated[
        list[FigureForm] | None,
        typer.Option("--figures", help=_("The forms of the figures; may be repeated. By default svg and png.")),
    ] = None,
) -> None:
    """Make the dossier of a results folder."""
    from ptce_qual.cli.terminal import print_problems
    from ptce_qual.study import open_study
    from ptce_qual.workflow.dossier import FORMS, write_report

    study, problems = open_study()
    print_problems(problems)
    folder = results or study.results
    forms = [str(one) for one in figures] if figures else FORMS
    files = write_report(folder, study, page_language(context, language), forms)
    print_written(folder, len(files["report.html"]))


def page_language(context: typer.Context, told: str | None) -> str | None:
    """Return the language of a page: that asked for by `--lang`, before the command or after it."""
    root = context.find_root()
    if told is None and str(getattr(root.get_parameter_source("language"), "name", "")) == "COMMANDLINE":
        return str(root.params["language"])
    return told


def print_written(folder: Path, size: int) -> None:
    """Say where the dossier is."""
    from ptce_qual.cli.terminal import console, plain
    from ptce_qual.wording import number

    told = _(
        "Dossier: {path} ({size} MB), figures in {figures}",
        path=f"{folder.as_posix()}/report.html",
        size=number(size / _MEGABYTE, 1),
        figures=f"{folder.as_posix()}/figures/",
    )
    console().print(plain(told), style="bold")
