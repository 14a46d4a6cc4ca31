"""Intervals: reproducible, the same as by drawing units one by one, and honest where there are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import COHEN, KRIPPENDORFF, N, two_coders

from ptce_qual.analysis.agreement import (
    MEASURES,
    Continuum,
    Sampling,
    agreement,
    intervals,
    pooled,
    unitizing_alpha,
    unitizing_intervals,
)

RATINGS = st.lists(st.lists(st.integers(-1, 2), min_size=3, max_size=3), max_size=10).map(
    lambda units: np.array(units, dtype=int).reshape(-1, 3).T
)
FEW = Sampling(samples=50)


@pytest.mark.parametrize("measure", MEASURES)
def test_as_drawing_units_one_by_one(measure):
    ratings = two_coders(COHEN)
    generator = np.random.default_rng(5)
    values = [
        agreement(ratings[:, generator.integers(0, ratings.shape[1], ratings.shape[1])], measure).value
        for _sample in range(1500)
    ]
    found = intervals(ratings, [measure], sampling=Sampling(samples=20_000, seed=1))[measure]
    assert [found.low, found.high] == pytest.approx(np.quantile(values, [0.025, 0.975]), abs=0.012)
    assert (found.drawn, found.undefined_samples, found.resampled) == (200, 0, "units")


def test_as_drawing_clusters_one_by_one():
    generator = np.random.default_rng(2)
    ratings = generator.integers(-1, 3, (4, 120))
    ratings[1] = np.where(generator.random(120) < 0.8, ratings[0], ratings[1])
    clusters = generator.integers(0, 9, 120)
    values = []
    for _sample in range(1500):
        units = np.concatenate([np.flatnonzero(clusters == cluster) for cluster in generator.integers(0, 9, 9)])
        values.append(agreement(ratings[:, units], "krippendorff_alpha").value)
    found = intervals(ratings, clusters=clusters, sampling=Sampling(samples=20_000))["krippendorff_alpha"]
    assert [found.low, found.high] == pytest.approx(np.quantile(values, [0.025, 0.975]), abs=0.012)
    assert (found.drawn, found.resampled) == (9, "clusters")


def test_copies_within_clusters_do_not_narrow_the_interval():
    ratings = two_coders(COHEN)
    copies = np.repeat(ratings, 9, axis=1)
    sampling = Sampling(samples=20_000)
    once = intervals(ratings, ["cohen_kappa"], sampling=sampling)["cohen_kappa"]
    whole = intervals(copies, ["cohen_kappa"], clusters=np.repeat(np.arange(200), 9), sampling=sampling)["cohen_kappa"]
    naive = intervals(copies, ["cohen_kappa"], sampling=sampling)["cohen_kappa"]
    assert [whole.low, whole.high] == pytest.approx([once.low, once.high], abs=0.01)
    assert naive.high - naive.low == pytest.approx((once.high - once.low) / 3, rel=0.1)


def test_samples_in_which_a_measure_is_undefined_are_counted():
    found = intervals([[0, 0, 0, 1], [0, 0, 0, 1]], sampling=Sampling(samples=2000))
    assert found["percent_agreement"].undefined_samples == 0
    # no draw of four finds the one unit of category 1, or all do
    share = (3 / 4) ** 4 + (1 / 4) ** 4
    assert found["krippendorff_alpha"].undefined_samples == pytest.approx(2000 * share, rel=0.1)
    assert str(found["krippendorff_alpha"].undefined_samples) in found["krippendorff_alpha"].notes[0]
    assert (found["krippendorff_alpha"].low, found["krippendorff_alpha"].high) == (1, 1)


def test_no_interval_is_explained():
    undefined = intervals([[0, 0], [0, 0]])
    assert "one category" in undefined["gwet_ac1"].reason
    assert (undefined["percent_agreement"].low, undefined["percent_agreement"].high) == (1, 1)
    assert "two units" in intervals([[0], [1]])["krippendorff_alpha"].reason
    assert "two clusters" in intervals(KRIPPENDORFF, clusters=[0] * 12)["krippendorff_alpha"].reason
    assert all(interval.low is None and interval.reason for interval in intervals([[N], [N]]).values())


def test_malformed_requests_are_refused():
    with pytest.raises(ValueError, match="clusters"):
        intervals(KRIPPENDORFF, clusters=[1, 2])
    for wrong in ({"samples": 0}, {"level": 0.0}, {"level": 1.0}):
        with pytest.raises(ValueError, match="interval"):
            Sampling(**wrong)


def test_many_kinds_are_drawn_in_several_rows():
    ratings = np.random.default_rng(3).integers(0, 40, (4, 6000))
    found = intervals(ratings, ["krippendorff_alpha"])["krippendorff_alpha"]
    assert found.low < 0 < found.high


@given(RATINGS, st.randoms(use_true_random=False), st.integers(0, 99))
def test_reproducible(ratings, random, seed):
    sampling = Sampling(samples=50, seed=seed)
    found = intervals(ratings, sampling=sampling)
    shuffled = ratings[:, random.sample(range(ratings.shape[1]), ratings.shape[1])]
    nobody = np.full((1, ratings.shape[1]), N)
    assert intervals(ratings, sampling=sampling) == found
    assert intervals(shuffled, sampling=sampling) == found
    assert intervals(np.concatenate([nobody, ratings]), sampling=sampling) == found


@given(RATINGS, st.booleans())
def test_range(ratings, by_cluster):
    clusters = np.arange(ratings.shape[1]) % 3 if by_cluster else None
    for measure, found in intervals(ratings, clusters=clusters, sampling=FEW).items():
        assert (found.low is None) == (found.high is None) == bool(found.reason)
        if found.low is not None:
            assert found.low <= found.high <= 1
            assert agreement(ratings, measure).value is not None
        assert 0 <= found.undefined_samples <= 50


def test_pooled_codes_are_drawn_by_unit():
    by_code = np.random.default_rng(4).integers(0, 2, (5, 3, 40))
    joined = pooled(by_code)
    found = intervals(joined.ratings, clusters=joined.clusters, categories=2)["krippendorff_alpha"]
    assert (found.drawn, found.resampled) == (40, "clusters")


def test_continua_are_drawn_by_transcript():
    generator = np.random.default_rng(6)
    continua = []
    for _transcript in range(12):
        starts = 20 * np.arange(8) + generator.integers(0, 6, (3, 8))
        units = [tuple((int(a), int(a) + 9, int(generator.integers(2))) for a in row) for row in starts]
        continua.append(Continuum(160, tuple(units)))
    drawn = generator.integers(0, 12, (400, 12)).tolist()
    values = [unitizing_alpha([continua[number] for number in numbers]).value for numbers in drawn]
    found = unitizing_intervals(continua, sampling=Sampling(samples=10_000))
    unitizing = found["unitizing_alpha"]
    assert [unitizing.low, unitizing.high] == pytest.approx(np.quantile(values, [0.025, 0.975]), abs=0.02)
    assert found["coding_alpha"].low < found["coding_alpha"].high
    assert unitizing_intervals(continua, sampling=Sampling(samples=10_000)) == found
    assert "two clusters" in unitizing_intervals(continua[:1])["unitizing_alpha"].reason
