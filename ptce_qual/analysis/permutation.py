"""Permutation tests: what a statistic would be if labels were laid on the same things in another order."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from ptce_qual.analysis.multiple_testing import Floats
from ptce_qual.analysis.units import Integers

DEFAULT_PERMUTATIONS = 9_999
"""With the order observed, 10,000: p-values in round steps (Davison & Hinkley 1997, p. 156)."""
ROUNDING = 1e-9
"""How near two statistics are the same, so that a p-value does not hang on the last bit of a sum."""
_CELLS_AT_ONCE = 50_000


class Relabellings:
    """All the ways to lay labels on things in another order, or a seeded sample where they are too many.

    Attributes:
        ways: how many distinct orders there are, the one observed among them.
        exhaustive: whether all of them are gone through.
        count: how many are gone through.
    """

    def __init__(
        self, labels: Sequence[int] | Integers, permutations: int = DEFAULT_PERMUTATIONS, seed: int = 0
    ) -> None:
        self._labels = np.asarray(labels, dtype=np.int64)
        self._seed = seed
        self.ways = _ways(self._labels)
        self.exhaustive = self.ways <= permutations
        self.count = self.ways if self.exhaustive else permutations

    def chunks(self) -> Iterator[Integers]:
        """Yield orders × things, some at a time, so that memory stays bounded."""
        size = max(1, _CELLS_AT_ONCE // max(1, len(self._labels)))
        if self.exhaustive:
            orders = _distinct_orders(self._labels)
            for done in range(0, self.count, size):
                yield orders[done : done + size].astype(np.int64)
            return
        random = np.random.default_rng(self._seed)
        for done in range(0, self.count, size):
            rows = min(size, self.count - done)
            yield random.permuted(np.broadcast_to(self._labels, (rows, len(self._labels))), axis=1)

    def p_value(self, at_least: npt.ArrayLike) -> Floats:
        """Return the p-value of how many orders give a statistic at least as large as the one observed.

        Of all orders it is their share. Of a sample, the order observed counts as one more, so that p is never 0
        (Phipson & Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9, article 39).
        """
        reached = np.asarray(at_least, dtype=np.float64)
        return reached / self.count if self.exhaustive else (reached + 1) / (self.count + 1)


def _ways(labels: Integers) -> int:
    ways, left = 1, len(labels)
    for count in np.unique(labels, return_counts=True)[1].tolist():
        ways *= math.comb(left, count)
        left -= count
    return ways


def _distinct_orders(labels: Integers) -> npt.NDArray[np.int32]:
    """Return each distinct order once: each label in turn stands on all sets of the places that are left to it."""
    values, counts = np.unique(labels, return_counts=True)
    orders = np.full((1, len(labels)), values[-1], dtype=np.int32)
    left = np.arange(len(labels), dtype=np.int32)[np.newaxis]  # the places without a label, of each order
    for value, count in zip(values[:-1].tolist(), counts[:-1].tolist(), strict=True):
        sets = list(combinations(range(left.shape[1]), count))
        taken = np.zeros((len(sets), left.shape[1]), dtype=np.bool_)
        np.put_along_axis(taken, np.array(sets), values=True, axis=1)
        orders = np.repeat(orders, len(sets), axis=0)
        np.put_along_axis(orders, left[:, np.nonzero(taken)[1]].reshape(len(orders), count), value, axis=1)
        left = left[:, np.nonzero(~taken)[1]].reshape(len(orders), -1)
    return orders
