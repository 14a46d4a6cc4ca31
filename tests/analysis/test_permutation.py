"""All orders of labels, each once, and a seeded sample of them."""

from __future__ import annotations

import math
from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptce_qual.analysis.permutation import Relabellings


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_every_distinct_order_comes_once(labels: list[int]) -> None:
    relabellings = Relabellings(labels, permutations=1000)
    found = [tuple(order) for chunk in relabellings.chunks() for order in chunk.tolist()]
    assert sorted(found) == sorted(set(permutations(labels)))
    assert relabellings.exhaustive
    assert relabellings.count == relabellings.ways == len(found)


def test_the_number_of_ways_is_the_multinomial_coefficient() -> None:
    assert Relabellings([0] * 5 + [1] * 5 + [2] * 3).ways == math.factorial(13) // (120 * 120 * 6)
    assert Relabellings(range(13)).ways == math.factorial(13)


def test_a_sample_keeps_the_labels_and_depends_on_the_seed_alone() -> None:
    labels = [0] * 20 + [1] * 15 + [2] * 5
    drawn = [np.concatenate(list(Relabellings(labels, 500, seed).chunks())) for seed in (0, 0, 1)]
    assert drawn[0].shape == (500, 40)
    assert all(Counter(row) == Counter(labels) for row in drawn[0].tolist())
    assert (drawn[0] == drawn[1]).all()
    assert (drawn[0] != drawn[2]).any()


def test_a_sample_is_uniform() -> None:
    drawn = np.concatenate(list(Relabellings([0, 0, 1, 2], 11, seed=3).chunks()))  # 12 ways: one too many
    assert len(drawn) == 11
    many = np.concatenate(list(Relabellings([0] * 10 + [1] * 10, 20_000, seed=3).chunks()))
    assert many.mean(axis=0) == pytest.approx(np.full(20, 0.5), abs=0.02)


def test_chunks_do_not_change_what_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = np.concatenate(list(Relabellings(range(10), 99, seed=5).chunks()))
    monkeypatch.setattr("ptce_qual.analysis.permutation._CELLS_AT_ONCE", 70)
    assert (np.concatenate(list(Relabellings(range(10), 99, seed=5).chunks())) == whole).all()


def test_p_values_of_a_sample_are_never_0() -> None:
    assert Relabellings(range(20), 99).p_value([0, 99]).tolist() == [0.01, 1.0]
    assert Relabellings([0, 0, 1], 99).p_value([1, 3]).tolist() == [pytest.approx(1 / 3), 1.0]
