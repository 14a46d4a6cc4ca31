"""How tests are made: what chance is drawn, and what p-values are corrected by."""

from __future__ import annotations

from dataclasses import dataclass

from ptce_qual.analysis.multiple_testing import Correction
from ptce_qual.analysis.permutation import DEFAULT_PERMUTATIONS

SIGNIFICANT = 0.05
"""At most this, a p-value is marked."""


@dataclass(frozen=True, slots=True)
class Inference:
    """How tests are made.

    Args:
        correction: `holm` or `bh`.
        permutations: random orders, where all are too many, and random tables.
        seed: what they begin with.
    """

    correction: Correction = "holm"
    permutations: int = DEFAULT_PERMUTATIONS
    seed: int = 0
