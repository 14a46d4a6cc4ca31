"""A comparison for a terminal: the themes that differ most, where each stands out, and what was said there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from ptce_qual.analysis.comparison import Labels, readings, standing_name
from ptce_qual.analysis.coverage import ALL
from ptce_qual.analysis.unit_names import unit_name
from ptce_qual.cli.fitted import fitted_table
from ptce_qual.cli.tables import print_notes
from ptce_qual.cli.terminal import console, plain
from ptce_qual.translation import _, _n
from ptce_qual.wording import number, p_value, percent

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from ptce_qual.analysis.comparison import Comparison
    from ptce_qual.codebook.model import Codebook

_WIDE = 116
_SHORTEST_LABEL = 24


def labels_of(codebook: Codebook, told: Mapping[str, Any]) -> Labels:
    """Return what codes, attributes and values are called, from the codebook and the study's settings."""
    return Labels(
        codes={code.id: code.label for code in codebook.codes},
        attributes={"case": _("case"), **(told.get("attributes") or {})},
        values=told.get("values") or {},
    )


def print_comparison(compared: Comparison, codebook: Codebook, told: Mapping[str, Any], top: int) -> None:
    """Print the `top` themes that differ most, and as many cells that stand out."""
    out = console()
    labels = labels_of(codebook, told)
    codes = compared.codes.table
    out.print()
    if len(codes):
        order = codes[codes["code_id"] != ALL].sort_values(["p", "permutation_p"], kind="stable")
        shown = order.head(top)
        out.print(_code_table(compared, shown, labels, out.width))
        _print_more(len(order) - len(shown))
        cells = _cell_table(compared, shown["code_id"].tolist(), labels, out.width)
        if cells is not None:
            out.print()
            out.print(cells)
            out.print(plain(_("+ or -: more or less than chance (adjusted p); ++ or --: the permutation upholds it.")),
                      style="dim")  # fmt: skip
        _print_readings(compared, labels, top)
    out.print()
    print_notes([*compared.codes.notes, *(compared.verbatims.notes if len(compared.verbatims.table) else ())])


def _code_table(compared: Comparison, shown: pd.DataFrame, labels: Labels, width: int) -> Table:
    wide = width >= _WIDE
    headings = [
        _("theme"),
        _("most where"),
        _("share"),
        "χ²",
        "df",
        "V",
        "p",
        _("p adj."),
        _("perm. p"),
        _("perm. adj."),
    ]
    kept = [True, True, True, True, wide, True, wide, True, True, wide]
    rows = [
        [
            labels.code(row["code_id"]), labels.group(compared.by, row["highest_group"]), percent(row["share"]),
            number(row["chi2"], 1), str(row["df"]), number(row["cramers_v"], 2), p_value(row["p"]),
            p_value(row["p_adjusted"]), p_value(row["permutation_p"]), p_value(row["permutation_p_adjusted"]),
        ]
        for row in shown.to_dict("records")
    ]  # fmt: skip
    title = _("Themes by « {attribute} »: those that differ most", attribute=labels.attribute(compared.by))
    return fitted_table(title, _only(headings, kept), [_only(row, kept) for row in rows], width, words=(0, 1))


def _only(cells: Sequence[str], kept: Sequence[bool]) -> list[str]:
    return [cell for cell, is_kept in zip(cells, kept, strict=True) if is_kept]


def _cell_table(compared: Comparison, codes: Sequence[str], labels: Labels, width: int) -> Table | None:
    """Return codes × groups with what stands out; None where the groups are too many for the width."""
    cells = compared.cells.table
    groups = list(dict.fromkeys(cells["group"]))
    names = [labels.group(compared.by, group) for group in groups]
    if sum(max(len(name), 7) + 2 for name in names) + _SHORTEST_LABEL > width:
        return None
    rows: list[list[str | Text]] = [
        [labels.code(code_id), *(_cell(cell) for cell in cells[cells["code_id"] == code_id].to_dict("records"))]
        for code_id in codes
    ]
    title = _("Share of the {units} of each group, %", units=unit_name(compared.unit))
    return fitted_table(title, [_("theme"), *names], rows, width)


def _cell(cell: Mapping[Any, Any]) -> Text:
    sign = "+" if cell["residual"] > 0 else "-"
    mark = "" if not cell["marked"] else sign * 2 if cell["upheld"] else sign
    return Text(f"{number(100 * cell['share'], 1)} {mark:<2}", style="bold" if cell["upheld"] and mark else "")


def _print_readings(compared: Comparison, labels: Labels, top: int) -> None:
    out = console()
    verbatims = compared.verbatims.table
    found = list(readings(compared, labels))
    out.print()
    if not found:
        out.print(plain(_("No cell stands out: no adjusted p of a residual is at most 0.05.")), style="bold")
    for standing, of_standing in groupby(found[:top], key=lambda one: one.standing):
        out.print(plain(standing_name(compared, standing)), style="bold")
        for one in of_standing:
            out.print(plain(one.sentence))
            own = verbatims[(verbatims["code_id"] == one.code_id) & (verbatims["group"] == one.group)]
            for quote in own.to_dict("records"):
                spoken = " ".join(str(quote["quote"]).split())
                told = plain(f"« {spoken} » ({quote['transcript_id']}:{quote['start']})")
                out.print(Padding(told, (0, 0, 0, 4)), style="dim")
    _print_more(len(found) - top)


def _print_more(count: int) -> None:
    if count > 0:
        told = _n("{count} more: see --top, or the files.", "{count} more: see --top, or the files.", count)
        console().print(plain(f"  {told}"), style="dim")
