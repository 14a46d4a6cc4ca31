"""`ptce-qual export`: a results folder as a workbook, and as documents for a team."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ptce_qual.cli.options import Polarity, ResultsArgument, SeedOption, listed
from ptce_qual.cli.selection import WhereOption, conditions, drawn
from ptce_qual.translation import _

app = typer.Typer(help=_("Make a workbook or documents of results, for a team."), no_args_is_help=True)

FileOption = Annotated[
    Path | None, typer.Option("--out", "-o", help=_("The file to write; by default in the results folder."))
]


class What(StrEnum):
    """The documents."""

    CODEBOOK = "codebook"
    VERBATIMS = "verbatims"


@app.command("xlsx", help=_("Write a workbook: matrix, verbatims, coverage, codings, codebook, cases, definitions."))
def xlsx(results: ResultsArgument = None, out: FileOption = None) -> None:
    """Write the workbook."""
    from ptce_qual.cli.terminal import print_problems
    from ptce_qual.study import open_study
    from ptce_qual.workflow.export import export_workbook

    study, problems = open_study()
    print_problems(problems)
    _tell(export_workbook(results or study.results, study, out))


@app.command("docx", help=_("Write a document: the codebook, or a booklet of verbatims by theme, then case."))
def docx(
    results: ResultsArgument = None,
    what: Annotated[What, typer.Option("--what", help=_("Which document."))] = What.VERBATIMS,
    code: Annotated[
        list[str] | None,
        typer.Option(
            "--code",
            metavar="CODES",
            help=_(
                "These codes only, by id or label, with commas between them; one that groups others stands for them."
            ),
        ),
    ] = None,
    where: WhereOption = None,
    polarity: Annotated[
        list[Polarity] | None, typer.Option("--polarity", help=_("Codings of this polarity only; may be repeated."))
    ] = None,
    sample: Annotated[
        int | None, typer.Option("--sample", min=1, help=_("Draw so many of each code at random, instead of all."))
    ] = None,
    seed: SeedOption = 0,
    out: FileOption = None,
) -> None:
    """Write a document."""
    asked = conditions(where=where)
    if what is What.CODEBOOK and (code or asked or polarity or sample):
        raise typer.BadParameter(
            _("the codebook is written whole; --code, --where, --polarity and --sample choose verbatims")
        )
    from ptce_qual.analysis.verbatims import Selection
    from ptce_qual.cli.terminal import print_problems
    from ptce_qual.study import open_study
    from ptce_qual.workflow.export import export_booklet, export_codebook

    study, problems = open_study()
    print_problems(problems)
    folder = results or study.results
    if what is What.CODEBOOK:
        _tell(export_codebook(folder, study, out))
        return
    selection = Selection(listed(code), asked, [one.value for one in polarity or ()])
    _tell(export_booklet(folder, study, out, selection=selection, sample=drawn(sample, None, seed)))


def _tell(path: Path) -> None:
    from ptce_qual.cli.terminal import console, plain

    console().print(plain(_("Written: {path}", path=path.as_posix())))
