"""Rank tests of many variables at once, with exact p-values or p-values by permutation: for few cases, with ties.

Each function takes rows × cases: one row a variable, here the coverage of one code by case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from ptce_qual.analysis.multiple_testing import Floats
from ptce_qual.analysis.permutation import DEFAULT_PERMUTATIONS, ROUNDING, Relabellings
from ptce_qual.analysis.units import Integers

Method = Literal["exact", "permutation"]


@dataclass(frozen=True, slots=True)
class RankTests:
    """One value a row; not numbers where all cases have the same.

    Args:
        statistic: ρ, U or H.
        effect: ρ; the rank-biserial correlation; ε².
        p: two-sided, conditional on the ties.
        method: `exact`, of all orders; `permutation`, of a seeded sample.
        mean_ranks: rows × groups, none for ρ.
    """

    statistic: Floats
    effect: Floats
    p: Floats
    method: Method
    mean_ranks: Floats


def spearman(rows: Floats, values: Floats, *, permutations: int = DEFAULT_PERMUTATIONS, seed: int = 0) -> RankTests:
    """Return Spearman's ρ (1904) of each row with `values`: the correlation of their midranks."""
    levels, labels = np.unique(_standard(_ranks(values[np.newaxis]))[0], return_inverse=True)
    standard = _standard(_ranks(rows))
    relabellings = Relabellings(labels, permutations, seed)
    rho = levels[labels] @ standard.T
    p = _p_values(relabellings, np.abs(rho), lambda chunk: np.abs(_products(levels[chunk], standard)))
    rho = np.clip(rho, -1, 1)
    return RankTests(rho, rho, p, _method(relabellings), np.empty((len(rows), 0)))


def mann_whitney(
    rows: Floats, first: Integers, *, permutations: int = DEFAULT_PERMUTATIONS, seed: int = 0
) -> RankTests:
    """Return Mann & Whitney's U (1947) of the cases of which `first` is 1, against those of which it is 0.

    U counts the pairs in which the first group's case has more, a tie for half. The effect is the rank-biserial
    correlation, 2·U ÷ (n1·n2) - 1: the share of pairs in which the first has more, minus that in which it has less
    (Cureton 1956, Psychometrika 21, p. 287-290; Kerby 2014, Comprehensive Psychology 3, article 1). p is of how far U
    lies from n1·n2 ÷ 2.
    """
    ranks = _ranks(rows)
    count = int(first.sum())
    pairs = count * (len(first) - count)

    def u_of(labels: Integers) -> Floats:
        return _products(labels.astype(np.float64), ranks) - count * (count + 1) / 2

    relabellings = Relabellings(first, permutations, seed)
    u = _where_varied(rows, u_of(first))
    p = _p_values(relabellings, np.abs(u - pairs / 2), lambda chunk: np.abs(u_of(chunk) - pairs / 2))
    return RankTests(u, 2 * u / pairs - 1, p, _method(relabellings), _mean_ranks(ranks, first))


def kruskal_wallis(
    rows: Floats, groups: Integers, *, permutations: int = DEFAULT_PERMUTATIONS, seed: int = 0
) -> RankTests:
    """Return Kruskal & Wallis's H (1952), corrected for ties, of groups numbered from 0.

    The effect is ε² = H ÷ (n - 1), in [0, 1] (Kelley 1935; Tomczak & Tomczak 2014, Trends in Sport Sciences 21,
    p. 19-25).
    """
    ranks = _ranks(rows)
    cases = len(groups)
    sizes = np.bincount(groups)
    # H with its correction is (n - 1) · the share of the ranks' variance that lies between groups.
    centred = ranks - (cases + 1) / 2
    spread = _where_varied(rows, (centred**2).sum(axis=1))

    def h_of(labels: Integers) -> Floats:
        sums = np.stack([_products((labels == group).astype(np.float64), centred) for group in range(len(sizes))])
        between: Floats = (sums**2 / sizes.reshape(-1, *(1,) * (sums.ndim - 1))).sum(axis=0)
        return (cases - 1) * between / spread

    relabellings = Relabellings(groups, permutations, seed)
    h = h_of(groups)
    p = _p_values(relabellings, h, h_of)
    return RankTests(h, np.clip(h / (cases - 1), 0, 1), p, _method(relabellings), _mean_ranks(ranks, groups))


def _p_values(relabellings: Relabellings, observed: Floats, statistic: Callable[[Integers], Floats]) -> Floats:
    lowest = observed * (1 - ROUNDING) - ROUNDING
    reached = sum((statistic(chunk) >= lowest).sum(axis=0) for chunk in relabellings.chunks())
    return np.where(np.isnan(observed), np.nan, relabellings.p_value(reached))


def _method(relabellings: Relabellings) -> Method:
    return "exact" if relabellings.exhaustive else "permutation"


def _ranks(rows: Floats) -> Floats:
    return np.ascontiguousarray(pd.DataFrame(rows).rank(axis=1).to_numpy(dtype=np.float64))


def _products(orders: Floats, rows: Floats) -> Floats:
    """Return orders @ rows.T, an order at a time: one large product wakes threads that spend more than they spare."""
    products: Floats = (orders[..., np.newaxis, :] @ rows.T)[..., 0, :]
    return products


def _standard(ranks: Floats) -> Floats:
    """Return ranks whose products sum to their correlation; not numbers where all are the same."""
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    standard: Floats = np.divide(centred, length, out=np.full_like(centred, np.nan), where=length > 0)
    return standard


def _where_varied(rows: Floats, values: Floats) -> Floats:
    return np.where(rows.min(axis=1) < rows.max(axis=1), values, np.nan)


def _mean_ranks(ranks: Floats, groups: Integers) -> Floats:
    return np.stack([ranks[:, groups == group].mean(axis=1) for group in range(int(groups.max()) + 1)], axis=1)
