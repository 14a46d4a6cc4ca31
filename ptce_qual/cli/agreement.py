"""`ptce-qual agreement`: how far coders agree, by theme, and where they do not."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ptce_qual.cli.agreement_view import print_agreement, print_disagreements
from ptce_qual.cli.options import (
    DescendantsOption,
    Form,
    FormOption,
    LevelOption,
    SamplesOption,
    SeedOption,
)
from ptce_qual.cli.tables import print_result
from ptce_qual.cli.terminal import console, plain, print_problems
from ptce_qual.translation import _


class JudgedUnit(StrEnum):
    """What coders judge."""

    SENTENCE = "sentence"
    TURN = "turn"
    CHARACTER = "character"


class Cluster(StrEnum):
    """What intervals draw."""

    UNIT = "unit"
    TRANSCRIPT = "transcript"


class Measure(StrEnum):
    """The measures of agreement."""

    PERCENT = "percent_agreement"
    COHEN = "cohen_kappa"
    SCOTT = "scott_pi"
    FLEISS = "fleiss_kappa"
    BRENNAN = "brennan_prediger"
    GWET = "gwet_ac1"
    ALPHA = "krippendorff_alpha"
    UNITIZING = "unitizing_alpha"
    CODING = "coding_alpha"


CodersArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="CODERS...",
        help=_(
            "Files of coders (CSV with transcript_id, start, end, code_id, and polarity and coder where told; or "
            "codings.jsonl) and folders of results, which stand for the rules."
        ),
        show_default=False,
    ),
]
ResultsOption = Annotated[
    Path | None,
    typer.Option("--results", "-r", help=_("The results whose sentences are judged; by default the study's.")),
]


def add_command(app: typer.Typer) -> None:
    """Add `agreement`."""
    app.command(
        "agreement",
        help=_(
            "Measure how far coders agree on each theme, list where they do not, and write agreement.csv and "
            "agreement_disagreements.csv."
        ),
    )(agreement)


def agreement(
    coders: CodersArgument,
    results: ResultsOption = None,
    unit: Annotated[JudgedUnit, typer.Option("--unit", help=_("What is judged."))] = JudgedUnit.SENTENCE,
    codes: Annotated[
        list[str] | None,
        typer.Option(
            "--codes",
            metavar="CODES",
            help=_("Show these codes only, by id, with commas between them; the files hold all."),
        ),
    ] = None,
    descendants: DescendantsOption = None,
    polarity: Annotated[
        bool, typer.Option("--polarity", help=_("Measure agreement on polarity too, where both coded."))
    ] = False,
    pairwise: Annotated[bool, typer.Option("--pairwise", help=_("Measure each pair of coders too."))] = False,
    disagreements: Annotated[
        int | None,
        typer.Option("--disagreements", min=1, metavar="N", help=_("Show the first N disagreements of each code.")),
    ] = None,
    measure: Annotated[
        Measure, typer.Option("--measure", help=_("The measure of --top and of the table of pairs."))
    ] = Measure.ALPHA,
    top: Annotated[
        int | None, typer.Option("--top", min=1, metavar="N", help=_("Show the N codes least agreed on only."))
    ] = None,
    cluster: Annotated[
        Cluster | None,
        typer.Option("--cluster", help=_("What intervals draw; by default units, and transcripts for characters.")),
    ] = None,
    samples: SamplesOption = 1000,
    level: LevelOption = 0.95,
    seed: SeedOption = 0,
    form: FormOption = Form.TABLE,
) -> None:
    """Measure agreement between coders."""
    from ptce_qual.study import open_study
    from ptce_qual.workflow.agreement import compare_coders, judged_results, only_codes

    study, problems = open_study()
    print_problems(problems)
    folder = judged_results(results, coders, study.results)
    asked = {
        "unit": str(unit),
        "cluster": None if cluster is None else str(cluster),
        "descendants": bool(descendants),
        "polarity": polarity,
        "pairwise": pairwise,
        "samples": samples,
        "level": level,
        "seed": seed,
    }
    compared = compare_coders(coders, folder, asked)
    print_problems(compared.problems)
    compared = only_codes(compared, [name for told in codes or () for name in told.split(",") if name])
    if form is not Form.TABLE:
        print_result(compared.tables["agreement" if disagreements is None else "agreement_disagreements"], form)
        return
    if disagreements is None:
        print_agreement(compared, str(measure), top)
    else:
        print_disagreements(compared, disagreements)
    written = ", ".join(f"{name}.csv" for name in compared.tables)
    console().print(
        plain(_("Written to {folder}: {files}", folder=f"{folder.as_posix()}/", files=written)), style="bold"
    )
