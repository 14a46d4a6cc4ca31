"""How agreement is shown: a row a theme, pairs of coders side by side, disagreements one below the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from rich.text import Text

from ptce_qual.cli.tables import code_table, print_notes
from ptce_qual.cli.terminal import console, plain
from ptce_qual.translation import _, _n
from ptce_qual.wording import interval, number

if TYPE_CHECKING:
    import pandas as pd

    from ptce_qual.workflow.agreement import ComparedCoders

_WIDE = 108
_POOLED = ("(all)", "(mean)")


def print_agreement(compared: ComparedCoders, measure: str, top: int | None) -> None:
    """Print agreement by theme, then of pairs and of polarity where they were asked for, and what must be known.

    Args:
        measure: that of the table of pairs, and by which the least agreed on are chosen.
        top: how many of the themes least agreed on to show; all for None.
    """
    out = console()
    result = compared.tables["agreement"]
    shown = _least(result.table, measure, top)
    out.print()
    out.print(_table(compared, shown, result.title, out.width))
    if "agreement_pairs" in compared.tables:
        out.print()
        _print_pairs(compared, measure, list(shown["code_id"]))
    if "agreement_polarity" in compared.tables:
        polarity = compared.tables["agreement_polarity"]
        out.print()
        kept = polarity.table[polarity.table["code_id"].isin(shown["code_id"])]
        out.print(_polarity_table(compared, kept, polarity.title, out.width))
    for line in _undefined(result.table):
        out.print(plain(line))
    legend = _("coded: units that all who read them coded / that any coded; interval: of α.")
    if len(compared.coders) > 2:
        legend += " " + _("κ of more than two coders is Fleiss'.")
    out.print(plain("  " + legend), style="dim")
    print_notes(result.notes)
    told = _n(
        "{count} disagreement: `--disagreements 5 --codes CODE` shows the first ones of a theme.",
        "{count} disagreements: `--disagreements 5 --codes CODE` shows the first ones of a theme.",
        len(compared.tables["agreement_disagreements"].table),
    )
    out.print(plain(told))


def print_disagreements(compared: ComparedCoders, count: int) -> None:
    """Print the first disagreements of each code, with their text, who coded and who did not."""
    out = console()
    table = compared.tables["agreement_disagreements"].table
    if not len(table):
        out.print(plain(_("The coders agree everywhere.")))
    for code_id, rows in table.groupby("code_id", sort=False):
        out.print()
        heading = _n("{count} disagreement", "{count} disagreements", len(rows))
        out.print(Text.assemble((str(code_id), "bold"), ": ", heading))
        for row in rows.head(count).to_dict("records"):
            _print_disagreement(row)
    print_notes(compared.tables["agreement_disagreements"].notes)


def _print_disagreement(row: dict[Any, Any]) -> None:
    out = console()
    place = f"{row['transcript_id']}:{row['start']}-{row['end']}"
    out.print(Text("  ").append_text(plain(f"{place}  {row['speaker']}")), style="dim")
    out.print(Text("  ").append_text(plain(_("« {text} »", text=" ".join(str(row["text"]).split())))))
    polarities = dict(one.rsplit("=", 1) for one in str(row["polarities"]).split("|") if one)
    line = Text("  ")
    for coder in str(row["coded_by"]).split("|"):
        line.append("+ ", "green").append_text(plain(coder)).append(f" {polarities.get(coder, '')}   ", "dim")
    for coder in filter(None, str(row["not_coded_by"]).split("|")):
        line.append("− ", "red").append_text(plain(coder)).append("   ")
    out.print(line)
    if row["rule_ids"]:
        out.print(plain("  " + _("rules: {rules}", rules=str(row["rule_ids"]).replace("|", ", "))), style="dim")


def _least(table: pd.DataFrame, measure: str, top: int | None) -> pd.DataFrame:
    """Return the rows of all codes together and of the codes least agreed on, in the table's order."""
    if top is None:
        return table
    codes = table[~table["code_id"].isin(_POOLED)]
    least = codes.sort_values(measure, kind="stable", na_position="last").head(top)
    return table[table["code_id"].isin([*_POOLED, *least["code_id"]])]


def _table(compared: ComparedCoders, table: pd.DataFrame, title: str, width: int) -> Any:
    kappa = "cohen_kappa" if len(compared.coders) == 2 else "fleiss_kappa"
    columns = {_("coded"): _coded, "%": "percent_agreement", "κ": kappa, "AC1": "gwet_ac1"}
    if width >= _WIDE:
        columns |= {"π": "scott_pi"} if len(compared.coders) == 2 else {}
        columns |= {"BP": "brennan_prediger"}
    columns |= {"α": "krippendorff_alpha", _("interval"): "krippendorff_alpha_low"}
    if width >= _WIDE:
        columns |= {"uα": "unitizing_alpha", _("prev."): "prevalence_index", _("bias"): "bias_index"}
    rows = {_name(row["code_id"]): [_cell(row, source) for source in columns.values()] for row in _records(table)}
    return code_table(title, list(columns), rows, compared.codebook, width)


def _polarity_table(compared: ComparedCoders, table: pd.DataFrame, title: str, width: int) -> Any:
    columns = {
        _("units"): "units", "%": "percent_agreement", "AC1": "gwet_ac1", "α": "krippendorff_alpha",
        _("interval"): "krippendorff_alpha_low", "cuα": "coding_alpha",
    }  # fmt: skip
    rows = {_name(row["code_id"]): [_cell(row, source) for source in columns.values()] for row in _records(table)}
    return code_table(title, list(columns), rows, compared.codebook, width)


def _print_pairs(compared: ComparedCoders, measure: str, codes: Sequence[str]) -> None:
    out = console()
    result = compared.tables["agreement_pairs"]
    pairs = list(combinations(compared.coders, 2))
    number = {coder: place for place, coder in enumerate(compared.coders, start=1)}
    values = {(row["code_id"], row["coder_1"], row["coder_2"]): _cell(row, measure) for row in _records(result.table)}
    headings = [f"{number[first]}×{number[second]}" for first, second in pairs]
    rows = {_name(code): [values[code, *pair] for pair in pairs] for code in codes}
    out.print(code_table(f"{result.title}: {measure}", headings, rows, compared.codebook, out.width))
    out.print(plain("  ".join(f"{place} {coder}" for coder, place in number.items())), style="dim")


def _undefined(table: pd.DataFrame) -> list[str]:
    """Say of which codes chance-corrected agreement is undefined."""
    codes = [row["code_id"] for row in _records(table) if "krippendorff_alpha=one_category" in row["undefined"]]
    if not codes:
        return []
    return [
        _(
            "Undefined, all judgements being of one category: {codes}",
            codes=", ".join(_name(code) for code in codes),
        )
    ]


def _records(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.to_dict("records")


def _name(code_id: str) -> str:
    return {"(all)": _("all codes pooled"), "(mean)": _("mean of the codes")}.get(code_id, code_id)


def _coded(row: dict[Any, Any]) -> str:
    return "" if row["code_id"] == "(mean)" else f"{row['coded_all']}/{row['coded_any']}"


def _cell(row: dict[Any, Any], source: Any) -> Text:
    if callable(source):
        return Text(source(row))
    value = row[source]
    if source == "units":
        return Text("" if row["code_id"] == "(mean)" else str(value))
    if math.isnan(value):
        is_measured = row["code_id"] != "(mean)" or not source.endswith(("_low", "_index"))
        return Text("–" if is_measured else "", style="dim")
    if source.endswith("_low"):
        return Text(interval(value, row[source.removesuffix("_low") + "_high"], 2))
    return Text(number(100 * value, 1) if source == "percent_agreement" else number(value, 2))
