"""Corrections of p-values: the published example of Benjamini and Hochberg, R's `p.adjust`, and properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptce_qual.analysis.multiple_testing import adjusted

# Benjamini & Hochberg 1995, p. 295: fifteen comparisons of a myocardial infarction trial.
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_benjamini_and_hochberg_reject_four_of_their_fifteen_and_holm_three() -> None:
    assert (adjusted(PUBLISHED, "bh") <= 0.05).sum() == 4
    assert (adjusted(PUBLISHED, "holm") <= 0.05).sum() == 3


def test_the_figures_of_r() -> None:
    """They are of `p.adjust(p, "holm")` and `p.adjust(p, "BH")`."""
    p_values = [0.01, 0.02, 0.03, 0.04, 0.05]
    assert adjusted(p_values, "holm") == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert adjusted(p_values, "bh") == pytest.approx([0.05] * 5)


def test_what_is_no_number_is_no_test() -> None:
    assert adjusted([0.01, np.nan, 0.04], "holm") == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert np.isnan(adjusted([np.nan], "bh")).all()
    assert adjusted([], "holm").shape == (0,)
    assert adjusted(np.full((2, 0), np.nan)).shape == (2, 0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.randoms())
def test_adjusted_values_keep_order_and_bounds(p_values: list[float], chance: object) -> None:
    holm, bh = adjusted(p_values, "holm"), adjusted(p_values, "bh")
    order = np.argsort(p_values, kind="stable")
    for values in (holm, bh):
        assert (values >= np.array(p_values) - 1e-12).all()
        assert (values <= 1).all()
        assert (np.diff(values[order]) >= -1e-12).all()
    assert (bh <= holm + 1e-12).all()
    assert (holm <= np.minimum(1, np.array(p_values) * len(p_values)) + 1e-12).all()  # never worse than Bonferroni


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.permutations(range(12)))
def test_the_order_of_tests_does_not_matter(p_values: list[float], order: list[int]) -> None:
    kept = [place for place in order if place < len(p_values)]
    for method in ("holm", "bh"):
        assert adjusted([p_values[place] for place in kept], method) == pytest.approx(adjusted(p_values, method)[kept])
