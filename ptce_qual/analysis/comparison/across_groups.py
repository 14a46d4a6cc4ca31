"""The comparison of codes across groups of speech.

The same passage counted in several codes would break the independence of a table's rows. So each code is tested in a
table of its own: coded / not coded × groups, in units of speech. Units of one interview are not independent either:
beside the test that takes them so stands a permutation test that exchanges what carries the attribute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ptce_qual.analysis.code_choice import chosen_codes
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.comparison.chance import Chance, chance
from ptce_qual.analysis.comparison.grouped_units import GroupedUnits, grouped_units
from ptce_qual.analysis.comparison.notes import notes
from ptce_qual.analysis.comparison.typical import typical_verbatims
from ptce_qual.analysis.contingency import Independence, adjusted_residuals, expected_counts, independence
from ptce_qual.analysis.coverage import ALL
from ptce_qual.analysis.grouping import Level, grouping
from ptce_qual.analysis.multiple_testing import Correction, Floats, adjusted
from ptce_qual.analysis.permutation import DEFAULT_PERMUTATIONS, Relabellings
from ptce_qual.analysis.units import Integers, UnitKind
from ptce_qual.model import Polarity
from ptce_qual.result import Result
from ptce_qual.translation import _

SIGNIFICANT = 0.05
CODE_COLUMNS = (
    "code_id", "coded", "units", "share", "chi2", "df", "cramers_v", "chi2_p", "test", "p", "p_adjusted",
    "permutation_p", "permutation_p_adjusted", "highest_group", "highest_share", "highest_residual",
)  # fmt: skip
CELL_COLUMNS = (
    "code_id", "group", "coded", "units", "share", "share_elsewhere", "expected", "residual", "test", "p", "p_adjusted",
    "permutation_p", "permutation_p_adjusted", "marked", "upheld",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """Codes across groups.

    Args:
        codes: one row a code, the table of codes × groups (`(all)`) first.
        cells: one row a code and group.
        verbatims: the most typical ones of each marked cell.
        by: the attributes, joined.
        unit: what is counted.
        exchanged: what the permutation exchanged; None where there was nothing to exchange.
    """

    codes: Result
    cells: Result
    verbatims: Result
    by: str
    unit: UnitKind
    exchanged: Level | None


def comparison(
    coded: CodedCorpus,
    *,
    by: Sequence[str] = ("case",),
    unit: UnitKind = "sentence",
    codes: Sequence[str] = (),
    descendants: bool = False,
    polarity: Sequence[Polarity] = (),
    correction: Correction = "holm",
    permutations: int = DEFAULT_PERMUTATIONS,
    seed: int = 0,
    verbatims: int = 3,
) -> Comparison:
    """Compare how much of the units of speech of each group each code touches.

    Pearson's χ² with Cramér's V; Fisher's exact test (2 × 2) or a Monte Carlo one (larger) where an expected count is
    below 5; adjusted residuals by cell (Haberman 1973, Biometrics 29, p. 205-220); a permutation of the clusters
    that carry the attribute; p-values corrected in two families, codes and cells.

    Args:
        by: attributes that make the groups, see `grouping`.
        codes: ids, see `chosen_codes`; all for none. They are what p-values are corrected for.
        correction: `holm` or `bh`.
        permutations: orders drawn where all are too many, and tables drawn by the Monte Carlo test.
        verbatims: how many of each marked cell.

    Raises:
        InputError: an attribute that nothing has, or a code that the codebook has not.
    """
    groups = grouping(coded, by)
    chosen = chosen_codes(coded, codes, descendants=descendants)
    coded = coded.of_polarity(*polarity)
    found = grouped_units(coded, groups, chosen, unit)
    exchanged = found.exchanged
    relabellings = Relabellings(found.labels(exchanged), permutations, seed) if exchanged else None
    by_chance = _chance(found, relabellings)
    cells = _cells(found, by_chance, correction)
    by_code = _codes(found, by_chance, correction, cells, permutations, seed)
    told = notes(coded, found, relabellings, by=by, unit=unit, correction=correction)
    typical, rule = typical_verbatims(coded, found, chosen, cells, count=verbatims)
    title = _("Codes by {attribute}", attribute=groups.name)
    return Comparison(
        Result(title, by_code, told),
        Result(_("{title}: cells", title=title), cells, told),
        Result(_("{title}: typical verbatims", title=title), typical, rule),
        by=groups.name,
        unit=unit,
        exchanged=exchanged,
    )


def _chance(found: GroupedUnits, relabellings: Relabellings | None) -> Chance:
    if found.exchanged is None or relabellings is None:
        shape = (len(found.codes), len(found.groups))
        return Chance(np.full(shape[0], np.nan), np.full(shape, np.nan), float("nan"))
    coded, units = found.counts(found.exchanged)
    return chance(coded, units, found.labels(found.exchanged), relabellings)


def _codes(
    found: GroupedUnits, by_chance: Chance, correction: Correction, cells: pd.DataFrame, samples: int, seed: int
) -> pd.DataFrame:
    coded, units = found.by_group()
    if len(found.groups) < 2:
        return pd.DataFrame(columns=list(CODE_COLUMNS))
    tests = [independence(table, samples=samples, seed=seed) for table in _two_by_groups(coded, units)]
    adjusted_p = adjusted([test.p for test in tests], correction)
    permuted = adjusted(by_chance.codes, correction)
    total = int(units.sum())
    touched = int(found.coded.any(axis=1).sum())
    whole = independence(coded, samples=samples, seed=seed)
    alone = (np.nan, by_chance.whole, np.nan, "", np.nan, np.nan)
    rows = [(ALL, touched, total, _share(touched, total), *_of_test(whole), *alone)]
    for place, (code_id, test) in enumerate(zip(found.codes, tests, strict=True)):
        count = int(coded[place].sum())
        p_values = (float(adjusted_p[place]), float(by_chance.codes[place]), float(permuted[place]))
        rows.append(
            (code_id, count, total, _share(count, total), *_of_test(test), *p_values, *_highest(cells, code_id))
        )
    return pd.DataFrame(rows, columns=list(CODE_COLUMNS))


def _of_test(test: Independence) -> tuple[float, int, float, float, str, float]:
    return test.chi2, test.df, test.cramers_v, test.chi2_p, test.test, test.p


def _highest(cells: pd.DataFrame, code_id: str) -> tuple[str, float, float]:
    """Return the group where a code is most over-represented, its share and its residual."""
    own = cells[cells["code_id"] == code_id].dropna(subset="residual")
    if own.empty:
        return "", float("nan"), float("nan")
    best = own.loc[own["residual"].idxmax()]
    return str(best["group"]), float(best["share"]), float(best["residual"])


def _cells(found: GroupedUnits, by_chance: Chance, correction: Correction) -> pd.DataFrame:
    if len(found.groups) < 2:
        return pd.DataFrame(columns=list(CELL_COLUMNS))
    coded, units = found.by_group()
    tables = _two_by_groups(coded, units)
    residuals, expected = adjusted_residuals(tables)[:, 0], expected_counts(tables)[:, 0]
    tests = [[_one_against_the_rest(coded[row], units, at) for at in range(len(units))] for row in range(len(coded))]
    p_values = np.array([[test.p for test in row] for row in tests], dtype=np.float64).reshape(residuals.shape)
    corrected, permuted = _over_cells(p_values, correction), _over_cells(by_chance.cells, correction)
    rows = []
    for row, code_id in enumerate(found.codes):
        for at, group in enumerate(found.groups):
            inside, size = int(coded[row, at]), int(units[at])
            rest = _share(int(coded[row].sum()) - inside, int(units.sum()) - size)
            rows.append(
                (
                    code_id, group, inside, size, _share(inside, size), rest, float(expected[row, at]),
                    float(residuals[row, at]), tests[row][at].test, float(p_values[row, at]), float(corrected[row, at]),
                    float(by_chance.cells[row, at]), float(permuted[row, at]),
                    bool(corrected[row, at] <= SIGNIFICANT), bool(permuted[row, at] <= SIGNIFICANT),
                )  # fmt: skip
            )
    return pd.DataFrame(rows, columns=list(CELL_COLUMNS))


def _two_by_groups(coded: Integers, units: Integers) -> Integers:
    """Return codes × (coded, not coded) × groups."""
    return np.stack([coded, units - coded], axis=1)


def _one_against_the_rest(coded: Integers, units: Integers, at: int) -> Independence:
    """Test one group against all others: its χ² is the square of the adjusted residual."""
    inside = np.array([coded[at], units[at] - coded[at]])
    whole = np.array([coded.sum(), units.sum() - coded.sum()])
    return independence(np.column_stack([inside, whole - inside]))


def _over_cells(p_values: Floats, correction: Correction) -> Floats:
    """Correct over all cells; of two groups, the one's cell is the other's test, so that each code counts once."""
    if p_values.shape[1] == 2:
        return np.repeat(adjusted(p_values[:, :1], correction), 2, axis=1)
    return adjusted(p_values, correction)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
