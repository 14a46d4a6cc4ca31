"""Krippendorff's α of units on continua: uα, of marking and coding together, and cuα, of coding alone.

Source: Krippendorff, Mathet, Bouvry & Widlöcher 2016, "On the reliability of unitizing textual continua: Further
developments", Quality & Quantity 50:2347–2364; eq. 1, 4 and 5 for uα, eq. 10 and 11 for cuα.

For one code, coders either mark or don't, and uα is what the article calls |uα. Of several codes, uα needs that a
coder's units don't overlap: where passages carry several codes, take one code at a time.

A transcript that a coder did not read is missing for this coder: coincidences within a transcript are divided by its
readers less one, as with missing values in Krippendorff's α. Transcripts with fewer than two readers are set aside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ptce_qual.analysis.agreement.bootstrap import draws, interval_of, too_few
from ptce_qual.analysis.agreement.continuum import (
    GAP,
    Continuum,
    Lengths,
    all_lengths,
    meetings,
    readings,
    valued_lengths,
    values_of,
)
from ptce_qual.analysis.agreement.outcome import DEFAULT_SAMPLING, Agreement, Interval, Sampling
from ptce_qual.analysis.agreement.patterns import Floats, Integers
from ptce_qual.analysis.agreement.reasons import Undefined
from ptce_qual.translation import _, _n

_MEASURED: dict[str, Callable[[Continuum, Integers], Lengths]] = {
    "unitizing_alpha": all_lengths,
    "coding_alpha": valued_lengths,
}


def unitizing_alpha(continua: Sequence[Continuum]) -> Agreement:
    """uα: whether coders mark the same stretches with the same values, gaps counted as a value.

    Args:
        continua: transcripts, with the same coders in the same order. `units` of the result are the units marked,
            `pairs` those of different coders that meet, `set_aside` the units in transcripts with one reader.
    """
    return _Compared(continua).alpha("unitizing_alpha")


def coding_alpha(continua: Sequence[Continuum]) -> Agreement:
    """cuα: whether coders give the same values where their units meet; gaps, and what meets nothing, are set aside.

    Args:
        continua: as for `unitizing_alpha`; `set_aside` also counts the units that meet none of another coder.
    """
    return _Compared(continua).alpha("coding_alpha")


def unitizing_intervals(
    continua: Sequence[Continuum],
    measures: Sequence[str] = tuple(_MEASURED),
    *,
    clusters: Sequence[int] | None = None,
    sampling: Sampling = DEFAULT_SAMPLING,
) -> dict[str, Interval]:
    """Compute bootstrap intervals of uα and cuα over transcripts: those that two coders or more read.

    Characters of one passage are not independent, nor are passages of one interview.

    Args:
        measures: `unitizing_alpha`, `coding_alpha`.
        clusters: the number of each continuum's cluster, where several continua are one transcript (seen under several
            codes, say); by default each continuum is drawn by itself.

    Raises:
        ValueError: there isn't one number a continuum.
    """
    found = unitizing_agreements(continua, measures, clusters=clusters, sampling=sampling)
    return {measure: interval for measure, (_result, interval) in found.items()}


def unitizing_agreements(
    continua: Sequence[Continuum],
    measures: Sequence[str] = tuple(_MEASURED),
    *,
    clusters: Sequence[int] | None = None,
    sampling: Sampling = DEFAULT_SAMPLING,
) -> dict[str, tuple[Agreement, Interval]]:
    """Compute uα and cuα with their intervals, see `unitizing_intervals`, from lengths measured once."""
    compared = _Compared(continua)
    numbers = range(len(continua)) if clusters is None else clusters
    drawn = np.unique(
        [number for one, number in zip(continua, numbers, strict=True) if len(readings(one)) >= 2], return_inverse=True
    )[1]
    count = int(drawn.max(initial=-1)) + 1
    template = Interval("", None, None, resampled="clusters", drawn=count, sampling=sampling)
    result = {}
    for measure in measures:
        whole = compared.alpha(measure)
        undefined = whole.undefined or too_few(template)
        named = replace(template, measure=measure, undefined=undefined, coders=whole.coders)
        interval = named if undefined else interval_of(_sampled(compared.lengths(measure), drawn, sampling), named)
        result[measure] = whole, interval
    return result


class _Compared:
    """Continua with what was measured of them, each thing once.

    Attributes:
        shared: the continua that two coders or more read.
    """

    def __init__(self, continua: Sequence[Continuum]) -> None:
        if len({len(continuum.units) for continuum in continua}) > 1:
            raise ValueError("continua have the same coders, in the same order")
        self.continua = continua
        self.shared = [continuum for continuum in continua if len(readings(continuum)) >= 2]
        self.values = values_of(self.shared)
        self._lengths: dict[str, Lengths] = {}

    def lengths(self, measure: str) -> Lengths:
        """Return lengths of transcripts × values."""
        if measure not in self._lengths:
            parts = [_MEASURED[measure](continuum, self.values) for continuum in self.shared]
            self._lengths[measure] = Lengths(
                same=np.stack([part.same for part in parts]),
                total=np.stack([part.total for part in parts]),
                own=np.stack([part.own for part in parts]),
            )
        return self._lengths[measure]

    def alpha(self, measure: str) -> Agreement:
        """Return uα or cuα."""
        result = self._counted(measure)
        undefined = _nothing_to_compare(result, self.shared)
        if not undefined and measure == "coding_alpha" and len(self.values) < 2:
            undefined = "one_value_meets" if result.pairs else "no_meeting"
        if undefined:
            return replace(result, undefined=undefined)
        summed = _weighted(self.lengths(measure), np.ones((1, len(self.shared))))
        observed, expected, defined = _agreements(summed)
        if not defined[0]:
            return replace(result, undefined=_why_undefined(summed, measure))
        return replace(
            result,
            value=float((observed[0] - expected[0]) / (1 - expected[0])),
            observed=float(observed[0]),
            expected=float(expected[0]),
            notes=_notes(self.continua, self.shared, summed, measure),
        )

    @cached_property
    def _meetings(self) -> tuple[int, int]:
        """Pairs of units of different coders that meet, and units that meet any."""
        found = [meetings(continuum) for continuum in self.shared]
        return sum(pairs for pairs, _met in found), sum(met for _pairs, met in found)

    def _counted(self, measure: str) -> Agreement:
        marked = sum(len(units) for continuum in self.continua for units in readings(continuum))
        in_shared = sum(len(units) for continuum in self.shared for units in readings(continuum))
        pairs, met = self._meetings
        units = in_shared if measure == "unitizing_alpha" else met
        coders = len(self.continua[0].units) if self.continua else 0
        read = sum(any(continuum.units[coder] is not None for continuum in self.continua) for coder in range(coders))
        return Agreement(measure, None, coders=read, units=units, pairs=pairs, set_aside=marked - units)


def _sampled(lengths: Lengths, clusters: Integers, sampling: Sampling) -> Floats:
    membership = (np.arange(clusters.max() + 1)[:, None] == clusters).astype(np.float64)
    by_cluster = _weighted(lengths, membership)
    found = []
    for drawn in draws(np.ones(len(membership), dtype=np.int64), sampling, width=by_cluster.same.shape[1]):
        observed, expected, defined = _agreements(_weighted(by_cluster, drawn))
        value = np.full(len(drawn), np.nan)
        np.divide(observed - expected, 1 - expected, out=value, where=defined)
        found.append(value)
    return np.concatenate(found)


def _weighted(lengths: Lengths, weights: Floats) -> Lengths:
    """Sum over transcripts, each as often as `weights`, samples × transcripts, say: samples × values."""
    return Lengths(weights @ lengths.same, weights @ lengths.total, weights @ lengths.own)


def _agreements(lengths: Lengths) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return observed and expected agreement of each sample, and where they make a coefficient (eq. 4, 5; 10, 11)."""
    length = lengths.total.sum(axis=1)
    # Two values with a length each: a square of their sum, which is more than that of either, less what is its own.
    varied = (lengths.total > 0).sum(axis=1) >= 2
    observed, expected = np.zeros(len(length)), np.zeros(len(length))
    np.divide(lengths.same.sum(axis=1), length, out=observed, where=varied)
    chances = length**2 - lengths.own.sum(axis=1)
    np.divide((lengths.total**2 - lengths.own).sum(axis=1), chances, out=expected, where=varied)
    return observed, np.maximum(expected, 0), varied


def _nothing_to_compare(result: Agreement, compared: Sequence[Continuum]) -> Undefined:
    if result.coders == 0:
        return "no_reading"
    if result.coders == 1:
        return "one_reader"
    if not any(continuum.length for continuum in compared):
        return "no_common_reading"
    return ""


def _why_undefined(summed: Lengths, measure: str) -> Undefined:
    occurring = int((summed.total > 0).sum())
    if measure == "coding_alpha":
        return "no_meeting" if occurring == 0 else "one_value_meets"
    return "nothing_marked" if summed.total[0, GAP] > 0 else "one_value"


def _notes(
    continua: Sequence[Continuum], compared: Sequence[Continuum], summed: Lengths, measure: str
) -> tuple[str, ...]:
    length = sum(continuum.length for continuum in compared)
    notes = [_("Computed on {length} characters that two coders or more read.", length=length)]
    if len(compared) < len(continua):
        aside = len(continua) - len(compared)
        notes.append(
            _n(
                "{count} transcript that fewer than two coders read is set aside.",
                "{count} transcripts that fewer than two coders read are set aside.",
                aside,
            )
        )
    if measure == "coding_alpha":
        read = sum(continuum.length * len(readings(continuum)) for continuum in compared)
        share = f"{float(summed.total.sum()) / read:.1%}"
        notes.append(_("Units of two coders meet on {share} of what was read; the rest is set aside.", share=share))
    return tuple(notes)
