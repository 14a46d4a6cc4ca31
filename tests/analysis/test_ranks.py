"""Rank tests against scipy, R's published examples, and enumeration."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, kruskal, mannwhitneyu, spearmanr

from ptce_qual.analysis.profile.ranks import kruskal_wallis, mann_whitney, spearman

MANY = 20_000


def row(*values: float) -> np.ndarray:
    return np.array([values], dtype=np.float64)


def test_rho_of_hollander_and_wolfe_s_tuna() -> None:
    # Hollander & Wolfe 1973, p. 187: the example of R's cor.test
    x = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
    y = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]
    found = spearman(row(*y), np.array(x), permutations=400_000)
    assert found.statistic[0] == pytest.approx(0.6)
    assert found.method == "exact"  # all 362,880 orders
    assert found.p[0] == pytest.approx(0.0968, abs=0.0001)
    assert found.effect[0] == found.statistic[0] == pytest.approx(spearmanr(x, y).statistic)
    assert kendalltau(x, y).statistic == pytest.approx(0.4444, abs=0.0001)  # the same data as R prints


def test_rho_by_enumeration_with_ties() -> None:
    x, y = [1, 2, 2, 3, 5, 8], [0.0, 0.0, 0.1, 0.3, 0.1, 0.4]
    found = spearman(row(*y), np.array(x, dtype=float))
    observed = abs(spearmanr(x, y).statistic)
    ways = [abs(spearmanr(order, y).statistic) for order in permutations(x)]
    assert found.p[0] == pytest.approx(np.mean(np.array(ways) >= observed - 1e-9))


def test_u_of_scipys_exact_test() -> None:
    random = np.random.default_rng(3)
    for _time in range(5):
        values, first = random.permutation(11).astype(float), np.array([1] * 4 + [0] * 7)
        theirs = mannwhitneyu(values[:4], values[4:], method="exact")
        found = mann_whitney(row(*values), first)
        assert found.statistic[0] == theirs.statistic
        assert found.p[0] == pytest.approx(theirs.pvalue)
        assert found.method == "exact"


def test_u_with_ties_by_enumeration() -> None:
    values, first = [0.0, 0.0, 0.2, 0.2, 0.5, 0.1, 0.0, 0.3], [1, 1, 0, 1, 0, 0, 0, 0]

    def u_of(labels: tuple[int, ...]) -> float:
        ones = [value for value, label in zip(values, labels, strict=True) if label]
        others = [value for value, label in zip(values, labels, strict=True) if not label]
        return sum((one > other) + (one == other) / 2 for one in ones for other in others)

    found = mann_whitney(row(*values), np.array(first))
    far = abs(u_of(tuple(first)) - 7.5)
    ways = [abs(u_of(order) - 7.5) for order in set(permutations(first))]
    assert found.statistic[0] == u_of(tuple(first))
    assert found.p[0] == pytest.approx(np.mean(np.array(ways) >= far - 1e-9))


def test_the_rank_biserial_correlation_is_the_difference_of_pairs() -> None:
    # Kerby 2014: shares of favourable and unfavourable pairs
    assert mann_whitney(row(9, 8, 7, 1, 2, 3), np.array([1, 1, 1, 0, 0, 0])).effect[0] == 1
    assert mann_whitney(row(1, 2, 3, 9, 8, 7), np.array([1, 1, 1, 0, 0, 0])).effect[0] == -1
    found = mann_whitney(row(5, 3, 4, 2, 1), np.array([1, 1, 0, 0, 0]))  # 5 > 4, 2, 1 and 3 > 2, 1; 3 < 4
    assert found.effect[0] == pytest.approx((5 - 1) / 6)


def test_h_of_hollander_and_wolfe_s_clearance() -> None:
    # Hollander & Wolfe 1973, p. 116: the example of R's kruskal.test, H = 0.77143
    values = [2.9, 3.0, 2.5, 2.6, 3.2, 3.8, 2.7, 4.0, 2.4, 2.8, 3.4, 3.7, 2.2, 2.0]
    groups = np.array([0] * 5 + [1] * 4 + [2] * 5)
    found = kruskal_wallis(row(*values), groups, permutations=MANY)
    assert found.statistic[0] == pytest.approx(0.77143, abs=0.00001)
    assert found.p[0] == pytest.approx(0.68, abs=0.05)  # what R prints is by the χ² distribution
    assert found.method == "permutation"
    exact = kruskal_wallis(row(*values), groups, permutations=252_252)
    assert exact.method == "exact"
    assert found.p[0] == pytest.approx(exact.p[0], abs=0.01)
    assert found.effect[0] == pytest.approx(0.77143 / 13, abs=0.00001)
    assert found.mean_ranks[0].tolist() == pytest.approx([7.0, 8.75, 7.0], abs=0.6)


def test_h_by_enumeration_with_ties() -> None:
    values, groups = [0.0, 0.0, 0.2, 0.2, 0.5, 0.1, 0.3], [0, 0, 1, 1, 2, 2, 2]

    def h_of(labels: tuple[int, ...]) -> float:
        parts = [[v for v, label in zip(values, labels, strict=True) if label == group] for group in range(3)]
        return float(kruskal(*parts).statistic)

    found = kruskal_wallis(row(*values), np.array(groups))
    ways = [h_of(order) for order in set(permutations(groups))]
    assert len(ways) == 210
    assert found.method == "exact"
    assert found.statistic[0] == pytest.approx(h_of(tuple(groups)))
    assert found.p[0] == pytest.approx(np.mean(np.array(ways) >= h_of(tuple(groups)) - 1e-9))


def test_of_two_groups_h_is_u() -> None:
    values, first = row(3, 1, 4, 1, 5, 9, 2, 6), np.array([1, 0, 1, 0, 0, 1, 0, 1])
    assert kruskal_wallis(values, first).p == pytest.approx(mann_whitney(values, first).p)


@given(st.lists(st.floats(0, 1).map(lambda value: round(value, 1)), min_size=6, max_size=9), st.integers(0, 9999))
def test_bounds_and_what_is_flat(values: list[float], seed: int) -> None:
    rows, random = row(*values), np.random.default_rng(seed)
    labels = random.permutation([0, 0, 1, 1, 2, 2, 2, 2, 2][: len(values)])
    for found in (
        spearman(rows, random.permutation(len(values)).astype(float), permutations=99),
        mann_whitney(rows, (labels == 0).astype(np.int64), permutations=99),
        kruskal_wallis(rows, labels, permutations=99),
    ):
        if len(set(values)) == 1:
            assert np.isnan([found.p[0], found.effect[0], found.statistic[0]]).all()
        else:
            assert 0 < found.p[0] <= 1
            assert -1 <= found.effect[0] <= 1


def test_many_rows_at_once_are_each_by_itself() -> None:
    rows = np.random.default_rng(0).random((5, 10))
    values, groups = np.arange(10.0), np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 2])
    for place in range(5):
        one = rows[place : place + 1]
        assert spearman(one, values, permutations=99).p[0] == spearman(rows, values, permutations=99).p[place]
        assert kruskal_wallis(one, groups).p[0] == pytest.approx(kruskal_wallis(rows, groups).p[place])


def test_false_positives_of_few_cases() -> None:
    rows = np.random.default_rng(1).poisson(1.5, (600, 13)).astype(float)  # many ties, as of rare themes
    found = spearman(rows, np.random.default_rng(2).permutation(13).astype(float), permutations=999)
    assert np.mean(found.p <= 0.05) == pytest.approx(0.05, abs=0.02)
    assert np.mean(found.p <= 0.2) == pytest.approx(0.2, abs=0.04)
