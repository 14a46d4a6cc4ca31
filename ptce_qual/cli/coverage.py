"""`ptce-qual coverage`: how much of the interviews each theme covers, from a results folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from ptce_qual.cli.options import (
    ByOption,
    DescendantsOption,
    Form,
    FormOption,
    MeasureOption,
    PolarityOption,
    ResultsArgument,
)
from ptce_qual.cli.tables import legend_columns, matrix_tables, print_notes, print_result, theme_tables
from ptce_qual.cli.terminal import console, plain, print_problems
from ptce_qual.translation import _, _n
from ptce_qual.wording import percent

if TYPE_CHECKING:
    from ptce_qual.study import Study
    from ptce_qual.workflow.analyses import Analyses


def add_command(app: typer.Typer) -> None:
    """Add `coverage`."""
    app.command(
        "coverage",
        help=_("Measure how much of the interviews each theme covers, and write coverage.csv and matrix.csv."),
    )(coverage)


def coverage(
    results: ResultsArgument = None,
    by: ByOption = None,
    measure: MeasureOption = None,
    descendants: DescendantsOption = None,
    polarity: PolarityOption = None,
    form: FormOption = Form.TABLE,
) -> None:
    """Measure coverage in a results folder."""
    from ptce_qual.study import open_study
    from ptce_qual.workflow.run import analyse_results

    study, problems = open_study()
    print_problems(problems)
    asked = coverage_options(study, by=by, measure=measure, descendants=descendants, polarity=polarity)
    made = analyse_results(results or study.results, "coverage", asked)
    print_coverage(made, asked, form)


def coverage_options(
    study: Study,
    *,
    by: list[str] | None,
    measure: str | None,
    descendants: bool | None,
    polarity: list[Any] | None,
) -> dict[str, Any]:
    """Return what is asked of the coverage, from the study's defaults where nothing is told."""
    defaults = study.settings.defaults
    return {
        "by": [name for told in (by or defaults.by) for name in told.split(",")],
        "measure": str(measure or defaults.measure),
        "descendants": defaults.descendants if descendants is None else descendants,
        "polarity": [str(one) for one in polarity or ()],
    }


def print_coverage(made: Analyses, asked: dict[str, Any], form: Form = Form.TABLE) -> None:
    """Print themes × measures, themes × groups, and what is not covered."""
    from ptce_qual.analysis.coverage import absent_codes, little_coded, uncoded_share

    coded, measure = made.coded, asked["measure"]
    covered, wide = made.made("coverage", asked)
    if form is not Form.TABLE:
        print_result(covered, form)
        return
    out = console()
    out.print()
    for table in theme_tables(covered, coded.codebook, out.width):
        out.print(table)
        out.print()
    tables, legend = matrix_tables(wide, measure, coded.codebook, out.width)
    for table in tables:
        out.print(table)
        out.print()
    if legend:
        out.print(legend_columns(legend))
        out.print()
    share = uncoded_share(coded)
    out.print(plain(_("{share} of the words are covered by no theme.", share=percent(share))))
    doubt = little_coded(share)
    if doubt:
        out.print(plain(doubt), style="bold yellow")
    absent = absent_codes(coded)
    if absent:
        told = _n(
            "{count} theme that no case has: {names}",
            "{count} themes that no case has: {names}",
            len(absent),
            names=", ".join(absent),
        )
        out.print(plain(told))
    print_notes(covered.notes)
