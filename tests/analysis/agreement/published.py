"""Published tables, and judgements made from a table of two coders."""

from __future__ import annotations

import numpy as np

N = -1
# Krippendorff 2011, section C: 4 observers × 12 units; also Gwet 2014's table of four raters.
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
# Krippendorff 2011, section A: 2 observers, binary.
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]  # Cohen 1960, p. 45
GWET = [[80, 7], [8, 5]]  # Gwet's skewed table
ARTSTEIN = [[20, 20], [10, 50]]  # Artstein & Poesio 2008, Computational Linguistics 34(4), table 1
# The worked example of Fleiss' κ on Wikipedia: 10 units, 14 coders, 5 categories.
FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


def two_coders(table):
    """Return 2 × units from a square table: rows the first coder's categories, columns the second's."""
    cells = np.asarray(table)
    first, second = np.indices(cells.shape)
    return np.stack([np.repeat(first, cells.ravel()), np.repeat(second, cells.ravel())])


def many_coders(counts):
    """Return coders × units from counts, units × categories."""
    return np.stack([np.repeat(np.arange(len(row)), row) for row in counts], axis=1)
