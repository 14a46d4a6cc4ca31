"""Coverage as the dossier shows it: a row a theme, with bars, polarities, and cells by case that lead to quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ptce_qual.analysis.coverage import ALL, POLARITIES
from ptce_qual.codebook.tree import codes_in_order
from ptce_qual.report.contents import Contents
from ptce_qual.report.places import Places

LEVELS = 5
_MEASURES = ("unit_coverage", "word_coverage", "turn_coverage")


@dataclass(frozen=True, slots=True)
class Bar:
    """A measure of a theme, and its length as a share of the longest."""

    value: float
    length: float


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A theme in a case: its share of sentences, how dark that is (0 to `LEVELS`), and where the verbatims are."""

    case_id: str
    share: float
    codings: int
    level: int
    href: str


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme; a branch that only groups others has no measures.

    Args:
        polarities: affirmed, negated, hypothetical: codings and their share of the theme's.
    """

    depth: int
    code_id: str
    label: str
    href: str
    references: int
    cases: int
    of_cases: int
    bars: tuple[Bar, ...]
    polarities: tuple[tuple[str, int, float], ...]
    cells: tuple[HeatCell, ...]

    @property
    def measured(self) -> bool:
        """Whether the row is more than a heading."""
        return bool(self.bars)


def theme_rows(contents: Contents, places: Places, page: str) -> list[ThemeRow]:
    """Return the themes in the codebook's order, each below its branch."""
    view = _View(contents, places, page)
    return [view.row(depth, code_id, label) for depth, code_id, label in view.themes()]


def shown_cases(contents: Contents) -> list[str]:
    """Return the cases that have interviews, in the corpus's order."""
    return list(dict.fromkeys(one.case_id for one in contents.coded.corpus.transcripts))


class _View:
    """The coverage of one dossier, and what its bars and colours are measured by."""

    def __init__(self, contents: Contents, places: Places, page: str) -> None:
        self.codebook, self.places, self.page = contents.coded.codebook, places, page
        self.cases = shown_cases(contents)
        rows: list[dict[Any, Any]] = contents.coverage.table.to_dict("records")
        self.overall = {str(row["code_id"]): row for row in rows if row["group"] == ALL}
        self.by_case = {(str(row["code_id"]), str(row["group"])): row for row in rows if row["group"] != ALL}
        self.longest = {name: max((row[name] for row in self.overall.values()), default=0.0) for name in _MEASURES}
        self.highest = max((row["unit_coverage"] for row in self.by_case.values() if row["units"]), default=0.0)

    def themes(self) -> list[tuple[int, str, str]]:
        """Return depth, id and label of the themes and of those above them."""
        return codes_in_order(self.codebook, set(self.overall))

    def row(self, depth: int, code_id: str, label: str) -> ThemeRow:
        """Return a theme."""
        told = self.overall.get(code_id)
        if told is None:
            return ThemeRow(depth, code_id, label, "", 0, 0, 0, (), (), ())
        references = int(told["references"])
        return ThemeRow(
            depth,
            code_id,
            label,
            self.places.verbatims(code_id, self.page),
            references,
            int(told["cases_coded"]),
            int(told["cases"]),
            tuple(Bar(told[name], _share(told[name], self.longest[name])) for name in _MEASURES),
            tuple((name, int(told[name]), _share(told[name], references)) for name in POLARITIES),
            tuple(self._cell(code_id, case) for case in self.cases),
        )

    def _cell(self, code_id: str, case: str) -> HeatCell:
        told = self.by_case.get((code_id, case))
        if told is None or pd.isna(told["unit_coverage"]):
            return HeatCell(case, float("nan"), 0, 0, "")
        share, codings = float(told["unit_coverage"]), int(told["references"])
        level = min(LEVELS, 1 + int(LEVELS * _share(share, self.highest))) if share else 0
        return HeatCell(case, share, codings, level, self.places.verbatims(code_id, self.page, case))


def _share(part: float, whole: float) -> float:
    return 0.0 if not whole or pd.isna(part) else float(part) / float(whole)
