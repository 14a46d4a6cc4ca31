"""p-values corrected for how many tests were made together."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from ptce_qual.translation import _

Correction = Literal["holm", "bh"]
Floats = npt.NDArray[np.float64]


def adjusted(p_values: npt.ArrayLike, method: Correction = "holm") -> Floats:
    """Return adjusted p-values in the same places; those that are not numbers are no tests and stay as they are.

    Args:
        p_values: of one family of tests.
        method: `holm` holds the chance of any false positive (Holm 1979, Scandinavian Journal of Statistics 6,
            p. 65-70); `bh` the expected share of false ones among the positives (Benjamini & Hochberg 1995, Journal of
            the Royal Statistical Society B 57, p. 289-300).
    """
    given = np.asarray(p_values, dtype=np.float64)
    result = np.full(given.size, np.nan)
    told = np.flatnonzero(~np.isnan(given.ravel()))
    order = told[np.argsort(given.ravel()[told], kind="stable")]
    ordered = given.ravel()[order]
    ranks = np.arange(1, len(order) + 1)
    if method == "holm":
        raised = np.maximum.accumulate((len(order) - ranks + 1) * ordered)
    else:
        raised = np.minimum.accumulate((len(order) / ranks * ordered)[::-1])[::-1]
    result[order] = np.minimum(raised, 1.0)
    return result.reshape(given.shape)


def correction_name(method: Correction) -> str:
    """Return what the correction is called for readers."""
    return _("Holm 1979") if method == "holm" else _("Benjamini & Hochberg 1995")
