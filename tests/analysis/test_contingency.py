"""Contingency tables against published figures, scipy, and enumeration."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import chi2_contingency, false_discovery_control, fisher_exact
from scipy.stats.contingency import association

from ptce_qual.analysis.contingency import (
    adjusted_residuals,
    chi_squared,
    expected_counts,
    fisher,
    independence,
    monte_carlo,
)
from ptce_qual.analysis.multiple_testing import adjusted

# Agresti 2007, An Introduction to Categorical Data Analysis, p. 37 and 39: gender × party (Dem., Ind., Rep.).
PARTY = [[762, 327, 468], [484, 239, 477]]
TEA = [[3, 1], [1, 3]]  # Fisher 1935, the lady tasting tea; Agresti 2007, p. 46: one-sided 0.243
TABLES = arrays(np.int64, st.tuples(st.integers(2, 4), st.integers(2, 5)), elements=st.integers(0, 30))


def test_agrestis_gender_and_party() -> None:
    found = independence(PARTY)
    assert found.chi2 == pytest.approx(30.07, abs=0.005)
    assert found.df == 2
    assert found.test == "chi2"
    assert found.p == found.chi2_p == pytest.approx(2.95e-07, rel=0.01)
    residuals = adjusted_residuals(PARTY)
    assert residuals[0] == pytest.approx([4.50, 0.70, -5.32], abs=0.005)
    assert residuals[1] == pytest.approx(-residuals[0])


def test_the_lady_tasting_tea() -> None:
    assert fisher(TEA) == pytest.approx(34 / 70)
    assert independence(TEA).test == "fisher"


def test_fisher_by_enumeration() -> None:
    for counts in ([[0, 7], [5, 3]], [[2, 9], [8, 4]], [[1, 200], [4, 90]], [[0, 3], [2, 900]]):
        (a, b), (c, d) = counts
        row, column, total = a + b, a + c, a + b + c + d

        def ways(first: int, row: int = row, column: int = column, total: int = total) -> int:
            return math.comb(column, first) * math.comb(total - column, row - first)

        support = range(max(0, row + column - total), min(row, column) + 1)
        as_rare = sum(ways(first) for first in support if ways(first) <= ways(a))
        assert fisher(counts) == pytest.approx(as_rare / math.comb(total, row))


@given(arrays(np.int64, (2, 2), elements=st.integers(0, 2000)))
def test_fisher_is_scipys(counts: np.ndarray) -> None:
    assert fisher(counts) == pytest.approx(float(fisher_exact(counts).pvalue), rel=1e-9)


def test_the_monte_carlo_test_against_all_tables_of_the_margins() -> None:
    counts = np.array([[4, 0, 1], [2, 5, 6]])
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    observed, reached, total = float(chi_squared(counts)), 0, 0
    for first in product(*(range(int(column) + 1) for column in columns)):
        if sum(first) == rows[0]:
            ways = math.prod(math.comb(int(column), one) for column, one in zip(columns, first, strict=True))
            total += ways
            reached += ways * (float(chi_squared([first, columns - first])) >= observed - 1e-9)
    assert total == math.comb(18, 5)
    assert monte_carlo(counts, samples=50_000) == pytest.approx(reached / total, abs=0.005)
    assert independence(counts).test == "monte_carlo"
    assert monte_carlo(counts, seed=1) == monte_carlo(counts, seed=1)


def test_a_p_value_by_random_tables_is_never_0() -> None:
    assert monte_carlo([[30, 0, 1], [0, 30, 1]], samples=99) == 0.01


@given(TABLES)
def test_chi_squared_and_v_are_scipys(counts: np.ndarray) -> None:
    kept = counts[counts.any(axis=1)][:, counts.any(axis=0)]
    found = independence(counts, samples=99)
    if min(kept.shape) < 2:
        assert np.isnan([found.chi2, found.cramers_v, found.p]).all()
        assert (found.df, found.test) == (0, "")
        return
    scipys = chi2_contingency(kept, correction=False)
    assert found.chi2 == pytest.approx(scipys.statistic)
    assert found.df == scipys.dof
    assert found.chi2_p == pytest.approx(scipys.pvalue)
    assert found.cramers_v == pytest.approx(association(kept, method="cramer"), abs=1e-9)
    assert expected_counts(kept) == pytest.approx(scipys.expected_freq)
    assert 0 <= found.cramers_v <= 1
    assert 0 < found.p <= 1


@given(TABLES)
def test_a_residual_squared_is_the_chi_squared_of_its_cell_against_the_rest(counts: np.ndarray) -> None:
    residuals = adjusted_residuals(counts)
    for row, column in np.ndindex(counts.shape):
        inside = counts[row, column]
        rest = [
            [inside, counts[row].sum() - inside],
            [counts[:, column].sum() - inside, counts.sum() - counts[row].sum() - counts[:, column].sum() + inside],
        ]
        if np.isnan(residuals[row, column]):
            assert min(np.array(rest).sum(axis=0).min(), np.array(rest).sum(axis=1).min()) == 0
        else:
            assert residuals[row, column] ** 2 == pytest.approx(float(chi_squared(rest)), abs=1e-9)


@given(TABLES)
def test_rows_and_columns_may_change_places(counts: np.ndarray) -> None:
    assert chi_squared(counts.T) == pytest.approx(chi_squared(counts))
    assert pytest.approx(adjusted_residuals(counts), nan_ok=True) == adjusted_residuals(counts.T).T


def test_many_tables_at_once_are_each_by_itself() -> None:
    tables = np.random.default_rng(0).integers(0, 20, (4, 3, 2, 5))
    assert chi_squared(tables)[2, 1] == pytest.approx(float(chi_squared(tables[2, 1])))
    assert adjusted_residuals(tables)[3, 0] == pytest.approx(adjusted_residuals(tables[3, 0]), nan_ok=True)


def test_no_correction_for_continuity() -> None:
    assert independence([[12, 5], [6, 14]]).chi2 == pytest.approx(37 * (12 * 14 - 5 * 6) ** 2 / (17 * 20 * 18 * 19))


def test_benjamini_hochberg_is_scipys() -> None:
    p_values = np.random.default_rng(1).uniform(0, 0.2, 40)
    assert adjusted(p_values, "bh") == pytest.approx(false_discovery_control(p_values))
