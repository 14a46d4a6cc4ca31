"""`ptce-qual cooccurrence`: which themes stand together, from a results folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from ptce_qual.cli.options import (
    CodesOption,
    CountedUnitOption,
    DescendantsOption,
    Form,
    FormOption,
    PolarityOption,
    ResultsArgument,
    TopOption,
    Unit,
    listed,
)
from ptce_qual.translation import _

if TYPE_CHECKING:
    from rich.table import Table

    from ptce_qual.codebook.model import Codebook
    from ptce_qual.result import Result

_WIDE = 100


def add_command(app: typer.Typer) -> None:
    """Add `cooccurrence`."""
    app.command(
        "cooccurrence",
        help=_("Count which themes stand together, and write cooccurrence.csv and cooccurrence.graphml for Gephi."),
    )(cooccurrence)


def cooccurrence(
    results: ResultsArgument = None,
    unit: CountedUnitOption = Unit.SENTENCE,
    codes: CodesOption = None,
    descendants: DescendantsOption = None,
    polarity: PolarityOption = None,
    top: TopOption = 20,
    form: FormOption = Form.TABLE,
) -> None:
    """Count which themes stand together."""
    from ptce_qual.cli.tables import print_notes, print_result
    from ptce_qual.cli.terminal import console, plain, print_problems
    from ptce_qual.study import open_study
    from ptce_qual.study.results import read_results
    from ptce_qual.workflow.analyses import files_of_cooccurrence
    from ptce_qual.workflow.asked import asked_cooccurrence
    from ptce_qual.workflow.run import add_analysis

    study, problems = open_study()
    print_problems(problems)
    folder = results or study.results
    coded = read_results(folder)
    asked: dict[str, Any] = {
        "unit": str(unit),
        "codes": listed(codes),
        "descendants": study.settings.defaults.descendants if descendants is None else descendants,
        "polarity": [str(one) for one in polarity or ()],
    }
    pairs, counts = asked_cooccurrence(coded, asked)
    add_analysis(folder, "cooccurrence", asked, files_of_cooccurrence(pairs, counts))
    if form is not Form.TABLE:
        print_result(pairs, form)
        return
    out = console()
    out.print()
    out.print(_pair_table(pairs, coded.codebook, top, out.width))
    together = int((pairs.table["n12"] > 0).sum())
    told = _("{count} of {pairs} pairs stand together at least once.", count=together, pairs=len(pairs.table))
    out.print(plain(told))
    print_notes(pairs.notes)


def _pair_table(pairs: Result, codebook: Codebook, top: int, width: int) -> Table:
    from ptce_qual.cli.fitted import fitted_table
    from ptce_qual.wording import number

    labels = {code.id: code.label for code in codebook.codes}
    wide = width >= _WIDE
    headings = [_("theme"), _("with"), "n1", "n2", "n12", _("expected"), "Jaccard", _("odds ratio"), "95 %"]
    kept = [True, True, wide, wide, True, True, True, True, wide]
    rows = []
    for row in pairs.table.head(top).to_dict("records"):
        ratio = number(row["odds_ratio"]) + ("*" if row["corrected"] else "")
        bounds = [number(row["odds_ratio_low"]), number(row["odds_ratio_high"])]
        cells = [
            labels.get(row["source"], row["source"]), labels.get(row["target"], row["target"]), str(row["n1"]),
            str(row["n2"]), str(row["n12"]), number(row["expected"], 1), number(row["jaccard"], 3), ratio,
            " – ".join(dict.fromkeys(bounds)),
        ]  # fmt: skip
        rows.append([cell for cell, is_kept in zip(cells, kept, strict=True) if is_kept])
    told = [heading for heading, is_kept in zip(headings, kept, strict=True) if is_kept]
    return fitted_table(pairs.title, told, rows, width, words=(0, 1))
