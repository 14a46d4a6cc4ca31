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
from ptce_qual.analysis.agreement.patterns import Patterns, patterns_of
from ptce_qual.translation import _


def prevalence_index(ratings: ArrayLike) -> Index:
    """Difference between the shares of yes (1) and no (0) among judgements.

    With two coders this is Byrt, Bishop & Carlin's (a − d) / n. With more coders it is the mean over units judged twice
    or more of (yes − no) / judgements, which is the same number for two coders.

    Args:
        ratings: coders × units, 1 coded, 0 not coded, −1 missing.
    """
    patterns = patterns_of(ratings)
    result = _counted("prevalence_index", patterns)
    reason = _why_undefined(ratings, patterns)
    if reason:
        return replace(result, reason=reason)
    yes = patterns.counts[:, -1] if (np.asarray(ratings) == 1).any() else np.zeros(len(patterns.weights))
    chosen = patterns.pairable
    balance = (2 * yes[chosen] - patterns.judgements[chosen]) / patterns.judgements[chosen]
    notes = () if patterns.coders == 2 else (_("The shares of coded and not coded are averaged over units."),)
    return _divided(replace(result, notes=notes), float(patterns.weights[chosen] @ balance))


def bias_index(ratings: ArrayLike) -> Index:
    """Difference between two coders' shares of yes, the first one's less the second one's, on the units both judged.

    Undefined for more than two coders, of whom no single signed difference can be told: take them two by two.

    Args:
        ratings: coders × units, 1 coded, 0 not coded, −1 missing.
    """
    patterns = patterns_of(ratings)
    result = _counted("bias_index", patterns)
    reason = _why_undefined(ratings, patterns)
    if not reason and patterns.coders > 2:
        reason = _("The bias index compares two coders; {coders} judged these units.", coders=patterns.coders)
    if reason:
        return replace(result, reason=reason)
    array = np.asarray(ratings)
    first, second = array[(array >= 0).any(axis=1)]
    both = (first >= 0) & (second >= 0)
    return _divided(result, float(first[both].sum() - second[both].sum()))


def _why_undefined(ratings: ArrayLike, patterns: Patterns) -> str:
    if np.asarray(ratings).max(initial=0) > 1:
        return _("Prevalence and bias are of two categories, not coded (0) and coded (1).")
    return why_undefined(patterns, "percent_agreement")


def _counted(name: str, patterns: Patterns) -> Index:
    units = int(patterns.weights[patterns.pairable].sum())
    return Index(name, None, units=units, set_aside=patterns.set_aside)


def _divided(result: Index, numerator: float) -> Index:
    return replace(result, value=numerator / result.units, numerator=numerator, denominator=float(result.units))
