"""Prevalence and bias: why κ can be low where coders nearly always agree.

Source: Byrt, Bishop & Carlin 1993, "Bias, prevalence and kappa", Journal of Clinical Epidemiology 46:423–429. Of two
coders' table, a both yes, b and c one yes, d both no, n = a + b + c + d:

- prevalence index (a − d) / n: far from 0, chance agreement is high and κ low for the same observed agreement;
- bias index (b − c) / n: far from 0, the coders' shares of yes differ, and κ is higher than without bias.

Their third number, the prevalence-adjusted bias-adjusted κ (PABAK), is Brennan–Prediger of two categories.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ptce_qual.analysis.agreement.coefficients import why_undefined
from ptce_qual.analysis.agreement.outcome import Index
from ptce_qual.analysis.agreement.patterns import MISSING, Integers, Patterns, patterns_of
from ptce_qual.analysis.agreement.reasons import Undefined
from ptce_qual.translation import _


def prevalence_index(ratings: ArrayLike, *, repeats: ArrayLike | None = None) -> Index:
    """Difference between the shares of yes (1) and no (0) among judgements.

    With two coders this is Byrt, Bishop & Carlin's (a − d) / n. With more coders it is the mean over units judged twice
    or more of (yes − no) / judgements, which is the same number for two coders.

    Args:
        ratings: coders × units, 1 coded, 0 not coded, −1 missing.
        repeats: how many units each column stands for; 1 by default.
    """
    return prevalence_of(np.asarray(ratings), patterns_of(ratings, repeats=repeats))


def bias_index(ratings: ArrayLike, *, repeats: ArrayLike | None = None) -> Index:
    """Difference between two coders' shares of yes, the first one's less the second one's, on the units both judged.

    Undefined for more than two coders, of whom no single signed difference can be told: take them two by two.

    Args:
        ratings: coders × units, 1 coded, 0 not coded, −1 missing.
        repeats: how many units each column stands for; 1 by default.
    """
    return bias_of(np.asarray(ratings), patterns_of(ratings, repeats=repeats))


def prevalence_of(ratings: Integers, patterns: Patterns) -> Index:
    """Compute the prevalence index of ratings that were collapsed to patterns."""
    result = _counted("prevalence_index", ratings, patterns)
    if result.undefined:
        return result
    judged = (ratings != MISSING).sum(axis=0)
    shared = judged >= 2
    balance = ((ratings == 1).sum(axis=0) - (ratings == 0).sum(axis=0))[shared] / judged[shared]
    notes = () if result.coders == 2 else (_("The shares of coded and not coded are averaged over units."),)
    return _divided(replace(result, notes=notes), float(patterns.repeats[shared] @ balance))


def bias_of(ratings: Integers, patterns: Patterns) -> Index:
    """Compute the bias index of ratings that were collapsed to patterns."""
    result = _counted("bias_index", ratings, patterns)
    if not result.undefined and result.coders > 2:
        result = replace(result, undefined="not_two_coders")
    if result.undefined:
        return result
    first, second = ratings[(ratings != MISSING).any(axis=1)].astype(np.int64)
    both = (first != MISSING) & (second != MISSING)
    return _divided(result, float(patterns.repeats[both] @ (first - second)[both]))


def _counted(name: str, ratings: Integers, patterns: Patterns) -> Index:
    undefined: Undefined = "not_two_categories" if ratings.max(initial=0) > 1 else ""
    return Index(
        name,
        None,
        undefined or why_undefined(patterns, "percent_agreement"),
        coders=patterns.coders,
        units=int(patterns.weights[patterns.pairable].sum()),
        set_aside=patterns.set_aside,
    )


def _divided(result: Index, numerator: float) -> Index:
    return replace(result, value=numerator / result.units, numerator=numerator, denominator=float(result.units))
