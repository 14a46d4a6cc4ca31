"""`ptce-qual compare`: which groups of speech say more of which theme, from a results folder."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ptce_qual.cli.options import (
    ByOption,
    CodesOption,
    Correction,
    CorrectionOption,
    CountedUnitOption,
    DescendantsOption,
    Form,
    FormOption,
    PermutationsOption,
    PolarityOption,
    ResultsArgument,
    SeedOption,
    TopOption,
    Unit,
    listed,
)
from ptce_qual.translation import _

if TYPE_CHECKING:
    from ptce_qual.analysis.comparison import Comparison
    from ptce_qual.result import Result


class ComparisonTable(StrEnum):
    """The tables of a comparison."""

    CODES = "codes"
    CELLS = "cells"
    VERBATIMS = "verbatims"


def add_command(app: typer.Typer) -> None:
    """Add `compare`."""
    app.command(
        "compare",
        help=_("Compare themes across groups, with tests and verbatims, and write comparison.csv and its cells."),
    )(compare)


def compare(
    results: ResultsArgument = None,
    by: ByOption = None,
    unit: CountedUnitOption = Unit.SENTENCE,
    codes: CodesOption = None,
    descendants: DescendantsOption = None,
    polarity: PolarityOption = None,
    correction: CorrectionOption = Correction.HOLM,
    permutations: PermutationsOption = 9_999,
    seed: SeedOption = 0,
    top: TopOption = 10,
    verbatims: Annotated[
        int, typer.Option("--verbatims", min=0, help=_("How many verbatims of each cell that stands out."))
    ] = 3,
    table: Annotated[
        ComparisonTable, typer.Option("--table", help=_("Which table `--format` csv and json print."))
    ] = ComparisonTable.CODES,
    form: FormOption = Form.TABLE,
) -> None:
    """Compare themes across groups."""
    from ptce_qual.cli.comparison_tables import print_comparison
    from ptce_qual.cli.tables import print_result
    from ptce_qual.cli.terminal import print_problems
    from ptce_qual.study import open_study
    from ptce_qual.study.results import read_results
    from ptce_qual.workflow.analyses import files_of_comparison
    from ptce_qual.workflow.asked import asked_comparison
    from ptce_qual.workflow.run import add_analysis
    from ptce_qual.workflow.study_of_results import study_of_results

    study, problems = open_study()
    print_problems(problems)
    folder = results or study.results
    coded = read_results(folder)
    told = study_of_results(folder, study)
    asked: dict[str, Any] = {
        "by": listed(by) or list(study.settings.defaults.by),
        "unit": str(unit),
        "codes": listed(codes),
        "descendants": study.settings.defaults.descendants if descendants is None else descendants,
        "polarity": [str(one) for one in polarity or ()],
        "correction": str(correction),
        "permutations": permutations,
        "seed": seed,
        "verbatims": verbatims,
    }
    compared = asked_comparison(coded, asked)
    add_analysis(folder, "compare", asked, files_of_comparison(compared))
    if form is Form.TABLE:
        print_comparison(compared, coded.codebook, told, top)
    else:
        print_result(_table(compared, table), form)


def _table(compared: Comparison, table: ComparisonTable) -> Result:
    tables = {
        ComparisonTable.CODES: compared.codes,
        ComparisonTable.CELLS: compared.cells,
        ComparisonTable.VERBATIMS: compared.verbatims,
    }
    return tables[table]
