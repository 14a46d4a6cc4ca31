"""Ratings collapsed to the patterns that occur: what a unit was judged, and how many units were judged so.

Every coefficient here is a function of how often each pattern occurs, so that a sample of a bootstrap is one row of
weights, and all samples are computed at once by matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
MISSING = -1
_LARGEST = 2**63


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """The distinct patterns of a ratings array.

    Args:
        counts: patterns × categories, the coders who chose the category.
        pair: 2 × patterns, the two coders' choices as columns of `counts`, −1 for missing; None unless exactly two
            coders judged anything.
        weights: patterns, the units that show it; units that nobody judged show none.
        of_unit: columns of the ratings, the number of the column's pattern, −1 where nobody judged it.
        repeats: columns of the ratings, how many units each stands for.
        coders: coders who judged anything.
        categories: categories that coders could choose from, q.
    """

    counts: Floats
    pair: Integers | None
    weights: Floats
    of_unit: Integers
    repeats: Integers
    coders: int
    categories: int

    @property
    def set_aside(self) -> int:
        """Units that fewer than two coders judged."""
        return int(self.repeats.sum()) - int(self.weights[self.pairable].sum())

    @property
    def judgements(self) -> Floats:
        """How many coders judged a unit of each pattern."""
        judged: Floats = self.counts.sum(axis=1)
        return judged

    @property
    def pairable(self) -> NDArray[np.bool_]:
        """Whether two coders or more judged a unit of each pattern."""
        return self.judgements >= 2


def patterns_of(ratings: ArrayLike, categories: int | None = None, *, repeats: ArrayLike | None = None) -> Patterns:
    """Collapse ratings to their patterns.

    Args:
        ratings: coders × units, category numbers from 0, −1 for missing.
        categories: how many categories coders could choose from; by default those that occur.
        repeats: how many units, all judged alike, each column stands for: the characters of a stretch, say; 1 by
            default.

    Raises:
        ValueError: the arrays aren't of that form, or more categories occur than there are said to be.
    """
    checked = _checked(ratings)
    standing = _repeats(repeats, checked.shape[1])
    judging = checked[(checked != MISSING).any(axis=1)]
    used = np.unique(judging[judging != MISSING])
    if categories is not None and categories < len(used):
        raise ValueError(f"{len(used)} categories occur in ratings said to have {categories}")
    columns = np.where(judging == MISSING, MISSING, np.searchsorted(used, judging))
    judged = (columns != MISSING).any(axis=0)
    keys = columns[:, judged] if len(columns) == 2 else np.sort(columns[:, judged], axis=0)
    distinct, number = _distinct_columns(keys, len(used))
    of_unit = np.full(checked.shape[1], MISSING, dtype=np.int64)
    of_unit[judged] = number
    return Patterns(
        counts=(distinct[:, :, None] == np.arange(len(used))).sum(axis=0).astype(np.float64),
        pair=distinct if len(distinct) == 2 else None,
        weights=np.bincount(number, standing[judged], distinct.shape[1]).astype(np.float64),
        of_unit=of_unit,
        repeats=standing,
        coders=len(judging),
        categories=len(used) if categories is None else categories,
    )


def _checked(ratings: ArrayLike) -> Integers:
    array = np.asarray(ratings)
    if array.ndim != 2:
        raise ValueError(f"ratings are coders × units, two dimensions, not {array.ndim}")
    if array.size and array.dtype.kind not in "iub":
        raise ValueError(f"ratings are integers, not {array.dtype}")
    checked = array.astype(np.int64)
    if (checked < MISSING).any():
        raise ValueError("a category's number is 0 or more; −1 stands for missing")
    return checked


def _repeats(repeats: ArrayLike | None, columns: int) -> Integers:
    if repeats is None:
        return np.ones(columns, dtype=np.int64)
    array = np.asarray(repeats)
    if array.shape != (columns,) or array.dtype.kind not in "iu" or (array < 1).any():
        raise ValueError("repeats are one number of units a column, 1 or more")
    return array.astype(np.int64)


def _distinct_columns(keys: Integers, categories: int) -> tuple[Integers, Integers]:
    """Return the distinct columns, and of each column which it is."""
    if not keys.size:
        return keys, np.zeros(0, dtype=np.int64)
    if (categories + 1) ** len(keys) < _LARGEST:  # a column is the digits of one number, which sorts far faster
        columns = (categories + 1) ** np.arange(len(keys), dtype=np.int64) @ (keys + 1)
        _numbers, first, number = np.unique(columns, return_index=True, return_inverse=True)
        return keys[:, first], number.reshape(-1).astype(np.int64)
    distinct, number = np.unique(keys, axis=1, return_inverse=True)
    return distinct, number.reshape(-1).astype(np.int64)
