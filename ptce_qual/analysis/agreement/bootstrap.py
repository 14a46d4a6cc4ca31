"""Seeded percentile intervals by the bootstrap over units, or over clusters of units.

Units that show the same pattern are alike, so a sample of units is one multinomial draw over distinct patterns. The
same holds of clusters (the sentences of one transcript, or the cells of one sentence): clusters that hold the same
patterns equally often are alike. Sentences of one interview are not independent, and an interval over units is then too
narrow; one over transcripts isn't, but wants a good number of transcripts.

Source: Efron & Tibshirani 1993, *An Introduction to the Bootstrap*, ch. 13 (percentile interval).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ptce_qual.analysis.agreement import formulas
from ptce_qual.analysis.agreement.coefficients import MEASURES, why_undefined
from ptce_qual.analysis.agreement.outcome import DEFAULT_SAMPLING, Interval, Sampling
from ptce_qual.analysis.agreement.patterns import Floats, Integers, Patterns, patterns_of
from ptce_qual.analysis.agreement.reasons import Undefined
from ptce_qual.translation import _n

_NUMBERS_AT_ONCE = 4_000_000


def intervals(
    ratings: ArrayLike,
    measures: Sequence[str] = tuple(MEASURES),
    *,
    clusters: ArrayLike | None = None,
    categories: int | None = None,
    sampling: Sampling = DEFAULT_SAMPLING,
) -> dict[str, Interval]:
    """Compute intervals of several measures from the same samples.

    Args:
        ratings: coders × units, category numbers, −1 for missing.
        measures: keys of `MEASURES`.
        clusters: units, the number of each unit's cluster; clusters are then what is drawn. By default units are: those
            that anybody judged.
        categories: as in `agreement`; by default those that occur in `ratings`, for all samples.

    Raises:
        ValueError: the arrays aren't of that form.
    """
    return pattern_intervals(patterns_of(ratings, categories), measures, clusters=clusters, sampling=sampling)


def pattern_intervals(
    patterns: Patterns,
    measures: Sequence[str] = tuple(MEASURES),
    *,
    clusters: ArrayLike | None = None,
    sampling: Sampling = DEFAULT_SAMPLING,
) -> dict[str, Interval]:
    """Compute intervals as `intervals` does, of ratings already collapsed.

    Args:
        clusters: columns of the ratings, the number of each column's cluster.
    """
    contents, alike = _drawn(patterns, clusters)
    template = Interval(
        measure="",
        low=None,
        high=None,
        resampled="units" if clusters is None else "clusters",
        drawn=int(alike.sum()),
        sampling=sampling,
        coders=patterns.coders,
    )
    few = too_few(template)
    reasons: dict[str, Undefined] = {measure: why_undefined(patterns, measure) or few for measure in measures}
    drawable = [measure for measure, undefined in reasons.items() if not undefined]
    parts: dict[str, list[Floats]] = {measure: [] for measure in drawable}
    for drawn in draws(alike, sampling, width=len(patterns.weights)) if drawable else ():
        weights = drawn if contents is None else drawn @ contents
        for measure in drawable:
            parts[measure].append(_values(patterns, weights, measure))
    return {
        measure: replace(template, measure=measure, undefined=undefined)
        if undefined
        else interval_of(np.concatenate(parts[measure]), replace(template, measure=measure))
        for measure, undefined in reasons.items()
    }


def too_few(template: Interval) -> Undefined:
    """Return why what is drawn is too few for an interval, or nothing."""
    if template.drawn >= 2:
        return ""
    return "few_units" if template.resampled == "units" else "few_clusters"


def interval_of(values: Floats, template: Interval) -> Interval:
    """Return the percentile interval of a measure's values in the samples, NaN where a sample has none."""
    defined = values[~np.isnan(values)]
    missing = len(values) - len(defined)
    if not len(defined):
        return replace(template, undefined_samples=missing, undefined="no_sample")
    tail = (1 - template.sampling.level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    notes = (
        _n(
            "The measure is undefined in {count} sample of {samples}, which the interval leaves out.",
            "The measure is undefined in {count} samples of {samples}, which the interval leaves out.",
            missing,
            samples=len(values),
        ),
    )
    return replace(
        template, low=float(low), high=float(high), undefined_samples=missing, notes=notes if missing else ()
    )


def draws(alike: Integers, sampling: Sampling, *, width: int) -> Iterator[Floats]:
    """Yield samples with replacement of things of which some are alike, as rows of how often each kind is drawn.

    Args:
        alike: kinds, how many things are of each kind.
        width: how many numbers the caller needs for each sample; bounds how many rows come at once.
    """
    generator = np.random.default_rng(sampling.seed)
    total = int(alike.sum())
    rows = max(1, _NUMBERS_AT_ONCE // max(len(alike), width, 1))
    for start in range(0, sampling.samples, rows):
        size = min(rows, sampling.samples - start)
        yield generator.multinomial(total, alike / total, size=size).astype(np.float64)


def _values(patterns: Patterns, weights: Floats, measure: str) -> Floats:
    kind = MEASURES[measure]
    observed, expected = kind.formula(patterns, weights)
    defined = formulas.comparable(patterns, weights)
    if kind.chance:
        defined = defined & formulas.varied(patterns, weights)
    values = np.full(len(weights), np.nan)
    np.divide(observed - expected, 1 - expected, out=values, where=defined)
    return values


def _drawn(patterns: Patterns, clusters: ArrayLike | None) -> tuple[Floats | None, Integers]:
    """Return the patterns that each kind of cluster holds, kinds × patterns, and how many clusters are of each kind.

    Without clusters each pattern is a kind, and there is nothing to hold.
    """
    if clusters is None:
        return None, patterns.weights.astype(np.int64)
    numbers = np.asarray(clusters)
    if numbers.shape != patterns.of_unit.shape:
        raise ValueError("clusters are one number a unit")
    judged = patterns.of_unit >= 0
    found, number = np.unique(numbers[judged], return_inverse=True)
    size = len(patterns.weights)
    cells = number.reshape(-1) * size + patterns.of_unit[judged]
    held = np.bincount(cells, patterns.repeats[judged], len(found) * size).reshape(len(found), size)
    kinds, alike = np.unique(held, axis=0, return_counts=True)
    return kinds.astype(np.float64), alike.astype(np.int64)
