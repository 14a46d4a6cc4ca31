"""Permutation tests: what a statistic would be if labels were laid on the same things in another order."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from ptce_qual.analysis.multiple_testing import Floats
from ptce_qual.analysis.units import Integers

DEFAULT_PERMUTATIONS = 9_999
"""With the order observed, 10,000: p-values in round steps (Davison & Hinkley 1997, p. 156)."""
ROUNDING = 1e-9
"""How near two statistics are the same, so that a p-value does not hang on the last bit of a sum."""
_CELLS_AT_ONCE = 200_000


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
            orders = _distinct_orders(self._labels.tolist())
            while chunk := list(islice(orders, size)):
                yield np.array(chunk, dtype=np.int64)
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


def _distinct_orders(labels: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield each distinct order once, from the lowest to the highest (Knuth, TAOCP 7.2.1.2, algorithm L)."""
    order = sorted(labels)
    while True:
        yield tuple(order)
        low = len(order) - 2
        while low >= 0 and order[low] >= order[low + 1]:
            low -= 1
        if low < 0:
            return
        high = len(order) - 1
        while order[low] >= order[high]:
            high -= 1
        order[low], order[high] = order[high], order[low]
        order[low + 1 :] = reversed(order[low + 1 :])
