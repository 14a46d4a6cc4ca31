"""`ptce-qual profile`: the cases in figures beside published ones, and themes by their attributes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from ptce_qual.cli.options import (
    AttributesOption,
    CaseMeasure,
    CaseMeasureOption,
    CodesOption,
    Correction,
    CorrectionOption,
    DescendantsOption,
    Form,
    FormOption,
    PermutationsOption,
    ResultsArgument,
    SeedOption,
    TopOption,
    listed,
)
from ptce_qual.translation import _


class ProfileTable(StrEnum):
    """The tables of a profile."""

    FIGURES = "figures"
    COUNTS = "counts"
    THEMES = "themes"


def add_command(app: typer.Typer) -> None:
    """Add `profile`."""
    app.command(
        "profile",
        help=_("Set the cases' figures beside published ones, and themes against attributes; write profile.csv."),
    )(profile)


def profile(
    results: ResultsArgument = None,
    attributes: AttributesOption = None,
    codes: CodesOption = None,
    measure: CaseMeasureOption = CaseMeasure.WORD,
    descendants: DescendantsOption = None,
    correction: CorrectionOption = Correction.HOLM,
    permutations: PermutationsOption = 99_999,
    seed: SeedOption = 0,
    top: TopOption = 15,
    table: Annotated[
        ProfileTable, typer.Option("--table", help=_("Which table `--format` csv and json print."))
    ] = ProfileTable.FIGURES,
    form: FormOption = Form.TABLE,
) -> None:
    """Make the profile of the cases."""
    from ptce_qual.cli.profile_tables import print_profile
    from ptce_qual.cli.tables import print_result
    from ptce_qual.cli.terminal import print_problems
    from ptce_qual.study import open_study
    from ptce_qual.study.results import read_results
    from ptce_qual.workflow.analyses import files_of_profile
    from ptce_qual.workflow.asked import asked_profile
    from ptce_qual.workflow.run import add_analysis
    from ptce_qual.workflow.study_of_results import study_of_results

    study, problems = open_study()
    print_problems(problems)
    folder = results or study.results
    coded = read_results(folder)
    told = study_of_results(folder, study)
    asked: dict[str, Any] = {
        "attributes": listed(attributes),
        "codes": listed(codes),
        "measure": str(measure),
        "descendants": study.settings.defaults.descendants if descendants is None else descendants,
        "correction": str(correction),
        "permutations": permutations,
        "seed": seed,
        "reference": told.get("reference"),
        "breakdowns": told.get("breakdowns") or {},
    }
    profiled = asked_profile(coded, asked)
    add_analysis(folder, "profile", asked, files_of_profile(profiled))
    if form is Form.TABLE:
        print_profile(profiled, coded.codebook, told, top)
    else:
        print_result(profiled[table], form)
