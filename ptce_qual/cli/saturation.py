"""`ptce-qual saturation`: how many new themes each further interview brings, and when that is little enough."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from ptce_qual.cli.options import DescendantsOption, Form, FormOption, ResultsArgument, SeedOption
from ptce_qual.cli.tables import print_notes, print_result
from ptce_qual.cli.terminal import console, plain, print_problems
from ptce_qual.translation import _, _n
from ptce_qual.wording import interval, number, percent

if TYPE_CHECKING:
    import pandas as pd

    from ptce_qual.analysis.coded_corpus import CodedCorpus
    from ptce_qual.result import Result

ALL = "(all)"
_WIDE = 130
_FIRST = 5  # interviews whose new codes a row shows


class Item(StrEnum):
    """What is taken as one interview."""

    TRANSCRIPT = "transcript"
    CASE = "case"


def add_command(app: typer.Typer) -> None:
    """Add `saturation`."""
    app.command(
        "saturation",
        help=_(
            "Show how many new themes each further interview brings, and write saturation.csv and "
            "saturation_thresholds.csv."
        ),
    )(saturation)


def saturation(
    results: ResultsArgument = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="ATTRIBUTE",
            help=_("Groups to look at by themselves too: case, function, any attribute; repeat it to combine."),
        ),
    ] = None,
    item: Annotated[
        Item, typer.Option("--item", help=_("What is taken as one interview: a transcript, or all those of a case."))
    ] = Item.TRANSCRIPT,
    descendants: DescendantsOption = None,
    permutations: Annotated[
        int, typer.Option("--permutations", min=1, help=_("How many random orders of the interviews are drawn."))
    ] = 1000,
    seed: SeedOption = 0,
    form: FormOption = Form.TABLE,
) -> None:
    """Measure the saturation of codes in a results folder."""
    from ptce_qual.study import open_study
    from ptce_qual.workflow.run import analyse_results

    study, problems = open_study()
    print_problems(problems)
    asked: dict[str, Any] = {
        "by": [name for told in by or () for name in told.split(",") if name],
        "item": str(item),
        "descendants": study.settings.defaults.descendants if descendants is None else descendants,
        "permutations": permutations,
        "seed": seed,
    }
    made = analyse_results(results or study.results, "saturation", asked)
    curve, thresholds = made.made("saturation", asked)
    if form is Form.TABLE:
        print_saturation(made.coded, curve, thresholds, asked)
    else:
        print_result(curve, form)


def print_saturation(coded: CodedCorpus, curve: Result, thresholds: Result, asked: dict[str, Any]) -> None:
    """Print when saturation is reached, in all and in groups, and the interviews that bring new codes."""
    whole = curve.table[curve.table["group"] == ALL]
    out = console()
    out.print()
    out.print(_curve(whole, curve.title))
    out.print(plain(_met(coded, whole, descendants=asked["descendants"])))
    out.print()
    out.print(_thresholds(thresholds.table[thresholds.table["group"] == ALL]))
    if asked["by"]:
        out.print()
        out.print(_groups(thresholds.table, curve.table, out.width))
    print_notes(thresholds.notes)


def _curve(whole: pd.DataFrame, title: str) -> Table:
    table = _table(title)
    for heading in ("#", _("interview"), _("date")):
        table.add_column(heading, justify="right" if heading == "#" else "left", overflow="fold")
    for heading in (_("codes"), _("new"), _("in all"), _("random")):
        table.add_column(heading, justify="right", no_wrap=True)
    rows = whole.to_dict("records")
    for row in rows:
        if row["new_codes"] or row is rows[-1]:
            cells = (str(row[name]) for name in ("position", "interview", "date", "codes", "new_codes"))
            band = f"{row['cumulative_median']:g} [{row['cumulative_p5']:g}, {row['cumulative_p95']:g}]"
            table.add_row(*map(plain, cells), plain(str(row["cumulative_codes"])), band)
    return table


def _met(coded: CodedCorpus, whole: pd.DataFrame, *, descendants: bool) -> str:
    known = coded.codes(descendants=descendants)
    met = {code for ids in whole["new_code_ids"] for code in ids.split("|") if code}
    missing = [code for code in known if code not in met]
    told = _n("{met} of {count} code met.", "{met} of {count} codes met.", len(known), met=len(met))
    if missing:
        told += " " + _("In no interview: {codes}.", codes=", ".join(missing))
    quiet = int((whole["new_codes"] == 0).sum())
    if quiet:
        told += " " + _n(
            "{count} interview brings none, and is not shown unless it is the last.",
            "{count} interviews bring none, and are not shown but for the last.",
            quiet,
        )
    return told


def _thresholds(whole: pd.DataFrame) -> Table:
    table = _table(_("Saturation"))
    for heading in (_("base"), _("run")):
        table.add_column(heading, justify="right")
    levels = list(dict.fromkeys(whole["threshold"]))
    for level in levels:
        table.add_column(_level(level), justify="right", no_wrap=True)
        table.add_column(_("random"), no_wrap=True)
    for (base, run), rows in whole.groupby(["base", "run"], sort=False):
        cells = [cell for row in rows.to_dict("records") for cell in (row["saturation"] or "–", _band(row))]
        table.add_row(str(base), str(run), *map(plain, cells))
    return table


def _groups(thresholds: pd.DataFrame, curve: pd.DataFrame, width: int) -> Table:
    shown = thresholds if width >= _WIDE else thresholds[thresholds["base"] == thresholds["base"].min()]
    table = _table(_("Saturation in groups, by base and run"))
    table.add_column(_("group"), overflow="fold")
    table.add_column(_("interviews"), justify="right")
    table.add_column(_("codes"), justify="right")
    table.add_column(_("new codes"), no_wrap=True)
    keys = list(dict.fromkeys(zip(shown["base"], shown["run"], shown["threshold"], strict=True)))
    for base, run, level in keys:
        table.add_column(f"{base}, {run}\n{_level(level)}", justify="right", no_wrap=True)
    new = curve.groupby("group", sort=False)["new_codes"].agg(list)
    for group, rows in shown.groupby("group", sort=False):
        cells = [row["saturation"] or "–" for row in rows.to_dict("records")]
        added = [int(count) for count in new.get(group, [])]
        told = "+".join(map(str, added[:_FIRST])) + ("…" if len(added) > _FIRST else "")
        name = plain(str(group) or "–")
        table.add_row(name, str(len(added)), str(sum(added)), told, *map(plain, cells))
    return table


def _table(title: str) -> Table:
    return Table(title=plain(title), title_justify="left", title_style="bold", box=None, header_style="bold")


def _level(threshold: float) -> str:
    return f"≤ {percent(threshold, None)}" if threshold else percent(0, 0)


def _band(row: dict[Any, Any]) -> str:
    """Return the interviews needed in random orders, and the share of these in which it is reached, unless all."""
    share = row["random_reached_share"]
    if math.isnan(share):
        return ""
    reached = "" if share == 1 else f" {percent(share, 0)}"
    if math.isnan(row["random_median"]):
        return reached.strip()
    return f"{number(row['random_median'])} {interval(row['random_p5'], row['random_p95'])}{reached}"
