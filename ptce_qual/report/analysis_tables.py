"""The tables of the analyses as the dossier shows them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pandas as pd

from ptce_qual.analysis.comparison import Comparison, readings, standing_name
from ptce_qual.analysis.coverage import ALL
from ptce_qual.analysis.unit_names import unit_name
from ptce_qual.report.contents import Contents
from ptce_qual.report.places import Places
from ptce_qual.report.tables import Cell, Column, Row, Table, table_of
from ptce_qual.result import Result
from ptce_qual.translation import _
from ptce_qual.wording import NOTHING, count, interval, number, p_value, percent

_MOST_PAIRS, _MOST_THEMES, _MOST_READINGS, _MOST_DISAGREEMENTS, _MOST_INTERVIEWS = 25, 20, 12, 30, 60
_MEAN = "(mean)"
_PERCENT = "percent_agreement"
_MEASURES = {
    _PERCENT: "%",
    "krippendorff_alpha": "α",
    "gwet_ac1": "AC1",
    "cohen_kappa": "κ",
    "fleiss_kappa": "κ (Fleiss)",
    "unitizing_alpha": "uα",
    "coding_alpha": "cuα",
}


class AnalysisTables:
    """The tables, for one page."""

    def __init__(self, contents: Contents, places: Places, page: str) -> None:
        self.contents, self.places, self.page = contents, places, page

    def comparison(self, compared: Comparison) -> Table:
        """Return the themes with their tests, those that differ most first."""
        table = compared.codes.table
        rows: list[dict[Any, Any]] = table[table["code_id"] != ALL].sort_values(
            ["permutation_p", "p"], kind="stable"
        ).to_dict("records")  # fmt: skip
        columns = (
            self._theme(),
            _figure(_("share"), "share", percent, unit_name(compared.unit)),
            Column(_("most where"), lambda row: self._group(compared, row), numeric=False),
            _figure(_("there"), "highest_share", percent),
            _figure("χ²", "chi2", lambda value: number(value, 1)),
            _figure(_("df"), "df", count, _("degrees of freedom")),
            _figure("V", "cramers_v", lambda value: number(value, 2), _("Cramér's V")),
            _figure("p", "p", p_value),
            _figure(_("p adj."), "p_adjusted", p_value, _("p adjusted for all themes")),
            _figure(_("perm. p"), "permutation_p", p_value, _("p by permutation")),
            _figure(_("perm. adj."), "permutation_p_adjusted", p_value, _("p by permutation, adjusted")),
        )
        return table_of(compared.codes, columns, rows=rows)

    def residuals(self, compared: Comparison) -> Table:
        """Return the adjusted residual of each theme in each group; * where it is marked, ** where it is upheld."""
        cells = compared.cells.table
        groups = list(dict.fromkeys(cells["group"]))
        rows = [
            {"code_id": code_id, **{one["group"]: one for one in of_code.to_dict("records")}}
            for code_id, of_code in cells.groupby("code_id", sort=False)
        ]
        columns = [self._theme()]
        columns += [
            Column(self.contents.labels.group(compared.by, group), lambda row, group=group: _residual(row.get(group)))  # type: ignore[misc]
            for group in groups
        ]
        title = _("Adjusted residuals; *: p ≤ 0.05 after adjustment, **: upheld by the permutation too")
        return table_of(compared.cells, columns, rows=rows, caption=title)

    def readings(self, compared: Comparison) -> dict[str, list[tuple[str, str]]]:
        """Return what stands out as sentences, each with a link to its verbatims, under how far it is upheld."""
        told: dict[str, list[tuple[str, str]]] = {}
        for one in islice(readings(compared, self.contents.labels), _MOST_READINGS):
            href = self.places.verbatims(one.code_id, self.page, one.group) if compared.by == "case" else ""
            href = href or self.places.verbatims(one.code_id, self.page)
            told.setdefault(standing_name(compared, one.standing), []).append((one.sentence, href))
        return told

    def cooccurrence(self, pairs: Result) -> Table:
        """Return the pairs of themes that stand together most."""
        table = pairs.table
        rows = table[table["n12"] > 0].to_dict("records")
        columns = (
            self._theme("source"),
            self._theme("target", _("with")),
            _figure("n₁", "n1", count),
            _figure("n₂", "n2", count),
            _figure("n₁₂", "n12", count, _("both")),
            _figure(_("expected"), "expected", lambda value: number(value, 1)),
            _figure("Jaccard", "jaccard", lambda value: number(value, 3)),
            _figure(_("odds ratio"), "odds_ratio", number),
            Column(
                _("interval at {level}", level=percent(0.95, 0)),
                lambda row: (
                    f"{number(row['odds_ratio_low'])} – {number(row['odds_ratio_high'])}"
                    + ("*" if row["corrected"] else "")
                ),
            ),
        )
        return table_of(pairs, columns, rows=rows, most=_MOST_PAIRS)

    def saturation(self, curve: Result, thresholds: Result) -> list[Table]:
        """Return the curve, an interview a row, and the thresholds."""
        table = curve.table
        rows = table[table["group"] == ALL].to_dict("records")
        met = (
            _figure(_("no."), "position", count),
            Column(_("interview"), self._interview, numeric=False),
            Column(_("date"), lambda row: str(row["date"] or ""), numeric=False),
            _figure(_("codes"), "codes", count),
            _figure(_("new"), "new_codes", count),
            _figure(_("in all"), "cumulative_codes", count),
            Column(
                _("random orders"),
                lambda row: (
                    f"{number(row['cumulative_median'])} [{number(row['cumulative_p5'])} ; "
                    f"{number(row['cumulative_p95'])}]"
                ),
                explained=_("median and 5th to 95th percentiles of random orders"),
            ),
        )
        criteria = (
            _figure(_("base"), "base", count),
            _figure(_("run"), "run", count),
            _figure(_("new information at most"), "threshold", lambda value: percent(value, 0)),
            Column(_("reached after"), lambda row: str(row["saturation"] or NOTHING)),
            Column(
                _("random orders"),
                lambda row: f"{number(row['random_median'])} {interval(row['random_p5'], row['random_p95'])}",
            ),
        )
        of_all = thresholds.table[thresholds.table["group"] == ALL].to_dict("records")
        return [table_of(curve, met, rows=rows, most=_MOST_INTERVIEWS), table_of(thresholds, criteria, rows=of_all)]

    def agreement(self, agreed: Result) -> Table:
        """Return the coefficients, those that the table has, the codes least agreed on first."""
        measures = [name for name in _MEASURES if name in agreed.table.columns]
        columns = [
            self._theme(),
            _figure(_("units"), "units", count),
            _figure(_("coded by any"), "coded_any", count),
            _figure(_("by all"), "coded_all", count),
        ]
        columns += [
            _figure(_MEASURES[name], name, percent if name == _PERCENT else _two_decimals, name) for name in measures
        ]
        if "krippendorff_alpha" in measures:
            columns.append(Column(_("interval of α"), _alpha_interval))
        return table_of(agreed, columns)

    def disagreements(self, found: Result) -> Table:
        """Return the first disagreements, with their text."""
        columns = (
            self._theme(),
            Column(_("passage"), lambda row: f"« {row['text']} »", numeric=False),
            Column(_("coded by"), lambda row: str(row["coded_by"]).replace("|", ", "), numeric=False),
            Column(_("not coded by"), lambda row: str(row["not_coded_by"]).replace("|", ", "), numeric=False),
            Column(
                _("where"),
                lambda row: Cell(
                    f"{row['transcript_id']}:{row['start']}-{row['end']}",
                    self.places.transcript(row["transcript_id"], self.page)
                    if row["transcript_id"] in self.places.transcripts
                    else "",
                ),
                numeric=False,
            ),
        )
        return table_of(found, columns, most=_MOST_DISAGREEMENTS)

    def profile(self, figures: Result, counts: Result, themes: Result) -> Iterator[Table]:
        """Yield the cases' figures, their categories, and the themes that go most with an attribute."""
        attribute = Column(_("attribute"), lambda row: self._attribute(row["attribute"]), numeric=False)
        spread = [
            _figure(heading, name, number)
            for heading, name in (
                ("n", "n"), (_("minimum"), "minimum"), (_("Q1"), "q1"), (_("median"), "median"), (_("Q3"), "q3"),
                (_("maximum"), "maximum"), (_("mean"), "mean"), (_("published"), "reference"),
            )
        ]  # fmt: skip
        yield table_of(figures, (attribute, *spread))
        categories = counts.table[counts.table["kind"] == "category"]
        value = Column(_("value"), lambda row: self._value(row["attribute"], row["value"]), numeric=False)
        yield table_of(
            counts,
            (attribute, value, _figure(_("cases"), "cases", count), _figure(_("share"), "share", percent)),
            rows=categories.to_dict("records"),
        )
        tested = themes.table.sort_values("p", kind="stable").to_dict("records")
        columns = (
            self._theme(),
            attribute,
            value,
            Column(_("test"), lambda row: str(row["test"]), numeric=False),
            _figure(_("effect"), "effect", lambda value: number(value, 2)),
            _figure("p", "p", p_value),
            _figure(_("p adj."), "p_adjusted", p_value, _("p adjusted for all themes and attributes")),
        )
        yield table_of(themes, columns, rows=tested, most=_MOST_THEMES)

    def _theme(self, name: str = "code_id", heading: str = "") -> Column:
        return Column(heading or _("theme"), lambda row: self._code(str(row[name])), numeric=False)

    def _code(self, code_id: str) -> Cell:
        if code_id == ALL:
            return Cell(_("all themes"))
        if code_id == _MEAN:
            return Cell(_("mean of themes"))
        return Cell(self.contents.labels.code(code_id), self.places.verbatims(code_id, self.page))

    def _group(self, compared: Comparison, row: Row) -> Cell:
        group = row["highest_group"]
        if not isinstance(group, str):
            return Cell(NOTHING)
        href = self.places.verbatims(row["code_id"], self.page, group) if compared.by == "case" else ""
        return Cell(self.contents.labels.group(compared.by, group), href)

    def _interview(self, row: Row) -> Cell:
        name = str(row["interview"])
        return Cell(name, self.places.transcript(name, self.page) if name in self.places.transcripts else "")

    def _attribute(self, name: object) -> str:
        return self.contents.labels.attribute(str(name))

    def _value(self, attribute: object, value: object) -> str:
        return self.contents.labels.group(str(attribute), str(value)) if isinstance(value, str) else ""


def _figure(heading: str, name: str, told: Any, explained: str = "") -> Column:
    return Column(heading, lambda row: told(_number(row[name])), explained=explained)


def _two_decimals(value: float) -> str:
    return number(value, 2)


def _number(value: object) -> float:
    return float("nan") if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type, call-overload]


def _residual(cell: Row | None) -> str:
    if cell is None:
        return NOTHING
    return number(_number(cell["residual"]), 1) + "*" * (int(cell["marked"]) + int(cell["marked"] and cell["upheld"]))


def _alpha_interval(row: Row) -> str:
    low, high = _number(row["krippendorff_alpha_low"]), _number(row["krippendorff_alpha_high"])
    if pd.isna(low):
        return NOTHING
    return f"{number(low, 2)} – {number(high, 2)}"
