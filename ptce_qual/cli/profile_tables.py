"""A profile of cases for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.text import Text

from ptce_qual.cli.comparison_tables import labels_of
from ptce_qual.cli.fitted import fitted_table
from ptce_qual.cli.tables import print_notes
from ptce_qual.cli.terminal import console
from ptce_qual.translation import _, _n
from ptce_qual.wording import number, p_value, percent

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from ptce_qual.analysis.comparison import Labels
    from ptce_qual.codebook.model import Codebook
    from ptce_qual.result import Result

_MOST_VALUES = 10
_SIGNS = {"rho": "ρ", "rank_biserial": "r", "epsilon_squared": "ε²"}


def print_profile(profiled: Mapping[str, Result], codebook: Codebook, told: Mapping[str, Any], top: int) -> None:
    """Print figures, counts, broken down amounts, and the `top` tests of themes against attributes."""
    labels = labels_of(codebook, told)
    out = console()
    counts = profiled["counts"].table
    is_part = counts["kind"] == "part"
    for table, result in (
        (_figures(profiled["figures"], labels, out.width), profiled["figures"]),
        (_categories(profiled["counts"].title, counts[~is_part], labels, out.width), None),
        (_parts(counts[is_part], labels, told, out.width), profiled["counts"]),
        (_themes(profiled["themes"], labels, top, out.width), profiled["themes"]),
    ):
        if table.row_count:
            out.print()
            out.print(table)
        if result is not None:
            print_notes(result.notes)


def _figures(figures: Result, labels: Labels, width: int) -> Table:
    headings = [_("attribute"), "n", _("missing"), "Q1", _("median"), "Q3", _("mean"), _("published")]
    rows = []
    for row in figures.table.to_dict("records"):
        published = number(row["reference"]) if row["reference_statistic"] else ""
        if row["reference_statistic"] == "mean":
            published = _("{figure} (mean)", figure=published)
        told = [number(row[name]) for name in ("q1", "median", "q3", "mean")]
        rows.append([labels.attribute(row["attribute"]), str(row["n"]), str(row["missing"] or "·"), *told, published])
    return fitted_table(figures.title, headings, rows, width)


def _categories(title: str, counts: pd.DataFrame, labels: Labels, width: int) -> Table:
    """Return the categories, of each attribute those that most cases have."""
    rows: list[list[str]] = []
    for name, own in counts.groupby("attribute", sort=False):
        heading = labels.attribute(str(name))
        if own["cases"].max() < 2:
            told = _n("{count} value, of one case each", "{count} values, of one case each", len(own))
            rows.append([heading, told, "", ""])
            continue
        for row in own.head(_MOST_VALUES).to_dict("records"):
            value = labels.group(str(name), str(row["value"]))
            rows.append([heading, value, f"{row['cases']}/{row['n']}", percent(row["share"])])
            heading = ""
        if len(own) > _MOST_VALUES:
            left = len(own) - _MOST_VALUES
            rows.append(["", _n("{count} more value", "{count} more values", left), "", ""])
    return fitted_table(title, [_("attribute"), _("value"), _("cases"), _("share")], rows, width, words=(0, 1))


def _parts(counts: pd.DataFrame, labels: Labels, told: Mapping[str, Any], width: int) -> Table:
    headings = [_("amount"), _("sum"), _("of the whole"), _("cases above 0"), _("mean"), _("median")]
    breakdowns = told.get("breakdowns") or {}
    rows: list[list[str | Text]] = []
    for name, own in counts.groupby("attribute", sort=False):
        label = breakdowns.get(name, {}).get("label") or str(name)
        rows.append([Text(label, "bold"), Text(number(own["sum"].sum()), "bold"), "", "", "", ""])
        for row in own.to_dict("records"):
            figures = [number(row["sum"]), percent(row["sum_share"]), f"{row['cases']}/{row['n']}"]
            means = [number(row["mean"]), number(row["median"])]
            rows.append(["  " + labels.attribute(str(row["value"])), *figures, *means])
    return fitted_table(_("Amounts by their parts"), headings, rows, width)


def _themes(themes: Result, labels: Labels, top: int, width: int) -> Table:
    rows = []
    for row in themes.table.dropna(subset="p").head(top).to_dict("records"):
        attribute = labels.attribute(row["attribute"])
        value = row["value"] or row["highest"]
        if value:
            attribute += f" = {labels.group(row['attribute'], value)}"
        effect = f"{_SIGNS[row['effect_size']]} {number(row['effect'], 2)}"
        p_values = [p_value(row["p"]), p_value(row["p_adjusted"])]
        rows.append([labels.code(row["code_id"]), attribute, str(row["n"]), effect, *p_values])
    title = _("{title}: the smallest p", title=themes.title)
    headings = [_("theme"), _("attribute"), "n", _("effect"), "p", _("p adj.")]
    return fitted_table(title, headings, rows, width, words=(0, 1))
