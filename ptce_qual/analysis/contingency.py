"""Contingency tables: Pearson's χ², Cramér's V, adjusted residuals, and exact tests where counts are small.

Functions of arrays take one table, rows × columns, or any number of them on leading axes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from ptce_qual.analysis.multiple_testing import Floats
from ptce_qual.analysis.permutation import DEFAULT_PERMUTATIONS, ROUNDING

SMALLEST_EXPECTED = 5
"""Below it in any cell, χ² is not relied on (Cochran 1954, Biometrics 10, p. 420)."""
Test = Literal["chi2", "fisher", "monte_carlo", ""]
_TABLES_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Independence:
    """How far a table is from independence of its rows and columns.

    Args:
        chi2: Pearson's, without continuity correction; not a number where rows or columns are not at least two.
        df: degrees of freedom; rows and columns without any count are left out.
        cramers_v: √(χ² ÷ (n · (the smaller of rows and columns, minus 1))) (Cramér 1946, p. 282).
        chi2_p: by the χ² distribution.
        test: the one that `p` is of: `fisher` or `monte_carlo` where an expected count is below 5, else `chi2`.
        p: its p-value.
    """

    chi2: float
    df: int
    cramers_v: float
    chi2_p: float
    test: Test
    p: float


def independence(table: npt.ArrayLike, *, samples: int = DEFAULT_PERMUTATIONS, seed: int = 0) -> Independence:
    """Test a table of counts for independence.

    Args:
        samples: tables drawn with the same margins, where an expected count is below 5 and the table is more than
            2 × 2.
    """
    from scipy.special import chdtrc  # the χ² distribution without scipy.stats, whose import takes half a second

    counts = _without_empty(np.asarray(table, dtype=np.int64))
    rows, columns = counts.shape
    if min(rows, columns) < 2:
        return Independence(np.nan, 0, np.nan, np.nan, "", np.nan)
    chi2 = float(chi_squared(counts))
    df = (rows - 1) * (columns - 1)
    v = min(1.0, float(np.sqrt(chi2 / (counts.sum() * (min(rows, columns) - 1)))))
    chi2_p = float(chdtrc(df, chi2))
    if expected_counts(counts).min() >= SMALLEST_EXPECTED:
        return Independence(chi2, df, v, chi2_p, "chi2", chi2_p)
    if counts.shape == (2, 2):
        return Independence(chi2, df, v, chi2_p, "fisher", fisher(counts))
    return Independence(chi2, df, v, chi2_p, "monte_carlo", monte_carlo(counts, samples=samples, seed=seed))


def expected_counts(tables: npt.ArrayLike) -> Floats:
    """Return row total × column total ÷ total."""
    counts = np.asarray(tables, dtype=np.float64)
    total = np.maximum(counts.sum(axis=(-2, -1), keepdims=True), 1)
    expected: Floats = counts.sum(axis=-1, keepdims=True) * counts.sum(axis=-2, keepdims=True) / total
    return expected


def chi_squared(tables: npt.ArrayLike) -> Floats:
    """Return Pearson's χ² (1900), without continuity correction; rows and columns without any count add nothing."""
    counts = np.asarray(tables, dtype=np.float64)
    expected = expected_counts(counts)
    shares = np.divide((counts - expected) ** 2, expected, out=np.zeros_like(expected), where=expected > 0)
    total: Floats = shares.sum(axis=(-2, -1))
    return total


def adjusted_residuals(tables: npt.ArrayLike) -> Floats:
    """Return (observed - expected) ÷ √(expected · (1 - row share) · (1 - column share)), by cell.

    About standard normal where rows and columns are independent (Haberman 1973, Biometrics 29, p. 205-220); not a
    number where a row or a column holds nothing or all.
    """
    counts = np.asarray(tables, dtype=np.float64)
    total = np.maximum(counts.sum(axis=(-2, -1), keepdims=True), 1)
    expected = expected_counts(counts)
    rows, columns = (1 - counts.sum(axis=axis, keepdims=True) / total for axis in (-1, -2))
    variance = expected * rows * columns
    nothing = np.full_like(variance, np.nan)
    residuals: Floats = np.divide(counts - expected, np.sqrt(variance), out=nothing, where=variance > 0)
    return residuals


def fisher(table: npt.ArrayLike) -> float:
    """Return Fisher's exact p of a 2 × 2 table: all tables of these margins that are at most as likely (two-sided)."""
    (inside, right), (below, rest) = np.asarray(table, dtype=np.int64).tolist()
    row, column, shift = inside + right, inside + below, rest - inside
    first = np.arange(max(0, -shift), min(row, column) + 1)
    x = first[:-1]
    steps = np.log((row - x) * (column - x)) - np.log((x + 1) * (shift + x + 1))  # from a table to the next
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    likely = np.exp(logs - logs.max())
    as_rare = likely <= likely[inside - first[0]] * (1 + ROUNDING)
    return min(1.0, float(likely[as_rare].sum() / likely.sum()))


def monte_carlo(table: npt.ArrayLike, *, samples: int = DEFAULT_PERMUTATIONS, seed: int = 0) -> float:
    """Return the p of χ² among random tables with the same margins (Hope 1968, JRSS B 30, p. 582-598)."""
    from scipy.stats import random_table

    counts = _without_empty(np.asarray(table, dtype=np.int64))
    drawn = random_table(counts.sum(axis=1), counts.sum(axis=0), seed=np.random.default_rng(seed))
    observed = float(chi_squared(counts)) * (1 - ROUNDING)
    expected = expected_counts(counts)  # the margins, so these too, are the same in all tables
    at_once = max(1, _TABLES_AT_ONCE // counts.size)
    reached = sum(
        int((_distance(drawn.rvs(min(at_once, samples - done)), expected) >= observed).sum())
        for done in range(0, samples, at_once)
    )
    return (reached + 1) / (samples + 1)


def _distance(tables: Floats, expected: Floats) -> Floats:
    """Return χ² of tables that have all their expected counts, none 0."""
    distances: Floats = np.einsum("...rc,rc->...", (tables - expected) ** 2, 1 / expected)
    return distances


def _without_empty(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return counts[counts.any(axis=1)][:, counts.any(axis=0)]
