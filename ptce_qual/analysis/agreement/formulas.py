"""Observed and expected agreement for many sets of weights at once.

Each formula takes the patterns and `weights`, samples × patterns: how often each pattern occurs in each sample. It
returns observed and expected agreement, each of one number a sample; 0 where nothing can be compared. `comparable` and
`varied` say in which samples the numbers mean something, for all formulas alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ptce_qual.analysis.agreement.patterns import Floats, Patterns

Formula: TypeAlias = Callable[[Patterns, Floats], tuple[Floats, Floats]]


def comparable(patterns: Patterns, weights: Floats) -> NDArray[np.bool_]:
    """Whether any unit of each sample was judged by two coders."""
    found: NDArray[np.bool_] = weights @ patterns.pairable > 0
    return found


def varied(patterns: Patterns, weights: Floats) -> NDArray[np.bool_]:
    """Whether the units of each sample that can be compared show more than one category."""
    shown = weights @ (patterns.counts * patterns.pairable[:, None]) > 0
    found: NDArray[np.bool_] = shown.sum(axis=1) >= 2
    return found


def mean_pairwise(patterns: Patterns, weights: Floats) -> Floats:
    """Agreement of two coders drawn from a unit, averaged over units (Fleiss 1971; Gwet 2014)."""
    counts, judged = patterns.counts, patterns.judgements
    same = (counts * (counts - 1)).sum(axis=1)
    return _ratio(weights @ _ratio(same, judged * (judged - 1)), weights @ patterns.pairable)


def percent(patterns: Patterns, weights: Floats) -> tuple[Floats, Floats]:
    """Nothing is expected by chance."""
    observed = mean_pairwise(patterns, weights)
    return observed, np.zeros_like(observed)


def cohen(patterns: Patterns, weights: Floats) -> tuple[Floats, Floats]:
    """Each coder's own distribution, on the units that both judged (Cohen 1960)."""
    if patterns.pair is None:
        raise ValueError("Cohen's kappa compares two coders")
    both = weights * patterns.pairable
    categories = np.arange(patterns.counts.shape[1])
    first, second = (both @ (choice[:, None] == categories) for choice in patterns.pair)
    units = both.sum(axis=1)
    return mean_pairwise(patterns, weights), _ratio((first * second).sum(axis=1), units**2)


def scott(patterns: Patterns, weights: Floats) -> tuple[Floats, Floats]:
    """The coders' pooled distribution, on the units that both judged (Scott 1955)."""
    shares = _shares(weights @ (patterns.counts * patterns.pairable[:, None]))
    return mean_pairwise(patterns, weights), (shares**2).sum(axis=1)


def fleiss(patterns: Patterns, weights: Floats) -> tuple[Floats, Floats]:
    """The mean over units of each unit's distribution (Fleiss 1971)."""
    return mean_pairwise(patterns, weights), (_unit_shares(patterns, weights) ** 2).sum(axis=1)


def brennan_prediger(patterns: Patterns, weights: Floats) -> tuple[Floats, Floats]:
    """One chance in q."""
    observed = mean_pairwise(patterns, weights)
    return observed, np.full_like(observed, 1 / max(patterns.categories, 1))


def gwet(patterns: Patterns, weights: Floats) -> tuple[Floats, Floats]:
    """Σ π (1 − π) / (q − 1), with the mean over units of each unit's distribution (Gwet 2008)."""
    shares = _unit_shares(patterns, weights)
    return mean_pairwise(patterns, weights), (shares * (1 - shares)).sum(axis=1) / max(patterns.categories - 1, 1)


def krippendorff(patterns: Patterns, weights: Floats) -> tuple[Floats, Floats]:
    """Pairs of judgements within units, against pairs of all pairable judgements (Krippendorff 2011)."""
    counts, judged = patterns.counts, patterns.judgements
    same = _ratio((counts * (counts - 1)).sum(axis=1), judged - 1)
    values = weights @ (counts * patterns.pairable[:, None])
    total = values.sum(axis=1)
    return _ratio(weights @ same, total), _ratio((values * (values - 1)).sum(axis=1), total * (total - 1))


def _unit_shares(patterns: Patterns, weights: Floats) -> Floats:
    shares = _ratio(patterns.counts, patterns.judgements[:, None])
    return _ratio(weights @ shares, weights.sum(axis=1)[:, None])


def _shares(values: Floats) -> Floats:
    return _ratio(values, values.sum(axis=1)[:, None])


def _ratio(numerator: Floats, denominator: Floats | NDArray[np.bool_]) -> Floats:
    """Divide; 0 where the denominator is not positive, without a warning."""
    below: Floats = np.broadcast_to(denominator, np.broadcast_shapes(np.shape(numerator), np.shape(denominator)))
    out = np.zeros(below.shape)
    np.divide(numerator, below, out=out, where=below > 0)
    return out
