"""Agreement over all codes at once: every pair of a unit and a code is one judgement, coded or not.

Why so. A sentence carries several codes or none, so that codes are no categories of one variable, of which a
coefficient could be computed directly. A mean of the codes' coefficients leaves out the codes for which they are
undefined, and lets a code seen three times weigh as much as one seen three hundred times. Pooled, every decision of
every coder counts once.

What to beware of: most cells are « not coded » for all, so that percent agreement and AC1 come out high; and frequent
codes weigh more. Chance is that of all codes together: a rare and a frequent code share one expectation, so that
knowing which codes are rare counts as agreement. Give it beside the codes' own coefficients, not instead. Cells of one
unit are not independent: an interval draws units with all their codes (or transcripts), as `Pooled.clusters` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ptce_qual.analysis.agreement.patterns import Integers


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """Judgements of all codes, or of one.

    Args:
        ratings: coders × (codes · units), for `agreement` and `intervals`, with `categories=2`.
        clusters: codes · units, what each cell is drawn with; None where each is drawn by itself.
        repeats: codes · units, how many cells each column stands for.
    """

    ratings: Integers
    clusters: Integers | None
    repeats: Integers


def pooled(by_code: Sequence[ArrayLike], clusters: ArrayLike | None = None, repeats: ArrayLike | None = None) -> Pooled:
    """Join the codes' ratings.

    Args:
        by_code: for each code its ratings, coders × units, 1 coded, 0 not coded, −1 missing; coders and
            units the same.
        clusters: units, the number of each unit's cluster; by default each unit is its own, so that
            intervals draw units.
        repeats: units, how many each column stands for; 1 by default.

    Raises:
        ValueError: there is no code, or the arrays aren't of one shape.
    """
    arrays = [np.asarray(ratings) for ratings in by_code]
    if not arrays or any(array.ndim != 2 or array.shape != arrays[0].shape for array in arrays):
        raise ValueError("each code has ratings of the same coders and units")
    units = arrays[0].shape[1]
    own = np.arange(units) if clusters is None else np.asarray(clusters)
    if own.shape != (units,):
        raise ValueError("clusters are one number a unit")
    standing = np.ones(units, dtype=np.int64) if repeats is None else np.asarray(repeats)
    return Pooled(np.concatenate(arrays, axis=1), np.tile(own, len(arrays)), np.tile(standing, len(arrays)))
